"""What is prepared for activities to come: a series, reminders, further rounds, a question."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from participation.activities.models import Invitation
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.rounds import RoundSettings
from participation.activities.rules.series import Repeats
from participation.activities.rules.states import ActivityKind, Answer, ChosenBy
from participation.activities.rules.tokens import invitation_token
from participation.activities.services import (
    answer_invitation,
    create_series,
    plan_rounds,
    set_usual_reminders,
)
from participation.demo.year import Year

REMINDED = ("a25", "a27", "a30")
WITH_FURTHER_ROUNDS = "a27"


def prepare(year: Year) -> None:
    with year.calendar.stand_at(year.calendar.today - timedelta(days=1), 9):
        _plan_series(year)
        for key in REMINDED:
            set_usual_reminders(year.session, year.coordinator, year.activities[key])
        plan_rounds(
            year.session,
            year.coordinator,
            year.activities[WITH_FURTHER_ROUNDS],
            RoundSettings(people_each=6, most_rounds=2, reply_days=7, lead_days=3),
            chosen_by=ChosenBy.TURN,
            reason="Platser är kvar. De som har tillfrågats minst står först.",
        )
        _ask_something(year)


def _plan_series(year: Year) -> None:
    entry = year.texts.activities["series"]
    starts_at = year.calendar.starts_at(entry["starts_at"])
    details = ActivityDetails(
        organisation_id=year.organisations[entry["organisation"]].id,
        unit_id=None,
        group_id=None,
        area_id=None,
        kind=ActivityKind.THEME_DIALOGUE,
        title=entry["title"],
        description=entry["description"],
        place=entry["place"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=entry["hours"]),
        seats=entry["seats"],
        compensation_text="",
        contact_text=entry["contact"],
        accessibility_text=entry["accessibility"],
        is_open_to_all=True,
        wanted_roles=(),
        wanted_municipalities=(),
        wanted_ways=(),
    )
    made = create_series(
        year.session,
        year.coordinator,
        replace(details, time_text=entry["time"]),
        Repeats.MONTH,
        entry["occasions"],
    )
    for occasion in made:
        occasion.is_fictional = True


def _ask_something(year: Year) -> None:
    """One of those invited wants to know more first."""
    activity = year.activities[WITH_FURTHER_ROUNDS]
    waiting = year.session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == activity.id, Invitation.state == "sent")
        .order_by(Invitation.id.desc())
        .limit(1)
    ).one()
    answer_invitation(
        year.session,
        invitation_token(waiting.public_id),
        Answer.MORE,
        "Går det att vara med fast man blir trött efter en timme?",
    )
