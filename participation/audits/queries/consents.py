"""Who agrees that an audit's summary is public."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import (
    Audit,
    AuditConsent,
    AuditDebrief,
    AuditFactRemark,
    AuditTeamMember,
)


@dataclass(frozen=True)
class Consents:
    """The unit's word and each auditor's; None: nothing said yet."""

    unit: bool | None
    team: Sequence[tuple[AuditTeamMember, bool | None]]
    is_denied: bool = False  # by anybody, also by somebody who has left the team since

    @property
    def is_whole(self) -> bool:
        everybody = self.unit is True and all(said is True for _place, said in self.team)
        return everybody and not self.is_denied

    def of(self, account_id: int | None) -> bool | None:
        """What one auditor said."""
        return next((said for place, said in self.team if place.account_id == account_id), None)


def consents_of(session: Session, audit: Audit) -> Consents:
    """The consents of the unit and of those who are in the team now. Two queries."""
    said = session.scalars(
        select(AuditConsent).where(AuditConsent.audit_id == audit.id).order_by(AuditConsent.id)
    ).all()
    team = session.scalars(
        select(AuditTeamMember)
        .where(AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None))
        .options(joinedload(AuditTeamMember.account))
        .order_by(AuditTeamMember.id)
    ).all()
    own = {one.account_id: one.says_yes for one in said if not one.is_unit}
    return Consents(
        unit=next((one.says_yes for one in said if one.is_unit), None),
        team=[(place, own.get(place.account_id)) for place in team],
        is_denied=any(not one.says_yes for one in said),
    )


def consents_said_by(session: Session, account_id: int) -> Sequence[tuple[AuditConsent, Audit]]:
    """What one person said of public summaries, for their own copy of their data. One query."""
    rows = session.execute(
        select(AuditConsent, Audit)
        .join(Audit, Audit.id == AuditConsent.audit_id)
        .where(AuditConsent.account_id == account_id)
        .order_by(AuditConsent.id)
    )
    return [(said, audit) for said, audit in rows]


def has_part(session: Session, account_id: int) -> bool:
    """Whether audits hold anything about the person. One query, for most people the only one."""
    held = (
        exists().where(column == account_id)
        for column in (
            AuditTeamMember.account_id,
            AuditDebrief.account_id,
            AuditConsent.account_id,
            AuditFactRemark.by_account_id,
            AuditFactRemark.answered_by_account_id,
        )
    )
    return bool(session.scalar(select(or_(*held))))
