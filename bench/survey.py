"""What a questionnaire costs to answer, to publish and to take out, on both engines.

`python bench/survey.py [--only submission …] [--engine sqlite|postgres] [--million]`. CPU is that
of the web processes and the whole database server (parts that run in the worker: of this process
and the database server); the client's own is left out. Each part prints what a trivial page of
the same server cost in the same run.
"""

import argparse
import re
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import event, func, select, update

from bench.figures import Figure, tell
from bench.survey_site import (
    SCREENS,
    SITES,
    Respondent,
    Served,
    Site,
    all_answers,
    hidden,
)
from participation.app import create_app
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import make_sessions, transaction
from participation.foundation.look import STATIC_FILES
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table
from participation.questionnaires.models import Response, SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.queries.crossing import cross_counts, crossables
from participation.questionnaires.rules.contacts import read_contacts
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.services.mailing import add_contacts
from participation.results.jobs import ExportAnswers, PublishRound
from participation.results.services import order_export

TRIVIAL = "/health/live"
TRIVIAL_REQUESTS = 300
RECEIPT = "Din kvittokod"
SUBMISSIONS = 40
WARM_UP = 8
JOURNEYS = 5
JOURNEYS_PER_SECOND = {"sqlite": 3, "postgres": 5}
JOURNEY_SECONDS = 12
STARTS_PER_SECOND = 40
GROWTH = (0, 100_000)
HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000
PAGE_GOAL_MS, SAVE_GOAL_MS, JOURNEY_GOAL_MS = 10.0, 5.0, 200.0
P95_GOAL_MS = 50.0
RESULTS_GOAL_MS = 30.0
PUBLISH_GOAL = {HUNDRED_THOUSAND: 6.0, MILLION: 60.0}
CROSS_GOAL = {HUNDRED_THOUSAND: 0.4, MILLION: 4.0}
EXPORT_GOAL = {"csv": 4.0, "xlsx": 30.0}
MEMORY_GOAL_MB = 500
PER_SECOND_GOAL = {"sqlite": 50, "postgres": 100}
CLIENTS, PER_CLIENT = 8, 50
CONTACTS, BAD_ROW, CONTACTS_GOAL = 10_000, 6_000, 3.0


def goal(figure: str, value: float, unit: str, most: float, digits: int = 2) -> Figure:
    return Figure(figure, round(value, digits), unit, f"≤ {most:g}", value <= most)


# -- answering -------------------------------------------------------------------------------


def trivial_ms(served: Served) -> float:
    """CPU of a page that does nothing, on this server now."""
    somebody = Respondent(served.server.port)
    somebody.get(TRIVIAL)
    before = served.cpu()
    for _request in range(TRIVIAL_REQUESTS):
        somebody.get(TRIVIAL)
    return 1000 * (served.cpu() - before) / TRIVIAL_REQUESTS


def one_page_ms(served: Served, submissions: int = SUBMISSIONS) -> dict[str, float]:
    """CPU of the page with all questions and of sending it, per submission."""
    somebody = Respondent(served.server.port)
    codes = [somebody.begin() for _number in range(submissions + WARM_UP)]
    pages: dict[str, str] = {}
    steps: dict[str, Callable[[str], object]] = {
        "GET all questions": lambda code: pages.update({code: somebody.get(f"/a/{code}/all")}),
        "POST all answers, to the receipt": lambda code: send_all(somebody, code, pages[code]),
    }
    taken = {}
    for name, step in steps.items():
        for code in codes[:WARM_UP]:
            step(code)
        before = served.cpu()
        for code in codes[WARM_UP:]:
            step(code)
        taken[name] = 1000 * (served.cpu() - before) / submissions
    return taken


def send_all(somebody: Respondent, code: str, page: str) -> None:
    """Send the page with all questions, every one answered."""
    proof = {name: hidden(page, name) for name in ("csrf_token", "receipt", "round")}
    _leads, sent = somebody.post(f"/a/{code}/all", {**proof, **all_answers()})
    assert RECEIPT in sent, "no receipt"


def submission(site: Site, _asked: Any) -> list[Figure]:
    """A whole submission: GET and POST of the page with all questions."""
    with site.served() as served:
        taken = one_page_ms(served)
        trivial = trivial_ms(served)
    both = sum(taken.values())
    return [
        Figure(f"{site.name}: trivial page", round(trivial, 2), "ms CPU"),
        *(Figure(f"{site.name}: {name}", round(ms, 2), "ms CPU") for name, ms in taken.items()),
        goal(f"{site.name}: all on one page, GET + POST", both, "ms CPU", PAGE_GOAL_MS),
        Figure(f"{site.name}: the same in trivial pages", round(both / trivial, 1), "×"),
    ]


