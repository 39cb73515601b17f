"""Fair selection: seconds and the smallest chance, beside the field's own library.

Twelve seats with quotas on gender, age, area and experience, drawn from 200, 1,000 and 10,000
invented people; one seat per municipality; and pools of the shape of the published examples
(Flanigan et al., Nature 596:548, 2021). `sortition-algorithms` is installed into an environment of
its own that is thrown away; without its commercial solver it offers the smallest chance only.
Seconds are CPU of the process that solves, so that other work on the machine counts less.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bench.figures import Figure, tell  # noqa: E402
from participation.selection.rules.leximin import (  # noqa: E402
    Distribution,
    best_smallest_chance,
    fair_distribution,
)
from participation.selection.rules.pool import Person, Pool, Quota  # noqa: E402
from participation.selection.rules.quotas import price_of_quotas  # noqa: E402

LIBRARY = "sortition-algorithms==0.12.15"
LIBRARY_SCRIPT = Path(__file__).with_name("selection_library.py")
SECONDS_AT_MOST = 1_800
SEATS = 12
Shares = Mapping[str, Mapping[str, int]]

WHO: Shares = {
    "gender": {"woman": 62, "man": 37, "other": 1},
    "age": {"–24": 6, "25–44": 22, "45–64": 34, "65–79": 30, "80–": 8},
    "area": {"north": 25, "middle": 20, "kalmar": 38, "south": 17},
    "experience": {"patient": 40, "user": 18, "kin": 30, "young kin": 4, "several": 8},
}
SEATS_FOR = {
    "gender": {"woman": (5, 7), "man": (5, 7), "other": (0, 2)},
    "age": {"–24": (1, 3), "25–44": (2, 5), "45–64": (3, 5), "65–79": (2, 4), "80–": (1, 2)},
    "area": {"north": (2, 4), "middle": (2, 4), "kalmar": (3, 5), "south": (2, 3)},
    "experience": {
        "patient": (3, 5),
        "user": (2, 4),
        "kin": (3, 5),
        "young kin": (1, 2),
        "several": (0, 2),
    },
}
# Residents in hundreds, from the county file's table of municipalities.
MUNICIPALITIES = {
    "Högsby": 56,
    "Torsås": 70,
    "Mörbylånga": 157,
    "Hultsfred": 138,
    "Mönsterås": 132,
    "Emmaboda": 93,
    "Kalmar": 720,
    "Nybro": 200,
    "Oskarshamn": 270,
    "Västervik": 360,
    "Vimmerby": 155,
    "Borgholm": 109,
}
LOOSE = {
    "gender": {"woman": (4, 8), "man": (4, 8), "other": (0, 2)},
    "age": {"–24": (0, 3), "25–44": (1, 5), "45–64": (2, 6), "65–79": (2, 6), "80–": (0, 3)},
    "experience": {
        "patient": (2, 6),
        "user": (1, 5),
        "kin": (2, 6),
        "young kin": (0, 3),
        "several": (0, 4),
    },
}


def invented(
    size: int, who: Shares, seats_for: Mapping[str, Mapping[str, tuple[int, int]]]
) -> Pool:
    """People with independent features in these shares (any weights); always the same."""
    chance = random.Random(1)
    people = tuple(
        Person(
            number,
            {
                key: chance.choices(list(shares), list(shares.values()))[0]
                for key, shares in who.items()
            },
        )
        for number in range(1, size + 1)
    )
    quotas = {
        key: {value: Quota(*seats) for value, seats in values.items()}
        for key, values in seats_for.items()
    }
    return Pool(people, SEATS, quotas)


def council(size: int) -> Pool:
    return invented(size, WHO, SEATS_FOR)


def one_per_municipality(size: int) -> Pool:
    who = {key: shares for key, shares in WHO.items() if key != "area"}
    seats = {**LOOSE, "municipality": dict.fromkeys(MUNICIPALITIES, (1, 1))}
    return invented(size, {**who, "municipality": MUNICIPALITIES}, seats)


def published_shape(size: int, seats: int) -> Pool:
    """One woman is conservative, all others are liberal, all men conservative; even quotas."""
    half = size // 2
    people = tuple(
        Person(
            number,
            {
                "gender": "woman" if number <= half else "man",
                "leaning": "liberal" if 1 < number <= half else "conservative",
            },
        )
        for number in range(1, size + 1)
    )
    quota = Quota(seats // 2 - 1, seats)
    return Pool(
        people,
        seats,
        {
            "gender": {"woman": quota, "man": quota},
            "leaning": {"liberal": quota, "conservative": quota},
        },
    )


def measured(pool: Pool) -> tuple[float, Distribution]:
    started = time.process_time()
    found = fair_distribution(pool)
    return time.process_time() - started, found


def library_environment(folder: Path) -> Path:
    """A throw-away environment with the library; returns its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LIBRARY]
    subprocess.run(install, check=True, capture_output=True)
    return python


