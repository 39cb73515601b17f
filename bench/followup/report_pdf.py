"""Seconds and memory for the files of a report of some thirty pages, as the worker makes them.

The content is the demo's report for the joint management, with tables until it is long enough.
"""

import re
import resource
import time
import zlib
from collections.abc import Iterator

from sqlalchemy import select

from bench.figures import Figure
from bench.followup.options import Options
from participation.reports.jobs import rendered
from participation.reports.models import Report
from participation.reports.rules.snapshot import row, table
from tests.support.demo_site import demo_site

GOAL_PAGES, GOAL_SECONDS = 30, 10
TABLES, QUICK_TABLES, ROWS = 8, 0, 25
KILOBYTES = 1024


def measure(options: Options) -> Iterator[Figure]:
    """One process, one report: all files, the PDF among them."""
    with demo_site() as demo, demo.sessions() as session:
        report = session.scalars(select(Report).where(Report.is_public)).first()
        assert report is not None
        snapshot = report.snapshot
    rows = [row("Hur ofta är en hemgång planerad?", number, "39 %") for number in range(ROWS)]
    more = [
        table(f"Tabell {number}", ("Fråga", "Antal", "Andel"), rows, numbers="12")
        for number in range(QUICK_TABLES if options.is_quick else TABLES)
    ]
    snapshot["parts"].append({"key": "more", "title": "Bilaga", "blocks": more})
    started = time.monotonic()
    files = dict(rendered(snapshot, 1))
    seconds = time.monotonic() - started
    pages = _pages(files["report.pdf"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    yield Figure("report files: pages", pages, "pages", f"≥ {GOAL_PAGES}", pages >= GOAL_PAGES)
    holds = seconds <= GOAL_SECONDS
    yield Figure("report files: time", round(seconds, 1), "s", f"≤ {GOAL_SECONDS} s", holds)
    yield Figure("report files: peak memory of the process", round(peak), "MB")


def _pages(content: bytes) -> int:
    streams = re.findall(rb"stream\n(.*?)endstream", content, re.DOTALL)
    inside = b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    return len(re.findall(rb"/Type\s*/Page\b", inside + content))
