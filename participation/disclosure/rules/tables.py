"""What asks to be published (Table) and what may be (ShownTable). Counts are of distinct people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

BASE_MINIMUM = 5
BASE_MERGE_BELOW = 30


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The limits of the gate. An installation may raise them, never lower them.

    Source: SKR shows results of a unit from five answers on; ANALYSIS.md, "Disclosure control".
    """

    minimum: int = BASE_MINIMUM  # smallest group, smallest shown count and complement
    merge_below: int = BASE_MERGE_BELOW  # scales with fewer answers are merged
    by_cell: bool = False  # by group: hide single cells where that can be proven, else whole rows

    def __post_init__(self) -> None:
        if self.minimum < BASE_MINIMUM or self.merge_below < BASE_MERGE_BELOW:
            raise ValueError("disclosure thresholds can be raised, not lowered")

    def is_small(self, count: int) -> bool:
        """1–4 with the usual limit. Nobody (0) is not a group."""
        return 0 < abs(count) < self.minimum


class TableKind(StrEnum):
    """How the answers of a table hang together, which decides what may stand beside what."""

    SCALE = "scale"  # one answer of ordered steps, from most to least
    CHOICE = "choice"  # one answer of unordered options
    MANY = "many"  # any number of options: each is a yes or no of its own

    @property
    def is_many(self) -> bool:
        return self is TableKind.MANY


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many gave one answer. `is_unsure` marks "don't know", which is never merged."""

    code: str
    label: str
    count: int
    is_unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class AskedIf:
    """Who is asked a follow-up question: those who gave one of `codes` to the question `key`.

    `codes` None: the condition says more than that.
    """

    key: str
    codes: frozenset[str] | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One question's totals; `n` people answered it. Raises ValueError when it cannot add up."""

    key: str
    title: str
    kind: TableKind
    n: int
    cells: tuple[Cell, ...]
    is_sensitive: bool = False
    asked_if: AskedIf | None = None  # None: everybody is asked
    is_required: bool = False  # nobody who is asked can leave it out
    what: str = ""  # what the counts are of, where it is not who gave each answer
    at_most: int | None = None  # how many answers each could give; None: as many as there are

    @property
    def is_many(self) -> bool:
        """Each answer stands alone: there is no total that they add up to."""
        return self.kind is TableKind.MANY

    def __post_init__(self) -> None:
        counts = [cell.count for cell in self.cells]
        if any(count < 0 or count > self.n for count in counts):
            raise ValueError(f"{self.key}: a count lies outside 0–n")
        if self.kind is not TableKind.MANY and sum(counts) != self.n:
            raise ValueError(f"{self.key}: the counts do not add up to n")


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    """A published cell: one answer, or several merged. `count` None means hidden."""

    codes: tuple[str, ...]
    label: str
    count: int | None
    is_unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """A published table; `n` None means that nothing of it is shown."""

    key: str
    title: str
    kind: TableKind
    n: int | None
    cells: tuple[ShownCell, ...]
    is_merged: bool = False
    what: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.n is None

    @property
    def has_hidden_cells(self) -> bool:
        return any(cell.count is None for cell in self.cells)

    @property
    def shape(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """Which answers stand together, and which of them are hidden."""
        return tuple((cell.codes, cell.count is None) for cell in self.cells)

    def whole_hidden(self) -> "ShownTable":
        """The same with nothing of it shown."""
        return replace(self, n=None, cells=tuple(replace(one, count=None) for one in self.cells))

    def count_of(self, codes: frozenset[str]) -> int | None:
        """How many gave one of `codes`, as far as the table shows it: None when it does not.

        Only for tables where people give one answer; there the sum counts people.
        """
        if self.kind is TableKind.MANY and len(codes) > 1:
            return None
        cells = [cell for cell in self.cells if set(cell.codes) <= codes]
        if {code for cell in cells for code in cell.codes} != codes:
            return None
        counts = [cell.count for cell in cells if cell.count is not None]
        return sum(counts) if len(counts) == len(cells) else None

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "kind": self.kind.value,
            "n": self.n,
            "is_merged": self.is_merged,
            **({"what": self.what} if self.what else {}),
            "cells": [
                {
                    "codes": list(cell.codes),
                    "label": cell.label,
                    "count": cell.count,
                    "is_unsure": cell.is_unsure,
                }
                for cell in self.cells
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ShownTable":
        return cls(
            key=data["key"],
            title=data["title"],
            kind=TableKind(data["kind"]),
            n=data["n"],
            is_merged=data["is_merged"],
            what=data.get("what", ""),
            cells=tuple(
                ShownCell(
                    codes=tuple(cell["codes"]),
                    label=cell["label"],
                    count=cell["count"],
                    is_unsure=cell["is_unsure"],
                )
                for cell in data["cells"]
            ),
        )
