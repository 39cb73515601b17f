"""The feedback meeting: planned, moved, called off, told, held; and what the unit reads of it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries import steps_of
from participation.audits.queries.meeting import meeting_of
from participation.audits.rules.meeting import MeetingDraft, MeetingNotes
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotReady,
    advance_audit,
    cancel_meeting,
    meeting_calendar,
    note_meeting,
    plan_meeting,
)
from participation.foundation.clock import frozen_at, now, to_local
from participation.foundation.errors import Conflict
from participation.foundation.outbox.messages import letter
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from tests.conftest import SignIn
from tests.factories.audits import make_audit_at, make_meeting
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

COORDINATOR = Actor(display_name="Ebba", grants=(Grant(Role.COORDINATOR),), is_strong=True)
NOTES = MeetingNotes(
    came={"users": 14, "next_of_kin": 2, "staff": 6, "managers": 1}, said="Flera kände igen sig."
)


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    made = make_audit_at(session, county.unit, AuditState.REPORTED)
    session.commit()
    return made


def _draft(days: int = 10, place: str = "Samlingssalen") -> MeetingDraft:
    starts = now() + timedelta(days=days)
    return MeetingDraft(starts_at=starts, ends_at=starts + timedelta(hours=2), place=place)


def _mails(session: Session) -> list[OutboxMail]:
    found = select(OutboxMail).where(OutboxMail.template == "audits/meeting")
    return list(session.scalars(found.order_by(OutboxMail.id)))


def _inside(audit: Audit) -> str:
    return f"/audits/{audit.public_id}/meeting"


def test_the_team_and_the_unit_are_told_and_nobody_who_was_interviewed(
    sign_in: SignIn, session: Session, audit: Audit, county: SmallCounty
) -> None:
    sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    plan_meeting(session, COORDINATOR, audit, _draft())
    team = select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id)
    assert len(_mails(session)) == len(session.scalars(team).all()) + 1
    assert all(mail.attachments for mail in _mails(session))


def test_whoever_leads_is_told_when_an_auditor_plans_it(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    plan_meeting(session, Actor(account_id=None, display_name="Rut"), audit, _draft())
    team = select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id)
    assert len(_mails(session)) == len(session.scalars(team).all()) + 1


def test_a_new_time_or_place_is_told_and_new_words_on_the_poster_are_not(
    session: Session, audit: Audit
) -> None:
    draft = _draft()
    meeting = plan_meeting(session, COORDINATOR, audit, draft)
    first = len(_mails(session))
    worded = MeetingDraft(
        starts_at=draft.starts_at, ends_at=draft.ends_at, place=draft.place, how="Kaffe."
    )
    plan_meeting(session, COORDINATOR, audit, worded)
    assert (len(_mails(session)), meeting.sequence) == (first, 0)
    plan_meeting(session, COORDINATOR, audit, _draft(12))
    assert (len(_mails(session)), meeting.sequence) == (2 * first, 1)


def test_a_meeting_that_is_called_off_takes_itself_out_of_calendars_and_can_be_planned_anew(
    session: Session, audit: Audit
) -> None:
    meeting = plan_meeting(session, COORDINATOR, audit, _draft())
    first = len(_mails(session))
    cancel_meeting(session, COORDINATOR, audit, "Salen är upptagen.")
    assert len(_mails(session)) == 2 * first
    assert not meeting.is_on
    with pytest.raises(Conflict):
        cancel_meeting(session, COORDINATOR, audit, "Igen.")
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    plan_meeting(session, COORDINATOR, audit, _draft(20))
    assert meeting.is_on
    assert meeting.sequence == 2


def test_the_calendar_file_has_the_same_name_each_time_and_counts_up(
    session: Session, audit: Audit
) -> None:
    meeting = plan_meeting(session, COORDINATOR, audit, _draft())
    before = _event(meeting_calendar(session, audit, meeting))
    plan_meeting(session, COORDINATOR, audit, _draft(11, "Biblioteket"))
    after = _event(meeting_calendar(session, audit, meeting))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LOCATION"] == "Biblioteket"
    assert audit.title not in str(after["SUMMARY"])


def _event(content: bytes) -> Calendar:
    return Calendar.from_ical(BytesIO(content).read()).walk("VEVENT")[0]


def test_what_a_mail_puts_in_a_calendar_names_no_unit(
    session: Session, audit: Audit, county: SmallCounty
) -> None:
    """A unit's name may name an illness."""
    meeting = plan_meeting(session, COORDINATOR, audit, _draft())
    cancel_meeting(session, COORDINATOR, audit, "Salen är upptagen.")
    assert len(_mails(session)) == 4
    for mail in _mails(session):
        told = letter(mail)
        (file,) = told.attachments
        event = _event(file.content)
        assert county.unit.name not in told.subject + told.text + told.html + str(event)
        assert audit.public_id in str(event["DESCRIPTION"])
    assert county.unit.name in str(_event(meeting_calendar(session, audit, meeting))["DESCRIPTION"])