def by_library(python: Path, pool: Pool) -> tuple[float, float | None]:
    """CPU seconds and the smallest chance that the library finds; None when it was stopped."""
    content = {
        "seats": pool.seats,
        "quotas": {
            key: {value: [quota.minimum, quota.maximum] for value, quota in values.items()}
            for key, values in pool.quotas.items()
        },
        "people": [{"id": str(p.number), **p.values} for p in pool.people],
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        ran = subprocess.run(
            [python, str(LIBRARY_SCRIPT)],
            input=json.dumps(content),
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS_AT_MOST,
        )
    except subprocess.TimeoutExpired:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, None
    answer = json.loads(ran.stdout.splitlines()[-1])
    return answer["seconds"], answer["smallest_chance"]


def percent(chance: float) -> float:
    return round(100 * chance, 4)


def council_figures(python: Path | None) -> list[Figure]:
    figures = []
    for size in (200, 1_000, 10_000):
        pool = council(size)
        seconds, found = measured(pool)
        name = f"12 of {size:,}"
        goal, holds = ("≤ 60", seconds <= 60) if size == 10_000 else ("", None)
        exact, drawn = min(found.chances.values()), found.smallest_chance
        figures += [
            Figure(f"{name}: seconds", round(seconds, 2), "s", goal, holds),
            Figure(f"{name}: smallest chance", percent(exact), "%"),
            Figure(f"{name}: the same with whole tickets", percent(drawn), "%"),
            Figure(f"{name}: Gini", round(found.gini, 4), ""),
        ]
        if python and size <= 1_000:
            figures += library_figures(name, python, pool, seconds, exact)
    return figures


def library_figures(
    name: str, python: Path, pool: Pool, seconds: float, exact: float
) -> list[Figure]:
    """The library on the same pool, against our `seconds` and `exact` smallest chance."""
    theirs, chance = by_library(python, pool)
    stopped = "" if chance is not None else ", stopped unfinished"
    times = theirs / seconds
    goal, holds = ("≥ 10", times >= 10) if len(pool.people) == 1_000 else ("", None)
    figures = [
        Figure(f"{name}: library{stopped}, seconds", round(theirs, 1), "s"),
        Figure(f"{name}: times as fast{stopped and ' (at least)'}", round(times), "×", goal, holds),
    ]
    if chance is not None:
        holds = exact >= chance - 1e-6
        label = f"{name}: library, smallest chance"
        figures.append(Figure(label, percent(chance), "%", "ours at least", holds))
    return figures


def municipality_figures() -> list[Figure]:
    pool = one_per_municipality(1_000)
    seconds, found = measured(pool)
    free = Pool(
        pool.people, pool.seats, {k: v for k, v in pool.quotas.items() if k != "municipality"}
    )
    chance = percent(min(found.chances.values()))
    name = "one per municipality, 1,000"
    return [
        Figure(f"{name}: seconds", round(seconds, 2), "s", "≤ 60", seconds <= 60),
        Figure(f"{name}: smallest chance", chance, "%"),
        Figure(f"{name}: without that quota", percent(best_smallest_chance(free)), "%"),
    ]


def published_figures() -> list[Figure]:
    figures = []
    for size, seats in ((200, 20), (2_000, 200)):
        seconds, found = measured(published_shape(size, seats))
        name = f"published shape {size}/{seats}"
        chance, unequal = percent(found.smallest_chance), round(100 * found.gini, 2)
        figures += [
            Figure(f"{name}: smallest chance", chance, "%", "10.0", abs(chance - 10) < 0.05),
            Figure(f"{name}: Gini", unequal, "%", "0.0", unequal < 0.05),
            Figure(f"{name}: seconds", round(seconds, 2), "s"),
        ]
    return figures


def price_figure() -> Figure:
    started = time.process_time()
    prices = price_of_quotas(council(1_000))
    seconds = round(time.process_time() - started, 2)
    return Figure(f"12 of 1,000: what each of {len(prices)} quotas costs, seconds", seconds, "s")


def main() -> None:
    if "--without-library" in sys.argv:
        figures = council_figures(None)
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = council_figures(library_environment(Path(folder)))
    figures += [*municipality_figures(), *published_figures(), price_figure()]
    tell("selection", figures)


if __name__ == "__main__":
    main()
