"""Which ties stand in the way of an auditor. Source: DOMAIN.md, model point 6: no ties to the unit.

A tie to the unit itself always does. Of the organisation around it only work and a seat on its
board do: everybody in the county has been a patient of the region.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from participation.assignments.rules.states import TieKind
from participation.foundation.i18n import lazy_gettext as _l

HOLDS_FOR = timedelta(days=5 * 365)  # as "I have worked there in the last five years"
BINDS_TO_WHOLE = frozenset({TieKind.EMPLOYED, TieKind.BOARD})

OWN_TIE_LABELS: dict[TieKind, Any] = {
    TieKind.EMPLOYED: _l("I work there"),
    TieKind.WAS_EMPLOYED: _l("I have worked there in the last five years"),
    TieKind.RELATIVE: _l("Somebody close to me works there"),
    TieKind.BOARD: _l("I have a post that decides over it"),
    TieKind.PATIENT: _l("I, or somebody close to me, live there or get help there"),
    TieKind.OTHER: _l("Something else"),
}


class DeclaredTie(Protocol):
    """A tie somebody declared for an assignment (assignments.queries.Tie)."""

    @property
    def kind(self) -> str: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def declared_at(self) -> datetime: ...


@dataclass(frozen=True)
class Examined:
    """The unit of an audit and whose it is."""

    unit_id: int
    organisation_id: int


def stands_in_the_way(tie: DeclaredTie, examined: Examined, at: datetime) -> bool:
    """Whether somebody who declared `tie` cannot audit the unit."""
    if tie.declared_at < at - HOLDS_FOR:
        return False
    if tie.unit_id is not None:
        return tie.unit_id == examined.unit_id
    return tie.organisation_id == examined.organisation_id and tie.kind in BINDS_TO_WHOLE


def hindering(ties: Iterable[DeclaredTie], examined: Examined, at: datetime) -> list[DeclaredTie]:
    """Those of the declared ties that stand in the way."""
    return [tie for tie in ties if stands_in_the_way(tie, examined, at)]
