"""Two entries of the bank turned out to be one person: agreements and claims follow."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from participation.assignments.models import (
    AssignmentAgreement,
    CompensationClaim,
    ConflictDeclaration,
)
from participation.assignments.rules.states import ClaimState
from participation.assignments.services.offering import take_back_offer

_Table = type[AssignmentAgreement | ConflictDeclaration | CompensationClaim]


def move_assignments(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept entry have what the other agreed to, declared and claims.

    An offer of compensation that nobody has used goes when both have a claim for one activity.
    What both have for one activity otherwise stays, and whoever merges is told that it cannot
    be done.
    """
    _drop_offers(session, of=gone_id, beside=kept_id)
    _drop_offers(session, of=kept_id, beside=gone_id)
    for table in (AssignmentAgreement, ConflictDeclaration, CompensationClaim):
        _move(session, table, kept_id, gone_id)


def _drop_offers(session: Session, *, of: int, beside: int) -> None:
    other = aliased(CompensationClaim)
    unused = session.scalars(
        select(CompensationClaim.activity_id)
        .where(
            CompensationClaim.member_id == of,
            CompensationClaim.state == ClaimState.OFFERED,
            CompensationClaim.activity_id.in_(
                select(other.activity_id).where(other.member_id == beside)
            ),
        )
        .order_by(CompensationClaim.id)
    ).all()
    for activity_id in unused:
        take_back_offer(session, activity_id, of)


def _move(session: Session, table: _Table, kept_id: int, gone_id: int) -> None:
    other = aliased(table)
    session.execute(
        update(table)
        .where(
            table.member_id == gone_id,
            table.activity_id.not_in(select(other.activity_id).where(other.member_id == kept_id)),
        )
        .values(member_id=kept_id)
        .execution_options(synchronize_session=False)
    )
