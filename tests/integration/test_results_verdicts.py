"""Those whom a finding is about say whether it rings true, before it is published."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.disclosure.queries import releases_of
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.permissions import SYSTEM
from participation.results.models import Finding, FindingVerdict, FindingVerdictAsk
from participation.results.queries.verdicts import heard
from participation.results.rules.findings import FindingDraft
from participation.results.rules.verdicts import (
    ShownVerdict,
    Verdict,
    VerdictCounts,
    shown_verdict,
)
from participation.results.services import publish_finding, revise_finding, withdraw_finding
from participation.results.services.findings import close_ask
from participation.results.services.publishing import release_draft
from participation.results.services.verdicts import ask_verdict, give_verdict
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def finding(session: Session, county: SmallCounty) -> Finding:
    made = make_finding(session)
    session.commit()
    return made


def ask(session: Session, finding: Finding, **answers: int) -> FindingVerdictAsk:
    """An ask that is answered so many times."""
    asked = ask_verdict(session, SYSTEM, finding)
    for answer, count in answers.items():
        for number in range(count):
            give_verdict(session, asked, f"{answer}-{number}", Verdict(answer))
    session.commit()
    return asked


def test_a_verdict_given_twice_counts_once_and_the_last_one_stands(
    session: Session, finding: Finding
) -> None:
    asked = ask(session, finding, yes=2)
    give_verdict(session, asked, "yes-0", Verdict.NO, "Inte hos oss.")
    assert heard(session, finding).counts == VerdictCounts(yes=1, no=1)


def test_nothing_of_who_or_when_is_kept(session: Session, finding: Finding) -> None:
    columns = set(FindingVerdict.__table__.columns.keys())
    assert columns == {"ask_id", "voice_hash", "answer", "words"}


def test_readers_see_what_those_who_were_asked_said(session: Session, finding: Finding) -> None:
    ask(session, finding, yes=41, partly=6, dont_know=5)
    shown = shown_verdict(publish_finding(session, SYSTEM, finding).payload)
    assert shown is not None
    assert (shown.yes, shown.n) == (41, 52)


def reworded(finding: Finding, **words: str) -> FindingDraft:
    """What the form of the finding would hold, with other words."""
    return FindingDraft(
        title=words.get("title", finding.title),
        body=words.get("body", finding.body),
        perspective_key=finding.perspective_key,
        is_own_observation=True,
    )


@pytest.mark.parametrize("words", [{"title": "Alla är nöjda"}, {"body": "Det gäller alla."}])
def test_what_was_answered_about_other_words_stands_beside_nothing(
    session: Session, finding: Finding, words: dict[str, str]
) -> None:
    asked, said = ask(session, finding, yes=41), reworded(finding)
    revise_finding(session, SYSTEM, finding, reworded(finding, **words))
    assert not asked.is_open
    assert release_draft(session, finding, heard(session, finding)).tables == ()
    revise_finding(session, SYSTEM, finding, said)
    assert release_draft(session, finding, heard(session, finding)).tables != ()


def test_a_change_of_anything_but_the_words_goes_on_asking(
    session: Session, finding: Finding
) -> None:
    asked = ask(session, finding, yes=6)
    revise_finding(session, SYSTEM, finding, reworded(finding))
    assert asked.is_open


@pytest.mark.parametrize(
    ("drafted", "reason"),
    [({"voices": 3}, "Färre än 5"), ({"body": "Ring Anna Lindqvist."}, "peka ut någon: Anna")],
)
def test_nobody_is_asked_about_a_claim_that_points_to_somebody(
    as_coordinator: CheckingClient, session: Session, drafted: dict[str, Any], reason: str
) -> None:
    address = f"/results/findings/{make_finding(session, **drafted).public_id}"
    session.commit()
    as_coordinator.submit(f"{address}/verdict")
    assert reason in as_coordinator.page(address)
    assert session.scalar(select(func.count()).select_from(FindingVerdictAsk)) == 0


def test_fewer_than_five_answers_are_shown_to_nobody(session: Session, finding: Finding) -> None:
    ask(session, finding, yes=4)
    assert release_draft(session, finding, heard(session, finding)).tables == ()
    assert shown_verdict(publish_finding(session, SYSTEM, finding).payload) is None


def test_what_few_said_cannot_be_worked_out(session: Session, finding: Finding) -> None:
    ask(session, finding, yes=20, no=2)
    payload = publish_finding(session, SYSTEM, finding).payload
    (table,) = payload["tables"]
    hidden = {cell["label"] for cell in table["cells"] if cell["count"] is None}
    assert {"yes", "no"} <= hidden
    shown = shown_verdict(payload)
    assert shown is not None
    assert (shown.yes, shown.n) == (None, 22)


def test_while_people_answer_nobody_sees_how(
    as_coordinator: CheckingClient, session: Session, finding: Finding
) -> None:
    ask(session, finding, no=9)
    page = as_coordinator.page(f"/results/findings/{finding.public_id}")
    assert "9 svar hittills" in page
    assert "säger att det stämmer" not in page
    assert release_draft(session, finding, heard(session, finding)).tables == ()


def test_publishing_ends_the_question(session: Session, finding: Finding) -> None:
    asked = ask(session, finding, yes=6)
    publish_finding(session, SYSTEM, finding)
    with pytest.raises(Conflict):
        give_verdict(session, asked, "late", Verdict.NO)
    with pytest.raises(Conflict):
        ask_verdict(session, SYSTEM, finding)


def test_published_anew_it_shows_the_same_numbers_and_keeps_both_releases(
    session: Session, finding: Finding
) -> None:
    ask(session, finding, yes=12)
    first = publish_finding(session, SYSTEM, finding)
    withdraw_finding(session, SYSTEM, finding, "Fel kommun.")
    second = publish_finding(session, SYSTEM, finding)
    assert first.payload["tables"] == second.payload["tables"]
    assert len(releases_of(session, "finding", finding.public_id)) == 2


def test_what_most_deny_is_not_published_in_silence(session: Session, finding: Finding) -> None:
    ask(session, finding, yes=6, no=9)
    with pytest.raises(Conflict):
        publish_finding(session, SYSTEM, finding)


def test_what_most_deny_is_published_only_with_a_reason_that_readers_see(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, finding: Finding
) -> None:
    ask(session, finding, yes=6, no=9)
    close_ask(session, finding)
    address, public_page = (
        f"/results/findings/{finding.public_id}",
        f"/findings/{finding.public_id}",
    )
    session.commit()
    assert "De flesta som fick frågan säger nej" in as_coordinator.page(address)
    refused = as_coordinator.submit(f"{address}/publish", {"despite": " "})
    assert "Skriv varför" in refused.text
    as_coordinator.submit(f"{address}/publish", {"despite": "De som svarade har en annan enhet."})
    assert "De som svarade har en annan enhet." in client.page(public_page)


def test_somebody_answers_without_signing_in_and_changes_their_mind(
    client: CheckingClient, session: Session, finding: Finding
) -> None:
    address = f"/true/{ask(session, finding).public_id}"
    assert finding.title in client.page(address)
    assert "Välj ett svar" in client.submit(address, {"words": "Hej"}).text
    client.submit(address, {"answer": "yes"})
    client.submit(address, {"answer": "partly", "words": "Inte alltid."})
    rows = session.execute(select(FindingVerdict.answer, FindingVerdict.words)).all()
    assert rows == [("partly", "Inte alltid.")]


def test_whoever_answers_is_promised_what_readers_then_see(
    client: CheckingClient, session: Session, finding: Finding
) -> None:
    """Few said no, so how many said yes is hidden with them: the number of answers is not."""
    asked = ask(session, finding, yes=9, no=2)
    client.submit(f"/true/{asked.public_id}", {"answer": "yes"})
    given = client.page(f"/true/{asked.public_id}/thanks")
    assert "Om minst 5 svarar" in given
    assert "hur många som svarade" in given
    assert "bara några få gav visas inte" in given
    close_ask(session, finding)
    publish_finding(session, SYSTEM, finding)
    session.commit()
    public = client.page(f"/findings/{finding.public_id}")
    assert "12 svar" in public
    assert "10 av 12" not in public


def test_when_it_is_over_the_page_says_so_and_shows_no_draft(
    client: CheckingClient, session: Session, finding: Finding
) -> None:
    asked = ask(session, finding, yes=1)
    close_ask(session, finding)
    session.commit()
    page = client.page(f"/true/{asked.public_id}")
    assert "Frågan är avslutad" in page
    assert finding.title not in page
    client.submit(f"/true/{asked.public_id}", {"answer": "no"})
    assert session.scalar(select(func.count()).select_from(FindingVerdict)) == 1


def test_an_ask_lasts_two_weeks(session: Session, finding: Finding) -> None:
    assert (ask(session, finding).closes_on - today()).days == 14


@pytest.mark.parametrize(
    ("n", "no", "is_whole", "expected"),
    [(9, 5, True, True), (10, 5, True, False), (9, 5, False, False), (9, None, False, False)],
)
def test_most_is_more_than_half_of_answers_that_are_all_shown(
    n: int, no: int | None, is_whole: bool, expected: bool
) -> None:
    shown = ShownVerdict(n=n, yes=None, no=no, is_whole=is_whole)
    assert shown.is_contradicted is expected


def test_while_a_number_is_hidden_nobody_learns_from_a_demand_that_most_say_no(
    as_coordinator: CheckingClient, session: Session, finding: Finding
) -> None:
    asked = ask(session, finding, yes=3, no=9)
    give_verdict(session, asked, "no-0", Verdict.NO, "Inte hos oss.")
    close_ask(session, finding)
    session.commit()
    page = as_coordinator.page(f"/results/findings/{finding.public_id}")
    assert "De flesta som fick frågan säger nej" not in page
    assert "Inte hos oss." in page
    assert "Nej, så är det inte" not in page
    shown = shown_verdict(publish_finding(session, SYSTEM, finding, "Ändå.").payload)
    assert shown is not None
    assert (shown.n, shown.no, finding.despite_verdict) == (12, None, "")


def test_what_fewer_than_five_wrote_is_read_by_nobody(
    as_coordinator: CheckingClient, session: Session, finding: Finding
) -> None:
    asked = ask(session, finding, yes=3)
    give_verdict(session, asked, "yes-0", Verdict.YES, "Så är det hos oss.")
    close_ask(session, finding)
    session.commit()
    page = as_coordinator.page(f"/results/findings/{finding.public_id}")
    assert "Så är det hos oss." not in page
