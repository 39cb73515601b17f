"""A successor for the council's empty seat is drawn, and thinks about it."""

from datetime import timedelta

from participation.council.models import CouncilTerm
from participation.council.services import ask_drawn, begin_council_draw
from participation.demo.year import Year
from participation.foundation.clock import now
from participation.selection.jobs.chances import fair_lottery, keep_lottery
from participation.selection.jobs.workshop import verdict_on
from participation.selection.services import (
    agree_on_quotas,
    choose_features,
    enter_seed,
    make_draw,
    publish_pool,
)
from participation.selection.services.pool import frozen_pool

SOURCE = "De sju talen i Lotto 1 onsdagen efter, i den ordning de drogs"
SEED = "3 9 14 22 27 30 35"
WITNESS = "Rådets ordförande och regionens revisor"
AGREED, SEALED, DRAWN = timedelta(days=16), timedelta(days=15), timedelta(days=11)
TIME_TO_ANSWER = timedelta(days=14)


def draw_successor(year: Year, term: CouncilTerm) -> None:
    """From the quotas to the question; the mail about it went out long ago."""
    session, actor, today = year.session, year.coordinator, year.calendar.today
    with year.calendar.stand_at(today - AGREED, 10):
        draw = begin_council_draw(session, actor, term)
        choose_features(session, actor, draw, ["gender", "age"])
        draw.workshop = verdict_on(session, draw)
        agree_on_quotas(session, actor, draw)
        keep_lottery(session, draw.id, draw.quota_version, fair_lottery(frozen_pool(session, draw)))
        session.flush()
    with year.calendar.stand_at(today - SEALED, 11):
        due = now() + (SEALED - DRAWN) - timedelta(hours=2)
        publish_pool(session, actor, draw, seed_source=SOURCE, seed_due_at=due)
    with year.calendar.stand_at(today - DRAWN, 13):
        enter_seed(session, actor, draw, value=SEED, witnessed_by=WITNESS)
        make_draw(session, actor, draw)
        reply_by = year.calendar.loaded_at + TIME_TO_ANSWER
        ask_drawn(session, actor, term, reply_by=reply_by, is_told=False)
