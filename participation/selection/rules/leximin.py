"""The fairest chances: leximin over everybody in the pool, exactly.

Among all lotteries over panels that meet the quotas, the one whose smallest chance of a person is
as large as possible, among those the second smallest, and so on.
Source: Flanigan, Gölz, Gupta, Hennig, Procaccia: Fair algorithms for selecting citizens'
assemblies. Nature 596:548 (2021).

How it is found. (1) The chances are improved level by level over the *relaxed* rules, where panels
may seat parts of people: a small linear programme. Nobody can do better than that. (2) `mixing`
writes the result as a mixture of real panels: then it is the optimum, and proven. (3) If it cannot,
it returns a rule that every real panel keeps; the rule is added and (1) starts again. Each level
keeps its prices, by which anybody can check that no panel would improve it (`Level`).
"""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from participation.foundation.i18n import gettext as _
from participation.selection.rules.mixing import SHORTFALL, Cut, Mixer, Mixture
from participation.selection.rules.panels import PanelRules, PersonType, panel_rules
from participation.selection.rules.pool import Pool, QuotasCannotBeMet
from participation.selection.rules.solver import Programme, Vector
from participation.selection.rules.tickets import apportioned, how_many

Tell = Callable[[int, int, str], None]
PRICE = 1e-6  # prices at a level sum to one; a type with less than this is not settled yet


@dataclass(frozen=True)
class Level:
    """One step of the optimum, with its proof.

    `chance`: what the people of `types` (indices) get; everybody settled later gets at least this.
    `prices` per seat of each type: every panel x has `prices`·x ≤ Σ prices·size·chance, with the
    chance of this level for all types not settled before, and those prices sum (times size) to one.
    So no lottery gives all of them more without taking from those settled before.
    """

    chance: float
    types: tuple[int, ...]
    prices: tuple[float, ...]


@dataclass(frozen=True)
class PanelKind:
    """`tickets` of the lottery go to panels with this many people of each type (index, count)."""

    counts: tuple[tuple[int, int], ...]
    tickets: int


@dataclass(frozen=True)
class Distribution:
    """The fairest lottery: kinds of panels with whole tickets out of `tickets`.

    `chances`: the exact chance of each person (0–1) at the optimum; `chances_drawn`: the chance
    with whole tickets, at most `rounding_error` away. `seated` people have seats already: they
    are on every panel and have no chance of their own.
    """

    types: tuple[PersonType, ...]
    portfolio: tuple[PanelKind, ...]
    tickets: int
    chances: dict[int, float]
    chances_drawn: dict[int, float]
    levels: tuple[Level, ...]
    seated: tuple[int, ...] = ()

    @property
    def rounding_error(self) -> float:
        """How far a person's chance may be from the optimum because tickets are whole."""
        pairs = self.chances.items()
        return max((abs(self.chances_drawn[n] - chance) for n, chance in pairs), default=0.0)

    @property
    def smallest_chance(self) -> float:
        return min(self.chances_drawn.values(), default=0.0)

    @property
    def without_chance(self) -> tuple[int, ...]:
        """Numbers of people whom no panel that meets the quotas can seat."""
        return tuple(sorted(number for number, c in self.chances.items() if c < NO_CHANCE))

    @property
    def gini(self) -> float:
        """Inequality of the chances: 0 everybody alike, towards 1 when few have them all.

        >>> round(gini([0.1, 0.1, 0.1, 0.3]), 3)
        0.25
        """
        return gini(list(self.chances_drawn.values()))

    @property
    def geometric_mean(self) -> float:
        """Of the chances; 0 when somebody has none."""
        chances = list(self.chances_drawn.values())
        if not chances or min(chances) <= 0:
            return 0.0
        return math.exp(sum(map(math.log, chances)) / len(chances))


NO_CHANCE = 1e-7


def gini(chances: list[float]) -> float:
    """Σ over all pairs |a − b| ÷ (2 n² mean)."""
    ordered = sorted(chances)
    total, n = sum(ordered), len(ordered)
    if total <= 0:
        return 0.0
    ranked = sum((2 * rank - n + 1) * chance for rank, chance in enumerate(ordered))
    return max(0.0, ranked / (n * total))


def _silent(_done: int, _total: int, _text: str) -> None:
    """Nobody is told."""


def fair_distribution(
    pool: Pool,
    *,
    tell: Tell = _silent,
    seated: Collection[int] = (),
    tickets: int | None = None,
) -> Distribution:
    """The leximin-optimal lottery of `pool`; `seated` people (numbers) keep their seats.

    `tell(done, total, text)` hears of progress in people: half of it chances, half panels.
    `tickets`: out of how many equally likely panels the lottery draws (default `how_many`).
    Raises QuotasCannotBeMet when no panel meets the quotas.

    Worked example: 2 seats, one woman and one man at least, among 1 woman and 3 men → every panel
    is the woman and one man: she has 100 %, each man 33.3 %.
    """
    rest = pool.after_seating(seated) if seated else pool
    rules = panel_rules(rest)
    search = _Search(rules, tell)
    mixture, levels, point = search.optimum()
    total = tickets or how_many(len(rest.people), rest.seats)
    whole = apportioned(mixture.weights, mixture.panels, rules.sizes, total)
    drawn = np.array(whole) @ mixture.panels / total
    tell(len(rest.people), len(rest.people), _("The chances are settled."))
    return Distribution(
        types=rules.types,
        portfolio=tuple(
            PanelKind(tuple((int(t), int(panel[t])) for t in np.flatnonzero(panel)), number)
            for panel, number in zip(mixture.panels, whole, strict=True)
            if number
        ),
        tickets=total,
        chances=_per_person(rules, point),
        chances_drawn=_per_person(rules, drawn),
        levels=tuple(levels),
        seated=tuple(sorted(seated)),
    )


