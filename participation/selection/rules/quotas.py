"""The quota workshop: can the quotas be met, which clash, what would help, and what each costs.

Source: SELECTION.md, "Quota workshop".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from participation.foundation.i18n import gettext as _
from participation.selection.rules.leximin import best_smallest_chance
from participation.selection.rules.panels import PanelRules, panel_rules
from participation.selection.rules.pool import Pool, Quota
from participation.selection.rules.solver import Programme, Vector

MOST_PROPOSALS = 12


class Side(StrEnum):
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Bound:
    """One half of a quota: at least (or at most) `seats` for people with this value."""

    feature: str
    value: str
    side: Side
    seats: int


@dataclass(frozen=True)
class Change:
    """`bound` as it is and what it would become: "at least 3 women → 2"."""

    bound: Bound
    becomes: int

    @property
    def size(self) -> int:
        """By how many seats the quota gives way."""
        return abs(self.becomes - self.bound.seats)


@dataclass(frozen=True)
class Relaxation:
    """Changes that, made together, let a panel be found. No part of them would do."""

    changes: tuple[Change, ...]

    @property
    def size(self) -> int:
        return sum(change.size for change in self.changes)

    def applied_to(self, pool: Pool) -> Pool:
        """The pool with the changed quotas."""
        quotas = {key: dict(values) for key, values in pool.quotas.items()}
        for change in self.changes:
            of, side = quotas[change.bound.feature], change.bound.side
            of[change.bound.value] = replace(of[change.bound.value], **{side: change.becomes})
        return replace(pool, quotas=quotas)


@dataclass(frozen=True)
class Price:
    """What a feature's quotas (or with `value` one of them) cost the person with least chance.

    Chances are 0–1: `with_it` as all quotas stand, `without_it` when only these are dropped.
    """

    feature: str
    value: str | None
    with_it: float
    without_it: float


def can_be_met(pool: Pool) -> bool:
    """Whether some panel meets all quotas without seating housemates together."""
    rules = panel_rules(pool)
    return bool(rules.types) and rules.programme(is_integer=True).solve() is not None


def seats_that_can_be_filled(pool: Pool) -> int:
    """How many seats the pool fills at all, quotas aside: one person of each household."""
    return min(
        pool.seats, len({p.number if p.household is None else p.household for p in pool.people})
    )


def conflicting(pool: Pool) -> tuple[Bound, ...]:
    """Quotas that cannot all be met while every smaller selection of them can.

    Empty when the quotas can be met, and when there are too few people for the seats.
    Worked example: 3 seats, at least 2 women, at least 2 from Kalmar, and all women from Nybro →
    these two.
    """
    elastic = _Elastic(pool)
    if not elastic.can_be_met(set()) or elastic.can_be_met(set(elastic.bounds)):
        return ()
    kept = set(elastic.bounds)
    for bound in elastic.bounds:
        if not elastic.can_be_met(kept - {bound}):
            kept.discard(bound)
    return tuple(bound for bound in elastic.bounds if bound in kept)


def relaxations(pool: Pool, most: int = MOST_PROPOSALS) -> tuple[Relaxation, ...]:
    """The smallest changes that make the quotas possible, smallest first.

    Sizes are counted in seats; among equals the one with fewer changes comes first, then the order
    of the quotas. First come all combinations of the smallest possible size, then single quotas
    that would help alone by giving way more. At most `most`; empty when the quotas can be met
    and when there are too few people for the seats.
    """
    elastic = _Elastic(pool)
    if not elastic.can_be_met(set()) or elastic.can_be_met(set(elastic.bounds)):
        return ()
    found: dict[Relaxation, None] = {}
    for bound in elastic.bounds:
        alone = elastic.smallest(only={bound})
        if alone:
            found.setdefault(alone)
    for together in elastic.all_smallest(most):
        found.setdefault(together)
    order = {bound: place for place, bound in enumerate(elastic.bounds)}
    ranked = sorted(
        found,
        key=lambda r: (r.size, len(r.changes), [order[change.bound] for change in r.changes]),
    )
    return tuple(ranked[:most])


def price_of_quotas(
    pool: Pool, tell: Callable[[int, int, str], None] = lambda _done, _total, _text: None
) -> tuple[Price, ...]:
    """For each feature and each of its quotas: the smallest chance with and without it.

    The dearest first. Worked example: "one per municipality: 3.3 % → 1.0 %" is the feature
    "municipality" with without_it=0.033, with_it=0.010.
    Raises QuotasCannotBeMet.
    """
    questions: list[tuple[str, str | None]] = []
    for key, values in pool.quotas.items():
        questions.append((key, None))
        questions += [(key, value) for value in values] if len(values) > 1 else []
    with_all = best_smallest_chance(pool)
    prices = []
    for done, (key, value) in enumerate(questions):
        tell(done, len(questions), _("What each quota costs is worked out."))
        without = best_smallest_chance(_dropped(pool, key, value), known=with_all)
        prices.append(Price(key, value, with_all, without))
    return tuple(sorted(prices, key=lambda p: (-p.without_it, p.value is not None)))


def _dropped(pool: Pool, feature: str, value: str | None) -> Pool:
    quotas = {
        key: {
            v: Quota(0, pool.seats) if key == feature and value in (None, v) else quota
            for v, quota in values.items()
        }
        for key, values in pool.quotas.items()
    }
    return replace(pool, quotas=quotas)


@dataclass(frozen=True)
class _Room:
    """By how many seats each bound may give way: at least `least`, at most `most`."""

    least: Vector
    most: Vector


class _Elastic:
    """The panels of a pool when each bound may give way, at a price of one per seat.

    Columns: people per type, then for each bound by how many seats it gives way.
    """

    def __init__(self, pool: Pool) -> None:
        self._rules = panel_rules(pool)
        self.bounds = _bounds(pool, self._rules)
        self._room = np.array([float(_room(bound, pool.seats)) for bound in self.bounds])
        self._programme = _elastic_programme(self._rules, self.bounds)

    def can_be_met(self, kept: set[Bound]) -> bool:
        """Whether the seats can be filled when only the bounds in `kept` count."""
        return self._solve(self._only(set(self.bounds) - kept)) is not None

    def smallest(self, only: set[Bound]) -> Relaxation | None:
        """The smallest change of these bounds that lets a panel be found, or None."""
        moved = self._solve(self._only(only))
        return None if moved is None else self._relaxation(moved)

    def all_smallest(self, most: int) -> list[Relaxation]:
        """Every relaxation of the smallest total size, up to `most` of them.

        Each one found splits the rest: those that keep its first changes and make the next one
        smaller. So none is met twice, and none is missed.
        """
        found: list[Relaxation] = []
        least: float | None = None
        waiting = [self._only(set(self.bounds))]
        while waiting and len(found) < most:
            room = waiting.pop(0)
            moved = self._solve(room)
            if moved is None or (least is not None and moved.sum() > least):
                continue
            least = float(moved.sum())
            found.append(self._relaxation(moved))
            waiting += _others(room, moved)
        return found

    def _only(self, may_give_way: set[Bound]) -> _Room:
        allowed = np.array([bound in may_give_way for bound in self.bounds], dtype=bool)
        return _Room(np.zeros(len(allowed)), np.where(allowed, self._room, 0.0))

    def _solve(self, room: _Room) -> Vector | None:
        """By how much each bound gives way at the smallest total, or None."""
        if not self._rules.types:
            return None
        nobody = np.zeros(len(self._rules.types))
        self._programme.set_bounds(
            np.concatenate([nobody, room.least]), np.concatenate([self._rules.most, room.most])
        )
        found = self._programme.solve()
        return None if found is None else np.rint(found.values[len(nobody) :])

    def _relaxation(self, moved: Vector) -> Relaxation:
        return Relaxation(
            tuple(
                Change(bound, bound.seats + int(by) * (1 if bound.side is Side.MAXIMUM else -1))
                for bound, by in zip(self.bounds, moved, strict=True)
                if by
            )
        )


def _others(room: _Room, moved: Vector) -> list[_Room]:
    """The room without `moved`, in parts that do not overlap (all of the same total size)."""
    parts = []
    least = room.least.copy()
    for index in np.flatnonzero(moved > room.least):
        most = room.most.copy()
        most[index] = moved[index] - 1
        parts.append(_Room(least.copy(), most))
        least[index] = moved[index]
    return parts


def _bounds(pool: Pool, rules: PanelRules) -> list[Bound]:
    bounds = []
    for feature, value in rules.quota_rows:
        quota = pool.quotas[feature][value]
        if quota.minimum > 0:
            bounds.append(Bound(feature, value, Side.MINIMUM, quota.minimum))
        if quota.maximum < pool.seats:
            bounds.append(Bound(feature, value, Side.MAXIMUM, quota.maximum))
    return bounds


def _room(bound: Bound, seats: int) -> int:
    return bound.seats if bound.side is Side.MINIMUM else seats - bound.seats


def _elastic_programme(rules: PanelRules, bounds: Sequence[Bound]) -> Programme:
    count = len(rules.types)
    row_of = {quota: row for row, quota in enumerate(rules.quota_rows, start=1)}
    ways = np.zeros((len(rules.lower), len(bounds)))
    for column, bound in enumerate(bounds):
        row = row_of[bound.feature, bound.value]
        ways[row, column] = 1.0 if bound.side is Side.MINIMUM else -1.0
    costs = np.concatenate([np.zeros(count), np.ones(len(bounds))])
    return Programme(
        costs,
        (np.zeros(len(costs)), np.concatenate([rules.most, np.zeros(len(bounds))])),
        np.hstack([rules.matrix, ways]),
        (rules.lower, rules.upper),
        is_integer=True,
    )
