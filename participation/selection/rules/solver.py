"""One linear or integer programme kept in memory while costs, bounds and rows change (HiGHS).

Everything is a minimisation. No parallel work and a fixed seed: the same input gives the same
answer on the same machine; another platform may differ in the last digits, which is why a lottery
is published before it is drawn.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
TOLERANCE = 1e-9  # how far HiGHS may miss a bound or a price; the smallest it is told to accept


@dataclass(frozen=True)
class Solution:
    """Values per column and dual price per row; `objective` is what x costs.

    `reduced` is the reduced cost per column. Duals are zero for integer programmes.
    """

    values: Vector
    prices: Vector
    reduced: Vector
    objective: float


class Programme:
    """min costs·x with lower ≤ x ≤ upper and row_lower ≤ matrix·x ≤ row_upper."""

    def __init__(
        self,
        costs: Vector,
        bounds: tuple[Vector, Vector],
        matrix: Vector,
        row_bounds: tuple[Vector, Vector],
        is_integer: bool = False,
    ) -> None:
        """`costs` and `bounds` have one entry per column, `row_bounds` one per row of `matrix`."""
        self._highs = _SilentHighs()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        self._is_integer = is_integer
        self._highs.passModel(_model(costs, bounds, matrix, row_bounds, is_integer))

    def solve(self, *, enough: float = -np.inf) -> Solution | None:
        """The optimum, or None when no x meets the rows.

        An integer programme may stop at any x whose costs are at most `enough`.
        Raises RuntimeError when HiGHS gives up, which is a defect and never an answer.
        """
        if self._is_integer:
            self._highs.setOptionValue("objective_target", enough)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in _IMPOSSIBLE:
            return None
        if status not in _SOLVED:
            raise RuntimeError(f"the solver stopped: {self._highs.modelStatusToString(status)}")
        found = self._highs.getSolution()
        return Solution(
            values=np.array(found.col_value),
            prices=np.array(found.row_dual),
            reduced=np.array(found.col_dual),
            objective=self._highs.getInfo().objective_function_value,
        )

    def set_costs(self, costs: Vector) -> None:
        indices = np.arange(len(costs), dtype=np.int32)
        self._highs.changeColsCost(len(costs), indices, np.asarray(costs, dtype=np.float64))

    def set_bounds(self, lower: Vector, upper: Vector) -> None:
        indices = np.arange(len(lower), dtype=np.int32)
        self._highs.changeColsBounds(
            len(lower), indices, lower.astype(np.float64), upper.astype(np.float64)
        )

    def set_lower(self, column: int, lower: float, upper: float) -> None:
        self._highs.changeColBounds(column, lower, upper)

    def set_row(self, row: int, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(row, lower, upper)

    def set_rows(self, lower: Vector, upper: Vector) -> None:
        """Bounds of the first rows, as many as there are entries."""
        for row, (least, most) in enumerate(zip(lower, upper, strict=True)):
            self._highs.changeRowBounds(row, float(least), float(most))

    def add_column(self, cost: float, coefficients: Vector, upper: float = np.inf) -> None:
        used = np.flatnonzero(coefficients).astype(np.int32)
        values = coefficients[used].astype(np.float64)
        self._highs.addCol(cost, 0.0, upper, len(used), used, values)


class _SilentHighs(highspy.Highs):
    """HiGHS without its greeting, which it prints when callbacks are enabled; we use none."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "parallel": "off",
    "random_seed": 0,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
    "mip_feasibility_tolerance": TOLERANCE,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": TOLERANCE,
}
_SOLVED = {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kObjectiveTarget}
_IMPOSSIBLE = {
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
}


def _model(
    costs: Vector,
    bounds: tuple[Vector, Vector],
    matrix: Vector,
    row_bounds: tuple[Vector, Vector],
    is_integer: bool,
) -> highspy.HighsLp:
    rows, columns = matrix.shape
    where = [np.flatnonzero(row) for row in matrix]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = np.asarray(costs, dtype=np.float64)
    model.col_lower_, model.col_upper_ = (b.astype(np.float64) for b in bounds)
    model.row_lower_, model.row_upper_ = (b.astype(np.float64) for b in row_bounds)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(used) for used in where)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([*where, []]).astype(np.int32)
    model.a_matrix_.value_ = matrix[matrix != 0].astype(np.float64)
    if is_integer:
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return model
