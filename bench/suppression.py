"""The fewest cells that protect a table: solved exactly, to hold the product's choice against."""

from collections.abc import Collection, Sequence

import highspy
import numpy as np

Cell = tuple[int, int]
SECONDS = 20.0


def optimum(
    counts: Sequence[Sequence[int]],
    must: Collection[Cell],
    width: int,
    prices: Sequence[Sequence[float]],
) -> tuple[frozenset[Cell], float, bool]:
    """The cheapest cells to hide, what they cost at least, and whether that is proven.

    One variable per cell (hidden or not); for each of `must` two further tables with the same
    margins that differ from the true one in hidden cells only, and lie `width` apart in it.
    """
    rows, columns = len(counts), len(counts[0])
    cells = [(r, c) for r in range(rows) for c in range(columns)]
    number = len(cells)
    program = _Program()
    for cell in cells:
        program.add(prices[cell[0]][cell[1]], float(cell in must), 1.0, is_whole=True)
    for own in sorted(must):
        starts = []
        for _table in range(2):
            start = program.size
            starts.append(start)
            for r, c in cells:
                program.add(0.0, -float(min(counts[r][c], width)), float(width))
            for r in range(rows):
                program.tell([start + r * columns + c for c in range(columns)])
            for c in range(columns):
                program.tell([start + r * columns + c for r in range(rows)])
            for place, (r, c) in enumerate(cells):
                program.tell([start + place, place], [1.0, -width], (-np.inf, 0.0))
                least = float(min(counts[r][c], width))
                program.tell([start + place, place], [1.0, least], (0.0, np.inf))
        place = own[0] * columns + own[1]
        program.tell([starts[0] + place, starts[1] + place], [1.0, -1.0], (width, np.inf))
    values, bound, is_proven = program.solve()
    return (
        frozenset(cell for cell, z in zip(cells, values[:number], strict=True) if z > 0.5),
        (bound),
        is_proven,
    )


class _SilentHighs(highspy.Highs):
    """HiGHS without its greeting."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()


class _Program:
    def __init__(self) -> None:
        self._columns: list[tuple[float, float, float, bool]] = []
        self._rows: list[tuple[list[int], list[float], float, float]] = []

    @property
    def size(self) -> int:
        return len(self._columns)

    def add(self, cost: float, lower: float, upper: float, *, is_whole: bool = False) -> None:
        self._columns.append((cost, lower, upper, is_whole))

    def tell(
        self,
        places: list[int],
        weights: list[float] | None = None,
        between: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self._rows.append((places, weights or [1.0] * len(places), *between))

    def solve(self) -> tuple[list[float], float, bool]:
        solver = _SilentHighs()
        for name, value in (
            ("output_flag", False),
            ("parallel", "off"),
            ("time_limit", SECONDS),
            ("mip_rel_gap", 0.0),
        ):
            solver.setOptionValue(name, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._columns), len(self._rows)
        cost, lower, upper, _whole = map(np.array, zip(*self._columns, strict=True))
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
        model.row_lower_ = np.array([row[2] for row in self._rows])
        model.row_upper_ = np.array([row[3] for row in self._rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum([0, *(len(row[0]) for row in self._rows)])
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = np.array([p for row in self._rows for p in row[0]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([w for row in self._rows for w in row[1]])
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for _cost, _lower, _upper, whole in self._columns
        ]
        solver.passModel(model)
        solver.run()
        is_proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return list(solver.getSolution().col_value), solver.getInfo().mip_dual_bound, is_proven
