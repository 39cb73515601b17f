"""What is counted of an open round: answers, links handed out, mails. Never who, never what."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.questionnaires.models import (
    AccessToken,
    OpenLink,
    Response,
)


@dataclass(frozen=True)
class Answered:
    """Answers of a round by unit and by week; an anonymous one knows its first week only."""

    by_unit: Mapping[int | None, int]
    by_week: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_unit.values())


def answered(session: Session, round_id: int) -> Answered:
    """One statement; only answers that have been rewritten are there to be counted (TRUST 47)."""
    by_unit: Counter[int | None] = Counter()
    by_week: Counter[int] = Counter()
    for unit_id, week, count in session.execute(
        select(Response.unit_id, Response.answered_week, func.count())
        .where(Response.round_id == round_id)
        .group_by(Response.unit_id, Response.answered_week)
    ):
        by_unit[unit_id] += count
        by_week[week] += count
    return Answered(by_unit, by_week)


def links_handed_out(session: Session, round_id: int) -> Mapping[int, int]:
    """Personal links by unit, for units only: others may lie among links that nobody has."""
    rows = session.execute(
        select(AccessToken.unit_id, func.count())
        .where(AccessToken.round_id == round_id, AccessToken.unit_id.is_not(None))
        .group_by(AccessToken.unit_id)
    )
    return {unit_id: count for unit_id, count in rows if unit_id is not None}


def units_asked(
    session: Session, round_id: int, others: Collection[int]
) -> Mapping[int, tuple[str, bool]]:
    """Units with an open link, and `others`: name, and whether an open link leads there."""
    linked = select(OpenLink.unit_id).where(
        OpenLink.round_id == round_id, OpenLink.unit_id.is_not(None)
    )
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.id.in_(linked))
        .where(or_(Unit.id.in_(others), Unit.id.in_(linked)))
        .order_by(Unit.name, Unit.id)
    )
    return {unit_id: (name, bool(is_open)) for unit_id, name, is_open in rows}