def best_smallest_chance(pool: Pool, *, known: float | None = None) -> float:
    """The largest chance (0–1) that a lottery can give everybody: leximin's first level only.

    `known`: a chance that some lottery of this pool is known to reach; when the relaxed rules do
    not promise more, it is the answer and no panel has to be looked for.
    Raises QuotasCannotBeMet.
    """
    search = _Search(panel_rules(pool), _silent)
    if known is not None and search.promised() <= known + SHORTFALL:
        return known
    return search.optimum(only_first=True)[1][0].chance


def _per_person(rules: PanelRules, point: Vector) -> dict[int, float]:
    each = np.clip(point / rules.sizes, 0.0, 1.0)
    return {
        number: float(each[index])
        for index, person in enumerate(rules.types)
        for number in person.numbers
    }


class _Search:
    """Improves chances over the relaxed rules and mixes panels until both agree."""

    def __init__(self, rules: PanelRules, tell: Tell) -> None:
        self._rules, self._tell = rules, tell
        self._cuts: list[Cut] = []
        self._done = 0  # progress never runs backwards, even when a cut starts the search anew

    def optimum(self, *, only_first: bool = False) -> tuple[Mixture, list[Level], Vector]:
        """A mixture of panels, the levels with their proofs, and the seats per type."""
        mixer = Mixer(self._rules, self._tell_mixed)
        if not len(self._rules.types) or mixer.best_panel(self._rules.sizes) is None:
            raise QuotasCannotBeMet
        while True:
            point, levels = self._relaxed(only_first)
            needed = self._rules.sizes * levels[0].chance if only_first else point
            found = mixer.mix(point, needed)
            if isinstance(found, Mixture):
                return found, levels, point
            self._cuts.append(found)

    def promised(self) -> float:
        """The smallest chance if panels could seat parts of people: no lottery gives more."""
        return self._relaxed(only_first=True)[1][0].chance

    def _relaxed(self, only_first: bool) -> tuple[Vector, list[Level]]:
        """Leximin where panels may seat parts of people, within all cuts known so far."""
        climb = _Climb(self._rules, self._cuts)
        levels: list[Level] = []
        while climb.open_types and not (only_first and levels):
            levels.append(climb.next_level())
            self._tell_settled(levels)
        return climb.point, levels

    def _tell_settled(self, levels: list[Level]) -> None:
        settled = sum(int(self._rules.sizes[index]) for level in levels for index in level.types)
        self._tell_at_least(settled // 2, _("The smallest chances are made larger."))

    def _tell_mixed(self, share: float) -> None:
        half = self._rules.sizes.sum() / 2
        done = int(half + half * share)
        self._tell_at_least(done, _("Panels are put together that give these chances."))

    def _tell_at_least(self, done: int, text: str) -> None:
        self._done = max(self._done, done)
        self._tell(self._done, int(self._rules.sizes.sum()), text)


class _Climb:
    """max z with every open type's chance ≥ z and every settled type's chance kept.

    Columns: the chance per person of each type, then z. Rows: the rules and the cuts in seats per
    person, then `chance − z ≥ 0` per type; a settled type's row forgets z and its chance gets a
    lower bound instead.
    """

    def __init__(self, rules: PanelRules, cuts: list[Cut]) -> None:
        count = len(rules.types)
        self._sizes, self._most = rules.sizes, rules.most / rules.sizes
        prices = np.array([cut.prices for cut in cuts]).reshape(len(cuts), count)
        bounds = np.array([cut.bound for cut in cuts])
        seats = np.vstack([rules.matrix, prices]) * rules.sizes
        self._first_row = len(seats)
        matrix = np.vstack(
            [
                np.hstack([seats, np.zeros((len(seats), 1))]),
                np.hstack([np.eye(count), -np.ones((count, 1))]),
            ]
        )
        costs = np.zeros(count + 1)
        costs[-1] = -1.0
        self._programme = Programme(
            costs,
            (np.append(np.zeros(count), -np.inf), np.append(self._most, np.inf)),
            matrix,
            (
                np.concatenate([rules.lower, np.full(len(cuts), -np.inf), np.zeros(count)]),
                np.concatenate([rules.upper, bounds, np.full(count, np.inf)]),
            ),
        )
        self.open_types = list(range(count))
        self.point = np.zeros(count)
        self._reached = 0.0  # levels only rise; KEPT must not show

    def next_level(self) -> Level:
        found = self._programme.solve()
        if found is None:
            raise QuotasCannotBeMet
        chance = self._reached = max(self._reached, float(found.values[-1]))
        own = found.prices[self._first_row :]
        types = tuple(t for t in self.open_types if own[t] > PRICE)
        if not types:
            raise RuntimeError("a level without a price: the solver's tolerances do not suffice")
        weights = np.maximum(own, 0) + np.maximum(found.reduced[:-1], 0)
        self.point = found.values[:-1] * self._sizes
        for index in types:
            self._settle(index, chance)
        return Level(chance, types, tuple(float(price) for price in weights / self._sizes))

    def _settle(self, index: int, chance: float) -> None:
        self.open_types.remove(index)
        kept = min(chance, float(self._most[index]))
        self._programme.set_lower(index, max(0.0, kept - KEPT), float(self._most[index]))
        self._programme.set_row(self._first_row + index, -np.inf, np.inf)


KEPT = 1e-10  # a settled chance may slip by this much, so that rounding never makes it impossible
