"""After an audit: reminders that leave once, and how its auditors are."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import AuditDebrief, AuditStep
from participation.audits.providers import AuditorData
from participation.audits.queries.debriefs import own_debrief, who_wants_call
from participation.audits.rules.states import AuditState
from participation.audits.services import NotReady, advance_audit, write_follow_up
from participation.audits.services.debriefs import write_debrief
from participation.audits.services.own_data import forget_auditor
from participation.audits.services.reminders import remind_of_audits
from participation.foundation.clock import today
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Role
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.factories.audits import make_audit_at, make_auditor
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def _mails(session: Session) -> int:
    wanted = OutboxMail.template.in_(("audits/answers", "audits/follow_up"))
    return session.scalar(select(func.count(OutboxMail.id)).where(wanted)) or 0


def test_the_unit_is_reminded_of_its_answers_once(session: Session, county: SmallCounty) -> None:
    make_account(session, role=Role.CONTACT_PERSON, organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    assert remind_of_audits(session) == 0
    audit.answers_due_on = today() + timedelta(days=10)
    assert remind_of_audits(session) == 1
    assert remind_of_audits(session) == 0
    assert _mails(session) == 1


def test_what_an_auditor_writes_for_themselves_nobody_else_is_told(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = make_auditor(session, audit)
    auditor = Actor(account_id=place.account_id)
    write_debrief(session, auditor, audit, diary="Det var tungt i dag.", wants_call=True)
    session.expire_all()
    kept = own_debrief(session, audit, auditor)
    assert kept is not None
    assert kept.diary == "Det var tungt i dag."
    assert own_debrief(session, audit, SYSTEM) is None
    assert who_wants_call(session, audit.id) == {place.account_id}
    (section,) = AuditorData().sections(session, place.account_id)
    assert section.raw["diary"][0]["words"] == "Det var tungt i dag."
    forget_auditor(session, SYSTEM, place.account_id)
    assert session.scalars(select(AuditDebrief)).all() == []


def test_an_auditor_who_has_left_and_wants_a_call_can_be_marked_as_called(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = make_auditor(session, audit)
    auditor = Actor(account_id=place.account_id)
    write_debrief(session, auditor, audit, diary="", wants_call=True)
    session.commit()
    team = f"/audits/{audit.public_id}/team"
    leave = f"{team}/{place.public_id}/remove"
    assert "Ja, ta bort" in as_coordinator.page(leave)
    as_coordinator.submit(leave)
    assert f"{place.public_id}/called" in as_coordinator.page(team)
    assert team in as_coordinator.page("/start")
    as_coordinator.submit(f"{team}/{place.public_id}/called")
    assert f"{place.public_id}/called" not in as_coordinator.page(team)
    assert team not in as_coordinator.page("/start")


def test_a_follow_up_before_six_months_needs_a_reason_that_is_shown(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANSWERED)
    with pytest.raises(NotReady, match="sex månader"):
        write_follow_up(session, SYSTEM, audit, who="Sex boende.", text="Bra.")
    audit.follow_up_text = "Bra."
    with pytest.raises(NotReady, match="sex månader"):
        advance_audit(session, SYSTEM, audit, AuditState.FOLLOWED_UP)
    audit.follow_up_text = ""
    session.commit()
    here = f"/audits/{audit.public_id}"
    told = {"who": "Sex boende.", "text": "Två förslag är gjorda."}
    refused = as_coordinator.submit(f"{here}/follow-up", told)
    assert "vänta tills" in refused.text
    why = {"why_early": "Chefen slutar i maj."}
    assert as_coordinator.submit(f"{here}/follow-up", {**told, **why}).status_code == 303
    assert "Chefen slutar i maj." in as_coordinator.page(here)
    session.expire_all()
    assert audit.state == AuditState.FOLLOWED_UP


def test_a_follow_up_when_it_is_time_asks_for_no_reason(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANSWERED)
    answered = select(AuditStep).where(AuditStep.state == AuditState.ANSWERED)
    session.scalars(answered).one().taken_on = today() - timedelta(days=182)
    session.commit()
    here = f"/audits/{audit.public_id}/follow-up"
    assert "why_early" not in as_coordinator.page(here)
    assert as_coordinator.submit(here, {"who": "Sex.", "text": "Bra."}).status_code == 303


def test_an_order_does_not_begin_in_the_past(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    told = {
        "unit": county.unit.public_id,
        "title": "Hur är det?",
        "question": "Hur?",
        "target_group": "Alla.",
        "period_from": "2026-01-12",
        "period_to": "2027-02-06",
    }
    session.commit()
    assert "Välj en dag som inte har varit." in unit.submit("/audits/order", told).text
