"""From chances to panels: a mixture of panels whose average is a given point, or the proof
that there is none.

First a walk: take a panel on the same side of every rule as the point, give it as much weight as
the rules allow, go on with the rest. Where the walk gets stuck, column generation finds the panels
that are missing. If there are none, the prices of the master programme are a rule that all panels
keep and the point breaks: a **cut**.
"""

from dataclasses import dataclass

import numpy as np

from participation.selection.rules.panels import PanelRules
from participation.selection.rules.solver import Programme, Vector

SHORTFALL = 1e-8  # a person's chance in the mixture may be this much below the point's
EPSILON = 1e-9


@dataclass(frozen=True)
class Cut:
    """`prices`·x ≤ `bound` for every panel x of the pool (`bound` is reached by one)."""

    prices: Vector
    bound: float


@dataclass(frozen=True)
class Mixture:
    """Panels (counts per type, one row each) and their weights, which sum to one."""

    panels: Vector
    weights: Vector


class Mixer:
    """Remembers every panel met, so that a point near the last one is mixed quickly."""

    def __init__(self, rules: PanelRules) -> None:
        self._rules = rules
        self._pricing = rules.programme(is_integer=True)
        self._panels: dict[bytes, Vector] = {}

    def best_panel(self, prices: Vector) -> Vector | None:
        """The panel that is worth most at these prices per seat of each type (proven)."""
        self._pricing.set_costs(-prices)
        found = self._pricing.solve()
        if found is None:
            return None
        panel = np.rint(found.values)
        self._panels.setdefault(panel.astype(np.int32).tobytes(), panel)
        return panel

    def mix(self, point: Vector) -> Mixture | Cut:
        """Panels that average to `point` (seats per type), or a cut that separates it.

        The mixture gives no person more than SHORTFALL less than the point does.
        """
        self._walk(point)
        master = _Master(self._rules.sizes, point, list(self._panels.values()))
        while True:
            shortfall, prices, weights = master.solve()
            if shortfall <= SHORTFALL:
                return Mixture(np.array(master.panels), weights)
            best = self.best_panel(prices)
            assert best is not None
            bound = float(prices @ best)
            if prices @ point > bound + SHORTFALL / 2:
                return Cut(prices, bound)
            master.add(best)

    def _walk(self, point: Vector) -> None:
        """Panels on the smallest face of the rules that holds the point; each step a new face."""
        rules = self._rules
        low, high = np.floor(point + EPSILON), np.ceil(point - EPSILON)
        rest, weight = point.copy(), 1.0
        programme = rules.programme(is_integer=True)
        for _ in range(3 * len(point) + len(rules.lower)):
            _keep_to_face(programme, rules, rest, low, high)
            programme.set_costs(low - rest)
            found = programme.solve()
            if found is None:
                return
            panel = np.rint(found.values)
            self._panels.setdefault(panel.astype(np.int32).tobytes(), panel)
            share = _largest_share(rules, rest, panel, low, high)
            weight *= 1 - share
            if weight < EPSILON or share < EPSILON:
                return
            rest = np.clip((rest - share * panel) / (1 - share), low, high)


def _keep_to_face(
    programme: Programme, rules: PanelRules, point: Vector, low: Vector, high: Vector
) -> None:
    """Rules that `point` meets with nothing to spare become equations."""
    near = 1e-7
    programme.set_bounds(
        np.where(point > high - near, high, low), np.where(point < low + near, low, high)
    )
    used = rules.matrix @ point
    for row, value in enumerate(used):
        lower, upper = rules.lower[row], rules.upper[row]
        programme.set_row(
            row,
            upper if value > upper - near else lower,
            lower if value < lower + near else upper,
        )


def _largest_share(
    rules: PanelRules, point: Vector, panel: Vector, low: Vector, high: Vector
) -> float:
    """The largest weight of `panel` in `point` that leaves a rest within all rules."""
    at_point, at_panel = (np.concatenate([rules.matrix @ x, x]) for x in (point, panel))
    lower, upper = np.concatenate([rules.lower, low]), np.concatenate([rules.upper, high])
    shares = [1.0]
    for limit, sign in ((upper, 1.0), (lower, -1.0)):
        spare, used = sign * (limit - at_point), sign * (limit - at_panel)
        tight = used > EPSILON
        shares.append(float(np.min(np.maximum(spare[tight], 0) / used[tight], initial=1.0)))
    return min(shares)


class _Master:
    """Weights of the panels at hand that come nearest to the point, measured per person."""

    def __init__(self, sizes: Vector, point: Vector, panels: list[Vector]) -> None:
        self.panels = panels
        count = len(sizes)
        columns = np.array(panels).reshape(len(panels), count)
        matrix = np.vstack(
            [
                np.hstack([sizes[:, None], columns.T]),
                np.hstack([np.zeros((1, 1)), np.ones((1, len(panels)))]),
            ]
        )
        costs = np.zeros(len(panels) + 1)
        costs[0] = 1.0
        open_above = np.full(len(costs), np.inf)
        self._programme = Programme(
            costs,
            (np.zeros(len(costs)), open_above),
            matrix,
            (np.append(point, 1.0), np.append(np.full(count, np.inf), 1.0)),
        )

    def add(self, panel: Vector) -> None:
        self.panels.append(panel)
        self._programme.add_column(0.0, np.append(panel, 1.0))

    def solve(self) -> tuple[float, Vector, Vector]:
        """The largest shortfall of a person's chance, prices per type, weights per panel."""
        found = self._programme.solve()
        assert found is not None
        prices = np.maximum(found.prices[:-1], 0)
        weights = np.maximum(found.values[1:], 0)
        return found.values[0], prices, weights / weights.sum()
