"""A breakdown as it asks to be published (Breakdown) and as it may be (ShownBreakdown)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.disclosure.rules.tables import ShownCell, Table


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some respondents: `people` of them. `is_unknown`: those who did not say.

    `answers`: what they chose in the question that asks for the group, where that is not `code`.
    """

    code: str
    label: str
    people: int
    is_unknown: bool = False
    answers: frozenset[str] = frozenset()

    @property
    def asked_as(self) -> frozenset[str]:
        """The answers that put somebody in this group."""
        return self.answers or frozenset({self.code})


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One group's answers to one question; `counts` in the order of the whole table's cells."""

    n: int
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """All questions by one attribute. `rows` by question key, a row per group.

    `subject`: breakdowns of one subject are never published side by side, because the groups of
    one lie within those of the other (units within municipalities).
    `question_key`: the question that asked for the attribute, if one did. `node`: what stands for
    the attribute among what staff have looked at (rules/looks.py).
    """

    attribute: str
    title: str
    subject: str
    groups: tuple[Group, ...]
    rows: dict[str, tuple[GroupRow, ...]]
    is_ordered: bool = False
    question_key: str = ""
    node: str = ""

    def check(self, table: Table) -> None:
        """Raises ValueError when the rows of `table` do not add up to it."""
        rows = self.rows[table.key]
        columns = zip(*(row.counts for row in rows), strict=True)
        fits = [sum(column) for column in columns] == [cell.count for cell in table.cells]
        if not fits or sum(row.n for row in rows) != table.n:
            raise ValueError(f"{table.key} by {self.attribute} does not add up")


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """One row's name: a group, or several put together."""

    codes: tuple[str, ...]
    label: str


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """`n` None: hidden. `counts` None: hidden; single ones are, where each answer stands alone."""

    n: int | None
    counts: tuple[int | None, ...] | None


@dataclass(frozen=True, kw_only=True)
class ShownGrouped:
    """One question of a published breakdown; `columns` carry no counts of their own."""

    key: str
    columns: tuple[ShownCell, ...]
    rows: tuple[ShownRow, ...]
    is_merged: bool = False

    @property
    def shape(self) -> tuple[Any, ...]:
        """Which answers stand together and what is hidden, row by row."""
        return (
            tuple(column.codes for column in self.columns),
            tuple((row.n is None, _pattern(row.counts)) for row in self.rows),
        )


def _pattern(counts: Sequence[int | None] | None) -> tuple[bool, ...] | None:
    return None if counts is None else tuple(count is None for count in counts)


@dataclass(frozen=True, kw_only=True)
class ShownBreakdown:
    """A published breakdown: the same groups for every question."""

    attribute: str
    title: str
    subject: str
    groups: tuple[ShownGroup, ...]
    tables: tuple[ShownGrouped, ...]

    def table(self, key: str) -> ShownGrouped | None:
        return next((table for table in self.tables if table.key == key), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "attribute": self.attribute,
            "title": self.title,
            "subject": self.subject,
            "groups": [{"codes": list(g.codes), "label": g.label} for g in self.groups],
            "tables": [
                {
                    "key": table.key,
                    "is_merged": table.is_merged,
                    "columns": [
                        {"codes": list(c.codes), "label": c.label, "is_unsure": c.is_unsure}
                        for c in table.columns
                    ],
                    "rows": [
                        {"n": row.n, "counts": None if row.counts is None else list(row.counts)}
                        for row in table.rows
                    ],
                }
                for table in self.tables
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ShownBreakdown":
        return cls(
            attribute=data["attribute"],
            title=data["title"],
            subject=data["subject"],
            groups=tuple(
                ShownGroup(codes=tuple(g["codes"]), label=g["label"]) for g in data["groups"]
            ),
            tables=tuple(_grouped_from_json(table) for table in data["tables"]),
        )


def _grouped_from_json(data: dict[str, Any]) -> ShownGrouped:
    return ShownGrouped(
        key=data["key"],
        is_merged=data["is_merged"],
        columns=tuple(
            ShownCell(
                codes=tuple(c["codes"]), label=c["label"], count=None, is_unsure=c["is_unsure"]
            )
            for c in data["columns"]
        ),
        rows=tuple(
            ShownRow(n=row["n"], counts=None if row["counts"] is None else tuple(row["counts"]))
            for row in data["rows"]
        ),
    )