def test_whoever_opened_the_plan_before_a_colleague_moved_it_reads_theirs_first(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    here = f"{_inside(audit)}/plan"
    typed = {"starts": "14:00", "ends": "16:00", "place": "Salen", "how": ""}
    days = [to_local(now() + timedelta(days=ahead)).date().isoformat() for ahead in (9, 12)]
    first = _was(as_coordinator.page(here))
    as_coordinator.submit(here, {**typed, "day": days[0], "was": first})
    told = len(_mails(session))
    session.commit()
    late = as_coordinator.submit(here, {**typed, "day": days[1], "place": "Matsalen", "was": first})
    assert "Det din kollega bestämde" in late.text
    assert "Matsalen" in late.text
    session.expire_all()
    found = meeting_of(session, audit)
    assert found is not None
    assert found.place == "Salen"
    session.commit()
    same = {**typed, "day": days[0], "was": first}  # sent twice: nothing new, and no mail
    assert as_coordinator.submit(here, same).status_code == 303
    assert len(_mails(session)) == told
    session.commit()
    again = {**typed, "day": days[1], "place": "Matsalen", "was": _was(late.text)}
    assert as_coordinator.submit(here, again).status_code == 303
    assert len(_mails(session)) == 2 * told


def test_whoever_opened_the_notes_before_a_colleague_wrote_them_reads_theirs_first(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    plan_meeting(session, COORDINATOR, audit, _draft(-1))
    session.commit()
    here = f"{_inside(audit)}/notes"
    counts = {"users": "14", "next_of_kin": "2", "staff": "6", "managers": "1"}
    first = _was(as_coordinator.page(here))
    told = {**counts, "said": "Flera kände igen sig.", "changes": "", "was": first}
    assert as_coordinator.submit(here, told).status_code == 303
    assert as_coordinator.submit(here, told).status_code == 303  # sent twice
    late = as_coordinator.submit(here, {**told, "said": "De flesta var nöjda.", "users": "15"})
    assert "Det din kollega skrev" in late.text
    assert "Flera kände igen sig." in late.text
    assert "De flesta var nöjda." in late.text
    session.expire_all()
    found = meeting_of(session, audit)
    assert found is not None
    assert found.said == "Flera kände igen sig."
    session.commit()
    both = {**told, "said": "Flera kände igen sig, de flesta var nöjda.", "was": _was(late.text)}
    assert as_coordinator.submit(here, both).status_code == 303


def _was(page: str) -> str:
    found = re.search(r'name="was"[^>]*value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_meeting_that_is_over_tells_nobody(session: Session, audit: Audit) -> None:
    plan_meeting(session, COORDINATOR, audit, _draft(-1))
    assert not _mails(session)


def test_notes_wait_for_the_meeting_and_the_answers_for_the_notes(
    session: Session, audit: Audit
) -> None:
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    meeting = plan_meeting(session, COORDINATOR, audit, _draft())
    with pytest.raises(Conflict):
        note_meeting(session, COORDINATOR, audit, NOTES)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    with frozen_at(meeting.ends_at + timedelta(days=3)):
        note_meeting(session, COORDINATOR, audit, NOTES)
        advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    assert audit.state == AuditState.FED_BACK
    held = steps_of(session, audit.id)["fed_back"].taken_on
    assert held == to_local(meeting.starts_at).date()  # not the day somebody said so
    with pytest.raises(Conflict):
        plan_meeting(session, COORDINATOR, audit, _draft())


def test_a_meeting_is_planned_moved_called_off_and_noted_on_its_pages(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    here = _inside(audit)
    assert "Inget möte är bestämt än" in as_coordinator.page(here)
    day = to_local(now() + timedelta(days=9)).date().isoformat()
    typed = {"day": day, "starts": "15:00", "ends": "14:00", "place": "Salen", "how": "Fika."}
    assert "sluta efter" in as_coordinator.submit(f"{here}/plan", typed).text
    as_coordinator.submit(f"{here}/plan", {**typed, "ends": "16:00"})
    yesterday = to_local(now() - timedelta(days=1)).date().isoformat()
    moved = as_coordinator.submit(f"{here}/plan", {**typed, "ends": "16:00", "day": yesterday})
    assert "Välj en dag som inte har varit" in moved.text
    page = as_coordinator.page(here)
    assert "Salen" in page
    assert "Affisch på lätt svenska" in page
    assert "Skriv hur det gick" not in page
    as_coordinator.submit(f"{here}/cancel", {"reason": "Sjukdom."})
    assert "Sjukdom." in as_coordinator.page(here)
    past = to_local(now() - timedelta(days=1)).date().isoformat()
    as_coordinator.submit(f"{here}/plan", {**typed, "ends": "16:00", "day": past})
    assert "Skriv hur det gick" in as_coordinator.page(here)
    counts = {"users": "14", "next_of_kin": "2", "staff": "6", "managers": "1"}
    said = {**counts, "said": "Två boende ville svara.", "changes": ""}
    asked = as_coordinator.submit(f"{here}/notes", said).text
    assert "Läs de här orden en gång till" in asked or "få personer" in asked
    mark = re.search(r'name="mark" value="([^"]+)"', asked)
    assert mark is not None
    assert meeting_of(session, audit).noted_at is None  # type: ignore[union-attr]
    session.rollback()
    as_coordinator.submit(f"{here}/notes", {**said, "mark": mark[1], "is_read": "y"})
    assert "Nu svarar verksamheten" in as_coordinator.page(here)


def test_the_unit_reads_what_was_said_and_no_small_numbers(
    as_coordinator: CheckingClient,
    sign_in: SignIn,
    session: Session,
    audit: Audit,
    county: SmallCounty,
) -> None:
    make_meeting(session, audit)
    session.commit()
    here = _inside(audit)
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    read = unit.page(here)
    assert "Flera kände igen sig." in read
    assert "färre än 5" in read
    assert "färre än" not in as_coordinator.page(here)
    for page in ("plan", "notes", "cancel"):
        assert unit.get(f"{here}/{page}").status_code == 404


def test_the_poster_names_the_place_and_leads_to_the_summary_only_once_it_is_public(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    plan_meeting(session, COORDINATOR, audit, _draft())
    session.commit()
    poster = f"{_inside(audit)}/poster"
    words = as_coordinator.page(f"{poster}?language=all")
    assert words.count("Samlingssalen") == 4
    assert "/summary" not in words
    audit.published_on = to_local(now()).date()
    session.commit()
    assert f"/audits/{audit.public_id}/summary" in as_coordinator.page(poster)


def test_there_is_no_meeting_before_the_analysis(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    early = make_audit_at(session, county.unit, AuditState.INTERVIEWING)
    session.commit()
    for page in ("", "/plan", "/poster", ".ics"):
        assert as_coordinator.get(f"{_inside(early)}{page}").status_code == 404
