"""Kappa and alpha are those of the reference packages, and nothing is made up."""

import math
import warnings

import krippendorff
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from participation.coding.rules.agreement import Agreement, agreement, alpha, kappa

VALUES = st.sampled_from("abcd")
UNITS = st.lists(st.lists(st.none() | VALUES, min_size=3, max_size=3), min_size=1, max_size=25)
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=40)


@given(UNITS)
@settings(deadline=None)
def test_alpha_is_the_one_of_the_reference_package(units: list[list[str | None]]) -> None:
    ours = alpha(units)
    said = {value for unit in units if sum(v is not None for v in unit) > 1 for value in unit}
    if len(said - {None}) < 2:
        assert ours is None
        return
    columns = [[unit[coder] for unit in units] for coder in range(3)]
    numbers = [[math.nan if v is None else "abcd".index(v) for v in column] for column in columns]
    theirs = krippendorff.alpha(reliability_data=numbers, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(PAIRS)
@settings(deadline=None)
def test_kappa_is_the_one_of_the_reference_package(pairs: list[tuple[str, str]]) -> None:
    ours = kappa(pairs)
    if len({value for pair in pairs for value in pair}) == 1:
        assert ours is None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohen_kappa_score([a for a, _b in pairs], [b for _a, b in pairs])
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_the_worked_example_of_kappa() -> None:
    table = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    pairs = [pair for pair, times in table.items() for _one in range(times)]
    assert kappa(pairs) == pytest.approx(0.4)


def test_where_all_judgements_are_alike_the_figure_is_undefined() -> None:
    found = agreement([[(False, False)]] * 30, seed=1)
    assert (found.alpha, found.kappa, found.low, found.high) == (None, None, None, None)
    assert agreement([], seed=1) == Agreement(texts=0, alpha=None, kappa=None)
    assert alpha([["a", None], [None, "b"]]) is None


def test_the_interval_holds_the_figure_and_comes_back_with_its_seed() -> None:
    texts = [[(True, True)]] * 30 + [[(False, False)]] * 50 + [[(True, False)]] * 8
    found = agreement(texts, seed=5)
    assert found.low is not None
    assert found.high is not None
    assert found.alpha is not None
    assert found.low < found.alpha < found.high
    assert found == agreement(texts, seed=5)
    assert (found.differing, found.yes) == (8, (38, 30))


def test_whole_texts_are_drawn_so_codes_that_err_together_widen_the_interval() -> None:
    loose = [[(n % 3 == 0, n % 3 == 0 or n % 40 < 6)] for n in range(120)]
    tied = [[pair for text in loose[start::40] for pair in text] for start in range(40)]
    together, alone = agreement(tied, seed=2), agreement(loose, seed=2)
    assert together.alpha == pytest.approx(alone.alpha or 0)
    assert (together.high or 0) - (together.low or 0) > (alone.high or 0) - (alone.low or 0)


def test_below_twenty_texts_it_says_so() -> None:
    assert agreement([[(True, True)]] * 19, seed=1).is_too_few
    assert not agreement([[(True, True)]] * 20, seed=1).is_too_few
