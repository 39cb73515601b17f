"""Kappa and alpha against the reference packages, and how long one round's figures take."""

import math
import time
import warnings
from collections.abc import Iterator
from random import Random

import krippendorff
from sklearn.metrics import cohen_kappa_score

from bench.analysis.options import Options
from bench.figures import Figure
from participation.coding.rules.agreement import agreement, alpha, kappa

GOAL = 1e-9
TEXTS, CODES = 200, 40


def measure(options: Options) -> Iterator[Figure]:
    """The widest difference over random tables with gaps, and the time of a large round."""
    random = Random(20261127)
    tables = 100 if options.is_quick else 1_000
    widest = max(_alpha_off(random) for _table in range(tables))
    yield Figure("alpha, widest difference", float(widest), "", "< 1e-9", bool(widest < GOAL))
    widest = max(_kappa_off(random) for _table in range(tables))
    yield Figure("kappa, widest difference", float(widest), "", "< 1e-9", bool(widest < GOAL))
    texts = [[_judged(random) for _code in range(CODES)] for _text in range(TEXTS)]
    started = time.perf_counter()
    for code in range(CODES):
        agreement([[text[code]] for text in texts], seed=1)
    agreement(texts, seed=1)
    spent = time.perf_counter() - started
    yield Figure(f"{TEXTS} texts × {CODES} codes with intervals", round(spent, 2), "s")


def _judged(random: Random) -> tuple[bool, bool]:
    one = random.random() < 0.1
    return one, one if random.random() < 0.95 else not one


def _alpha_off(random: Random) -> float:
    values = range(random.randint(2, 5))
    units = [
        [random.choice(values) if random.random() < 0.8 else None for _coder in range(4)]
        for _unit in range(random.randint(10, 60))
    ]
    columns = [[math.nan if u[c] is None else float(u[c] or 0) for u in units] for c in range(4)]
    theirs = krippendorff.alpha(reliability_data=columns, level_of_measurement="nominal")
    return float(abs((alpha(units) or 0) - theirs))


def _kappa_off(random: Random) -> float:
    values = range(random.randint(2, 5))
    pairs = [(random.choice(values), random.choice(values)) for _unit in range(60)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohen_kappa_score([a for a, _b in pairs], [b for _a, b in pairs])
    return float(abs((kappa(pairs) or 0) - theirs))
