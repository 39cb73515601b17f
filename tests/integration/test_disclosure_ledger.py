"""The ledger: numbered, chained, unchangeable, and asked before every publication."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import (
    ledger_break,
    release,
    releases_of,
    shown_figure,
    standing_releases,
)
from participation.disclosure.rules.drafts import Figure, ReleaseKind
from participation.disclosure.services import (
    DisclosureRefused,
    RulingOutdated,
    preview_release,
    publish_release,
    rule_on,
    withdraw_release,
)
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import SYSTEM
from tests.factories.disclosure import table, totals_draft


def test_a_release_gets_the_next_number_and_the_chain_is_whole(session: Session) -> None:
    first = publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    second = publish_release(
        session, SYSTEM, totals_draft(table(20, 20), source_public_id="round2027bcd")
    )
    session.commit()
    assert (first.number, second.number) == (1, 2)
    assert second.previous_hash == first.hash
    assert ledger_break(session) is None


def test_a_release_tampered_with_breaks_the_chain(session: Session) -> None:
    publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    session.commit()
    session.execute(update(Release).values(title="Något annat"))
    session.expire_all()
    assert ledger_break(session) == 1


def test_a_release_is_never_changed_or_deleted(session: Session) -> None:
    made = publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    session.commit()
    made.title = "Något annat"
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
    session.rollback()
    session.delete(made)
    with pytest.raises(ValueError, match="never deleted"):
        session.flush()


def test_a_ruling_is_used_while_it_holds_and_refused_once_something_else_was_published(
    session: Session,
) -> None:
    """The attack is made before others are kept from writing; in between they may publish."""
    draft = totals_draft(table(30, 10))
    ruled = rule_on(session, draft)
    publish_release(session, SYSTEM, totals_draft(table(20, 20), source_public_id="round2027bcd"))
    with pytest.raises(RulingOutdated):
        publish_release(session, SYSTEM, draft, ruled)
    with pytest.raises(RulingOutdated):
        publish_release(session, SYSTEM, totals_draft(table(31, 10)), rule_on(session, draft))
    assert publish_release(session, SYSTEM, draft, rule_on(session, draft)).number == 2


def test_hidden_numbers_are_not_in_the_payload_at_all(session: Session) -> None:
    made = publish_release(session, SYSTEM, totals_draft(table(20, 3, 9, 8)))
    counts = [cell["count"] for cell in made.payload["tables"][0]["cells"]]
    assert counts == [20, None, 9, None]


def test_a_second_release_that_differs_by_a_few_is_refused_and_writes_nothing(
    session: Session,
) -> None:
    publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    with pytest.raises(DisclosureRefused) as refused:
        publish_release(session, SYSTEM, totals_draft(table(32, 10)))
    assert refused.value.reasons
    assert len(standing_releases(session, ReleaseKind.ROUND_TOTALS)) == 1


def test_what_was_withdrawn_still_counts_for_the_gate(session: Session) -> None:
    made = publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    withdraw_release(session, SYSTEM, made, "Fel fråga")
    session.commit()
    assert not preview_release(session, totals_draft(table(32, 10))).is_allowed
    assert preview_release(session, totals_draft(table(30, 10))).is_allowed
    assert ledger_break(session) is None


def test_a_withdrawn_release_is_gone_from_pages_but_stays_in_the_history(session: Session) -> None:
    made = publish_release(session, SYSTEM, totals_draft(table(30, 10)))
    withdraw_release(session, SYSTEM, made, "Fel fråga")
    with pytest.raises(NotFound):
        release(session, made.public_id)
    assert [r.withdrawal_reason for r in releases_of(session, "round", "round2026bcd")] == [
        "Fel fråga"
    ]
    with pytest.raises(Conflict):
        withdraw_release(session, SYSTEM, made, "Igen")


def test_a_figure_comes_from_a_standing_release_only(session: Session) -> None:
    made = publish_release(session, SYSTEM, totals_draft(table(20, 3, 9, 8)))

    def shown(codes: str) -> int | None:
        figure = Figure(release_public_id=made.public_id, table_key="q1", codes=frozenset(codes))
        found = shown_figure(session, figure)
        return found.count if found else None

    assert shown("ac") == 29
    assert shown("b") is None
    withdraw_release(session, SYSTEM, made, "Fel")
    assert shown("ac") is None
