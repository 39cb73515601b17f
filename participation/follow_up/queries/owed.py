"""What groups owe answers to: of each group for everybody, and in full for its own members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.queries import group_commitments
from participation.commitments.rules import Status, UpdateKind
from participation.county.models import Group
from participation.county.queries import group_by_public_id
from participation.follow_up.models import Feedback
from participation.follow_up.rules.owed import Keeping, Owed, keeping
from participation.foundation.clock import to_local
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.results.models import Finding
from participation.results.queries import as_findings, published_statement
from participation.results.rules.findings import PublishedFinding


@dataclass(frozen=True)
class GroupKeeping:
    """A group, and how it keeps to its answers."""

    group: Group
    keeping: Keeping


def keeping_of_groups(session: Session, today: date) -> list[GroupKeeping]:
    """Every group that was asked something in public, the most overdue first. One query."""
    found: dict[Group, list[Owed]] = {}
    for group, owed in _owed(session):
        found.setdefault(group, []).append(owed)
    lines = [GroupKeeping(group, keeping(owed, today)) for group, owed in found.items()]
    return sorted(
        lines,
        key=lambda one: (
            -one.keeping.overdue,
            -one.keeping.longest_days,
            one.group.is_fictional,
            one.group.position,
            one.group.id,
        ),
    )


def keeping_of(session: Session, group_id: int, today: date) -> Keeping:
    """The same of one group. One query."""
    return keeping([owed for _group, owed in _owed(session, group_id)], today)


def _owed(session: Session, group_id: int | None = None) -> list[tuple[Group, Owed]]:
    statement = (
        select(
            Group,
            Commitment.created_at,
            Commitment.due_on,
            Commitment.answered_on,
            first_answer(),
        )
        .join(Commitment, Commitment.owed_by_group_id == Group.id)
        .where(Commitment.is_public, Commitment.status != Status.CALLED_OFF.value)
        .order_by(Commitment.id)
    )
    if group_id is not None:
        statement = statement.where(Group.id == group_id)
    return [
        (group, Owed(_day(asked_at), due_on, standing_answer(answered_on, first)))
        for group, asked_at, due_on, answered_on, first in session.execute(statement)
    ]


def first_answer() -> ScalarSelect[datetime]:
    """When a commitment was first answered, not counting answers that were taken back."""
    answered, back = aliased(CommitmentUpdate), aliased(CommitmentUpdate)
    taken_back = (
        select(func.coalesce(func.max(back.id), 0))
        .where(back.commitment_id == Commitment.id, back.kind == UpdateKind.TAKEN_BACK.value)
        .correlate(Commitment)
        .scalar_subquery()
    )
    return (
        select(func.min(answered.created_at))
        .where(
            answered.commitment_id == Commitment.id,
            answered.kind == UpdateKind.ANSWERED.value,
            answered.id > taken_back,
        )
        .correlate(Commitment)
        .scalar_subquery()
    )


def standing_answer(answered_on: date | None, first: datetime | None) -> date | None:
    """The day of the first answer that stands: a correction later on changes no day."""
    if answered_on is None:
        return None
    return min(answered_on, _day(first)) if first else answered_on


def voices_and_answers(session: Session) -> list[tuple[date, date]]:
    """Of every public matter that is answered: when it was said, and when it was answered."""
    rows = session.execute(
        select(Feedback.voice_on, Commitment.answered_on, first_answer())
        .join(Commitment, Commitment.id == Feedback.commitment_id)
        .where(Feedback.is_public, Commitment.is_public, Commitment.answered_on.is_not(None))
        .order_by(Feedback.id)
    )
    return [
        (said_on, answered)
        for said_on, answered_on, first in rows
        if (answered := standing_answer(answered_on, first)) is not None
    ]


@dataclass(frozen=True)
class ToAnswer:
    """What a group owes or has answered, with the finding behind it if there is one."""

    commitment: Commitment
    finding: PublishedFinding | None


@dataclass(frozen=True)
class GroupAnswers:
    """A group's own page: what waits for it, what it has promised, and what is over."""

    group: Group
    waiting: Sequence[ToAnswer]
    promised: Sequence[ToAnswer]
    over: Sequence[ToAnswer]


def answers_of_group(session: Session, actor: Actor, public_id: str) -> GroupAnswers:
    """Everything a group owes, the most pressing first. Raises NotFound for who is not in it."""
    group = group_by_public_id(session, public_id)
    if not actor.scope(Permission.READ_GROUP).has_group(group.id):
        raise NotFound
    owed = group_commitments(session, group.id)
    findings = _findings(session, [one.subject_public_id for one in owed if _is_finding(one)])
    lines = [
        ToAnswer(one, findings.get(one.subject_public_id) if _is_finding(one) else None)
        for one in owed
    ]
    return GroupAnswers(
        group=group,
        waiting=[one for one in lines if one.commitment.status == Status.OPEN],
        promised=[one for one in lines if one.commitment.status == Status.IN_PROGRESS],
        over=[one for one in lines if one.commitment.status in (Status.DONE, Status.DECLINED)],
    )


def _is_finding(commitment: Commitment) -> bool:
    return commitment.subject_kind == "finding"


def _findings(session: Session, public_ids: Sequence[str]) -> dict[str, PublishedFinding]:
    statement = published_statement().where(Finding.public_id.in_(public_ids))
    return {one.public_id: one for one in as_findings(session.execute(statement).all())}


def _day(moment: datetime) -> date:
    return to_local(moment).date()
