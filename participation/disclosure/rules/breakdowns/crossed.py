"""What two breakdowns of one round tell together: how many are in a group of both at once.

Answers by role and by municipality are two tables; how many next of kin a municipality has is in
neither. But where all in one group gave an answer that few in the other gave, it is told all the
same, and with many questions more and more narrowly. A question that would let a group of 1–4 be
worked out is left out of the later breakdown. tests/unit/test_crossed.py attacks what is left.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns.shapes import ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import Thresholds

ROUNDS = 3  # of fitting: more tell next to nothing
MARGIN = 2
EVERYBODY = 10**9
Matrix = list[list[int]]
Line = tuple[int, list[int | None]]  # a group's size and numbers; None: that one is hidden
Lines = list[Line | None]  # None: all of the group's is hidden
Read = tuple[Lines, Lines]


def telling_together(
    first: ShownBreakdown, later: ShownBreakdown, many: Collection[str], thresholds: Thresholds
) -> frozenset[str]:
    """Keys of the questions to leave out of `later`, so that it can stand beside `first`.

    `many`: questions whose answers each stand alone.
    """
    bounds = Bounds.of(_sizes(first), _sizes(later))
    wide = bounds.widths()
    gone = set()
    for table in later.tables:
        beside = first.table(table.key)
        if beside is None:
            continue
        told = bounds.beside(_read(beside, table, is_many=table.key in many))
        if told.are_as_wide(wide, thresholds):
            bounds = told
        else:
            gone.add(table.key)
    return frozenset(gone)


@dataclass(frozen=True)
class Bounds:
    """The fewest and the most that can be in a group of both, by place of each group."""

    sizes: tuple[Sequence[int], Sequence[int]]
    least: Matrix
    most: Matrix

    @classmethod
    def of(cls, rows: Sequence[int], columns: Sequence[int]) -> "Bounds":
        most = [[min(row, column) for column in columns] for row in rows]
        return cls((rows, columns), [[0] * len(columns) for _row in rows], most)._tightened()

    def widths(self) -> Matrix:
        """Over how many values each can range."""
        return [
            [high - low for low, high in zip(least, most, strict=True)]
            for least, most in zip(self.least, self.most, strict=True)
        ]

    def are_as_wide(self, before: Matrix, thresholds: Thresholds) -> bool:
        """Whether each group that may be 1–4 people still ranges over enough values.

        Twice as many as must be, or all that it ranged over before any question was read: who
        solves all equations at once bounds a little more narrowly than these steps do.
        """
        enough = MARGIN * thresholds.minimum
        return all(
            width >= min(before[r][c], enough)
            for r, line in enumerate(self.widths())
            for c, width in enumerate(line)
            if max(self.least[r][c], 1) <= min(self.most[r][c], thresholds.minimum - 1)
        )

    def beside(self, read: Sequence["Read"]) -> "Bounds":
        """The same after more answers were read in both breakdowns."""
        told = Bounds(
            self.sizes, [list(line) for line in self.least], [list(line) for line in self.most]
        )
        for left, right in read:
            told._take_in(left, right)
        return told._tightened()

    def _take_in(self, left: "Lines", right: "Lines") -> None:
        """One question: its answers are a table of both groups each, and add up to how many."""
        rows, columns = self.sizes
        answers = [_Answer.of(left, right, number) for number in range(_width(left, right))]
        for _time in range(ROUNDS):
            for answer in answers:
                answer.fit()
            for r, row in enumerate(left):
                for c, column in enumerate(right):
                    if row is None or column is None:
                        continue
                    skipped = max(min(rows[r] - row[0], columns[c] - column[0]), 0)
                    self._join(r, c, [(one.least, one.most) for one in answers], skipped)
            self._tightened()

    def _join(self, r: int, c: int, parts: Sequence[tuple[Matrix, Matrix]], skipped: int) -> None:
        low = sum(least[r][c] for least, _most in parts)
        high = sum(most[r][c] for _least, most in parts)
        self.least[r][c] = max(self.least[r][c], low)
        self.most[r][c] = min(self.most[r][c], high + skipped)
        for least, most in parts:
            room = self.most[r][c] - (low - least[r][c])
            most[r][c] = max(min(most[r][c], room), least[r][c])
            need = self.least[r][c] - skipped - (high - most[r][c])
            least[r][c] = min(max(least[r][c], need), most[r][c])

    def _tightened(self) -> "Bounds":
        """What the size of a group leaves for the others of its row and its column."""
        _fit_lines(self.least, self.most, self.sizes)
        return self


@dataclass(frozen=True)
class _Answer:
    """One answer: how many in both groups gave it, at least and at most."""

    totals: tuple[Sequence[int | None], Sequence[int | None]]
    least: Matrix
    most: Matrix

    @classmethod
    def of(cls, left: "Lines", right: "Lines", number: int) -> "_Answer":
        rows = [None if row is None else row[1][number] for row in left]
        columns = [None if column is None else column[1][number] for column in right]
        most = [
            [min(EVERYBODY if one is None else one for one in (row, column)) for column in columns]
            for row in rows
        ]
        return cls((rows, columns), [[0] * len(columns) for _row in rows], most)

    def fit(self) -> None:
        _fit_lines(self.least, self.most, self.totals)


def _fit_lines(
    least: Matrix, most: Matrix, totals: tuple[Sequence[int | None], Sequence[int | None]]
) -> None:
    rows, columns = totals
    for _time in range(ROUNDS):
        for r, total in enumerate(rows):
            _fit(least, most, total, [(r, c) for c in range(len(columns))])
        for c, total in enumerate(columns):
            _fit(least, most, total, [(r, c) for r in range(len(rows))])


def _fit(least: Matrix, most: Matrix, total: int | None, places: Sequence[tuple[int, int]]) -> None:
    """What the others leave of `total` for each place."""
    if total is None:
        return
    fewest = sum(least[r][c] for r, c in places)
    highest = sum(most[r][c] for r, c in places)
    for r, c in places:
        low, high = least[r][c], most[r][c]
        least[r][c] = max(low, min(high, total - (highest - high)))
        most[r][c] = min(high, max(low, total - (fewest - low)))


def _width(left: "Lines", right: "Lines") -> int:
    return next((len(row[1]) for row in (*left, *right) if row is not None), 0)


def _sizes(shown: ShownBreakdown) -> list[int]:
    """How many each group is, as far as its questions tell."""
    return [
        max((table.rows[place].n or 0 for table in shown.tables), default=0)
        for place, _group in enumerate(shown.groups)
    ]


def _read(rows: ShownGrouped, columns: ShownGrouped, *, is_many: bool) -> list[Read]:
    """Who gave which answer, group by group: of a question, or of each answer that stands alone.

    Where one breakdown puts answers together, so they are in the other.
    """
    if is_many:
        own = {column.codes: place for place, column in enumerate(columns.columns)}
        return [
            (_given(rows, place), _given(columns, own[column.codes]))
            for place, column in enumerate(rows.columns)
            if column.codes in own
        ]
    blocks: list[set[str]] = []
    for cell in (*rows.columns, *columns.columns):
        joined = set(cell.codes)
        for block in [block for block in blocks if block & joined]:
            joined |= block
            blocks.remove(block)
        blocks.append(joined)
    return [(_counted(rows, blocks), _counted(columns, blocks))]


def _given(table: ShownGrouped, place: int) -> Lines:
    """How many gave one answer and how many did not."""
    found: Lines = []
    for row in table.rows:
        count = None if row.counts is None else row.counts[place]
        is_told = count is not None and row.n is not None
        found.append((row.n or 0, [count, (row.n or 0) - (count or 0)]) if is_told else None)
    return found


def _counted(table: ShownGrouped, blocks: Sequence[set[str]]) -> Lines:
    found: Lines = []
    for row in table.rows:
        if row.counts is None or row.n is None:
            found.append(None)
            continue
        pairs = list(zip(table.columns, row.counts, strict=True))
        found.append(
            (
                row.n,
                [_sum([n for column, n in pairs if set(column.codes) <= one]) for one in blocks],
            )
        )
    return found


def _sum(counts: Sequence[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if len(told) == len(counts) else None
