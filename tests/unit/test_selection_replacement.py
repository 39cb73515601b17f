"""Somebody leaves: the successor keeps the quotas, or the smallest swap is proposed."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from participation.selection.rules.leximin import fair_distribution
from participation.selection.rules.lottery import equally_likely_panels
from participation.selection.rules.pool import Pool, broken_rules
from participation.selection.rules.replacement import replacement
from tests.factories.selection import all_panels, council, people, quotas, small_pools


@settings(max_examples=20, deadline=None)
@given(small_pools(), st.data())
def test_the_others_stay_whenever_somebody_fits(pool: Pool, data: st.DataObject) -> None:
    panels = all_panels(pool)
    assume(panels)
    panel = data.draw(st.sampled_from(panels))
    gone = data.draw(st.sampled_from(panel))
    left = all_panels(pool.without({gone}))
    most_kept = max((len(set(panel) & set(p)) for p in left), default=None)
    found = replacement(pool, panel, {gone})
    if most_kept is None:
        assert (found.successors, found.swaps) == (None, ())
    elif most_kept == len(panel) - 1:
        assert found.successors is not None
        fitting = {
            (set(p) - set(panel)).pop() for p in left if len(set(p) & set(panel)) == most_kept
        }
        chances = {n: c for n, c in found.successors.chances.items() if c > 1e-7}
        assert chances == pytest.approx(dict.fromkeys(fitting, 1 / len(fitting)))
    else:
        assert found.successors is None
        assert found.swaps
        for swap in found.swaps:
            assert len(swap) == len(panel) - 1 - most_kept
            assert replacement(pool, panel, {gone, *swap}).successors is not None
        if len(panel) - 1 - most_kept == 1:
            staying = set(panel) - {gone}
            possible = {m for m in staying if any(staying - {m} <= set(p) for p in left)}
            assert {member for (member,) in found.swaps} == possible


def test_the_successor_is_drawn_like_any_panel() -> None:
    pool = council(60)
    panel = a_panel_of(pool)
    found = replacement(pool, panel, {panel[3]})
    assert found.successors is not None
    lottery = equally_likely_panels(found.successors, "secret")
    assert all(len(set(p) & set(panel)) == 11 for p in lottery.panels)
    assert not any(broken_rules(pool, p) for p in set(lottery.panels))


def a_panel_of(pool: Pool) -> tuple[int, ...]:
    return equally_likely_panels(fair_distribution(pool), "secret").panels[0]


def test_a_swap_is_proposed_when_nobody_fits_alone() -> None:
    """One woman and one man, one from Kalmar and one from Nybro. The woman from Kalmar leaves; only
    a woman from Nybro is left: the man from Nybro would have to give way to the one from Kalmar."""
    pool = Pool(
        people("woman kalmar", "man nybro", "woman nybro", "man kalmar"),
        2,
        quotas(gender={"woman": (1, 1)}, municipality={"kalmar": (1, 1)}),
    )
    found = replacement(pool, (1, 2), {1})
    assert found.successors is None
    assert found.swaps == ((2,),)
    after = replacement(pool, (1, 2), {1, 2})
    assert after.successors is not None
    assert {n for n, c in after.successors.chances.items() if c} == {3, 4}


def test_only_members_can_leave() -> None:
    pool = Pool(people("woman", "man", "man"), 2)
    for leaving in ({3}, set()):
        with pytest.raises(ValueError, match="members"):
            replacement(pool, (1, 2), leaving)


def test_several_seats_are_filled_together() -> None:
    pool = Pool(
        people(*["woman kalmar"] * 4, *["man nybro"] * 4),
        4,
        quotas(gender={"woman": (2, 2)}, municipality={"nybro": (2, 2)}),
    )
    found = replacement(pool, (1, 2, 5, 6), {2, 6})
    assert found.successors is not None
    assert found.successors.seated == (1, 5)
    assert found.successors.chances == pytest.approx(dict.fromkeys([3, 4, 7, 8], 0.5))
