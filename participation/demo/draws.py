"""Draws in every stage: one made, one sealed that waits for its seed, one cancelled, one stuck."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.services.draws import WHOM_TO_INVITE, owner_of
from participation.demo.cast import RESIDENT
from participation.demo.year import Year
from participation.foundation.clock import now
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import IN_THE_BANK
from participation.selection.jobs.chances import fair_lottery, keep_lottery
from participation.selection.jobs.successors import find_and_settle
from participation.selection.jobs.workshop import prices_of, verdict_on
from participation.selection.models import Draw
from participation.selection.queries import panel_of, places_of
from participation.selection.queries.draws import LOTTERY, PRICES, SUCCESSOR, WORKSHOP
from participation.selection.rules.draws import CameBy, LivingTogether
from participation.selection.rules.features import Limits, QuotaKey
from participation.selection.rules.owners import HeldBack
from participation.selection.rules.replacement import replacement
from participation.selection.services import (
    agree_on_quotas,
    cancel_draw,
    choose_features,
    draw_replacement,
    enter_seed,
    make_draw,
    note_household,
    note_observer,
    prepare_draw,
    publish_pool,
    set_quotas,
)
from participation.selection.services.pool import frozen_pool

MADE, WAITING, STUCK = "a31", "a28", "a30"
POOL = 40
SEATS = {STUCK: 4}  # to fill up with, where the others have seats already
ALTERNATES = {MADE: 1}
SOURCE = "De sju talen i Lotto 1 lördagen före, i den ordning de drogs"
SEED = "7 31 12 4 28 19 33"
WITNESS = "Kommunförbundets revisor"
OBSERVER = "Revisor hos kommunförbundet"
FOUND = "Chanserna är omräknade på hela underlaget. De är så lika som kraven tillåter."
CANCELLED_BECAUSE = "Listan var gammal: nio personer som hade sagt ja saknades."
RESTING = (
    HeldBack("Har nått sitt eget tak för i år", 5),
    HeldBack("Har pausat", 2),
    HeldBack("Tillfrågades för mindre än 30 dagar sedan", 2),
)


def _quotas(**limits: tuple[int, int]) -> dict[QuotaKey, Limits]:
    """gender_woman=(2, 4) and so on; "age_18to29" for an age band."""
    found = {}
    for name, (low, high) in limits.items():
        feature, _, value = name.partition("_")
        found[QuotaKey(feature, value.replace("to", "-"))] = Limits(low, high)
    return found


QUOTAS: Mapping[str, dict[QuotaKey, Limits]] = {
    MADE: _quotas(
        gender_woman=(2, 4),
        gender_man=(2, 4),
        age_18to29=(1, 2),
        district_norra=(1, 3),
        district_oland=(1, 2),
        role_next_of_kin=(2, 4),
    ),
    WAITING: _quotas(gender_woman=(1, 2), gender_man=(1, 2), district_mellersta=(1, 3)),
    STUCK: _quotas(
        gender_woman=(3, 4),
        gender_man=(2, 3),
        age_18to29=(1, 2),
        district_oland=(1, 2),
    ),
}


def draw_lots(year: Year) -> None:
    """The oldest draw first."""
    _live_together(year)
    _cancelled(year, year.activities[WAITING])
    _made(year, year.activities[MADE])
    _waiting(year, year.activities[WAITING])
    _stuck(year, year.activities[STUCK])
    settle_jobs(year.session)


def _live_together(year: Year) -> None:
    """Two couples have told that they live together."""
    first, second, third, fourth = _pool(year, 0)[4:8]
    for pair in ((first, second), (third, fourth)):
        note_household(
            year.session, year.coordinator, [m.id for m in pair], LivingTogether.DECLARED
        )


def _made(year: Year, activity: Activity) -> None:
    today = year.calendar.today
    draw = _agreed(year, activity, MADE, year.calendar.weeks_back(2))
    draw.prices = prices_of(year.session, draw)
    _publish(year, draw, today - timedelta(days=12), seed_in_days=3)
    with year.calendar.stand_at(today - timedelta(days=11), 15):
        note_observer(
            year.session,
            year.coordinator,
            draw,
            role=OBSERVER,
            found=FOUND,
            checked_on=today - timedelta(days=11),
        )
    with year.calendar.stand_at(today - timedelta(days=8), 10):
        enter_seed(year.session, year.coordinator, draw, value=SEED, witnessed_by=WITNESS)
        make_draw(year.session, year.coordinator, draw)
    for days_ago in (6, 5):
        with year.calendar.stand_at(today - timedelta(days=days_ago), 14):
            _one_leaves(year, draw)


def _one_leaves(year: Year, draw: Draw) -> None:
    """An alternate steps in once, if one fits; at least one of two successors is drawn by lot."""
    resident = year.members[RESIDENT].id
    places = panel_of(year.session, draw)
    earlier = places_of(year.session, draw.id, earlier=True)
    gone = {place.person.number or 0 for place in earlier if place.left_at}
    panel = [place.person.number or 0 for place in places]
    pool = frozen_pool(year.session, draw).without(gone - set(panel))
    number = next(
        place.person.number or 0
        for place in places
        if place.came_by == CameBy.DRAW
        and place.person.member_id != resident
        and replacement(pool, panel, {place.person.number or 0}).successors is not None
    )
    wanted = draw_replacement(year.session, year.coordinator, draw, number)
    find_and_settle(year.session, wanted)


def _waiting(year: Year, activity: Activity) -> None:
    today = year.calendar.today
    draw = _agreed(year, activity, WAITING, today - timedelta(days=3))
    _publish(year, draw, today - timedelta(days=1), seed_in_days=5)


def _cancelled(year: Year, activity: Activity) -> None:
    draw = _agreed(year, activity, WAITING, year.calendar.weeks_back(4))
    _publish(year, draw, year.calendar.weeks_back(4) + timedelta(days=1), seed_in_days=5)
    with year.calendar.stand_at(year.calendar.weeks_back(4) + timedelta(days=3), 9):
        cancel_draw(year.session, year.coordinator, draw, CANCELLED_BECAUSE)


def _stuck(year: Year, activity: Activity) -> None:
    with year.calendar.stand_at(year.calendar.today - timedelta(days=1), 14):
        draw = _prepared(year, activity, STUCK)
        draw.workshop = verdict_on(year.session, draw)


def _agreed(year: Year, activity: Activity, key: str, on: date) -> Draw:
    with year.calendar.stand_at(on, 10):
        draw = _prepared(year, activity, key)
        draw.workshop = verdict_on(year.session, draw)
        agree_on_quotas(year.session, year.coordinator, draw)
        lottery = fair_lottery(frozen_pool(year.session, draw))
        keep_lottery(year.session, draw.id, draw.quota_version, lottery)
        year.session.flush()
    return draw


def _prepared(year: Year, activity: Activity, key: str) -> Draw:
    people = _pool(year, 0 if key == MADE else POOL // 2)
    resident = year.members[RESIDENT]
    if key == MADE and resident not in people:
        people = [*people[:-1], resident]
    draw = prepare_draw(
        year.session,
        year.coordinator,
        title=activity.title,
        seats=SEATS.get(key, activity.seats),
        alternates=ALTERNATES.get(key, 2),
        members=[member.id for member in people],
        owner=owner_of(activity, WHOM_TO_INVITE),
        organisation_id=activity.organisation_id,
        held_back=RESTING,
        is_fictional=True,
    )
    quotas = QUOTAS[key]
    choose_features(year.session, year.coordinator, draw, {k.feature for k in quotas})
    set_quotas(year.session, year.coordinator, draw, quotas)
    return draw


def _pool(year: Year, start: int) -> Sequence[BankMember]:
    council = {seat["name"] for seat in year.texts.council["members"]}
    members = [
        member
        for name, member in sorted(year.members.items())
        if name not in council and member.state in IN_THE_BANK
    ]
    return members[start : start + POOL]


def _publish(year: Year, draw: Draw, on: date, *, seed_in_days: int) -> None:
    with year.calendar.stand_at(on, 11):
        publish_pool(
            year.session,
            year.coordinator,
            draw,
            seed_source=SOURCE,
            seed_due_at=now() + timedelta(days=seed_in_days) - timedelta(hours=2),
        )


def settle_jobs(session: Session) -> None:
    """What the background work would have done is done already."""
    session.flush()
    for job in session.scalars(
        select(Job).where(Job.kind.in_((WORKSHOP, PRICES, LOTTERY, SUCCESSOR)))
    ):
        job.state = JobState.DONE
        job.progress_done = job.progress_total = 1
        job.finished_at = job.created_at
