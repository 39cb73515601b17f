"""Reads of commitments. Every query loads who owes, so that lists need no further questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from participation.accounts.models import Account
from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.rules import DUE_SOON, REMINDED_EVERY, ListFilter, Status, UpdateKind
from participation.county.models import Unit
from participation.foundation.clock import to_local, today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import ROLE_PERMISSIONS, Actor, Permission, Scope

SEARCH_SOURCE = "commitments"

# The same rule as rules.deadline, for the database; a test holds them together.
DEADLINE: ColumnElement[Any] = case(
    (Commitment.status == Status.OPEN.value, Commitment.due_on),
    (Commitment.status == Status.IN_PROGRESS.value, Commitment.action_due_on),
    else_=None,
)


def reading_scope(actor: Actor) -> Scope:
    """Where the person may read and answer: for their organisations and groups, or everywhere."""
    manage, answer = (
        actor.scope(Permission.MANAGE_COMMITMENTS),
        actor.scope(Permission.ANSWER_COMMITMENT),
    )
    return Scope(
        everywhere=manage.everywhere or answer.everywhere,
        organisation_ids=manage.organisation_ids | answer.organisation_ids,
        group_ids=manage.group_ids | answer.group_ids,
    )


def owing_scope(actor: Actor) -> Scope:
    """Where the person owes answers themselves; a coordinator's wide reach does not count."""
    own = tuple(
        grant
        for grant in actor.grants
        if Permission.MANAGE_COMMITMENTS not in ROLE_PERMISSIONS[grant.role]
    )
    return replace(actor, grants=own).scope(Permission.ANSWER_COMMITMENT)


def commitments_visible_to(
    actor: Actor,
    which: ListFilter = ListFilter.ALL,
    *,
    organisation_id: int | None = None,
    group_id: int | None = None,
) -> Select[Commitment]:
    """For the list page: what counts first stands first."""
    statement = _with_owner().where(_within(reading_scope(actor)), _matching(which))
    if organisation_id is not None:
        statement = statement.where(_of_organisations([organisation_id]))
    if group_id is not None:
        statement = statement.where(Commitment.owed_by_group_id == group_id)
    return statement.order_by(DEADLINE.is_(None), DEADLINE, Commitment.due_on.desc(), Commitment.id)


def commitment_for(session: Session, actor: Actor, public_id: str) -> Commitment:
    """One commitment that the actor may read and answer. Raises NotFound."""
    return _found(
        session.scalar(
            _with_owner().where(Commitment.public_id == public_id, _within(reading_scope(actor)))
        )
    )


def managed_commitment(session: Session, actor: Actor, public_id: str) -> Commitment:
    """One commitment whose date and reminders are the actor's to decide. Raises NotFound."""
    scope = actor.scope(Permission.MANAGE_COMMITMENTS)
    return _found(
        session.scalar(_with_owner().where(Commitment.public_id == public_id, _within(scope)))
    )


def commitment_by_id(session: Session, commitment_id: int) -> Commitment:
    """One commitment by its own id, for those who were told of it. Raises NotFound."""
    return _found(session.scalar(_with_owner().where(Commitment.id == commitment_id)))


def commitments_about(
    session: Session, subject_kind: str, subject_public_id: str
) -> Sequence[Commitment]:
    """What was promised about one thing, oldest first."""
    return commitments_about_many(session, subject_kind, [subject_public_id]).get(
        subject_public_id, []
    )


def commitments_about_many(
    session: Session, subject_kind: str, subject_public_ids: Iterable[str]
) -> Mapping[str, list[Commitment]]:
    """What was promised about several things of one kind, by their public id. One query."""
    found: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in session.scalars(
        _with_owner()
        .where(
            Commitment.subject_kind == subject_kind,
            Commitment.subject_public_id.in_(list(subject_public_ids)),
        )
        .order_by(Commitment.created_at, Commitment.id)
    ):
        found[commitment.subject_public_id].append(commitment)
    return found


def public_commitments(
    session: Session,
    *,
    group_id: int | None = None,
    subject_kinds: Sequence[str] | None = None,
    limit: int = 200,
) -> Sequence[Commitment]:
    """What everybody may read; late ones first, then the newest answers."""
    statement = _with_owner().where(Commitment.is_public)
    if group_id is not None:
        statement = statement.where(Commitment.owed_by_group_id == group_id)
    if subject_kinds is not None:
        statement = statement.where(Commitment.subject_kind.in_(subject_kinds))
    return session.scalars(
        statement.order_by(
            case((_late(), 0), else_=1),
            func.coalesce(Commitment.answered_on, Commitment.due_on).desc(),
            Commitment.id,
        ).limit(limit)
    ).all()


def group_commitments(session: Session, group_id: int) -> Sequence[Commitment]:
    """Everything a group owes or has answered, what counts first first."""
    return session.scalars(
        _with_owner()
        .where(Commitment.owed_by_group_id == group_id)
        .order_by(DEADLINE.is_(None), DEADLINE, Commitment.due_on.desc(), Commitment.id)
    ).all()


