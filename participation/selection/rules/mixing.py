"""From chances to panels: a mixture of panels whose average is a given point, or the proof
that there is none.

First a walk: take a panel on the same side of every rule as the point, give it as much weight as
the rules allow, go on with the rest. Where the walk gets stuck, column generation finds the panels
that are missing. If there are none, the prices of the master programme are a rule that all panels
keep and the point breaks: a **cut**.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from participation.selection.rules.panels import PanelRules
from participation.selection.rules.solver import Programme, Vector

SHORTFALL = 1e-8  # a person's chance in the mixture may be this much below the point's
EPSILON = 1e-9
NEAR = 1e-7  # a rule met this closely is met with nothing to spare
TRIES = 8


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

    def __init__(self, rules: PanelRules, tell: Callable[[float], None]) -> None:
        """`tell` hears how much of a point is mixed, 0–1."""
        self._rules, self._tell = rules, tell
        self._pricing = rules.programme(is_integer=True)
        self._panels: dict[bytes, Vector] = {}

    def best_panel(self, prices: Vector, enough: float = np.inf) -> Vector | None:
        """The panel that is worth most at these prices per seat of each type (proven).

        Any panel worth `enough` will do.
        """
        largest = float(prices.max(initial=0)) or 1.0
        self._pricing.set_costs(-prices / largest)
        found = self._pricing.solve(enough=-enough / largest)
        if found is None:
            return None
        panel = np.rint(found.values)
        self._panels.setdefault(panel.astype(np.int32).tobytes(), panel)
        return panel

    def mix(self, point: Vector, needed: Vector) -> Mixture | Cut:
        """Panels that average to at least `needed` (seats per type), or a cut that separates it.

        `point` ≥ `needed` keeps the rules; the walk starts there. When both are the same, the
        mixture averages to the point. Nobody gets more than SHORTFALL less than needed.
        """
        self._walk(point)
        master = _Master(self._rules.sizes, needed, list(self._panels.values()))
        while True:
            shortfall, prices, weights = master.solve()
            if shortfall <= SHORTFALL:
                return Mixture(np.array(master.panels), weights)
            best = self.best_panel(prices, enough=float(prices @ needed))
            assert best is not None
            bound = float(prices @ best)
            if prices @ needed > bound + SHORTFALL / 2:
                return Cut(prices, bound)
            master.add(best)

    def _walk(self, point: Vector) -> None:
        """Panels on the smallest face of the rules that holds the point; each step a new face."""
        face = _Face(self._rules, point)
        weight = 1.0
        for _ in range(3 * len(point) + len(self._rules.lower)):
            panel = face.panel()
            if panel is None:
                return
            self._panels.setdefault(panel.astype(np.int32).tobytes(), panel)
            share = face.leave(panel)
            weight *= 1 - share
            self._tell(1 - weight)
            if weight < EPSILON or share < EPSILON:
                return


class _Face:
    """The panels between the whole numbers around a point, on the point's side of every rule.

    What is left of the point moves away from each panel taken, until another rule stops it.
    """

    def __init__(self, rules: PanelRules, point: Vector) -> None:
        self._rules = rules
        self._low, self._high = np.floor(point + EPSILON), np.ceil(point - EPSILON)
        self._rest = point.copy()
        self._parts = rules.programme(is_integer=False)
        self._whole = rules.programme(is_integer=True)
        self._stir = np.random.default_rng(0)  # which panels are met first; no chance hangs on it

    def panel(self) -> Vector | None:
        """A panel that has much of what is left most of, or None when the face has none.

        A corner of the relaxed face is often whole, and found in a fraction of the time.
        """
        costs = self._low - self._rest
        self._keep_to_face(self._parts)
        for _ in range(TRIES):
            self._parts.set_costs(costs)
            found = self._parts.solve()
            if found is None or _is_whole(found.values):
                return None if found is None else np.rint(found.values)
            costs = costs * self._stir.uniform(0.5, 1.5, len(costs))
        self._keep_to_face(self._whole)
        self._whole.set_costs(self._low - self._rest)
        found = self._whole.solve(enough=float((self._low - self._rest) @ self._rest))
        return None if found is None else np.rint(found.values)

    def leave(self, panel: Vector) -> float:
        """Take out as much of `panel` as the rules allow; how much of the rest that was (0–1)."""
        rules = self._rules
        at_point, at_panel = (np.append(rules.matrix @ x, x) for x in (self._rest, panel))
        lower, upper = np.append(rules.lower, self._low), np.append(rules.upper, self._high)
        share = 1.0
        for limit, sign in ((upper, 1.0), (lower, -1.0)):
            spare, used = sign * (limit - at_point), sign * (limit - at_panel)
            tight = used > EPSILON
            share = float(np.min(np.maximum(spare[tight], 0) / used[tight], initial=share))
        if share < 1:
            rest = (self._rest - share * panel) / (1 - share)
            self._rest = np.clip(rest, self._low, self._high)
        return share

    def _keep_to_face(self, programme: Programme) -> None:
        """Rules that the rest meets with nothing to spare become equations."""
        rules, rest, low, high = self._rules, self._rest, self._low, self._high
        programme.set_bounds(
            np.where(rest > high - NEAR, high, low), np.where(rest < low + NEAR, low, high)
        )
        used = rules.matrix @ rest
        programme.set_rows(
            np.where(used > rules.upper - NEAR, rules.upper, rules.lower),
            np.where(used < rules.lower + NEAR, rules.lower, rules.upper),
        )


def _is_whole(values: Vector) -> bool:
    return bool(np.abs(values - np.rint(values)).max(initial=0) < NEAR)


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
