"""What the attributes beside a text are called, and which of them a material has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from participation.coding.models import Codebook, CodingRound, Material, MaterialText
from participation.county.models import Area, Municipality, Unit


@dataclass(frozen=True)
class Names:
    """What attributes are called, by name: areas and units by id, municipalities by code.

    `roles`: the respondent roles there are. `rounds`: the states of double codings, and `book`:
    the codebook's address; both for a material.
    """

    areas: Mapping[int | None, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[int | None, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    rounds: frozenset[str] = frozenset()
    book: str = ""


def names_beside(
    session: Session, which: ColumnElement[bool], material: Material | None = None
) -> Names:
    """Those that stand beside the texts of `which`, and no others. One query, one look at them."""
    text = MaterialText
    used = (
        select(text.area_id, text.unit_id, text.municipality_code, text.respondent_role)
        .where(which)
        .distinct()
        .cte("used")
    )
    role: ColumnElement[str] = used.c.respondent_role
    parts: list[Select[str, str, str]] = [
        _named("area", Area.id, Area.name, select(used.c.area_id)),
        _named("unit", Unit.id, Unit.name, select(used.c.unit_id)),
        _named("place", Municipality.code, Municipality.name, select(used.c.municipality_code)),
        select(_kind("role"), role.label("key"), role.label("name")).where(role.is_not(None)),
    ]
    if material is not None:
        state = CodingRound.state
        parts.append(
            select(_kind("round"), state.label("key"), state.label("name")).where(
                CodingRound.material_id == material.id
            )
        )
        book = Codebook.public_id
        parts.append(
            select(_kind("book"), book.label("key"), book.label("name")).where(
                Codebook.id == material.codebook_id
            )
        )
    named = union_all(*parts).subquery()
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for kind, key, name in session.execute(select(named).order_by(named.c.name, named.c.key)):
        found[kind][key] = name
    return Names(
        areas={int(key): name for key, name in found["area"].items()},
        units={int(key): name for key, name in found["unit"].items()},
        places=found["place"],
        roles=frozenset(found["role"]),
        rounds=frozenset(found["round"]),
        book=next(iter(found["book"]), ""),
    )


KINDS = ("area", "unit", "place", "role", "round", "book")


def _kind(word: str) -> Any:
    return literal(word).label("kind")


def _named(
    kind: str,
    key: InstrumentedAttribute[Any],
    name: InstrumentedAttribute[str],
    used: Select[Any],
) -> Select[str, str, str]:
    return select(_kind(kind), cast(key, String).label("key"), name.label("name")).where(
        key.in_(used)
    )
