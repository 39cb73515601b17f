"""A follow-up question's rows beside those of the question before it (rules/follow_ups.py)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns.rows import added
from participation.disclosure.rules.breakdowns.shapes import Breakdown, GroupRow, ShownGrouped
from participation.disclosure.rules.parts import new_parts
from participation.disclosure.rules.tables import Table, Thresholds


@dataclass(frozen=True)
class FollowUp:
    """What the sizes of its rows tell. `rows` and `shown` are of the question before, `asked` are
    the answers after which it and its siblings come, its own last.
    """

    before: Table
    shown: ShownGrouped
    rows: Sequence[GroupRow]
    sizes: Sequence[int]
    asked: Sequence[frozenset[str]]
    thresholds: Thresholds

    def told(self) -> set[int]:
        """Rows whose size would tell what the question before hides, or a few."""
        return {
            place
            for place in range(len(self.rows))
            if self._is_hidden_before(place) or self.tells([place])
        }

    def tells(self, places: Collection[int]) -> bool:
        """Whether the size of these rows together would tell of a few."""
        row = added(self.rows, sorted(places))
        if self.thresholds.is_small(row.n - sum(self.sizes[place] for place in places)):
            return True
        counts = dict(zip((cell.code for cell in self.before.cells), row.counts, strict=True))
        return not self.before.is_many and any(
            self.thresholds.is_small(sum(counts[code] for code in part))
            for part in new_parts([frozenset(one.codes) for one in self.shown.columns], self.asked)
        )

    def _is_hidden_before(self, place: int) -> bool:
        row = self.shown.rows[place]
        if row.n is None or row.counts is None:
            return True
        if not self.before.is_many and None in row.counts:
            return True  # it would be known of the hidden answers how many are among those asked
        columns = zip(self.shown.columns, row.counts, strict=True)
        asked = [count for column, count in columns if set(column.codes) & self.asked[-1]]
        return self.before.is_many and asked != [count for count in asked if count is not None]


@dataclass(frozen=True)
class Sources:
    """The questions of a breakdown that are shown already, for those that follow them."""

    breakdown: Breakdown
    parts: Sequence[Sequence[int]]
    tables: Mapping[str, Table]
    shown: Mapping[str, ShownGrouped]
    thresholds: Thresholds

    def is_without_source(self, table: Table) -> bool:
        """Its rows would tell of a question that is not shown row by row."""
        source = table.asked_if
        if source is None or source.key == self.breakdown.question_key:
            return False
        if source.codes is None or source.key not in self.shown:
            return True
        columns = [set(column.codes) for column in self.shown[source.key].columns]
        return self.tables[source.key].is_many and set(source.codes) not in columns

    def follow_up(self, table: Table) -> FollowUp | None:
        """`table` beside the question before it; None where it is asked of everybody."""
        source = table.asked_if
        if source is None or source.codes is None or source.key not in self.shown:
            return None
        siblings = [self.tables[key].asked_if for key in self.shown]
        asked = [one.codes for one in siblings if one and one.key == source.key and one.codes]
        return FollowUp(
            before=self.tables[source.key],
            shown=self.shown[source.key],
            rows=[added(self.breakdown.rows[source.key], part) for part in self.parts],
            sizes=[added(self.breakdown.rows[table.key], part).n for part in self.parts],
            asked=[*asked, source.codes],
            thresholds=self.thresholds,
        )