def growth(site: Site, asked: Any) -> list[Figure]:
    """The same with no, with many stored answers."""
    found, have, costs = [], 0, []
    for size in (*GROWTH, MILLION) if asked.million else GROWTH:
        site.lay_in(size - have)
        have = size + SUBMISSIONS + WARM_UP
        with site.served() as served:
            costs.append(sum(one_page_ms(served).values()))
        found.append(
            Figure(f"{site.name}: submission at {size:,} stored", round(costs[-1], 1), "ms CPU")
        )
    ratio = costs[-1] / costs[0]
    grows = f"{site.name}: cost at {size:,} stored, to that at none"
    return [*found, Figure(grows, round(ratio, 2), "×", "0.8–1.2", 0.8 <= ratio <= 1.2)]


def throughput(site: Site, _asked: Any) -> list[Figure]:
    """Whole submissions a second, client on the same two cores, each on disk before its receipt."""
    per_second = PER_SECOND_GOAL["sqlite" if site.database is None else "postgres"]
    with site.served() as served:
        codes = [_begun_in_turn(served) for _number in range(CLIENTS * PER_CLIENT)]
        began, cpu = time.perf_counter(), served.cpu()
        clients = [
            threading.Thread(target=_send_many, args=(served, codes[first::CLIENTS]))
            for first in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        seconds, cpu = time.perf_counter() - began, served.cpu() - cpu
        trivial = trivial_ms(served)
    with site.engine.connect() as connection:
        stored = connection.scalar(select(func.count()).select_from(Response)) or 0
    assert stored == len(codes), f"{stored} of {len(codes)} stored"
    found = len(codes) / seconds
    return [
        Figure(f"{site.name}: trivial page", round(trivial, 2), "ms CPU"),
        Figure(
            f"{site.name}: submissions with durable commits, {CLIENTS} clients",
            round(found),
            "/s",
            f"≥ {per_second}",
            found >= per_second,
        ),
        Figure(f"{site.name}: CPU of each then", round(1000 * cpu / stored, 1), "ms CPU"),
    ]


def _begun_in_turn(served: Served) -> str:
    """One more begins: not so fast that the ceiling of 50 starts a second is met."""
    time.sleep(1 / STARTS_PER_SECOND)
    return Respondent(served.server.port).begin()


def _send_many(served: Served, codes: list[str]) -> None:
    """GET and POST of the page with all questions, over one connection."""
    somebody = Respondent(served.server.port)
    for code in codes:
        send_all(somebody, code, somebody.get(f"/a/{code}/all"))


def contacts(site: Site, _asked: Any) -> list[Figure]:
    """A list of 10,000 addresses to mail a round to, from the file to the table; then a bad one."""
    create_app(Config.from_environment(dict(site.environment)), site.engine)  # sets the keys
    listed = [f"person{number}@example.org;sv" for number in range(CONTACTS)]
    told: dict[str, Any] = {}

    def take_in() -> None:
        read = read_contacts(read_table("\n".join(["e-post;språk", *listed]).encode()))
        with transaction(make_sessions(site.engine)) as session:
            found = round_by_id(session, site.round_id)
            told["added"] = add_contacts(session, SYSTEM, found, read.contacts)

    def refuse() -> None:
        wrong = [*listed[:BAD_ROW], "inte en adress;sv", *listed[BAD_ROW:]]
        told["bad"] = read_contacts(read_table("\n".join(["e-post;språk", *wrong]).encode()))

    cpu, seconds = worked(site, take_in)
    refused, _clock = worked(site, refuse)
    assert told["added"] == CONTACTS
    assert [problem.row for problem in told["bad"].problems] == [BAD_ROW + 2]
    return [
        goal(f"{site.name}: {CONTACTS:,} contacts taken in", cpu, "s CPU", CONTACTS_GOAL),
        Figure(f"{site.name}: the same, on the clock", round(seconds, 2), "s"),
        Figure(f"{site.name}: a list refused, its row told", round(refused, 2), "s CPU"),
    ]


def _address(key: str, code: str) -> str:
    return f"/a/{code}/q/{key}"


def walk(somebody: Respondent, saves: list[float], pause: float = 0.0) -> None:
    """One question per screen, each saved, up to the receipt; seconds of every save."""
    code = somebody.begin()
    answers = all_answers()
    following = _address("battery_0", code)
    for _screen in range(SCREENS):
        page = somebody.get(following)
        names = [name for name in answers if f'name="{name}"' in page]
        form = {"csrf_token": hidden(page, "csrf_token"), **{n: answers[n] for n in names}}
        began = time.perf_counter()
        following, _page = somebody.post(following, form)
        saves.append(time.perf_counter() - began)
        time.sleep(pause)
    page = somebody.get(following)
    names = ("csrf_token", "receipt", "round")
    _leads, sent = somebody.post(f"/a/{code}/send", {n: hidden(page, n) for n in names})
    assert RECEIPT in sent, "no receipt"


def journey(site: Site, _asked: Any) -> list[Figure]:
    """Twenty screens, one after another, and the time of a save when several answer at once."""
    with site.served() as served:
        somebody = Respondent(served.server.port)
        walk(somebody, [])
        before = served.cpu()
        for _number in range(JOURNEYS):
            walk(somebody, [])
        whole = 1000 * (served.cpu() - before) / JOURNEYS
        save = _save_ms(served)
        per_second = JOURNEYS_PER_SECOND["sqlite" if site.database is None else "postgres"]
        times = _crowd(served, per_second)
        trivial = trivial_ms(served)
    p95 = 1000 * quantiles(times, n=20)[-1]
    return [
        Figure(f"{site.name}: trivial page", round(trivial, 2), "ms CPU"),
        goal(f"{site.name}: one save", save, "ms CPU", SAVE_GOAL_MS),
        goal(f"{site.name}: {SCREENS} screens to the receipt", whole, "ms CPU", JOURNEY_GOAL_MS, 0),
        Figure(f"{site.name}: the same in trivial pages", round(whole / trivial), "×"),
        goal(f"{site.name}: p95 of a save, {per_second} journeys/s", p95, "ms", P95_GOAL_MS, 0),
        Figure(f"{site.name}: median of a save then", round(1000 * median(times), 1), "ms"),
    ]


def _save_ms(served: Served) -> float:
    somebody = Respondent(served.server.port)
    code = somebody.begin()
    address = _address("single_03", code)
    form = {"csrf_token": hidden(somebody.get(address), "csrf_token"), "q_single_03": "often"}
    for _number in range(WARM_UP):
        somebody.post(address, form)
    before = served.cpu()
    for _number in range(SUBMISSIONS):
        somebody.post(address, form)
    return 1000 * (served.cpu() - before) / SUBMISSIONS


def _crowd(served: Served, per_second: int) -> list[float]:
    """So many begin each second, each takes about four seconds; seconds of every save."""
    saves: list[float] = []

    def one() -> None:
        walk(Respondent(served.server.port), saves, pause=0.15)

    walking = []
    for _number in range(per_second * JOURNEY_SECONDS):
        walking.append(threading.Thread(target=one))
        walking[-1].start()
        time.sleep(1 / per_second)
    for thread in walking:
        thread.join()
    return saves


def first_page(site: Site, _asked: Any) -> list[Figure]:
    """SQL of the first page in a fresh process; `make bench-pages` weighs it in a browser."""
    app = create_app(Config.from_environment(dict(site.environment)), site.engine)
    asked: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *args: asked.append(str(args[2])))
    page = app.test_client().get("/q/bench")
    queries = sum(statement.lstrip().upper().startswith("SELECT") for statement in asked)
    files = re.findall(r'(?:src|href)="/static/([^"?]+)\?', page.text)
    weight = sum((STATIC_FILES / f"{name}.gz").stat().st_size for name in files if _is_packed(name))
    weight += sum((STATIC_FILES / name).stat().st_size for name in files if not _is_packed(name))
    return [
        goal(f"{site.name}: requests of the first page, cold", 1 + len(files), "", 4, 0),
        goal(f"{site.name}: its weight, cold", (len(page.data) + weight) / 1000, "kB", 60, 1),
        goal(f"{site.name}: SQL queries of the first page, cold", queries, "", 8, 0),
        Figure(f"{site.name}: its HTML, not compressed", round(len(page.data) / 1000, 1), "kB"),
    ]


