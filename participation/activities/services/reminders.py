"""Reminders: set, changed, taken away, sent when their time has come."""

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Reminder, SentReminder
from participation.activities.queries.reminders import people_to_remind, rounds_due
from participation.activities.rules.reminders import MOST_REMINDERS, Audience
from participation.activities.services.mails import Invited, mail_all
from participation.activities.services.places import locked_activity
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor

USUAL_HOUR = 9
TEMPLATES = {Audience.UNANSWERED: "reminder_answer", Audience.COMING: "reminder_coming"}


class TooManyReminders(Conflict):
    """An activity has as many reminders as people can stand."""

    code = "too_many_reminders"


def set_reminder(
    session: Session,
    actor: Actor,
    activity: Activity,
    *,
    audience: Audience,
    days_before: int,
    hour: int,
    words: str,
    reminder: Reminder | None = None,
) -> Reminder:
    """Set a reminder, or change one that is there; who has got it already does not get it again.

    Raises:
        Conflict: the activity is over or called off.
        TooManyReminders: the activity has six.
    """
    locked = locked_activity(session, activity.id)
    if not locked.is_still_to_come:
        raise Conflict
    if reminder is None:
        _refuse_too_many(session, locked.id)
        reminder = Reminder(activity_id=locked.id)
        session.add(reminder)
    reminder.audience, reminder.words = audience, words
    reminder.days_before, reminder.hour = days_before, hour
    reminder.set_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "reminder_set", "activity", locked.public_id, audience=str(audience))
    return reminder


def set_usual_reminders(session: Session, actor: Actor, activity: Activity) -> None:
    """The two reminders most activities need, with words that can be changed."""
    with use_locale(DEFAULT_LOCALE):
        usual = (
            (
                Audience.UNANSWERED,
                2,
                _(
                    "We wonder whether you want to take part {dag} at {tid}. Please say yes or no "
                    "by {svara senast}. Both answers help us."
                ),
            ),
            (
                Audience.COMING,
                1,
                _(
                    "We meet {dag} at {tid}. The place is {plats}. If you cannot come, say no "
                    "behind the link, and somebody else gets the seat."
                ),
            ),
        )
    for audience, days_before, words in usual:
        set_reminder(
            session,
            actor,
            activity,
            audience=audience,
            days_before=days_before,
            hour=USUAL_HOUR,
            words=words,
        )


def take_away_reminder(
    session: Session, actor: Actor, activity: Activity, reminder: Reminder
) -> None:
    log_event(session, actor, "reminder_taken_away", "activity", activity.public_id)
    session.delete(reminder)
    session.flush()


def send_reminder_if_due(session: Session, reminder_id: int) -> int:
    """Send a reminder to those whose time it is; how many got it now.

    Under the activity's lock, so that nobody who answers at the same moment is reminded.
    """
    reminder = session.get(Reminder, reminder_id)
    if reminder is None:
        return 0
    activity = locked_activity(session, reminder.activity_id)
    if not activity.is_still_to_come:
        return 0
    sent = 0
    for asked in rounds_due(session, reminder, activity):
        people = people_to_remind(session, reminder, activity, asked)
        if not people:
            continue
        moment = now()
        session.execute(
            insert(SentReminder),
            [
                {"reminder_id": reminder.id, "invitation_id": row.id, "sent_at": moment}
                for row in people
            ],
        )
        invited = [
            Invited(
                invitation_public_id=row.public_id,
                name=row.name,
                email=row.email,
                locale=row.locale,
            )
            for row in people
        ]
        template = TEMPLATES[Audience(reminder.audience)]
        sent += mail_all(
            session, template, activity, invited, reply_by=asked.reply_by, words=reminder.words
        )
    return sent


def _refuse_too_many(session: Session, activity_id: int) -> None:
    count = session.scalar(
        select(func.count(Reminder.id)).where(Reminder.activity_id == activity_id)
    )
    if (count or 0) >= MOST_REMINDERS:
        raise TooManyReminders
