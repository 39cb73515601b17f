"""The register of indicators: looked through by words, perspective, group, area and source."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, literal, null, select, union_all
from sqlalchemy.orm import Session

from participation.county.models import Area, Group, Perspective
from participation.foundation.errors import NotFound
from participation.foundation.paging import PER_PAGE, Page, page_of
from participation.foundation.permissions import Actor, Permission
from participation.indicators.models import (
    Indicator,
    IndicatorImport,
    Measurement,
    MeasurementRevision,
    indicator_areas,
)
from participation.indicators.queries.indicators import Counters, IndicatorLine, lines_of


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Empty: everything that is followed."""

    words: str = ""
    perspective: str = ""
    group: str = ""
    area: str = ""
    source: str = ""
    is_retired: bool = False

    @property
    def is_narrow(self) -> bool:
        return any((self.words, self.perspective, self.group, self.area, self.source))


def register_page(
    session: Session, counters: Counters, year: int, wanted: Wanted, number: int
) -> Page[IndicatorLine]:
    """One page of the register with newest values: three queries, and one per own counter on it."""
    page = page_of(_ids(session, wanted), number, PER_PAGE)
    lines = lines_of(session, counters, year, page.items) if page.items else []
    return Page(lines, page.number, page.per_page, page.total)


def _ids(session: Session, wanted: Wanted) -> Sequence[int]:
    """Those that fit, in the register's order. Words are looked for as a person reads them."""
    statement = (
        select(Indicator.id, Indicator.name, Indicator.outside_code, Indicator.description)
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .outerjoin(Group, Group.id == Indicator.group_id)
        .order_by(Perspective.position, Indicator.position, Indicator.id)
    )
    if wanted.is_retired:
        statement = statement.where(Indicator.retired_on.is_not(None))
    else:
        statement = statement.where(Indicator.is_current)
    if wanted.perspective:
        statement = statement.where(Perspective.key == wanted.perspective)
    if wanted.group:
        statement = statement.where(Group.public_id == wanted.group)
    if wanted.source:
        statement = statement.where(Indicator.source == wanted.source)
    if wanted.area:
        of_area = (
            select(indicator_areas.c.indicator_id)
            .join(Area, Area.id == indicator_areas.c.area_id)
            .where(Area.key == wanted.area)
        )
        statement = statement.where(Indicator.id.in_(of_area))
    words = wanted.words.casefold().split()
    return [
        row[0]
        for row in session.execute(statement)
        if all(word in " ".join(filter(None, row[1:])).casefold() for word in words)
    ]


@dataclass(frozen=True)
class Choices:
    """What the register can be narrowed by: (value, name) of whatever an indicator has."""

    perspectives: Sequence[tuple[str, str]] = field(default_factory=list)
    groups: Sequence[tuple[str, str]] = field(default_factory=list)
    areas: Sequence[tuple[str, str]] = field(default_factory=list)
    sources: Sequence[tuple[str, str]] = field(default_factory=list)


def choices(session: Session, locale: str) -> Choices:
    """In one query; names in the reader's language where there is one."""
    followed = Indicator.is_current
    perspectives = (
        select(
            literal("perspectives", String).label("kind"),
            Perspective.key.label("value"),
            Perspective.name.label("name"),
            Perspective.names.label("names"),
            Perspective.position.label("place"),
        )
        .join(Indicator, Indicator.perspective_id == Perspective.id)
        .where(followed)
    )
    groups = (
        select(literal("groups", String), Group.public_id, Group.name, Group.names, literal(0))
        .join(Indicator, Indicator.group_id == Group.id)
        .where(followed)
    )
    areas = (
        select(literal("areas", String), Area.key, Area.name, Area.names, Area.position)
        .join(indicator_areas, indicator_areas.c.area_id == Area.id)
        .join(Indicator, Indicator.id == indicator_areas.c.indicator_id)
        .where(followed)
    )
    sources = select(
        literal("sources", String), Indicator.source, Indicator.source, null(), literal(0)
    ).where(followed, Indicator.source.is_not(None))
    found: dict[str, dict[str, tuple[int, str]]] = {}
    rows: Sequence[Any] = session.execute(union_all(perspectives, groups, areas, sources)).all()
    for row in rows:
        name = (row.names or {}).get(locale[:2], row.name)
        found.setdefault(row.kind, {})[row.value] = (row.place, name)
    return Choices(**{kind: _ordered(names) for kind, names in found.items()})


def _ordered(names: dict[str, tuple[int, str]]) -> list[tuple[str, str]]:
    in_order = sorted(names.items(), key=lambda one: (one[1][0], one[1][1].casefold()))
    return [(value, name) for value, (_place, name) in in_order]


def indicator_to_edit(session: Session, actor: Actor, public_id: str) -> Indicator:
    """One indicator of the register, followed or retired. Raises NotFound."""
    found = session.scalar(
        select(Indicator).where(
            Indicator.public_id == public_id,
            Indicator.is_current | Indicator.retired_on.is_not(None),
        )
    )
    if found is None or not actor.scope(Permission.MANAGE_PLANS).everywhere:
        raise NotFound
    return found


def area_ids_of(session: Session, indicator_id: int) -> list[int]:
    """The areas that it is about."""
    of_it = indicator_areas.c.indicator_id == indicator_id
    return list(session.scalars(select(indicator_areas.c.area_id).where(of_it)))


def areas_of(session: Session, indicator_id: int) -> Sequence[Area]:
    """The areas that it is about, in the county's order."""
    return session.scalars(
        select(Area)
        .join(indicator_areas, indicator_areas.c.area_id == Area.id)
        .where(indicator_areas.c.indicator_id == indicator_id)
        .order_by(Area.position, Area.id)
    ).all()


def indicator_choices(session: Session) -> list[tuple[str, str]]:
    """(public id, name) of those that values can be taken in for."""
    rows = session.execute(
        select(Indicator.public_id, Indicator.name)
        .where(Indicator.is_current, Indicator.counter_key.is_(None))
        .order_by(Indicator.name, Indicator.id)
    )
    return [(row[0], row[1]) for row in rows]


MOST_REVISIONS = 50


def revisions_of(session: Session, indicator_id: int) -> Sequence[Any]:
    """Earlier values, newest first, that may be shown: neither they nor today's are withheld.

    None of a figure that is itself a number of people: beside each other they could tell of few.
    """
    return session.execute(
        select(
            Measurement.period,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.reference_label,
            Measurement.value.label("now"),
            Measurement.is_current,
            MeasurementRevision.value,
            MeasurementRevision.is_undoing,
            MeasurementRevision.replaced_at,
            IndicatorImport.public_id,
        )
        .join(Measurement, Measurement.id == MeasurementRevision.measurement_id)
        .join(IndicatorImport, IndicatorImport.id == MeasurementRevision.import_id)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(
            Measurement.indicator_id == indicator_id,
            Measurement.age_band == "",
            MeasurementRevision.value.is_not(None),
            MeasurementRevision.value != Measurement.value,
            ~Measurement.is_withheld,
            ~MeasurementRevision.is_withheld,
            ~Indicator.counts_people,
        )
        .order_by(MeasurementRevision.replaced_at.desc(), MeasurementRevision.id.desc())
        .limit(MOST_REVISIONS)
    ).all()


def code_is_taken(session: Session, code: str, by_other_than: int | None) -> bool:
    """Whether another indicator goes by this code of its source."""
    statement = select(Indicator.id).where(Indicator.outside_code == code)
    if by_other_than is not None:
        statement = statement.where(Indicator.id != by_other_than)
    return session.scalar(statement.limit(1)) is not None


def public_id_of(session: Session, indicator_id: int) -> str:
    """What an indicator is called in addresses."""
    return session.scalars(select(Indicator.public_id).where(Indicator.id == indicator_id)).one()
