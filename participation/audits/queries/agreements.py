"""What was agreed about an audit, and its plan."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditAgreement, AuditMilestone
from participation.audits.rules.agreement import Milestone, proposed_plan, proposed_reading


def agreement_of(session: Session, audit: Audit) -> AuditAgreement | None:
    """The agreement as it stands; None before it is written."""
    return session.get(AuditAgreement, audit.id)


def plan_of(session: Session, audit: Audit) -> Mapping[Milestone, date]:
    """The days of the plan; what no agreement says yet is proposed from the ordered period."""
    rows = session.scalars(select(AuditMilestone).where(AuditMilestone.audit_id == audit.id))
    written = {Milestone(row.milestone): row.due_on for row in rows}
    if Milestone.REPORT in written:  # an agreement may be older than the reading for facts
        written.setdefault(Milestone.FACTS, proposed_reading(written[Milestone.REPORT]))
    return {**proposed_plan(audit.period_from, audit.period_to), **written}


def waits_for_yes(session: Session, audit: Audit) -> bool:
    """Whether there is an agreement that the unit has not said yes to."""
    found = agreement_of(session, audit)
    return found is not None and found.accepted_at is None
