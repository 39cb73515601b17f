"""The quota workshop: what clashes, what would help, and what each quota costs."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.selection.rules.leximin import best_smallest_chance
from participation.selection.rules.pool import Pool, Quota, QuotasCannotBeMet
from participation.selection.rules.quotas import (
    Bound,
    Change,
    Relaxation,
    Side,
    can_be_met,
    conflicting,
    price_of_quotas,
    relaxations,
    seats_that_can_be_filled,
)
from tests.factories.selection import all_panels, council, people, quotas, small_pools


def without_bounds(pool: Pool, dropped: set[Bound]) -> Pool:
    """The pool when these bounds say nothing."""
    changes = (Change(bound, 0 if bound.side is Side.MINIMUM else pool.seats) for bound in dropped)
    return Relaxation(tuple(changes)).applied_to(pool)


def all_bounds(pool: Pool) -> list[Bound]:
    return [
        bound
        for key, values in pool.quotas.items()
        for value, quota in values.items()
        for bound in (
            Bound(key, value, Side.MINIMUM, quota.minimum),
            Bound(key, value, Side.MAXIMUM, quota.maximum),
        )
    ]


def smallest_size_by_trying(pool: Pool) -> int:
    """How many seats the quotas miss the panel by that misses them least; every panel is tried."""
    free = replace(pool, quotas={})
    return min(
        sum(
            max(0, quota.minimum - count) + max(0, count - quota.maximum)
            for key, values in pool.quotas.items()
            for value, quota in values.items()
            for count in [sum(pool.by_number[n].values[key] == value for n in panel)]
        )
        for panel in all_panels(free)
    )


@settings(max_examples=20, deadline=None)
@given(small_pools())
def test_relaxations_make_it_possible_and_no_smaller_ones_do(pool: Pool) -> None:
    found = relaxations(pool)
    if can_be_met(pool) or not all_panels(replace(pool, quotas={})):
        assert found == ()
        return
    assert [r.size for r in found] == sorted(r.size for r in found)
    assert found[0].size == smallest_size_by_trying(pool)
    assert len(set(found)) == len(found)
    for relaxation in found:
        assert all_panels(relaxation.applied_to(pool))
        for part in range(1, len(relaxation.changes)):
            for some in combinations(relaxation.changes, part):
                assert not all_panels(Relaxation(some).applied_to(pool))
        if len(relaxation.changes) == 1:
            change = relaxation.changes[0]
            step = 1 if change.becomes < change.bound.seats else -1
            nearly = Relaxation((replace(change, becomes=change.becomes + step),))
            assert not all_panels(nearly.applied_to(pool))


@settings(max_examples=20, deadline=None)
@given(small_pools())
def test_conflicting_quotas_clash_and_any_one_less_does_not(pool: Pool) -> None:
    clash = set(conflicting(pool))
    assert can_be_met(pool) == bool(all_panels(pool))
    if not clash:
        assert can_be_met(pool) or not all_panels(replace(pool, quotas={}))
        return
    others = set(all_bounds(pool)) - clash
    assert not all_panels(without_bounds(pool, others))
    for bound in clash:
        assert all_panels(without_bounds(pool, others | {bound}))


def test_all_smallest_relaxations_are_listed_once() -> None:
    """Three seats; four women and one man; at least two men and at least two from Nybro, where
    one woman lives: one man less helps only with one less from Nybro."""
    pool = Pool(
        people(*["woman kalmar"] * 3, "woman nybro", "man kalmar"),
        3,
        quotas(gender={"man": (2, 3)}, municipality={"nybro": (2, 3)}),
    )
    men = Change(Bound("gender", "man", Side.MINIMUM, 2), 1)
    nybro = Change(Bound("municipality", "nybro", Side.MINIMUM, 2), 1)
    assert relaxations(pool) == (Relaxation((men, nybro)),)


def test_a_single_quota_that_gives_way_more_is_offered_after_the_smallest() -> None:
    pool = Pool(
        people("woman kalmar", "woman kalmar", "woman kalmar", "man nybro"),
        2,
        quotas(gender={"woman": (2, 2)}, municipality={"nybro": (1, 2)}),
    )
    first, *_ = found = relaxations(pool)
    assert first.size == 1
    assert {r.changes[0].bound.feature for r in found} == {"gender", "municipality"}


def test_too_few_people_is_not_a_matter_of_quotas() -> None:
    pool = Pool(people("woman", "man", "man", households=[None, "a", "a"]), 3)
    assert not can_be_met(pool)
    assert seats_that_can_be_filled(pool) == 2
    assert conflicting(pool) == relaxations(pool) == ()


def test_nobody_in_the_pool_is_no_error() -> None:
    pool = Pool((), 3, quotas(gender={"woman": (1, 3)}))
    assert not can_be_met(pool)
    assert conflicting(pool) == relaxations(pool) == ()
    assert seats_that_can_be_filled(pool) == 0


def test_the_price_of_a_quota_is_the_chance_it_takes_from_the_last() -> None:
    """Ten people, two seats: 20 % each. One seat for the only one from Nybro: 1 in 9 for others."""
    pool = Pool(
        people(*["woman kalmar"] * 9, "woman nybro"), 2, quotas(municipality={"nybro": (1, 2)})
    )
    (price,) = price_of_quotas(pool)
    assert (price.feature, price.value) == ("municipality", None)
    assert price.with_it == pytest.approx(1 / 9)
    assert price.without_it == pytest.approx(1 / 5)


def test_prices_stand_dearest_first_for_features_and_single_quotas() -> None:
    pool = council(30)
    prices = price_of_quotas(pool)
    assert len(prices) == 4 + 2 + 4 + 4 + 3
    assert [p.without_it for p in prices] == sorted((p.without_it for p in prices), reverse=True)
    assert all(p.without_it >= p.with_it - 1e-9 for p in prices)
    some = next(p for p in prices if p.feature == "area" and p.value is None)
    free = {key: values for key, values in pool.quotas.items() if key != "area"}
    assert best_smallest_chance(replace(pool, quotas=free)) == pytest.approx(some.without_it)


def test_impossible_quotas_have_no_price() -> None:
    with pytest.raises(QuotasCannotBeMet):
        price_of_quotas(Pool(people("man", "man"), 1, quotas(gender={"woman": (1, 1)})))


@given(st.integers(-2, 4), st.integers(-2, 4))
def test_a_quota_runs_from_its_minimum_to_its_maximum(minimum: int, maximum: int) -> None:
    if 0 <= minimum <= maximum:
        assert Quota(minimum, maximum).minimum == minimum
    else:
        with pytest.raises(ValueError, match="quota"):
            Quota(minimum, maximum)


def test_a_pool_needs_a_seat_and_own_numbers() -> None:
    with pytest.raises(ValueError, match="seat"):
        Pool(people("woman"), 0)
    with pytest.raises(ValueError, match="twice"):
        Pool(people("woman") + people("man"), 1)


def test_what_is_left_after_seating_adds_up() -> None:
    pool = Pool(
        people("woman kalmar", "woman nybro", "man nybro", "man kalmar"),
        3,
        quotas(gender={"woman": (1, 2), "man": (1, 2)}),
    )
    left = pool.after_seating([1])
    assert left.seats == 2
    assert left.quotas == quotas(gender={"woman": (0, 1), "man": (1, 2)})
    for seated, others in product([1], combinations([2, 3, 4], 2)):
        in_all = (seated, *others) in all_panels(pool)
        assert in_all == (others in all_panels(left))
