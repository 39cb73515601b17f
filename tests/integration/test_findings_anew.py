"""A finding is withdrawn and published again: who owes an answer, by when, and who is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt
from participation.coding.services import forget_material
from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.db import make_sessions, write_turn
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day, use_locale
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.results import queries
from participation.results.models import Finding, FindingGroup
from participation.results.services import (
    add_quote,
    approve_quote,
    publish_finding,
    withdraw_finding,
)
from tests.conftest import SignIn
from tests.factories.coding import texts_of
from tests.factories.results import make_finding
from tests.support.county import SmallCounty


@pytest.fixture
def finding(session: Session, county: SmallCounty) -> Finding:
    made = make_finding(session, group_ids=(county.group.id,))
    session.commit()
    return made


def quote_first_voice(session: Session, finding: Finding) -> None:
    text = texts_of(session, queries.materials_of(session, finding)[0])[0]
    excerpt = session.scalars(select(Excerpt).where(Excerpt.text_id == text.id)).one()
    approve_quote(session, SYSTEM, add_quote(session, SYSTEM, finding, excerpt, text))


def forget_first_voice(session: Session, finding: Finding) -> None:
    text = texts_of(session, queries.materials_of(session, finding)[0])[0]
    forget_material(session, text.source_ref)
    session.commit()


def take_turn(session: Session, write: Callable[[], None]) -> None:
    with write_turn(session):
        write()


@pytest.mark.parametrize(
    ("ahead", "again"), [(-40, -40), (3, 14), (30, 30)], ids=["late", "near", "far"]
)
def test_a_finding_that_is_published_again_is_as_late_as_it_was(
    session: Session,
    finding: Finding,
    county: SmallCounty,
    sign_in: SignIn,
    ahead: int,
    again: int,
) -> None:
    member = sign_in(Role.GROUP_MEMBER, name="Greta Gruppsson", group=county.group)
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    owed.due_on = was = today() + timedelta(days=ahead)
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    publish_finding(session, SYSTEM, finding)
    session.commit()
    assert (owed.status, owed.due_on) == ("open", today() + timedelta(days=again))
    page = member.page(f"/commitments/{owed.public_id}")
    with use_locale("sv"):
        then, day = format_day(was), format_day(owed.due_on)
    assert f"Frågan togs tillbaka. Svaret skulle ha kommit {then}." in page
    assert f"Frågan ställdes. Svaret ska komma {day}." in page
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    told = [mail for mail in mails if mail.template.startswith("commitment_")]
    assert [m.template for m in told] == ["commitment_called_off", "commitment_put_anew"]
    assert finding.title not in told[1].subject + told[1].text


def test_what_went_by_while_nobody_waited_makes_nobody_late(
    session: Session, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    with frozen_at(now() + timedelta(days=100)):
        publish_finding(session, SYSTEM, finding)
        assert owed.due_on == today() + timedelta(days=14)


def test_a_group_owes_its_answer_by_the_same_day_when_a_quoted_voice_leaves(
    session: Session, app: Flask, finding: Finding, county: SmallCounty, sign_in: SignIn
) -> None:
    sign_in(Role.GROUP_MEMBER, name="Greta Gruppsson", group=county.group)
    quote_first_voice(session, finding)
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    owed.due_on = was = today() - timedelta(days=40)
    session.commit()
    forget_first_voice(session, finding)
    session.expire_all()
    assert (finding.state, owed.status, owed.is_public) == ("withdrawn", "open", False)
    publish_finding(session, SYSTEM, finding)
    assert (owed.status, owed.due_on, owed.is_public) == ("open", was, True)
    mails = session.scalars(select(OutboxMail.template)).all()
    assert not [template for template in mails if template.startswith("commitment_")]


def test_a_group_that_a_finding_concerns_no_more_is_told_when_it_is_published_again(
    session: Session, app: Flask, finding: Finding, county: SmallCounty
) -> None:
    quote_first_voice(session, finding)
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    session.commit()
    forget_first_voice(session, finding)
    session.execute(delete(FindingGroup))
    publish_finding(session, SYSTEM, finding)
    assert (owed.status, owed.is_public) == ("called_off", False)


def test_an_answer_given_while_the_finding_is_withdrawn_is_kept(
    session: Session, engine: Engine, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    session.commit()
    told = {"answer": "yes", "answer_text": "Ja.", "action_text": "Vi gör det."}
    with make_sessions(engine)() as other, ThreadPoolExecutor(1) as pool:

        def withdraw() -> None:
            theirs = other.get_one(Finding, finding.id)
            withdraw_finding(other, SYSTEM, theirs, "Ett ord var fel")
            other.commit()

        commitments_about(other, "finding", finding.public_id)
        other.commit()  # keeps what it has read
        with write_turn(session):
            answer_commitment(session, SYSTEM, owed, **told)
            withdrawing = pool.submit(take_turn, other, withdraw)
            wait([withdrawing], timeout=0.4)  # it has come as far as it can
            session.commit()
        withdrawing.result()
    session.expire_all()
    assert (owed.status, owed.answer_text, owed.is_public) == ("in_progress", "Ja.", False)


def test_an_answer_that_comes_after_the_withdrawal_is_refused_in_words(
    session: Session, engine: Engine, finding: Finding
) -> None:
    publish_finding(session, SYSTEM, finding)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    session.commit()
    with make_sessions(engine)() as other:
        (theirs,) = commitments_about(other, "finding", finding.public_id)
        other.commit()  # keeps what it has read
        withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
        session.commit()
        with pytest.raises(Conflict):
            answer_commitment(other, SYSTEM, theirs, answer="no", answer_text="Nej.")
    session.expire_all()
    assert (owed.status, owed.answer) == ("called_off", None)
