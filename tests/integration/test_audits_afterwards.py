"""After an audit: reminders that leave once, and how its auditors are."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.assignments.rules.states import TieKind
from participation.audits.models import AuditDebrief, AuditStep
from participation.audits.providers import TO_DO, AuditorData
from participation.audits.queries import proposals_of
from participation.audits.queries.debriefs import own_debrief, who_wants_call
from participation.audits.queries.doubts import doubtful_words
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotReady,
    advance_audit,
    declare_ties,
    note_answer,
    publish_summary,
    withdraw_summary,
    write_follow_up,
)
from participation.audits.services.debriefs import write_debrief
from participation.audits.services.own_data import forget_auditor
from participation.audits.services.reminders import remind_of_audits
from participation.commitments.services import answer_commitment
from participation.foundation.clock import today
from participation.foundation.i18n import format_day
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.factories.audits import (
    make_agreement,
    make_audit,
    make_audit_at,
    make_auditor,
    make_consents,
    make_meeting,
)
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


def test_who_leads_is_told_to_follow_up_when_its_time_has_come(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANSWERED)
    session.commit()
    assert audit.public_id not in as_coordinator.page("/start")
    answered = select(AuditStep).where(AuditStep.state == AuditState.ANSWERED)
    session.scalars(answered).one().taken_on = today() - timedelta(days=182)
    session.commit()
    assert audit.public_id in as_coordinator.page("/start")


def test_who_wants_a_call_stands_first_and_ties_have_the_day_the_team_is_needed(
    session: Session, county: SmallCounty
) -> None:
    ebba = make_account(session)
    lead = Actor(account_id=ebba.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = make_auditor(session, audit, has_declared=False)
    declare_ties(session, SYSTEM, audit, place, kinds=[TieKind.RELATIVE])
    auditor = Actor(account_id=place.account_id)
    write_debrief(session, auditor, audit, diary="", wants_call=True)
    due = {item.due_on for to_do in TO_DO for item in to_do.items(session, lead)}
    assert due == {today(), audit.period_from - timedelta(weeks=2)}


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


def _told(session: Session) -> list[str]:
    """Which mails about audits are on their way; none names the unit or the illness."""
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.template.like("audits/%")).order_by(OutboxMail.template)
    ).all()
    for mail in mails:
        for secret in ("Exempelviken", "Hur är det att bo här"):
            assert secret not in f"{mail.subject} {mail.text}"
    return [mail.template for mail in mails]


def _make_lead(session: Session) -> None:
    make_account(session, role=Role.COORDINATOR)


def test_when_the_report_is_fed_back_the_unit_is_told_its_day_and_the_team_is_asked(
    session: Session, county: SmallCounty
) -> None:
    make_account(session, role=Role.CONTACT_PERSON, organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    make_meeting(session, audit)
    session.execute(delete(OutboxMail))
    advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    assert _told(session) == ["audits/consent", "audits/consent", "audits/fed_back"]
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "audits/fed_back")).one()
    assert audit.answers_due_on is not None
    assert format_day(audit.answers_due_on) in (mail.text or "")
    for page in ("proposals", "consent"):
        assert f"/audits/{audit.public_id}/{page}" in (mail.text or "")


def test_the_team_is_told_once_when_the_unit_has_answered_the_last_proposal(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    for line in proposals_of(session, audit.id):
        assert line.commitment is not None
        answer_commitment(session, SYSTEM, line.commitment, answer="no", answer_text="Nej.")
        for _again in range(2):
            note_answer(session, SYSTEM, line.commitment)
    assert _told(session) == ["audits/answered"] * 2


def test_who_leads_is_told_once_of_a_yes_to_the_agreement(
    session: Session, county: SmallCounty
) -> None:
    _make_lead(session)
    make_agreement(session, make_audit(session, county.unit))
    assert _told(session) == ["audits/agreed"]


def test_who_leads_is_told_once_that_everybody_has_said_yes_and_finds_it_on_the_start_page(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    session.execute(delete(OutboxMail))
    here = f"/audits/{audit.public_id}/publish"
    assert here not in as_coordinator.page("/start")
    make_consents(session, audit)
    session.commit()
    assert _told(session) == ["audits/all_agree"]
    assert here in as_coordinator.page("/start")
    assert here in as_coordinator.page(f"/audits/{audit.public_id}")
    publish_summary(session, SYSTEM, audit, read=doubtful_words(session, audit).mark)
    withdraw_summary(session, SYSTEM, audit)
    session.commit()
    assert here not in as_coordinator.page("/start")
    assert _told(session) == ["audits/all_agree"]
