"""The fairest chances: against trying everything, and by proofs checked apart from the solver."""

from collections.abc import Sequence

import highspy
import pytest
from hypothesis import assume, given, settings

from participation.selection.rules.leximin import (
    best_smallest_chance,
    fair_distribution,
)
from participation.selection.rules.pool import Pool, QuotasCannotBeMet
from tests.factories.selection import all_panels, small_pools

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


@settings(max_examples=40, deadline=None)
@given(small_pools(largest=7))
def test_the_chances_are_those_found_by_trying_every_panel(pool: Pool) -> None:
    panels = all_panels(pool)
    assume(panels)
    expected = leximin_by_trying(pool, panels)
    found = fair_distribution(pool)
    assert found.chances == pytest.approx(expected, abs=NEAR)
    assert best_smallest_chance(pool) == pytest.approx(min(expected.values()), abs=NEAR)
    assert found.rounding_error < 0.005


@settings(max_examples=60, deadline=None)
@given(small_pools())
def test_without_a_panel_the_quotas_cannot_be_met(pool: Pool) -> None:
    if all_panels(pool):
        fair_distribution(pool)
    else:
        with pytest.raises(QuotasCannotBeMet):
            fair_distribution(pool)
