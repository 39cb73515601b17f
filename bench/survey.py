"""What a questionnaire costs to answer, to publish and to take out.

`python bench/survey.py [--only submission …] [--engine sqlite|postgres] [--million]`; parts:
submission, journey. CPU is that of web processes and the whole database server; each part also
prints what a trivial page of the same server cost in the same run.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.figures import Figure, tell
from bench.survey_site import (
    SITES,
    Respondent,
    Served,
    Site,
    all_answers,
    hidden,
)

TRIVIAL = "/health/live"
TRIVIAL_REQUESTS = 300
SUBMISSIONS = 40
WARM_UP = 8
PAGE_GOAL_MS = 10.0


def trivial_ms(served: Served) -> float:
    """CPU of a page that does nothing, on this server now."""
    somebody = Respondent(served.server.port)
    somebody.get(TRIVIAL)
    before = served.cpu()
    for _request in range(TRIVIAL_REQUESTS):
        somebody.get(TRIVIAL)
    return 1000 * (served.cpu() - before) / TRIVIAL_REQUESTS


def submission(site: Site) -> list[Figure]:
    """GET and POST of the page with all questions, and each step from the link to the receipt."""
    with site.served() as served:
        somebody = Respondent(served.server.port)
        codes = [somebody.begin() for _number in range(SUBMISSIONS + WARM_UP)]
        pages: dict[str, str] = {}
        steps: dict[str, Callable[[str], object]] = {
            "GET all questions": lambda code: pages.update({code: somebody.get(f"/a/{code}/all")}),
            "POST all answers": lambda code: somebody.post(
                f"/a/{code}/all",
                {"csrf_token": hidden(pages[code], "csrf_token"), **all_answers()},
            ),
            "GET review": lambda code: pages.update({code: somebody.get(f"/a/{code}/review")}),
            "POST send": lambda code: somebody.post(
                f"/a/{code}/send",
                {name: hidden(pages[code], name) for name in ("csrf_token", "receipt", "round")},
            ),
        }
        taken = {}
        for name, step in steps.items():
            for code in codes[:WARM_UP]:
                step(code)
            before = served.cpu()
            for code in codes[WARM_UP:]:
                step(code)
            taken[name] = 1000 * (served.cpu() - before) / SUBMISSIONS
        trivial = trivial_ms(served)
    both = taken["GET all questions"] + taken["POST all answers"]
    return [
        Figure(f"{site.name}: trivial page", round(trivial, 2), "ms CPU"),
        *(Figure(f"{site.name}: {name}", round(ms, 2), "ms CPU") for name, ms in taken.items()),
        Figure(
            f"{site.name}: all on one page, GET + POST",
            round(both, 2),
            "ms CPU",
            f"≤ {PAGE_GOAL_MS:g}",
            both <= PAGE_GOAL_MS,
        ),
        Figure(f"{site.name}: the same in trivial pages", round(both / trivial, 1), "×"),
    ]


PARTS: dict[str, Callable[[Site], list[Figure]]] = {"submission": submission}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--engine", choices=SITES)
    parser.add_argument("--million", action="store_true")
    asked = parser.parse_args()
    for engine in [asked.engine] if asked.engine else SITES:
        for part in asked.only:
            with SITES[engine]() as site:
                tell(f"survey-{part}-{engine}", PARTS[part](site))


if __name__ == "__main__":
    main()
