"""What the pages cost: weight over the wire, CPU, p95 and queries, with the demo county loaded.

A real gunicorn (one process, eight threads, the worker beside it, as on SQLite in production);
ratios to the trivial page /health/live of the same server in the same run. `make bench-pages`
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from bench.figures import Figure, tell  # noqa: E402
from participation.foundation.config import Config  # noqa: E402
from tests.contracts.conftest import MappedSite  # noqa: E402
from tests.contracts.test_query_counts import allowed, queries_per_page  # noqa: E402
from tests.site_map import PAGES, Reader  # noqa: E402
from tests.support.browser import ServedDemo, chromium  # noqa: E402
from tests.support.demo_site import DemoSite, demo_environment, demo_site  # noqa: E402
from tests.support.examples import lay_out  # noqa: E402

TRIVIAL = "/health/live"
ROUNDS = 5
REQUESTS_PER_ROUND = 24  # of one page in a row; the server's CPU clock ticks in hundredths
TRIVIAL_PER_ROUND = 200
WARM_UP = 4
MOST_TIMES_TRIVIAL = 10
RESIDENT_KILOBYTES = 60
STAFF_KILOBYTES = 80
MOST_REQUESTS = 5
START_SECONDS = 60

# The twenty most used pages, in the order of the way of a voice.
MOST_USED = (
    "follow_up.public_start",
    "interest_bank.welcome",
    "interest_bank.join",
    "accounts.sign_in",
    "accounts.start",
    "interest_bank.membership",
    "invitations.invitation",
    "answering.open_link",
    "answering.screen",
    "answering.review",
    "county.group",
    "follow_up.perspective",
    "follow_up.you_said_we_did",
    "results.published_list",
    "results.published",
    "requests.request_list",
    "activities.overview",
    "interest_bank.members",
    "coding.bench",
    "search.results",
)
WEIGHED = (
    ("start page", "follow_up.public_start", RESIDENT_KILOBYTES),
    ("questionnaire's first page", "answering.open_link", RESIDENT_KILOBYTES),
    ("staff start page", "accounts.start", STAFF_KILOBYTES),
    ("coding bench", "coding.bench", STAFF_KILOBYTES),
)


@dataclass(frozen=True)
class Gunicorn:
    """The server under measurement."""

    process: psutil.Process
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """CPU of the server and all its children so far."""
        everybody = [self.process, *self.process.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in everybody)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(site: DemoSite) -> Iterator[Gunicorn]:
    port = free_port()
    environment = demo_environment(site.database, site.folder, env="development", port=port)
    with gunicorn_for(environment, site.folder, port) as server:
        yield server


@contextmanager
def gunicorn_for(
    environment: Mapping[str, str], folder: Path, port: int | None = None
) -> Iterator[Gunicorn]:
    """The site as production runs it, with these settings; its log lies in `folder`."""
    port = port or free_port()
    settings = {**os.environ, **environment, "PARTICIPATION_LOG_FORMAT": "json"}
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "wsgi:app"]
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stderr=log, stdout=log)
        try:
            _wait_for(port)
            yield Gunicorn(psutil.Process(process.pid), port)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


def ask(server: Gunicorn, address: str, cookie: str, times: int) -> tuple[list[float], float]:
    """(seconds of each request, CPU seconds of the server) for one page in a row."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"} if cookie else {}
    seconds: list[float] = []
    before = server.cpu_seconds()
    for _time in range(times):
        began = time.perf_counter()
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        seconds.append(time.perf_counter() - began)
        if response.status != 200:
            raise RuntimeError(f"{address}: {response.status}")
    connection.close()
    return seconds, server.cpu_seconds() - before


@dataclass(frozen=True)
class Cost:
    """Per request: CPU and the 95th percentile of the time until the last byte, in ms."""

    cpu_ms: float
    p95_ms: float


def cost(server: Gunicorn, address: str, cookie: str, times: int = REQUESTS_PER_ROUND) -> Cost:
    """The median of several rounds."""
    ask(server, address, cookie, WARM_UP)
    rounds = [ask(server, address, cookie, times) for _round in range(ROUNDS)]
    everything = [1000 * one for seconds, _cpu in rounds for one in seconds]
    return Cost(
        cpu_ms=statistics.median(1000 * cpu / times for _seconds, cpu in rounds),
        p95_ms=statistics.quantiles(everything, n=20)[-1],
    )


