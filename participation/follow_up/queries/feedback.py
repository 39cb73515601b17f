"""Matters of "you said – we did" with the commitments they hang on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.queries import DEADLINE
from participation.commitments.rules import Status, UpdateKind
from participation.county.models import Area, Group, Organisation, Unit
from participation.follow_up.models import Feedback
from participation.follow_up.queries.measured import newest_measures
from participation.follow_up.rules.feedback import CaseState, case_state
from participation.follow_up.rules.measured import Measured
from participation.foundation.errors import NotFound
from participation.foundation.paging import Page, paginate

PER_PAGE = 10
SEARCH_SOURCE = "feedback"


@dataclass(frozen=True)
class Case:
    """One matter, ready for a thread."""

    feedback: Feedback
    commitment: Commitment
    area: Area | None
    updates: Sequence[CommitmentUpdate]
    state: CaseState
    days_late: int
    measured: Measured | None = None  # what a later round shows of the finding's number

    @property
    def owed_by(self) -> str:
        """Who owes the answer."""
        return self.owner.name if self.owner else ""

    @property
    def owner(self) -> Organisation | Group | Unit | None:
        """The same, with its names in other languages."""
        return self.commitment.organisation or self.commitment.group or self.commitment.unit


@dataclass(frozen=True)
class Tally:
    """How many matters there are, how many are answered, how many are late."""

    total: int
    answered: int
    late: int


def public_cases(
    session: Session,
    today: date,
    number: int = 1,
    *,
    area_key: str = "",
    only_late: bool = False,
    group_id: int | None = None,
    per_page: int = PER_PAGE,
) -> Page[Case]:
    """Public matters, newest answer first. Four queries."""
    statement = _cases()
    if area_key:
        statement = statement.where(Area.key == area_key)
    if only_late:
        statement = statement.where(_late(today))
    if group_id is not None:
        statement = statement.where(Commitment.owed_by_group_id == group_id)
    newest = func.coalesce(Commitment.answered_on, Feedback.voice_on)
    page = paginate(
        session, statement.order_by(newest.desc(), Feedback.id.desc()), number, per_page
    )
    cases = _as_cases(session, page.items, today)
    return Page(items=cases, number=page.number, per_page=page.per_page, total=page.total)


def answered_between(session: Session, first: date, last: date) -> list[Case]:
    """Public matters that were answered from `first` to `last`, newest first. One query."""
    rows = session.execute(
        _cases()
        .where(Commitment.answered_on >= first, Commitment.answered_on <= last)
        .order_by(Commitment.answered_on.desc(), Feedback.id.desc())
    )
    return [_case(feedback, commitment, area, {}, last) for feedback, commitment, area in rows]


def case_by_public_id(session: Session, public_id: str, today: date) -> Case:
    """One public matter. Raises NotFound."""
    row = session.execute(_cases().where(Feedback.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return _as_cases(session, [row], today)[0]


def cases_of_findings(session: Session, finding_ids: Collection[int], today: date) -> list[Case]:
    """Public matters of these findings, oldest first. Three queries."""
    statement = _cases().where(Feedback.finding_id.in_(list(finding_ids)))
    rows = session.execute(statement.order_by(Feedback.voice_on, Feedback.id)).all()
    return _as_cases(session, rows, today)


def _as_cases(session: Session, rows: Iterable[Any], today: date) -> list[Case]:
    """Rows of `_cases`, with their updates and what later rounds show. Two queries."""
    found = [(row[0], row[1], row[2]) for row in rows]
    updates = _updates(session, [commitment.id for _f, commitment, _a in found])
    measures = newest_measures(session, {f.finding_id for f, _c, _a in found if f.finding_id})
    return [
        replace(_case(f, c, a, updates, today), measured=measures.get(f.finding_id or 0))
        for f, c, a in found
    ]


def areas_with_cases(session: Session) -> Sequence[Area]:
    """The areas that have public matters, for the tabs."""
    told = select(Feedback.area_id).where(Feedback.is_public)
    return session.scalars(
        select(Area).where(Area.id.in_(told)).order_by(Area.position, Area.id)
    ).all()


def tally(session: Session, today: date) -> Tally:
    """Counts over all public matters. One query."""
    row = session.execute(
        select(
            func.count(),
            func.count(Commitment.answered_on),
            func.count().filter(_late(today)),
        )
        .select_from(Feedback)
        .join(Commitment, Commitment.id == Feedback.commitment_id)
        .where(Feedback.is_public, Commitment.is_public)
    ).one()
    return Tally(*row)


def _cases() -> Select[Feedback, Commitment, Area]:
    return (
        select(Feedback, Commitment, Area)
        .join(Commitment, Commitment.id == Feedback.commitment_id)
        .outerjoin(Area, Area.id == Feedback.area_id)
        .where(Feedback.is_public, Commitment.is_public)
        .options(
            joinedload(Commitment.organisation),
            joinedload(Commitment.group),
            joinedload(Commitment.unit),
        )
    )


def _late(today: date) -> ColumnElement[bool]:
    return today > DEADLINE


def _case(
    feedback: Feedback,
    commitment: Commitment,
    area: Area | None,
    updates: Mapping[int, Sequence[CommitmentUpdate]],
    today: date,
) -> Case:
    deadline = commitment.deadline
    return Case(
        feedback=feedback,
        commitment=commitment,
        area=area,
        updates=updates.get(commitment.id, ()),
        state=case_state(
            Status(commitment.status), commitment.due_on, commitment.action_due_on, today
        ),
        days_late=max(0, (today - deadline).days) if deadline else 0,
    )


def _updates(session: Session, commitment_ids: list[int]) -> Mapping[int, list[CommitmentUpdate]]:
    """What was told of answers that stand: not what belongs to one that was taken back."""
    back = aliased(CommitmentUpdate)
    taken_back = (
        select(func.coalesce(func.max(back.id), 0))
        .where(
            back.commitment_id == CommitmentUpdate.commitment_id,
            back.kind == UpdateKind.TAKEN_BACK.value,
        )
        .correlate(CommitmentUpdate)
        .scalar_subquery()
    )
    rows = session.scalars(
        select(CommitmentUpdate)
        .where(
            CommitmentUpdate.commitment_id.in_(commitment_ids),
            CommitmentUpdate.kind == UpdateKind.STATUS.value,
            CommitmentUpdate.id > taken_back,
        )
        .order_by(CommitmentUpdate.created_at, CommitmentUpdate.id)
    )
    by_commitment: dict[int, list[CommitmentUpdate]] = {}
    for update in rows:
        by_commitment.setdefault(update.commitment_id, []).append(update)
    return by_commitment
