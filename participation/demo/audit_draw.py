"""The rest of an audit's team is drawn: one said yes, one said no, whoever came is to be asked."""

from datetime import timedelta

from participation.audits.models import Audit
from participation.audits.queries.drawing import drawn_seats
from participation.audits.rules.drawing import Demands
from participation.audits.services import begin_team_draw, pass_place_on, take_place
from participation.demo.draws import settle_jobs
from participation.demo.year import Year
from participation.foundation.clock import now
from participation.selection.jobs.chances import fair_lottery, keep_lottery
from participation.selection.jobs.successors import find_and_settle
from participation.selection.jobs.workshop import verdict_on
from participation.selection.queries import replacements_of
from participation.selection.services import agree_on_quotas, enter_seed, make_draw, publish_pool
from participation.selection.services.pool import frozen_pool

SOURCE = "De sju talen i Lotto 2 lördagen före, i den ordning de drogs"
SEED = "18 2 33 9 27 5 21"
WITNESS = "Kommunförbundets revisor"
BEGUN, SEALED, DRAWN, ASKED = (timedelta(days=days) for days in (9, 8, 5, 4))
# Nobody who has audited in the last year is drawn: whoever is, gets the auditor's role anew.
DEMANDS = Demands(people=2, even_gender=True, somebody_new=True, rest_days=365)


def draw_rest_of_team(year: Year, audit: Audit) -> None:
    """From the demands to the first answers; the mails about it went out long ago."""
    session, actor, today = year.session, year.coordinator, year.calendar.today
    with year.calendar.stand_at(today - BEGUN, 10):
        draw = begin_team_draw(session, actor, audit, DEMANDS)
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
    with year.calendar.stand_at(today - ASKED, 14):
        said_yes, said_no = drawn_seats(session, audit, draw)
        take_place(session, actor, audit, said_yes.number)
        pass_place_on(session, actor, audit, said_no.number)
        find_and_settle(session, replacements_of(session, draw.id)[0])
    settle_jobs(session)
