"""Audits for tests, moved along their way as far as a test wants."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditInterview, AuditTeamMember
from participation.audits.queries.agreements import agreement_of
from participation.audits.queries.doubts import doubtful_words
from participation.audits.rules.agreement import proposed_plan
from participation.audits.rules.information import consent_version
from participation.audits.rules.meeting import MeetingDraft, MeetingNotes
from participation.audits.rules.states import WAY, AuditState
from participation.audits.services import (
    add_auditor,
    add_point,
    advance_audit,
    declare_ties,
    note_meeting,
    note_users_told,
    order_audit,
    plan_meeting,
    record_proposal,
    say_about_publishing,
    write_interview,
    write_report,
)
from participation.audits.services.agreements import (
    AgreementDraft,
    accept_agreement,
    write_agreement,
)
from participation.county.models import Unit
from participation.foundation.clock import now
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import BankMember
from tests.factories.accounts import make_account
from tests.factories.interest_bank import make_member

_numbers = count(1)


def make_audit(session: Session, unit: Unit, **overrides: Any) -> Audit:
    """An order."""
    told = {
        "title": "Hur är det att bo här?",
        "question": "Vad skulle göra det lättare att ta nästa steg?",
        "target_group": "De som bor här och deras närstående.",
        "period_from": date(2026, 1, 12),
        "period_to": date(2026, 2, 6),
        **overrides,
    }
    return order_audit(session, SYSTEM, unit=unit, **told)


def make_auditor(
    session: Session, audit: Audit, member: BankMember | None = None, *, has_declared: bool = True
) -> AuditTeamMember:
    """Somebody in the team who has declared that they have no ties."""
    person = member or make_member(session, name=f"Revisor {next(_numbers)}berg")
    place = add_auditor(session, SYSTEM, audit, person, is_told=False)
    if has_declared:
        declare_ties(session, SYSTEM, audit, place)
    return place


def make_audit_at(session: Session, unit: Unit, state: AuditState, **overrides: Any) -> Audit:
    """An audit that has come as far as `state`, with what each step needs."""
    audit = make_audit(session, unit, **overrides)
    while audit.state != state:
        following = WAY[WAY.index(AuditState(audit.state)) + 1]
        _prepare(session, audit, following)
        read = doubtful_words(session, audit).mark
        why = "Chefen slutar." if following is AuditState.FOLLOWED_UP else ""
        advance_audit(session, SYSTEM, audit, following, read=read, note=why, is_told=False)
    return audit


def make_consents(session: Session, audit: Audit) -> None:
    """Everybody says yes to a public summary, and enough people were interviewed."""
    held = [
        AuditInterview(
            audit_id=audit.id,
            number=number,
            respondent_role="service_user",
            held_week="2026-W03",
            notes="Trivs.",
        )
        for number in range(2, 7)
    ]
    session.add_all(held)
    team = select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id)
    for place in session.scalars(team.order_by(AuditTeamMember.id)).all():
        auditor = Actor(account_id=place.account_id)
        say_about_publishing(session, auditor, audit, as_unit=False, says_yes=True)
    contact = Actor(account_id=make_account(session).id)
    say_about_publishing(session, contact, audit, as_unit=True, says_yes=True)


def make_agreement(session: Session, audit: Audit) -> None:
    """What the unit has said yes to."""
    draft = AgreementDraft(
        scope="Trettio personer.",
        access="Ett rum.",
        secrecy="Det stannar mellan revisorerna.",
        report_reading="Chefen läser.",
        plan=proposed_plan(audit.period_from, audit.period_to),
    )
    write_agreement(session, SYSTEM, audit, draft, is_told=False)
    written = agreement_of(session, audit)
    assert written is not None
    accept_agreement(session, SYSTEM, audit, written.written_at.isoformat())


def make_meeting(session: Session, audit: Audit) -> None:
    """A feedback meeting that has been held and noted."""
    ended = now() - timedelta(hours=1)
    draft = MeetingDraft(starts_at=ended - timedelta(hours=2), ends_at=ended, place="Samlingssalen")
    plan_meeting(session, SYSTEM, audit, draft, is_told=False)
    came = {"users": 14, "next_of_kin": 2, "staff": 6, "managers": 1}
    note_meeting(session, SYSTEM, audit, MeetingNotes(came=came, said="Flera kände igen sig."))


def _prepare(session: Session, audit: Audit, following: AuditState) -> None:
    if following is AuditState.AGREED:
        make_agreement(session, audit)
    if following is AuditState.TEAM_READY:
        for _one in range(2):
            make_auditor(session, audit)
    if following is AuditState.INTERVIEWING:
        note_users_told(session, SYSTEM, audit)
    if following is AuditState.ANALYSING:
        write_interview(
            session,
            SYSTEM,
            audit,
            respondent_role="service_user",
            held_week="2026-W03",
            notes="Han trivs men vet inte vad som står i planen.",
            consent_version=consent_version(),
        )
    if following is AuditState.REPORTED:
        write_report(session, SYSTEM, audit, summary="De flesta är trygga.")
        add_point(
            session,
            SYSTEM,
            audit,
            kind="strength",
            title="Bemötandet",
            text="Det är gott.",
            is_own_observation=True,
        )
        record_proposal(session, SYSTEM, audit, title="En egen sida", text="Var och en skriver.")
    if following is AuditState.FED_BACK:
        make_meeting(session, audit)
    if following is AuditState.FOLLOWED_UP:
        audit.follow_up_text = "Två förslag är gjorda."
