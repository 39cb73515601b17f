"""The least and the most that sums of unknowns can be, when some sums of them are told (HiGHS)."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Line = tuple[Sequence[int], Sequence[float], float]  # places, signs, what they add up to

PRIMAL = 4  # the simplex that goes on from the last corner when only the costs change
EVERYBODY = 1e6  # no unknown is larger: keeps every programme bounded
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "parallel": "off",
    "presolve": "off",
    "random_seed": 0,
    "simplex_strategy": PRIMAL,
}


@dataclass(frozen=True)
class Corner:
    """A corner of what is possible: a value for each unknown."""

    values: Vector
    objective: float


class Programme:
    """Unknowns ≥ 0 under equations; kept in memory while it is asked about one sum after another.

    No parallel work and a fixed seed: the same equations give the same answers.
    """

    def __init__(self, unknowns: int, lines: Sequence[Line]) -> None:
        self._unknowns = unknowns
        self._highs = _SilentHighs()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        self._highs.passModel(_model(unknowns, lines))
        self.solved = 0

    def least(self, costs: Vector) -> Corner | None:
        """Where `costs`·x is least; None when the equations cannot hold all at once.

        Raises RuntimeError when HiGHS gives up, which is a defect and never an answer.
        """
        self.solved += 1
        places = np.arange(self._unknowns, dtype=np.int32)
        self._highs.changeColsCost(self._unknowns, places, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {self._highs.modelStatusToString(status)}")
        return Corner(
            values=np.array(self._highs.getSolution().col_value),
            objective=self._highs.getInfo().objective_function_value,
        )


class _SilentHighs(highspy.Highs):
    """HiGHS without its greeting, which it prints when callbacks are enabled; we use none."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()


def _model(unknowns: int, lines: Sequence[Line]) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = unknowns, len(lines)
    model.col_cost_ = np.zeros(unknowns)
    model.col_lower_ = np.zeros(unknowns)
    model.col_upper_ = np.full(unknowns, EVERYBODY)
    told = np.array([line[2] for line in lines], dtype=np.float64)
    model.row_lower_ = model.row_upper_ = told
    sizes = [len(line[0]) for line in lines]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *sizes]).astype(np.int32)
    places = [place for line in lines for place in line[0]]
    signs = [sign for line in lines for sign in line[1]]
    model.a_matrix_.index_ = np.array(places, dtype=np.int32)
    model.a_matrix_.value_ = np.array(signs, dtype=np.float64)
    return model
