"""No page asks the database more than eight times, however much there is to show.

Start, own-data and search pages ask every feature: four times, and once per provider.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.contracts.conftest import MappedSite
from tests.site_map import PAGES, Page, Reader
from tests.support.client import CheckingClient

MOST = 8
OF_A_GATHERING_PAGE = 4
# Pages that collect from every feature, and what their features offer to them.
GATHERING = {
    "accounts.start": ("start_cards", "voice_trails"),
    "accounts.me": ("voice_trails", "person_data"),
    "accounts.confirm_erasure": ("person_data",),
    "interest_bank.membership": ("own_page_sections",),
    "follow_up.public_start": ("public_notices", "public_figures"),
    "newsletter.news": ("published_news",),
    "newsletter.issue": ("published_news",),
    "newsletter.draft": ("published_news",),
    "newsletter.before_sending": ("published_news",),
    "indicators.indicators": ("indicator_counters",),
    "follow_up.follow_up": ("indicator_counters",),
    "follow_up.perspective": ("indicator_counters",),
    "follow_up.perspective_sheet": ("indicator_counters",),
    "county.group": ("group_links",),
    "search.results": ("search_sources",),
    "invitations.invitation": ("invitation_steps",),
    "activities.overview": ("activity_links",),
}

# Pages that still ask more than that, and how often: the number may only fall. `make bench-pages`
# shows each of them as missed.
STILL_MORE = {
    "follow_up.public_start": 10,
    "follow_up.perspective": 12,
    "accounts.me": 27,
    "accounts.confirm_erasure": 32,
    "interest_bank.members": 9,
    "interest_bank.change_member": 9,
    "council.fill_seat": 9,
    "council.meeting": 9,
    "activities.draw": 9,
    "activities.edit": 9,
    "activities.invite": 10,
    "coding.bench": 10,
    "questionnaires.new_round": 10,
    # What is standing is asked of six features, and how many get it besides.
    "newsletter.draft": 11,
    "newsletter.before_sending": 12,
    "results.figures": 11,
    # A draft puts its parts together from what every feature has published; a finished one asks 7.
    "reports.one": 27,
    # One more than before: whether texts behind it wait to be coded.
    "results.finding": 21,
    "results.ask_publish": 21,
    "results.edit_finding": 11,
}


@contextmanager
def counted_queries(engine: Engine) -> Iterator[list[str]]:
    """The SELECT statements inside the block."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_every_page_asks_the_database_at_most_eight_times(mapped: MappedSite) -> None:
    problems = []
    for page, reader, count in queries_per_page(mapped):
        most = most_of(mapped, page)
        if count > most:
            problems.append(f"{page.endpoint} as {reader}: {count} > {most}")
    assert not problems, "\n" + "\n".join(problems)


def queries_per_page(mapped: MappedSite) -> Iterator[tuple[Page, Reader, int]]:
    """Every page as the reader with the most rights, once warm."""
    for page in PAGES:
        address = mapped.address(page.address)
        if address is None:
            continue
        reader = page.reader if len(page.readers) > 9 else sorted(page.readers)[-1]
        client = mapped.demo.client(reader, checks_pages=False)
        client.get(address)
        count = _asked(mapped, client, address)
        if count > most_of(mapped, page):
            # Once more: what is asked for once a minute (the county's phone) is not the page's own.
            count = _asked(mapped, client, address)
        yield page, reader, count


def _asked(mapped: MappedSite, client: CheckingClient, address: str) -> int:
    with counted_queries(mapped.demo.engine) as asked:
        client.get(address)
    return len(asked)


def most_of(mapped: MappedSite, page: Page) -> int:
    """How often the page may ask now."""
    return max(allowed(mapped, page), STILL_MORE.get(page.endpoint, 0))


def allowed(mapped: MappedSite, page: Page) -> int:
    """The figure of the issue for this page."""
    kinds = GATHERING.get(page.endpoint)
    if kinds is None:
        return MOST
    features = mapped.demo.app.extensions["participation"].features
    return max(MOST, OF_A_GATHERING_PAGE + sum(len(features.collect(kind)) for kind in kinds))
