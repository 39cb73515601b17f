"""The way of an audit: ordered, then moved on step by step, each step with what it needs."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import ParticipationRequest
from participation.audits.models import (
    Audit,
    AuditProposal,
    AuditStep,
)
from participation.audits.queries import SUBJECT_KIND, proposals_of
from participation.audits.queries.doubts import doubtful_words
from participation.audits.queries.meeting import meeting_of
from participation.audits.rules.states import (
    AuditState,
    Mover,
    may_move,
)
from participation.audits.services.reading import check_read
from participation.audits.services.steps import NEEDS, THEN, check_follow_up_day
from participation.audits.services.telling import tell_team, tell_unit
from participation.commitments.models import Commitment
from participation.county.models import Organisation, Unit
from participation.foundation.clock import to_local, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Actor

ANYBODY = frozenset(Mover)


def order_audit(
    session: Session,
    actor: Actor,
    *,
    unit: Unit,
    title: str,
    question: str,
    target_group: str,
    period_from: date,
    period_to: date,
    request: ParticipationRequest | None = None,
    on: date | None = None,
) -> Audit:
    """A unit wants to be examined. A coordinator then agrees with it on how.

    Raises:
        Conflict: the unit's organisation has not adopted the participation model.
    """
    organisation = session.get_one(Organisation, unit.organisation_id)
    if not organisation.has_adopted:
        raise Conflict
    audit = Audit(
        unit=unit,
        area_id=unit.area_id,
        request_id=request.id if request else None,
        ordered_by_account_id=actor.account_id,
        title=title,
        question=question,
        target_group=target_group,
        period_from=period_from,
        period_to=period_to,
        is_fictional=unit.is_fictional,
    )
    session.add(audit)
    session.flush()
    _note(session, actor, audit, AuditState.ORDERED, on=on or today())
    return audit


def advance_audit(
    session: Session,
    actor: Actor,
    audit: Audit,
    to: AuditState,
    *,
    movers: frozenset[Mover] = ANYBODY,
    on: date | None = None,
    note: str = "",
    read: str = "",
    is_told: bool = True,
) -> None:
    """Take one step. `movers`: what the person is to the audit (a lens knows). `read`: the mark
    of doubtful words that they have read, where a report is handed over. `note`: of a follow-up
    that comes early, why.

    Raises:
        Conflict: the step is not allowed from here, or not by them.
        NotReady: something is missing; its message says what.
        NotRead: words of the report that may point to somebody have not been read.
    """
    locked = _locked(session, audit)
    if not may_move(AuditState(locked.state), to, movers):
        raise Conflict
    if to in NEEDS:
        NEEDS[to](session, locked)
    if to is AuditState.FOLLOWED_UP:
        check_follow_up_day(session, locked, note)
    if to is AuditState.REPORTED:
        check_read(doubtful_words(session, locked), read)
    locked.state = to.value
    locked.state_reason = note
    _note(session, actor, locked, to, on=on or _day_of(session, locked, to), note=note)
    if to in THEN:
        THEN[to](session, actor, locked)
    if is_told:
        _tell(session, locked, to)


def _tell(session: Session, audit: Audit, to: AuditState) -> None:
    """Who has something to do from now on gets a mail."""
    here = f"/audits/{audit.public_id}"
    if to is AuditState.REPORTED:
        tell_unit(session, audit, "audits/report", f"{here}/report", facts_until=audit.facts_until)
    elif to is AuditState.FED_BACK:
        consent = absolute_url(f"{here}/consent")
        due_on = audit.answers_due_on
        tell_unit(
            session, audit, "audits/fed_back", f"{here}/proposals", due_on=due_on, consent=consent
        )
        tell_team(session, audit, "audits/consent", f"{here}/consent")
    elif to is AuditState.ANSWERED:
        tell_team(session, audit, "audits/answered", f"{here}/proposals")


def note_answer(
    session: Session, actor: Actor, commitment: Commitment, *, is_told: bool = True
) -> None:
    """The unit answered a proposal; with the last answer the audit is answered."""
    if commitment.subject_kind != SUBJECT_KIND:
        return
    audit = session.scalar(
        select(Audit)
        .join(AuditProposal, AuditProposal.audit_id == Audit.id)
        .where(AuditProposal.public_id == commitment.subject_public_id)
    )
    if audit is None or audit.state != AuditState.FED_BACK:
        return
    if all(line.is_answered for line in proposals_of(session, audit.id)):
        by_itself = frozenset({Mover.SYSTEM})
        advance_audit(session, actor, audit, AuditState.ANSWERED, movers=by_itself, is_told=is_told)


def _day_of(session: Session, audit: Audit, to: AuditState) -> date:
    """Today; of the feedback meeting the day it was held, whenever somebody says so."""
    meeting = meeting_of(session, audit) if to is AuditState.FED_BACK else None
    return today() if meeting is None else to_local(meeting.starts_at).date()


def _locked(session: Session, audit: Audit) -> Audit:
    return session.scalars(
        select(Audit)
        .where(Audit.id == audit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _note(
    session: Session, actor: Actor, audit: Audit, state: AuditState, *, on: date, note: str = ""
) -> None:
    session.add(
        AuditStep(
            audit_id=audit.id,
            state=state.value,
            taken_on=on,
            by_account_id=actor.account_id,
            note=note,
        )
    )
    session.flush()
    log_event(session, actor, f"audit_{state}", "audit", audit.public_id)
