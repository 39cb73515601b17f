"""Laying in the whole year, part by part, in one transaction: all of it or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.county.queries import county_or_none
from participation.county.services import load_county
from participation.demo import (
    activities,
    asking,
    assignments,
    audit,
    bank_rooms,
    cards,
    cast,
    coding,
    council,
    draws,
    exchange,
    feedback,
    findings,
    going_on,
    indicators,
    intake,
    mailed,
    mails,
    meetings,
    named,
    newsletter,
    partners,
    people,
    plans,
    reports,
    rounds,
    surveys,
    training,
    young,
)
from participation.demo.texts import Texts
from participation.demo.year import Year
from participation.foundation.clock import now
from participation.foundation.eventlog.services import order_waiting_lines
from participation.foundation.events import replace_subscribers
from participation.foundation.feature import Features
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.search.services import rebuild_index

COUNTY_FILES = Path(__file__).parent.parent / "county" / "files"
LAYERS = ("kalmar.yaml", "kalmar-demo.yaml")
HIRED_WEEKS_BEFORE = 110
# Only mails would follow from these, and mails of the past are not sent.
NOT_TOLD = frozenset({"commitment_answered"})

Say = Callable[[str], None]


def is_empty(session: Session) -> bool:
    """Whether nothing was ever loaded or written here."""
    return county_or_none(session) is None and session.scalar(select(Account.id).limit(1)) is None


def load_demo(session: Session, features: Features, say: Say) -> Year:
    """Load county, people and the year. The caller commits.

    `say` is told what was laid in and how long it took.
    """
    replace_subscribers(
        subscriber
        for subscriber in features.collect("subscribers")
        if subscriber.event_name not in NOT_TOLD
    )
    year = Year(session, Texts(now()))
    with use_locale(DEFAULT_LOCALE):
        for name, part in _parts(features):
            with _timed(name, say):
                part(year)
        # Some parts go the way people go, whose accounts know nothing of a demo.
        session.execute(update(Account).values(is_demo=True))
        order_waiting_lines(session)
    return year


def _parts(features: Features) -> list[tuple[str, Callable[[Year], None]]]:
    """In this order: each part uses what the ones before it left in the year."""
    return [
        ("County", lambda year: _load_county(year, features)),
        ("Accounts and roles", _hire),
        ("Interest bank", people.fill_bank),
        ("Auditors trained before", training.train_auditors),
        ("Requests", asking.file_requests),
        ("Activities", activities.hold_activities),
        ("Young people", young.welcome_young),
        ("Who waits for a training", training.wait_for_courses),
        ("User organisations", partners.gather_organisations),
        ("Development council", council.hold_council),
        ("Agreements, compensation", assignments.compensate_year),
        ("Draws", draws.draw_lots),
        ("Codebook", coding.lay_in_codebook),
        ("User-directed audits", audit.hold_audits),
        ("Questionnaires, answers", rounds.ask_year),
        ("Surveys of others", surveys.gather_surveys),
        ("Theme dialogues", meetings.hold_meetings),
        ("Coding", coding.code_year),
        ("Comment cards", cards.code_cards),
        ("A project from another program", exchange.send_project),
        ("Notes from a letter box", intake.send_notes),
        ("Texts that worried a reader", coding.flag_texts),
        ("What coders noted", coding.note_texts),
        ("Published totals", rounds.publish_year),
        ("Findings", findings.publish_year),
        ("You said – we did", feedback.tell_year),
        ("A plan decided anew", plans.revise_plan),
        ("How a plan goes", plans.tell_how_it_goes),
        ("Coordinators' rooms", bank_rooms.fill_rooms),
        ("An anonymous round", mailed.mail_round),
        ("A round with names", named.ask_contact_persons),
        ("The children's round", going_on.ask_children),
        ("What comes from elsewhere", going_on.bring_in),
        ("Indicators and values", indicators.take_figures_in),
        ("What a plan rests on", plans.say_what_it_rests_on),
        ("Newsletter", lambda year: newsletter.send_newsletter(year, features)),
        ("Reports", lambda year: reports.make_reports(year, features)),
        ("Mails of the past", _settle_mails),
        ("Search index", lambda year: _index(year, features)),
    ]


def _load_county(year: Year, features: Features) -> None:
    for layer in LAYERS:
        load_county(year.session, COUNTY_FILES / layer, features.collect("county_sections"))


def _hire(year: Year) -> None:
    long_ago = year.calendar.weeks_back(HIRED_WEEKS_BEFORE)
    with year.calendar.stand_at(long_ago):
        cast.hire(year)


def _settle_mails(year: Year) -> None:
    mails.settle_past_mails(year.session, year.fresh_mails)


def _index(year: Year, features: Features) -> None:
    rebuild_index(year.session, features.collect("search_sources"))


@contextmanager
def _timed(name: str, say: Say) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{name:<24}{time.monotonic() - began:5.1f} s")
