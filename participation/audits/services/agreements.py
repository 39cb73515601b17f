"""The agreement: those who lead write it, the unit accepts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditAgreement, AuditMilestone
from participation.audits.queries.agreements import plan_of
from participation.audits.rules.agreement import Milestone
from participation.audits.rules.states import AGREEMENT_OPEN
from participation.audits.services.telling import tell_leads, tell_unit
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What is agreed, in words, and the day of each milestone."""

    scope: str
    access: str
    secrecy: str
    report_reading: str
    plan: Mapping[Milestone, date]

    @property
    def words(self) -> dict[str, str]:
        return {
            "scope": self.scope,
            "access": self.access,
            "secrecy": self.secrecy,
            "report_reading": self.report_reading,
        }


def write_agreement(
    session: Session, actor: Actor, audit: Audit, draft: AgreementDraft, *, is_told: bool = True
) -> None:
    """Write or change it. The unit's yes to other words falls; to the same words it stands.

    Raises Conflict once interviews are held.
    """
    if audit.state not in AGREEMENT_OPEN:
        raise Conflict
    found = _held_agreement(session, audit)
    if found is None:
        found = AuditAgreement(audit_id=audit.id, **draft.words)
        session.add(found)
    elif _differs(session, audit, found, draft):
        found.accepted_at = found.accepted_by_account_id = None
    for name, text in draft.words.items():
        setattr(found, name, text)
    found.written_at, found.written_by_account_id = now(), actor.account_id
    _set_plan(session, audit, draft.plan)
    log_event(session, actor, "audit_agreement_written", "audit", audit.public_id)
    if found.accepted_at is None and is_told:
        tell_unit(session, audit, "audits/agreement", f"/audits/{audit.public_id}/agreement")


def accept_agreement(
    session: Session, actor: Actor, audit: Audit, written: str, *, is_told: bool = True
) -> None:
    """The unit says yes to what it read; `written`: when that was written (ISO). Those who lead
    get a mail.

    Raises Conflict when it has been changed since, or when nothing waits for a yes.
    """
    found = _held_agreement(session, audit)
    if found is None or found.accepted_at or found.written_at.isoformat() != written:
        raise Conflict
    found.accepted_at, found.accepted_by_account_id = now(), actor.account_id
    session.flush()
    log_event(session, actor, "audit_agreement_accepted", "audit", audit.public_id)
    if is_told:
        tell_leads(session, audit, "audits/agreed", f"/audits/{audit.public_id}/agreement")


def _held_agreement(session: Session, audit: Audit) -> AuditAgreement | None:
    """As it stands now, held: a yes and other words never pass each other."""
    return session.scalar(
        select(AuditAgreement)
        .where(AuditAgreement.audit_id == audit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _differs(session: Session, audit: Audit, found: AuditAgreement, draft: AgreementDraft) -> bool:
    is_same = all(getattr(found, name) == text for name, text in draft.words.items())
    return not is_same or plan_of(session, audit) != draft.plan


def _set_plan(session: Session, audit: Audit, plan: Mapping[Milestone, date]) -> None:
    session.execute(delete(AuditMilestone).where(AuditMilestone.audit_id == audit.id))
    session.add_all(
        AuditMilestone(audit_id=audit.id, milestone=milestone.value, due_on=due_on)
        for milestone, due_on in plan.items()
    )
    period = plan[Milestone.INTERVIEWS_FROM], plan[Milestone.INTERVIEWS_TO]
    if period != (audit.period_from, audit.period_to):
        audit.users_told_on = None  # they were told other days
    audit.period_from, audit.period_to = period
    session.flush()
