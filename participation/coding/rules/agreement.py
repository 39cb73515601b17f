"""How alike coders code: Cohen's kappa, Krippendorff's alpha for names, and how sure they are.

A unit is one text and one code; a value says whether the coder put the code on the text. None:
that coder has not judged the unit. Undefined stays undefined: where every judgement is the same
there was nothing to disagree about, and None is returned instead of a number.
Source: Krippendorff, Content Analysis (2019) ch. 12; Cohen 1960; ANALYSIS, "Agreement".
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_TEXTS = 20  # below that a figure says too little
RESAMPLES = 2_000
LEVEL = 0.95

FloatArray = NDArray[np.float64]
Value = Hashable
Unit = Sequence[Value | None]
"""What each coder said of one unit."""


def kappa(pairs: Iterable[tuple[Value, Value]]) -> float | None:
    """Cohen's kappa of two coders who both judged every unit; None where chance agrees fully.

    Worked example: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no → (0.7 - 0.5) / (1 - 0.5) = 0.4.
    """
    counts = Counter(pairs)
    total = sum(counts.values())
    if total == 0:
        return None
    first: Counter[Value] = Counter()
    second: Counter[Value] = Counter()
    for (one, other), times in counts.items():
        first[one] += times
        second[other] += times
    chance = sum(first[value] * second[value] for value in first)
    agreed = sum(times for (one, other), times in counts.items() if one == other)
    if chance == total * total:
        return None
    return (agreed * total - chance) / (total * total - chance)


def alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for nominal values; any number of coders, gaps allowed.

    Units that fewer than two coders judged say nothing and are left out. None where nothing was
    judged twice or all judgements are the same.
    """
    totals: Counter[Value] = Counter()
    differing = 0.0  # pairs of differing values, weighted by 1 / (coders - 1)
    for unit in units:
        said = Counter(value for value in unit if value is not None)
        coders = said.total()
        if coders > 1:
            alike = sum(times * (times - 1) for times in said.values())
            differing += (coders * (coders - 1) - alike) / (coders - 1)
            totals.update(said)
    n = totals.total()
    expected = n * (n - 1) - sum(times * (times - 1) for times in totals.values())
    if expected == 0:
        return None
    return 1 - (n - 1) * differing / expected


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How alike one code, or all codes together, were put on `texts` texts.

    `yes` says how many times each coder put it. `low` and `high` hold the middle 95 per cent of
    2,000 draws of as many texts; None where the figure itself is undefined.
    """

    texts: int
    alpha: float | None
    kappa: float | None
    low: float | None = None
    high: float | None = None
    differing: int = 0
    yes: tuple[int, int] = (0, 0)

    @property
    def is_too_few(self) -> bool:
        return self.texts < FEWEST_TEXTS


Judgement = tuple[bool, bool]
"""Whether the first and the second coder put one code on one text."""


def agreement(texts: Sequence[Sequence[Judgement]], seed: int) -> Agreement:
    """Of some texts, each with one judgement for every code that is looked at.

    The interval draws whole texts, because the codes of one text hang together.
    """
    pairs = [pair for text in texts for pair in text]
    found = alpha(pairs)
    bounds = _interval([_counts(text) for text in texts], seed) if found is not None else None
    return Agreement(
        texts=len(texts),
        alpha=found,
        kappa=kappa(pairs),
        low=bounds and bounds[0],
        high=bounds and bounds[1],
        differing=sum(one != other for one, other in pairs),
        yes=(sum(one for one, _other in pairs), sum(other for _one, other in pairs)),
    )


Counts = tuple[int, int, int, int]
"""How many judgements were yes/yes, yes/no, no/yes and no/no."""


def _counts(text: Iterable[Judgement]) -> Counts:
    counted = Counter(text)
    return (
        counted[True, True],
        counted[True, False],
        counted[False, True],
        counted[False, False],
    )


def _interval(texts: Sequence[Counts], seed: int) -> tuple[float, float] | None:
    """Percentile bootstrap over texts; draws in which the figure is undefined are left out.

    None when most draws leave it undefined. The same seed gives the same interval.
    """
    kinds = Counter(texts)
    weights = np.array(list(kinds.values()), float) / len(texts)
    draws = np.random.default_rng(seed).multinomial(len(texts), weights, size=RESAMPLES)
    figures = _alphas(draws @ np.array(list(kinds), float))
    if len(figures) * 2 < RESAMPLES:
        return None
    low, high = np.quantile(figures, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _alphas(counts: FloatArray) -> FloatArray:
    """`alpha` of two coders for many tables of yes/yes, yes/no, no/yes, no/no at once."""
    both, first, second, neither = counts.T
    yes, no = 2 * both + first + second, 2 * neither + first + second
    n = yes + no
    expected = n * (n - 1) - yes * (yes - 1) - no * (no - 1)
    some = expected > 0
    differing = 2 * (first + second)[some]
    alphas: FloatArray = 1 - (n[some] - 1) * differing / expected[some]
    return alphas
