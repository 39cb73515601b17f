"""What is followed up in the county: every group, and every area that people have spoken of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import DEADLINE
from participation.county.models import Area, Group
from participation.county.queries import areas, groups
from participation.disclosure.models import Release
from participation.results.models import Finding, FindingGroup


@dataclass(frozen=True)
class GroupLine:
    """A group, with how many findings concern it and how many of its promises are late."""

    group: Group
    findings: int
    late: int

    @property
    def has_news(self) -> bool:
        return bool(self.findings or self.late)


@dataclass(frozen=True)
class AreaLine:
    area: Area
    findings: int


def followed_groups(session: Session, today: date) -> list[GroupLine]:
    """Every current group, in the county's order. Three queries."""
    said = _counts(session, _published(FindingGroup.group_id, _of_a_group()))
    late = _counts(
        session,
        select(Commitment.owed_by_group_id, func.count())
        .where(Commitment.is_public, today > DEADLINE, Commitment.owed_by_group_id.is_not(None))
        .group_by(Commitment.owed_by_group_id),
    )
    return [GroupLine(one, said.get(one.id, 0), late.get(one.id, 0)) for one in groups(session)]


def followed_areas(session: Session) -> list[AreaLine]:
    """The areas with published findings, in the county's order. Two queries."""
    said = _counts(session, _published(Finding.area_id, None))
    return [AreaLine(one, said[one.id]) for one in areas(session) if one.id in said]


def _of_a_group() -> ColumnElement[bool]:
    return FindingGroup.finding_id == Finding.id


def _published(by: Any, joined: ColumnElement[bool] | None) -> Select[Any, Any]:
    statement = (
        select(by, func.count())
        .select_from(Finding)
        .join(Release, Release.id == Finding.release_id)
        .where(Finding.state == "published", Release.withdrawn_at.is_(None), by.is_not(None))
        .group_by(by)
    )
    return statement if joined is None else statement.join(FindingGroup, joined)


def _counts(session: Session, statement: Select[Any, Any]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(statement)}