def overdue(session: Session, scope: Scope | None = None) -> Sequence[Commitment]:
    """Late commitments, the longest late first; within `scope` when one is given."""
    statement = _with_owner().where(_late())
    if scope is not None:
        statement = statement.where(_within(scope))
    return session.scalars(statement.order_by(DEADLINE, Commitment.id)).all()


def due_soon_or_late(session: Session, scope: Scope, limit: int) -> Sequence[Commitment]:
    """For start pages: what is late or due within two weeks, nearest first."""
    return session.scalars(
        _with_owner()
        .where(_within(scope), today() + DUE_SOON >= DEADLINE)
        .order_by(DEADLINE, Commitment.id)
        .limit(limit)
    ).all()


def owed_now(session: Session, scope: Scope, limit: int) -> Sequence[Commitment]:
    """For those who owe: every question without an answer, and what is late or due soon."""
    return session.scalars(
        _with_owner()
        .where(
            _within(scope),
            or_(Commitment.status == Status.OPEN.value, today() + DUE_SOON >= DEADLINE),
        )
        .order_by(DEADLINE, Commitment.id)
        .limit(limit)
    ).all()


def to_remind(session: Session, moment: datetime) -> Sequence[Commitment]:
    """Late commitments nobody was reminded of in the last week."""
    return session.scalars(
        _with_owner()
        .where(
            _late(),
            or_(
                Commitment.reminded_at.is_(None), Commitment.reminded_at <= moment - REMINDED_EVERY
            ),
        )
        .order_by(Commitment.id)
    ).all()


@dataclass(frozen=True)
class HistoryLine:
    """One line of a commitment's history, with the name of who wrote it where one did."""

    update: CommitmentUpdate
    by_name: str


def history(session: Session, commitment: Commitment) -> list[HistoryLine]:
    """Newest first."""
    rows = session.execute(
        select(CommitmentUpdate, Account.display_name)
        .outerjoin(Account, Account.id == CommitmentUpdate.by_account_id)
        .where(CommitmentUpdate.commitment_id == commitment.id)
        .order_by(CommitmentUpdate.created_at.desc(), CommitmentUpdate.id.desc())
    )
    return [HistoryLine(update, name or "") for update, name in rows]


def called_off_on(session: Session, commitment: Commitment) -> date | None:
    """The day on which nobody waited for it any more, the last time. One query."""
    called_off = session.scalar(
        select(func.max(CommitmentUpdate.created_at)).where(
            CommitmentUpdate.commitment_id == commitment.id,
            CommitmentUpdate.kind == UpdateKind.CALLED_OFF.value,
        )
    )
    return called_off and to_local(called_off).date()


@dataclass(frozen=True)
class CommitmentFigures:
    """How many there are, how many have an answer, how many are late now."""

    total: int
    answered: int
    late: int


def commitment_figures(session: Session) -> CommitmentFigures:
    """Counts of what everybody may read. One query."""
    row = session.execute(
        select(
            func.count(),
            func.count(Commitment.answered_on),
            func.count().filter(_late()),
        ).where(Commitment.is_public)
    ).one()
    return CommitmentFigures(*row)


def count_by_filter(session: Session, actor: Actor) -> Mapping[ListFilter, int]:
    """The numbers of the list's tabs. One query."""
    row = session.execute(
        select(*(func.count().filter(_matching(which)) for which in ListFilter))
        .select_from(Commitment)
        .outerjoin(Unit, Unit.id == Commitment.owed_by_unit_id)
        .where(_within(reading_scope(actor)))
    ).one()
    return dict(zip(ListFilter, row, strict=True))


def all_commitments(session: Session) -> Sequence[Commitment]:
    """Every one, for the search index."""
    return session.scalars(_with_owner().order_by(Commitment.id)).all()


def _with_owner() -> Select[Commitment]:
    # The unit is joined for the scope; organisations and groups only to be named.
    return (
        select(Commitment)
        .outerjoin(Unit, Unit.id == Commitment.owed_by_unit_id)
        .options(
            contains_eager(Commitment.unit),
            joinedload(Commitment.organisation),
            joinedload(Commitment.group),
        )
    )


def _of_organisations(ids: Iterable[int]) -> ColumnElement[bool]:
    wanted = list(ids)
    return or_(Commitment.owed_by_organisation_id.in_(wanted), Unit.organisation_id.in_(wanted))


def _within(scope: Scope) -> ColumnElement[bool]:
    if scope.everywhere:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.organisation_ids:
        parts.append(_of_organisations(scope.organisation_ids))
    if scope.group_ids:
        parts.append(Commitment.owed_by_group_id.in_(scope.group_ids))
    return or_(*parts) if parts else false()


def _late(day: date | None = None) -> ColumnElement[bool]:
    return (day or today()) > DEADLINE


def _matching(which: ListFilter) -> ColumnElement[bool]:
    open_ones = Commitment.status.in_([Status.OPEN.value, Status.IN_PROGRESS.value])
    if which is ListFilter.LATE:
        return _late()
    if which is ListFilter.OPEN:
        return open_ones
    return ~open_ones if which is ListFilter.OVER else true()


def _found(commitment: Commitment | None) -> Commitment:
    if commitment is None:
        raise NotFound
    return commitment
