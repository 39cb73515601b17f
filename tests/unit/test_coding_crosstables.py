"""Tables of the workroom hide small numbers, and what would give them away."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.coding.rules.crosstables import (
    Group,
    by_group,
    is_small,
    shown_groups,
    together,
)
from participation.disclosure.rules.tables import BASE_MINIMUM


def voices(first: int, count: int) -> set[str]:
    return {str(number) for number in range(first, first + count)}


def groups_of(*sizes: int) -> list[Group]:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [
        Group(str(n), voices(s, size))
        for n, (s, size) in enumerate(zip(starts, sizes, strict=True))
    ]


def test_small_groups_are_put_together_until_they_are_five() -> None:
    assert [len(one.voices) for one in shown_groups(groups_of(30, 4, 2, 8))] == [30, 8, 6]
    assert [len(one.voices) for one in shown_groups(groups_of(30, 4, 8))] == [30, 12]
    assert shown_groups(groups_of(4, 3)) == []


def test_a_small_number_takes_another_along_that_its_total_does_not_tell() -> None:
    groups = groups_of(20, 20, 20)
    code = voices(0, 3) | voices(20, 9) | voices(40, 12)
    assert by_group(code, groups) == [None, None, 12]


def test_all_but_a_few_is_hidden_too() -> None:
    code = voices(0, 18) | voices(20, 10) | voices(40, 8)
    assert by_group(code, groups_of(20, 20, 20))[0] is None


@given(st.lists(st.tuples(st.integers(5, 30), st.integers(0, 30)), min_size=2, max_size=6))
def test_nothing_hidden_can_be_told_from_the_total(pairs: list[tuple[int, int]]) -> None:
    sizes = [size for size, _count in pairs]
    groups = groups_of(*sizes)
    counts = [min(size, count) for size, count in pairs]
    code = set().union(*(set(sorted(g.voices)[:n]) for g, n in zip(groups, counts, strict=True)))
    shown = by_group(code, groups)
    hidden = [place for place, count in enumerate(shown) if count is None]
    assert not any(
        is_small(part)
        for place, count in enumerate(shown)
        if count is not None
        for part in (count, sizes[place] - count)
    )
    if hidden and len(hidden) < len(groups):
        assert len(hidden) > 1
        assert sum(counts[p] for p in hidden) == 0 or sum(counts[p] for p in hidden) >= BASE_MINIMUM


def row(sizes: tuple[int, ...], counts: tuple[int, ...]) -> tuple[int | None, ...]:
    """As it is shown where groups of these sizes have the code so many times."""
    groups = groups_of(*sizes)
    code = set().union(*(set(sorted(g.voices)[:n]) for g, n in zip(groups, counts, strict=True)))
    return tuple(by_group(code, groups))


def test_what_the_order_of_hiding_would_tell_hides_the_row() -> None:
    assert row((20, 20, 20), (5, 5, 4)) == (None, None, None)


@settings(max_examples=40)
@given(st.lists(st.integers(5, 10), min_size=2, max_size=4), st.data())
def test_no_small_number_has_one_solution_for_who_knows_the_total_and_the_rule(
    drawn: list[int], data: st.DataObject
) -> None:
    sizes = tuple(drawn)
    total = data.draw(st.integers(1, sum(sizes) - 1))
    rows = [
        counts
        for counts in itertools.product(*(range(size + 1) for size in sizes))
        if sum(counts) == total
    ]
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for counts in rows:
        alike.setdefault(row(sizes, counts), []).append(counts)
    for shown, solutions in alike.items():
        for place in (p for p, count in enumerate(shown) if count is None):
            values = {counts[place] for counts in solutions}
            assert len(values) > 1 or not any(
                is_small(part) for n in values for part in (n, sizes[place] - n)
            ), (sizes, shown, solutions)


def test_a_raised_limit_holds_here_too() -> None:
    code = voices(0, 7) | voices(20, 10)
    assert by_group(code, groups_of(20, 20), 5) == [7, 10]
    assert by_group(code, groups_of(20, 20), 10) == [None, None]


def test_two_codes_are_hidden_where_any_part_of_the_pair_is_small() -> None:
    everybody = voices(0, 40)
    codes = {1: voices(0, 20), 2: voices(10, 20), 3: voices(0, 3)}
    found = together(codes, everybody)
    assert found[1, 2] == 10
    assert found[1, 1] == 20
    assert found[3, 3] is None
    assert found[1, 3] is None