def speed_figures(mapped: MappedSite, server: Gunicorn, cookies: dict[str, str]) -> list[Figure]:
    trivial = cost(server, TRIVIAL, "", TRIVIAL_PER_ROUND)
    figures = [
        Figure("trivial page, CPU", round(trivial.cpu_ms, 2), "ms"),
        Figure("trivial page, p95", round(trivial.p95_ms, 2), "ms"),
    ]
    for page in [page for name in MOST_USED for page in PAGES if page.endpoint == name]:
        address = mapped.address(page.address)
        if address is None:
            continue
        taken = cost(server, address, cookies.get(page.reader, ""))
        times = round(taken.cpu_ms / trivial.cpu_ms, 1)
        figures += [
            Figure(
                f"{page.endpoint}, CPU",
                times,
                "× trivial",
                f"≤ {MOST_TIMES_TRIVIAL}×",
                times <= MOST_TIMES_TRIVIAL,
            ),
            Figure(f"{page.endpoint}, p95", round(taken.p95_ms / trivial.p95_ms, 1), "× trivial"),
        ]
    return figures


def weight_figures(mapped: MappedSite, server: Gunicorn, cookies: dict[str, str]) -> list[Figure]:
    """A cold visit in a real browser: bytes over the wire, requests, and other hosts."""
    figures = []
    with chromium() as browser:
        for name, endpoint, most in WEIGHED:
            page = next(one for one in PAGES if one.endpoint == endpoint)
            staff = most == STAFF_KILOBYTES
            reader = Reader.COORDINATOR if staff else page.reader
            address = mapped.address(page.address)
            if address is None:
                continue
            context = browser.new_context()
            if reader in cookies:
                token = cookies[reader].partition("=")[2]
                context.add_cookies([{"name": "session", "value": token, "url": server.url}])
            tab = context.new_page()
            wire = context.new_cdp_session(tab)
            bytes_of: dict[str, float] = {}
            urls: list[str] = []
            wire.on("Network.requestWillBeSent", lambda e, u=urls: u.append(e["request"]["url"]))
            wire.on(
                "Network.loadingFinished",
                lambda e, b=bytes_of: b.update({e["requestId"]: e["encodedDataLength"]}),
            )
            wire.send("Network.enable")
            tab.goto(server.url + address, wait_until="networkidle")
            context.close()
            sent = [url for url in urls if not url.startswith("data:")]
            kilobytes = round(sum(bytes_of.values()) / 1000, 1)
            others = len({urlsplit(url).netloc for url in sent} - {f"127.0.0.1:{server.port}"})
            figures += [
                Figure(f"{name}, cold", kilobytes, "kB", f"≤ {most} kB", kilobytes <= most),
                Figure(
                    f"{name}, requests",
                    len(sent),
                    "",
                    f"≤ {MOST_REQUESTS}",
                    len(sent) <= MOST_REQUESTS,
                ),
                Figure(f"{name}, other hosts", others, "", "0", others == 0),
            ]
    return figures


def query_figures(mapped: MappedSite) -> list[Figure]:
    counted = [
        (page.endpoint, count, allowed(mapped, page))
        for page, _reader, count in queries_per_page(mapped)
    ]
    over = [(name, count, most) for name, count, most in counted if count > most]
    return [
        Figure("pages counted", len(counted), ""),
        Figure("queries per page, median", statistics.median(c for _n, c, _m in counted), ""),
        Figure("pages with more queries than allowed", len(over), "", "0", not over),
        *(
            Figure(f"{name}, queries", count, "", f"≤ {most}", count <= most)
            for name, count, most in counted
            if name in MOST_USED or count > most
        ),
    ]


def sign_ins(site: DemoSite) -> dict[str, str]:
    """A session cookie for every reader."""
    served = ServedDemo(site, "", {})
    return {
        reader.value: f"session={served.session_token(reader)}"
        for reader in Reader
        if reader is not Reader.ANYBODY
    }


def main() -> None:
    Config.from_environment()  # a readable complaint before anything is started
    with demo_site() as site:
        mapped = MappedSite(site, lay_out(site))
        cookies = sign_ins(site)
        figures = query_figures(mapped)
        site.engine.dispose()
        with gunicorn(site) as server:
            figures += weight_figures(mapped, server, cookies)
            figures += speed_figures(mapped, server, cookies)
    tell("pages", figures)


if __name__ == "__main__":
    main()
