"""A person's private calendar address: made, renewed, stopped, and the file behind it."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.activities.models import CalendarSubscription
from participation.activities.queries.calendars import entries_of_calendar
from participation.activities.rules.calendars import Method, calendar_file
from participation.activities.rules.tokens import CALENDAR_PURPOSE, calendar_token
from participation.activities.services.mails import calendar_event
from participation.foundation.crypto import token_hash
from participation.foundation.db import new_public_id
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import use_locale
from participation.foundation.permissions import Actor


def renew_calendar(session: Session, actor: Actor) -> CalendarSubscription:
    """Give a person a calendar address; the one they had stops at once."""
    if actor.account_id is None:
        raise NotFound
    stop_calendar(session, actor)
    public_id = new_public_id()
    made = CalendarSubscription(
        account_id=actor.account_id,
        public_id=public_id,
        token_hash=token_hash(CALENDAR_PURPOSE, calendar_token(public_id)),
    )
    session.add(made)
    session.flush()
    return made


def stop_calendar(session: Session, actor: Actor) -> None:
    """The address stops at once."""
    if actor.account_id is not None:
        forget_calendar(session, actor.account_id)


def forget_calendar(session: Session, account_id: int) -> None:
    session.execute(
        delete(CalendarSubscription).where(CalendarSubscription.account_id == account_id)
    )


def subscribed_calendar(session: Session, token: str) -> bytes:
    """The calendar behind an address, the same bytes while nothing has changed.

    Raises NotFound for an address that is not in force.
    """
    locale, entries = entries_of_calendar(session, token)
    with use_locale(locale):
        events = [
            replace(
                calendar_event(entry.activity, entry.invitation_public_id),
                # Not the moment of reading: the file would differ each time.
                stamped_at=entry.activity.created_at + timedelta(seconds=entry.activity.sequence),
            )
            for entry in entries
        ]
        return calendar_file(Method.PUBLISH, events, _("My activities (Medskapa)"))
