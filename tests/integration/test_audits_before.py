"""Before an audit: what the unit says yes to, and auditors without ties."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value

from participation.assignments.rules.states import TieKind
from participation.assignments.services.declarations import DeclaredTie, declare_ties
from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries import tied_members
from participation.audits.queries.agreements import agreement_of, plan_of
from participation.audits.rules.agreement import Milestone, proposed_plan
from participation.audits.rules.states import AuditState
from participation.audits.services import HasTies, NotReady, add_auditor, advance_audit, clear_ties
from participation.audits.services import declare_ties as declare_to_unit
from participation.audits.services.agreements import (
    AgreementDraft,
    accept_agreement,
    write_agreement,
)
from participation.foundation.errors import Conflict
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from tests.conftest import SignIn
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.audits import make_audit, make_audit_at, make_auditor
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

AGREED = {
    "scope": "Tjugo personer.",
    "access": "Ett rum.",
    "secrecy": "Inga namn.",
    "report_reading": "Chefen.",
    "information": "2025-12-29",
    "interviews_from": "2026-01-12",
    "interviews_to": "2026-02-06",
    "report": "2026-03-13",
    "facts": "2026-03-27",
    "feedback": "2026-03-27",
    "follow_up": "2026-12-01",
}


def test_somebody_with_a_declared_tie_to_the_unit_does_not_join_the_team(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    member = make_member(session, name="Kim Kopplingsson")
    free = make_member(session, name="Fri Frisson")
    activity = make_activity(session, county.region)
    invitation = make_invitation(session, make_round(session, activity), member)
    tie = DeclaredTie(
        kind=TieKind.RELATIVE,
        organisation_id=county.unit.organisation_id,
        unit_id=county.unit.id,
    )
    set_committed_value(invitation, "activity", activity)
    declare_ties(session, invitation, [tie])
    assert tied_members(session, county.unit, [member, free]) == {member.id}
    with pytest.raises(HasTies):
        add_auditor(session, SYSTEM, audit, member)


def tied_team(session: Session, audit: Audit) -> AuditTeamMember:
    place = make_auditor(session, audit, has_declared=False)
    make_auditor(session, audit)
    declare_to_unit(session, SYSTEM, audit, place, kinds=[TieKind.OTHER], words="En granne.")
    return place


def test_declared_ties_wait_for_a_decision_with_a_reason_that_is_kept(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = tied_team(session, audit)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.TEAM_READY)
    session.commit()
    here, tied = f"/audits/{audit.public_id}/team", place.public_id
    session.rollback()
    assert f"{here}/{tied}/ties" in as_coordinator.page(here)
    assert "En granne." in as_coordinator.page(f"{here}/{tied}/ties")
    nameless = as_coordinator.submit(f"{here}/{tied}/ties", {"reason": ""})
    assert "Skriv varför" in nameless.text
    as_coordinator.submit(f"{here}/{tied}/ties", {"reason": "De hälsar bara."})
    assert "De hälsar bara." in as_coordinator.page(here)
    session.expire_all()
    advance_audit(session, SYSTEM, audit, AuditState.TEAM_READY)


def test_declared_ties_are_not_taken_back_by_a_second_declaration(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = tied_team(session, audit)
    with pytest.raises(Conflict):
        declare_to_unit(session, SYSTEM, audit, place)
    assert place.waits_for_decision


def test_an_agreement_that_fell_stops_the_interviews(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.PREPARING)
    written = agreement_of(session, audit)
    assert written is not None
    written.accepted_at = None
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.INTERVIEWING)


def test_the_unit_says_yes_to_the_words_it_read_and_a_change_takes_the_yes_back(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit(session, county.unit)
    session.commit()
    here = f"/audits/{audit.public_id}/agreement"
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.AGREED)
    session.rollback()
    early = as_coordinator.submit(f"{here}/write", {**AGREED, "report": "2026-01-01"})
    assert "före den ovanför" in early.text
    assert "Tjugo personer." in early.text
    late = as_coordinator.submit(f"{here}/write", {**AGREED, "follow_up": "2026-05-01"})
    assert "sex till tolv månader" in late.text
    assert "Skriv överenskommelsen först" in as_coordinator.page(here.removesuffix("/agreement"))
    as_coordinator.submit(f"{here}/write", AGREED)
    mail = session.scalars(select(OutboxMail)).one()
    assert here in mail.text
    assert county.unit.name not in mail.subject + mail.text
    session.rollback()
    assert "Läs överenskommelsen och säg ja" in unit.page("/start")
    assert "Säg ja till överenskommelsen" in unit.page(here)
    written = agreement_of(session, audit)
    assert written is not None
    read = written.written_at.isoformat()
    session.rollback()
    as_coordinator.submit(f"{here}/write", {**AGREED, "scope": "Trettio personer."})
    unit.submit(f"{here}/accept", {"written": read})
    assert "Verksamheten sa ja" not in unit.page(here), "it had read other words"
    session.expire_all()
    read = written.written_at.isoformat()
    session.rollback()
    unit.submit(f"{here}/accept", {"written": read})
    assert "Verksamheten sa ja" in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/write", {**AGREED, "scope": "Trettio personer."})
    assert "Verksamheten sa ja" in as_coordinator.page(here), "nothing was changed"
    as_coordinator.submit(f"{here}/write", {**AGREED, "scope": "Fyrtio."})
    assert "Verksamheten sa ja" not in as_coordinator.page(here)
    session.expire_all()
    assert plan_of(session, audit)[Milestone.REPORT] == date(2026, 3, 13)


def test_what_somebody_declared_is_read_by_them_and_by_whoever_leads(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    colleague = sign_in(Role.AUDITOR, name="Hodan Streckgren")
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = tied_team(session, audit)
    mine = make_auditor(
        session, audit, make_member(session, name="Hodan Streckgren"), has_declared=False
    )
    session.commit()
    here = f"/audits/{audit.public_id}"
    assert "Säg om du har kopplingar" in colleague.page(here)
    assert "Säg om du har kopplingar" in colleague.page("/start")
    page = colleague.page(f"{here}/team")
    assert "Har svarat om kopplingar" in page
    assert "Har kopplingar till verksamheten" not in page
    clear_ties(session, SYSTEM, audit, place, "De hälsar bara.")
    declare_to_unit(session, SYSTEM, audit, mine)
    session.commit()
    assert "De hälsar bara." not in colleague.page(f"{here}/team")


def test_nobody_else_says_yes_for_the_unit(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    other = sign_in(Role.CONTACT_PERSON, name="Ola Annan", organisation=county.torsas)
    audit = make_audit(session, county.unit)
    session.commit()
    here = f"/audits/{audit.public_id}/agreement/accept"
    assert other.submit(here, {"written": ""}).status_code == 404
    assert as_coordinator.submit(here, {"written": ""}).status_code in {403, 404}


def test_a_yes_never_stands_under_words_that_were_written_meanwhile(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    audit = make_audit(session, county.unit)
    draft = AgreementDraft(
        scope="Trettio personer.",
        access="Ett rum.",
        secrecy="Det stannar här.",
        report_reading="Chefen läser.",
        plan=proposed_plan(audit.period_from, audit.period_to),
    )
    write_agreement(session, SYSTEM, audit, draft, is_told=False)
    session.commit()
    with sessions() as unit:
        theirs = unit.get_one(Audit, audit.id)
        mine = agreement_of(session, audit)  # read before the yes
        assert mine is not None
        assert mine.accepted_at is None
        session.commit()
        accept_agreement(unit, SYSTEM, theirs, mine.written_at.isoformat())
        unit.commit()
    write_agreement(session, SYSTEM, audit, replace(draft, scope="Annat."), is_told=False)
    session.commit()
    session.expire_all()
    found = agreement_of(session, audit)
    assert found is not None
    assert (found.scope, found.accepted_at) == ("Annat.", None)
