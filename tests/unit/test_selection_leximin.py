"""The fairest chances: against trying everything, and by proofs checked apart from the solver."""

from collections.abc import Sequence

import highspy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from participation.selection.rules.leximin import (
    Distribution,
    best_smallest_chance,
    fair_distribution,
    gini,
)
from participation.selection.rules.pool import Person, Pool, Quota, QuotasCannotBeMet
from participation.selection.rules.tickets import how_many
from tests.factories.selection import all_panels, council, people, quotas, small_pools

NEAR = 1e-6


def leximin_by_trying(pool: Pool, panels: Sequence[tuple[int, ...]]) -> dict[int, float]:
    """Leximin from its definition, person by person over all panels; no types, no prices.

    Each round: the largest z that everybody open can have at once; then settled is who cannot have
    more than z while all others have at least z.
    """
    settled: dict[int, float] = {}
    numbers = {person.number for person in pool.people}
    while numbers - settled.keys():
        z = _most(panels, numbers, settled, None, 0.0)
        for number in sorted(numbers - settled.keys()):
            if _most(panels, numbers, settled, number, z) < z + NEAR:
                settled[number] = z
    return settled


def _most(
    panels: Sequence[tuple[int, ...]],
    numbers: set[int],
    settled: dict[int, float],
    number: int | None,
    floor: float,
) -> float:
    model = highspy.Highs()
    model.silent()
    weights = [model.addVariable(lb=0) for _ in panels]
    goal = model.addVariable(lb=0, ub=1)
    model.addConstr(sum(weights) == 1)
    for other in numbers:
        on_panel = sum([w for w, panel in zip(weights, panels, strict=True) if other in panel])
        if other == number or (number is None and other not in settled):
            model.addConstr(on_panel - goal >= 0)
        else:
            model.addConstr(on_panel + 0 * goal >= settled.get(other, floor) - 1e-9)
    model.maximize(goal)
    return float(model.getObjectiveValue())


@settings(max_examples=20, deadline=None)
@given(small_pools(largest=7))
def test_the_chances_are_those_found_by_trying_every_panel(pool: Pool) -> None:
    panels = all_panels(pool)
    assume(panels)
    expected = leximin_by_trying(pool, panels)
    found = fair_distribution(pool)
    assert found.chances == pytest.approx(expected, abs=NEAR)
    assert best_smallest_chance(pool) == pytest.approx(min(expected.values()), abs=NEAR)
    assert found.rounding_error < 0.005


@settings(max_examples=20, deadline=None)
@given(small_pools())
def test_without_a_panel_the_quotas_cannot_be_met(pool: Pool) -> None:
    if all_panels(pool):
        fair_distribution(pool)
    else:
        with pytest.raises(QuotasCannotBeMet):
            fair_distribution(pool)


def assert_no_panel_improves_a_level(pool: Pool, found: Distribution) -> None:
    """Each level's prices, person by person, against all panels; without types or our solver code.

    A lottery that keeps what was settled before and gives all the others more than the level's
    chance would have an average price above the price of the dearest panel: impossible.
    """
    settled: set[int] = set()
    for level in found.levels:
        prices = {
            number: price
            for person, price in zip(found.types, level.prices, strict=True)
            for number in person.numbers
        }
        now = {number for index in level.types for number in found.types[index].numbers}
        chances = {n: min(c, level.chance) for n, c in found.chances.items()}
        others = prices.keys() - settled
        assert min(prices.values()) >= 0
        assert sum(prices[number] for number in others) >= 1 - NEAR
        assert all(prices[number] > 0 for number in now)
        paid = sum(price * chances[number] for number, price in prices.items())
        assert _dearest_panel(pool, prices) <= paid + NEAR
        assert all(found.chances[number] == pytest.approx(level.chance, abs=NEAR) for number in now)
        settled |= now
    assert settled == {person.number for person in pool.people}
    assert [level.chance for level in found.levels] == sorted(
        level.chance for level in found.levels
    )


def _dearest_panel(pool: Pool, prices: dict[int, float]) -> float:
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("mip_rel_gap", 0.0)
    seat = {person.number: model.addBinary() for person in pool.people}
    model.addConstr(sum(seat.values()) == pool.seats)
    for key, values in pool.quotas.items():
        for value, quota in values.items():
            those = [seat[p.number] for p in pool.people if p.values.get(key) == value]
            if those:
                model.addConstr(sum(those) >= quota.minimum)
                model.addConstr(sum(those) <= quota.maximum)
    homes = {person.household for person in pool.people} - {None}
    for home in homes:
        model.addConstr(sum([seat[p.number] for p in pool.people if p.household == home]) <= 1)
    model.maximize(sum([prices[number] * chosen for number, chosen in seat.items()]))
    return float(model.getObjectiveValue())


@pytest.mark.parametrize("size", [60, 300])
def test_the_prices_prove_that_no_panel_improves_any_level(size: int) -> None:
    pool = council(size)
    assert_no_panel_improves_a_level(pool, fair_distribution(pool))


@settings(max_examples=15, deadline=None)
@given(small_pools(largest=12))
def test_the_prices_prove_it_for_any_small_pool(pool: Pool) -> None:
    try:
        found = fair_distribution(pool)
    except QuotasCannotBeMet:
        assume(False)
    assert_no_panel_improves_a_level(pool, found)