def _is_packed(name: str) -> bool:
    return (STATIC_FILES / f"{name}.gz").exists()


# -- results ---------------------------------------------------------------------------------


class Told:
    """A job's progress, kept instead of shown."""

    public_id = "bench"
    created_by_account_id = None
    attempt = 1

    def __init__(self, **payload: Any) -> None:
        self.payload = payload
        self.steps: list[int] = []

    def progress(self, done: int, total: int, text: str = "") -> None:
        self.steps.append(done * 100 // total)


def closed(site: Site, size: int) -> None:
    site.lay_in(size)
    with transaction(make_sessions(site.engine)) as session:
        session.execute(
            update(SurveyRound)
            .where(SurveyRound.id == site.round_id)
            .values(state="closed", closed_at=now(), response_count=size)
        )


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def worked(site: Site, work: Callable[[], Any]) -> tuple[float, float]:
    """(CPU seconds of this process and the database, seconds on the clock)."""
    cpu, clock = time.process_time() + site.database_cpu(), time.perf_counter()
    work()
    return time.process_time() + site.database_cpu() - cpu, time.perf_counter() - clock


def publish(site: Site, asked: Any) -> list[Figure]:
    """Publishing with every breakdown in the worker, the published page, and a cross-table."""
    size = MILLION if asked.million else HUNDRED_THOUSAND
    closed(site, size)
    create_app(Config.from_environment(dict(site.environment)), site.engine)  # sets the keys
    told = Told(round_id=site.round_id, attributes=list(Attribute))
    result: dict[str, Any] = {}
    cpu, seconds = worked(
        site, lambda: result.update(PublishRound().run(make_sessions(site.engine), told))
    )
    name = f"{site.name}, {size:,}"
    cross = min(worked(site, lambda: cross_table(site))[0] for _time in range(3))
    with site.served() as served:
        somebody = Respondent(served.server.port)
        for _number in range(WARM_UP):
            somebody.get(result["url"])
        before = served.cpu()
        for _number in range(SUBMISSIONS):
            somebody.get(result["url"])
        page = 1000 * (served.cpu() - before) / SUBMISSIONS
        before = served.cpu()
        for _number in range(SUBMISSIONS):
            somebody.get(result["url"] + "?by=municipality")
        by_group = 1000 * (served.cpu() - before) / SUBMISSIONS
        trivial = trivial_ms(served)
    return [
        goal(f"{name}: publishing", cpu, "s CPU", PUBLISH_GOAL[size]),
        Figure(f"{name}: publishing, on the clock", round(seconds, 2), "s"),
        Figure(f"{name}: progress told", len(set(told.steps)), "times"),
        goal(f"{name}: memory of the process", megabytes(), "MB", MEMORY_GOAL_MB, 0),
        goal(f"{name}: cross-table with role", cross, "s CPU", CROSS_GOAL[size], 3),
        Figure(f"{site.name}: trivial page", round(trivial, 2), "ms CPU"),
        goal(f"{name}: published results page", page, "ms CPU", RESULTS_GOAL_MS),
        goal(f"{name}: the same by municipality", by_group, "ms CPU", RESULTS_GOAL_MS),
        Figure(f"{name}: the same in trivial pages", round(page / trivial, 1), "×"),
    ]


def cross_table(site: Site) -> int:
    """Question × question × role, as the workroom asks it."""
    with make_sessions(site.engine)() as session:
        offered = list(crossables(session, round_by_id(session, site.round_id)).values())
        return len(cross_counts(session, site.round_id, offered[3], offered[19]))


def export(site: Site, asked: Any) -> list[Figure]:
    """Every answer into a file, by the job."""
    size = MILLION if asked.million else HUNDRED_THOUSAND
    closed(site, size)
    create_app(Config.from_environment(dict(site.environment)), site.engine)  # sets the keys
    sessions = make_sessions(site.engine)
    found = []
    for kind in ("csv",) if asked.million else ("csv", "xlsx"):
        with transaction(sessions) as session:
            made = order_export(
                session,
                SYSTEM,
                round_by_id(session, site.round_id),
                file_format=kind,
                with_series=False,
                with_texts=True,
                reason="Mätning",
            ).id
        told, before = Told(export_id=made), megabytes()
        result: dict[str, Any] = {}
        cpu, seconds = worked(site, lambda: result.update(ExportAnswers().run(sessions, told)))  # noqa: B023
        name = f"{site.name}: {kind.upper()} of {size:,}"
        cpu_goal = EXPORT_GOAL[kind] * size / HUNDRED_THOUSAND
        found += [
            goal(name, cpu, "s CPU", cpu_goal),
            Figure(f"{name}, on the clock", round(seconds, 1), "s"),
            Figure(f"{name}, size", round(result["bytes"] / 1e6, 1), "MB"),
            Figure(f"{name}, memory it added", round(megabytes() - before), "MB"),
            Figure(f"{name}, progress told", len(set(told.steps)), "times"),
        ]
    return found


PARTS: dict[str, Callable[[Site, Any], list[Figure]]] = {
    "submission": submission,
    "journey": journey,
    "throughput": throughput,
    "contacts": contacts,
    "first_page": first_page,
    "publish": publish,
    "export": export,
    "growth": growth,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--engine", choices=SITES)
    parser.add_argument("--million", action="store_true", help="1,000,000 answers, not 100,000")
    asked = parser.parse_args()
    for engine in [asked.engine] if asked.engine else SITES:
        for part in asked.only:
            with SITES[engine]() as site:
                size = "-million" if asked.million else ""
                tell(f"survey-{part}-{engine}{size}", PARTS[part](site, asked))


if __name__ == "__main__":
    main()
