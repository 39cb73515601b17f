"""A newsletter with an archive, a few who get it, and the draft of the next issue."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from participation.demo.year import Year
from participation.foundation.clock import now
from participation.foundation.feature import Features
from participation.foundation.providers import NewsItem, PublishedNews
from participation.newsletter.models import NewsletterSubscriber
from participation.newsletter.queries.issues import news_since
from participation.newsletter.queries.news import news_between
from participation.newsletter.rules.drafting import DraftItem
from participation.newsletter.rules.issues import SECTION_OF
from participation.newsletter.services.issues import (
    begin_issue,
    change_issue,
    queue_next,
    send_issue,
)
from participation.newsletter.services.subscribing import (
    ask_for_newsletter,
    confirm,
)

SUBSCRIBERS = ("nora.nyhetsgren", "sten.prenumerantsson", "lotta.lasviken", "per.provbrevsson")
ASKED_WEEKS_BEFORE = 60
# Weeks back, title, greeting.
ISSUES = (
    (
        26,
        "Det här hände under våren",
        "Hej! Här är det vi har fått höra och det som har fått ett svar sedan årsskiftet.",
    ),
    (
        9,
        "Det här hände under sommaren",
        "Hej! Det har varit en lugn sommar, men några svar har kommit.",
    ),
)
NEXT = "Det här hände under hösten"
# Where readers meet what was published; the site itself asks for the address.
PATHS = {
    "finding": "/findings/{}",
    "answer": "/you-said-we-did/{}",
    "plan": "/plans/{}",
    "plan_status": "/plans/{}",
    "round": "/releases/{}",
}


def send_newsletter(year: Year, features: Features) -> None:
    """Two issues that were sent, to those who had asked, and one that is being written."""
    sources = features.collect("published_news")
    with year.calendar.stand_at(year.calendar.weeks_back(ASKED_WEEKS_BEFORE)):
        for name in SUBSCRIBERS:
            ask_for_newsletter(year.session, f"{name}@example.org", "sv")
        for subscriber in year.session.scalars(select(NewsletterSubscriber)):
            confirm(year.session, subscriber)
    for weeks, title, greeting in ISSUES:
        with year.calendar.stand_at(year.calendar.weeks_back(weeks)):
            _send(year, sources, title, greeting)
    begin_issue(year.session, year.coordinator, NEXT, _items(year, sources, now()))


def _send(year: Year, sources: Sequence[PublishedNews], title: str, greeting: str) -> None:
    session = year.session
    issue = begin_issue(session, year.coordinator, title, _items(year, sources, now()))
    change_issue(session, issue, title, greeting)
    send_issue(session, year.coordinator, issue)
    while queue_next(session, issue, sources):
        pass


def _items(year: Year, sources: Sequence[PublishedNews], until: datetime) -> list[DraftItem]:
    found = news_between(year.session, sources, news_since(year.session), until)
    return [_item(one) for one in found if one.kind in PATHS]


def _item(one: NewsItem) -> DraftItem:
    return DraftItem(
        section=SECTION_OF.get(one.kind, "decided"),
        key=one.key,
        title=one.title,
        text=one.text,
        path=PATHS[one.kind].format(one.address.values["public_id"]),
    )
