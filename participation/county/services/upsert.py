"""Bringing the rows of one layer in line with a file, without losing any.

Upper features use the same `Upsert` for their own sections of the county file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from participation.county.models import FromCountyFile

Row = TypeVar("Row", bound=FromCountyFile)


@dataclass
class SectionCounts:
    """What loading did to one section: rows added, changed, left as they were, retired."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0

    def __iadd__(self, other: "SectionCounts") -> "SectionCounts":
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.retired += other.retired
        return self

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.retired)


class Upsert:
    """Adds, changes and retires the rows that one layer owns in one table.

    Rows are told apart by `key_of` columns. Nothing is deleted: what the file no longer names
    gets `is_current` false and keeps its id, so that everything that points at it still does.
    """

    def __init__(
        self,
        session: Session,
        layer: str,
        model: type[Row],
        key_of: tuple[InstrumentedAttribute[Any], ...],
    ) -> None:
        self.session = session
        self.layer = layer
        self._model: type[Any] = model
        self.counts = SectionCounts()
        self._key_names = tuple(column.key for column in key_of)
        found = session.scalars(select(model).where(model.layer == layer).order_by(*key_of))
        self._existing = {self._key(row): row for row in found}
        self._named: set[tuple[Any, ...]] = set()

    def put(self, **values: Any) -> Any:
        """The row with these values, added or changed as needed. Flushed: it has its id."""
        values.setdefault("is_current", True)
        key = tuple(values[name] for name in self._key_names)
        self._named.add(key)
        row = self._existing.get(key)
        if row is None:
            return self._add(key, values)
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            self.counts.changed += 1
            self.session.flush()
        else:
            self.counts.unchanged += 1
        return row

    def put_all(self, rows: Iterable[Mapping[str, Any]]) -> SectionCounts:
        """Put each row and retire the rest."""
        for values in rows:
            self.put(**values)
        return self.retire_rest()

    def retire_rest(self) -> SectionCounts:
        """Mark what the file did not name as no longer current."""
        for key, row in self._existing.items():
            if key not in self._named and row.is_current:
                row.is_current = False
                self.counts.retired += 1
        self.session.flush()
        return self.counts

    def _add(self, key: tuple[Any, ...], values: Mapping[str, Any]) -> Any:
        row = self._model(**{**values, "layer": self.layer})
        self.session.add(row)
        self.session.flush()
        self._existing[key] = row
        self.counts.added += 1
        return row

    def _key(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self._key_names)
