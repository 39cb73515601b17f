"""What the unit says is wrong in a report, and what became of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.audits.models import Audit, AuditFactRemark, AuditPoint
from participation.audits.queries.lenses import Lens, or_not_found
from participation.audits.queries.reports import points_of
from participation.audits.rules.facts import FactAnswer, is_reading_open
from participation.audits.rules.states import REPORT_IS_OUT, AuditState
from participation.foundation.clock import today
from participation.foundation.errors import NotFound


@dataclass(frozen=True)
class RemarkLine:
    """A remark, and what only the team and those who lead see of it.

    `answered_by`: a name. `earlier_words`: what stood there before it was corrected, by field; a
    correction may have taken a name out, so the unit does not read it again.
    """

    remark: AuditFactRemark
    answered_by: str = ""
    earlier_words: Mapping[str, str] = field(default_factory=dict)


def remarks_of(session: Session, lens: Lens) -> list[RemarkLine]:
    """What the unit has said of facts, oldest first. Raises NotFound before the report is out."""
    _check_out(lens)
    rows = session.execute(
        select(AuditFactRemark, Account.display_name)
        .outerjoin(Account, Account.id == AuditFactRemark.answered_by_account_id)
        .where(AuditFactRemark.audit_id == lens.audit.id)
        .options(joinedload(AuditFactRemark.point))
        .order_by(AuditFactRemark.id)
    )
    if not lens.is_inside:
        return [RemarkLine(remark) for remark, _name in rows]
    return [RemarkLine(remark, name or "", _earlier(remark)) for remark, name in rows]


def _earlier(remark: AuditFactRemark) -> Mapping[str, str]:
    return json.loads(remark.earlier_words) if remark.earlier_words else {}


def remarks_written_by(
    session: Session, account_id: int
) -> Sequence[tuple[AuditFactRemark, Audit]]:
    """What one person said of facts or answered, for their own copy of their data. One query."""
    rows = session.execute(
        select(AuditFactRemark, Audit)
        .join(Audit, Audit.id == AuditFactRemark.audit_id)
        .where(
            or_(
                AuditFactRemark.by_account_id == account_id,
                AuditFactRemark.answered_by_account_id == account_id,
            )
        )
        .order_by(AuditFactRemark.id)
    )
    return [(remark, audit) for remark, audit in rows]


def remark_of(session: Session, lens: Lens, public_id: str) -> AuditFactRemark:
    """One remark, for the team and those who lead, who answer it. Raises NotFound."""
    _check_out(lens)
    if not lens.is_inside:
        raise NotFound
    return or_not_found(
        session.scalar(
            select(AuditFactRemark)
            .where(
                AuditFactRemark.audit_id == lens.audit.id, AuditFactRemark.public_id == public_id
            )
            .options(joinedload(AuditFactRemark.point))
        )
    )


def points_to_remark_on(session: Session, audit: Audit) -> tuple[Sequence[AuditPoint], bool]:
    """The points without a remark, and whether the report in whole is without one too."""
    said = set(
        session.scalars(
            select(AuditFactRemark.point_id).where(AuditFactRemark.audit_id == audit.id)
        )
    )
    return [one for one in points_of(session, audit.id) if one.id not in said], None not in said


def corrected_days(session: Session, audit: Audit) -> Mapping[int | None, datetime]:
    """When points were corrected, by their id; None: the report in whole. One query."""
    rows = session.execute(
        select(AuditFactRemark.point_id, AuditFactRemark.answered_at).where(
            AuditFactRemark.audit_id == audit.id, AuditFactRemark.answer == FactAnswer.CORRECTED
        )
    )
    return {point_id: answered_at for point_id, answered_at in rows if answered_at}


def may_remark(audit: Audit) -> bool:
    """Whether it is still time to say that a fact is wrong."""
    return is_reading_open(AuditState(audit.state), audit.facts_until, today())


def waits_for_reading(session: Session, audit: Audit) -> bool:
    """Whether the unit may still say that a fact is wrong, and has said nothing yet."""
    if not may_remark(audit) or audit.facts_read_on is not None:
        return False
    return not session.scalar(select(has_remarks()).where(Audit.id == audit.id))


def has_remarks() -> ColumnElement[bool]:
    """Beside `Audit`: the unit has said that something is wrong."""
    return exists().where(AuditFactRemark.audit_id == Audit.id)


def has_unanswered() -> ColumnElement[bool]:
    """Beside `Audit`: a remark waits for its answer."""
    return exists().where(
        AuditFactRemark.audit_id == Audit.id, AuditFactRemark.answered_at.is_(None)
    )


def unanswered(session: Session, audit: Audit) -> int:
    """How many remarks wait for an answer."""
    waiting = select(func.count(AuditFactRemark.id)).where(
        AuditFactRemark.audit_id == audit.id, AuditFactRemark.answered_at.is_(None)
    )
    return session.scalar(waiting) or 0


def _check_out(lens: Lens) -> None:
    if lens.state not in REPORT_IS_OUT:
        raise NotFound
