"""What those who came thought, by the same links as anybody's."""

from datetime import timedelta

from sqlalchemy import select

from participation.activities.models import Activity, Attendance, Evaluation, Invitation
from participation.activities.queries import evaluation_result
from participation.activities.rules.evaluation import OPEN_FOR, Thought
from participation.activities.rules.states import ActivityState
from participation.activities.services import say_what_i_thought, show_words
from participation.demo.year import Year

# Of ten who answer, so many say each; the last figure is "don't know".
SAID = {"understood": (7, 2, 1, 0), "listened": (8, 1, 1, 0), "again": (8, 1, 0, 1)}
ANSWER = 4  # in five


def tell_what_they_thought(year: Year) -> None:
    """Four in five answer two days later; a few write something, which is read in time."""
    words = iter(year.texts.activities["evaluation_words"] * 3)
    for activity in year.activities.values():
        if activity.state != ActivityState.COMPLETED or activity.attendance_closed_at is None:
            continue
        with year.calendar.stand_at(activity.attendance_closed_at.date() + timedelta(days=1), 19):
            for number, invitation in enumerate(_those_who_came(year, activity)):
                if number % 5 < ANSWER:
                    text = next(words, None) if number % 7 == 1 else None
                    say_what_i_thought(year.session, invitation, _thoughts(year), text)
        _read(year, activity)


def _read(year: Year, activity: Activity) -> None:
    """What was written before the last weeks has been read; the newest waits for a reader."""
    assert activity.attendance_closed_at is not None
    over_on = (activity.attendance_closed_at + OPEN_FOR).date() + timedelta(days=3)
    if over_on >= year.calendar.today:
        return
    with year.calendar.stand_at(over_on, 9):
        for one in evaluation_result(year.session, activity).to_read:
            if over_on < year.calendar.today - timedelta(days=30):
                show_words(year.session, year.coordinator, activity, one, one.words)


def _thoughts(year: Year) -> dict[str, Thought]:
    return {name: year.chance.choices(list(Thought), weights)[0] for name, weights in SAID.items()}


def _those_who_came(year: Year, activity: Activity) -> list[Invitation]:
    return list(
        year.session.scalars(
            select(Invitation)
            .join(
                Attendance,
                (Attendance.activity_id == Invitation.activity_id)
                & (Attendance.member_id == Invitation.member_id),
            )
            .outerjoin(Evaluation, Evaluation.invitation_id == Invitation.id)
            .where(
                Invitation.activity_id == activity.id,
                Attendance.present,
                Evaluation.invitation_id.is_(None),
            )
            .order_by(Invitation.id)
        )
    )
