"""What has been promised a group's or an area's people, what came of it, and what is late."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.queries import DEADLINE
from participation.commitments.rules import Status, UpdateKind
from participation.follow_up.models import Feedback
from participation.follow_up.queries.subjects import Subject

MOST_READ = 200


@dataclass(frozen=True)
class Promise:
    """One public commitment. `matter`: its page of "you said – we did", "" when it has none.

    `happened`: the newest that was told of it.
    """

    commitment: Commitment
    matter: str
    days_late: int
    happened: str = ""

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def finding(self) -> str:
        """The public id of the finding it answers, if any."""
        about = self.commitment
        return about.subject_public_id if about.subject_kind == "finding" else ""


def promises(session: Session, about: Subject, today: date) -> list[Promise]:
    """All of them, late ones first. One query."""
    return [
        Promise(
            commitment,
            matter or "",
            max(0, (today - day).days) if (day := commitment.deadline) else 0,
            happened or "",
        )
        for commitment, matter, happened in session.execute(_public(about, today))
    ]


def _public(about: Subject, today: date) -> Select[Commitment, str, str]:
    statement = (
        select(Commitment, Feedback.public_id, _newest_update())
        .outerjoin(Feedback, and_(Feedback.commitment_id == Commitment.id, Feedback.is_public))
        .where(Commitment.is_public, Commitment.status != Status.CALLED_OFF.value)
        .options(
            joinedload(Commitment.organisation),
            joinedload(Commitment.group),
            joinedload(Commitment.unit),
        )
    )
    if about.area is not None:
        statement = statement.where(Feedback.area_id == about.area.id)
    else:
        statement = statement.where(Commitment.owed_by_group_id.in_(about.group_ids))
    return statement.order_by(
        case((today > DEADLINE, 0), else_=1),
        func.coalesce(Commitment.answered_on, Commitment.due_on).desc(),
        Commitment.id,
    ).limit(MOST_READ)


def _newest_update() -> ScalarSelect[str]:
    return (
        select(CommitmentUpdate.text)
        .where(
            CommitmentUpdate.commitment_id == Commitment.id,
            CommitmentUpdate.kind == UpdateKind.STATUS.value,
            CommitmentUpdate.text != "",
        )
        .order_by(CommitmentUpdate.created_at.desc(), CommitmentUpdate.id.desc())
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )
