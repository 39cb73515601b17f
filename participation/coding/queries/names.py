"""What the attributes beside a text are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from participation.coding.models import MaterialText
from participation.county.models import Area, Municipality, Unit


@dataclass(frozen=True)
class Names:
    """What attributes are called, by name: areas and units by id, municipalities by code."""

    areas: Mapping[int | None, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[int | None, str] = field(default_factory=dict)


def names_beside(session: Session, which: ColumnElement[bool]) -> Names:
    """Those that stand beside the texts of `which`, and no others. One query."""
    text = MaterialText
    found: dict[str, dict[str, str]] = {"area": {}, "place": {}, "unit": {}}
    named = union_all(
        _named("area", Area.id, Area.name, select(text.area_id).where(which)),
        _named("unit", Unit.id, Unit.name, select(text.unit_id).where(which)),
        _named(
            "place",
            Municipality.code,
            Municipality.name,
            select(text.municipality_code).where(which),
        ),
    ).subquery()
    for kind, key, name in session.execute(select(named).order_by(named.c.name, named.c.key)):
        found[kind][key] = name
    return Names(
        areas={int(key): name for key, name in found["area"].items()},
        units={int(key): name for key, name in found["unit"].items()},
        places=found["place"],
    )


def _named(
    kind: str,
    key: InstrumentedAttribute[Any],
    name: InstrumentedAttribute[str],
    used: Select[Any],
) -> Select[str, str, str]:
    return select(
        literal(kind).label("kind"), cast(key, String).label("key"), name.label("name")
    ).where(key.in_(used))