def test_what_only_halves_of_people_could_do_gives_nobody_a_chance() -> None:
    """Exactly one "yes" of each of three kinds, two seats. Halves of the first three people and
    half of the last would do; of whole panels only the fourth with the fifth or sixth does."""
    kinds = ("yes yes no", "no yes yes", "yes no yes", "yes yes yes", "no no no", "no no no")
    found = tuple(
        Person(number, dict(zip("abc", words.split(), strict=True)))
        for number, words in enumerate(kinds, start=1)
    )
    pool = Pool(found, 2, quotas(a={"yes": (1, 1)}, b={"yes": (1, 1)}, c={"yes": (1, 1)}))
    chances = fair_distribution(pool).chances
    assert chances == pytest.approx({1: 0, 2: 0, 3: 0, 4: 1, 5: 0.5, 6: 0.5}, abs=NEAR)


def test_leximin_cares_for_those_whom_the_smallest_chance_alone_forgets() -> None:
    """One of four from Nybro and two of three from Kalmar: nobody from Nybro can have more than
    25 %. A lottery that takes the first two from Kalmar nearly always has the same smallest
    chance; leximin shares Kalmar's seats evenly."""
    pool = Pool(
        people(*["woman nybro"] * 4, *["man kalmar"] * 3),
        3,
        quotas(municipality={"nybro": (1, 1), "kalmar": (2, 2)}),
    )
    uneven = {5: 1.0, 6: 0.75, 7: 0.25}  # 5 and 6 in three of four draws, 5 and 7 in one
    assert min(uneven.values()) == best_smallest_chance(pool) == pytest.approx(0.25)
    found = fair_distribution(pool)
    assert [found.chances[n] for n in (1, 5, 6, 7)] == pytest.approx([1 / 4, 2 / 3, 2 / 3, 2 / 3])


def test_one_woman_and_three_men_for_two_seats() -> None:
    pool = Pool(
        people("woman", "man", "man", "man"), 2, quotas(gender={"woman": (1, 2), "man": (1, 2)})
    )
    found = fair_distribution(pool, tickets=3_000)
    assert found.chances_drawn == {1: 1.0, 2: 1 / 3, 3: 1 / 3, 4: 1 / 3}
    assert found.smallest_chance == pytest.approx(1 / 3)
    assert found.geometric_mean == pytest.approx(3 ** (-3 / 4))


@pytest.mark.parametrize(("size", "seats"), [(200, 20), (2_000, 200)])
def test_pools_of_the_published_shape_give_everybody_ten_percent(size: int, seats: int) -> None:
    """Source: Flanigan et al. (2021), table of examples: minimum 10.0 %, Gini 0.0 %."""
    words = ["woman conservative"] + ["woman liberal"] * (size // 2 - 1)
    half = seats // 2 - 1
    found = fair_distribution(
        Pool(
            people(*words, *["man conservative"] * (size // 2)),
            seats,
            quotas(
                gender={"woman": (half, seats), "man": (half, seats)},
                municipality={"liberal": (half, seats), "conservative": (half, seats)},
            ),
        )
    )
    assert found.smallest_chance == pytest.approx(0.1, abs=1e-9)
    assert found.gini == pytest.approx(0, abs=1e-9)


def test_somebody_whom_no_panel_can_seat_is_named() -> None:
    pool = Pool(
        people("woman kalmar", "man kalmar", "man nybro"),
        1,
        quotas(gender={"woman": (1, 1)}),
    )
    found = fair_distribution(pool)
    assert found.without_chance == (2, 3)
    assert found.smallest_chance == 0
    assert found.geometric_mean == 0


def test_whoever_is_seated_keeps_the_seat_and_their_housemate_is_out() -> None:
    pool = Pool(
        people("woman kalmar", "man kalmar", "woman nybro", "man nybro", households=["a", "a"]),
        2,
        quotas(gender={"woman": (1, 1)}),
    )
    found = fair_distribution(pool, seated=[1])
    assert found.seated == (1,)
    assert found.chances == pytest.approx({4: 1.0, 3: 0.0}, abs=NEAR)


def test_a_quota_that_turns_nobody_down_splits_nobody() -> None:
    pool = Pool(
        people("woman", "man", "man"), 2, {"gender": {"woman": Quota(0, 2), "man": Quota(0, 5)}}
    )
    assert len(fair_distribution(pool).types) == 1


def test_progress_is_told_in_people() -> None:
    told: list[tuple[int, int]] = []
    fair_distribution(council(60), tell=lambda done, total, _text: told.append((done, total)))
    assert told[-1] == (60, 60)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("size", "seats", "tickets"), [(20, 5, 1_000), (200, 12, 10_000), (10_000, 12, 100_000)]
)
def test_there_are_enough_tickets_for_everybody(size: int, seats: int, tickets: int) -> None:
    assert how_many(size, seats) == tickets


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=30))
def test_gini_is_the_mean_difference_over_twice_the_mean(chances: list[float]) -> None:
    n = len(chances)
    pairs = sum(abs(a - b) for a in chances for b in chances)
    assert gini(chances) == pytest.approx(pairs / (2 * n * sum(chances)), abs=1e-9)
