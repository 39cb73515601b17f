"""Mails to invited people. Subjects and bodies never name an area, title or unit (TRUST, law).

What it is about stands on the page behind the link. The calendar file carries the kind of
activity, the place and the time only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.rules.calendars import CalendarEvent, Method, calendar_file
from participation.activities.rules.placeholders import filled
from participation.activities.rules.states import KIND_LABELS, ActivityState
from participation.activities.rules.tokens import TOKEN_PURPOSE, invitation_token
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.i18n import DEFAULT_LOCALE, format_clock, format_weekday, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import (
    RenderedMail,
    absolute_url,
    public_url,
    render_mail,
)
from participation.foundation.outbox import Addressee, Attachment, personal, queue_mail, queue_mails
from participation.interest_bank.models import BankMember

# An answer may be changed until the round's last moment, which is the end of a day.
DAY_END = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom a mail goes to, apart from the tables."""

    invitation_public_id: str
    name: str
    email: str
    locale: str


def hashed_token(public_id: str) -> str:
    """What the database keeps of an invitation's link."""
    return token_hash(TOKEN_PURPOSE, invitation_token(public_id))


def invitation_link(public_id: str) -> str:
    return absolute_url(f"/i/{invitation_token(public_id)}")


def mail_invited(
    session: Session,
    template: str,
    activity: Activity,
    invitation: Invitation,
    *,
    method: Method | None = None,
    place_in_line: int | None = None,
    was_in_draw: bool = False,
) -> None:
    """Queue one personal mail, in the person's language, with a calendar file if `method`."""
    member = session.get_one(BankMember, invitation.member_id)
    account = session.get_one(Account, member.account_id)
    asked = session.get_one(InvitationRound, invitation.round_id)
    with use_locale(account.locale):
        attachments = [_calendar(activity, invitation, account.email, method)] if method else []
        link = invitation_link(invitation.public_id)
        context = _context(activity, asked.reply_by, member.name, link)
    queue_mail(
        session,
        to=account.email,
        template=f"activities/{template}",
        locale=account.locale,
        context={**context, "place_in_line": place_in_line, "was_in_draw": was_in_draw},
        about=("invitation", invitation.public_id),
        attachments=attachments,
    )


def mail_all(
    session: Session,
    template: str,
    activity: Activity,
    people: Sequence[Invited],
    *,
    reply_by: datetime,
    words: str = "",
) -> int:
    """Queue the same mail to many, in each person's language; `words` are somebody's own."""
    return queue_mails(
        session,
        template=f"activities/{template}",
        context=_merge_context(activity, reply_by, words),
        about_kind="invitation",
        addressees=[
            Addressee(
                to=person.email,
                locale=person.locale,
                about_id=person.invitation_public_id,
                values={
                    "name": person.name,
                    "token": invitation_token(person.invitation_public_id),
                },
            )
            for person in people
        ],
    )


def preview(
    template: str, activity: Activity, *, reply_by: datetime, words: str, name: str, locale: str
) -> RenderedMail:
    """A mail as `name` would get it, with a link that leads nowhere."""
    link = absolute_url("/i/…")
    with use_locale(locale):
        context = {
            **_context(activity, reply_by, name, link),
            "words": own_words(words, activity, reply_by, name),
        }
    return render_mail(f"activities/{template}", locale, context)


def _merge_context(
    activity: Activity, reply_by: datetime, words: str
) -> Callable[[], Mapping[str, Any]]:
    """What a mail to many is written with: name and link are each person's own."""
    link = absolute_url(f"/i/{personal('token')}")
    name = personal("name")
    return lambda: {
        **_context(activity, reply_by, name, link),
        "words": own_words(words, activity, reply_by, name),
    }


def own_words(words: str, activity: Activity, reply_by: datetime, name: str) -> str:
    """Staff's words with their placeholders filled, in Swedish like the words themselves."""
    with use_locale(DEFAULT_LOCALE):
        return filled(
            words,
            {
                "namn": name,
                "vad": str(KIND_LABELS[activity.kind]),
                "dag": format_weekday(activity.starts_at),
                "tid": format_clock(activity.starts_at),
                "plats": activity.place,
                "svara senast": format_weekday(reply_by - DAY_END),
            },
        )


def download_calendar(activity: Activity, invitation: Invitation) -> bytes:
    """A calendar file to keep, in the reader's language."""
    return calendar_file(Method.PUBLISH, [calendar_event(activity, invitation.public_id)])


def calendar_event(
    activity: Activity, invitation_public_id: str, attendee: str | None = None
) -> CalendarEvent:
    """An activity in a person's calendar, in the current language."""
    host = urlsplit(public_url()).hostname
    link = invitation_link(invitation_public_id)
    lines = [_("Read more, or change your answer: %(link)s", link=link)]
    if activity.link:
        lines.insert(0, _("Take part on video: %(link)s", link=activity.link))
    return CalendarEvent(
        uid=f"activity-{activity.public_id}@{host}",
        sequence=activity.sequence,
        stamped_at=now(),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        summary=_("%(kind)s (Medskapa)", kind=KIND_LABELS[activity.kind]),
        location=activity.place,
        description="\n".join(lines),
        url=link,
        organiser=f"no-reply@{host}",
        attendee=attendee,
        is_cancelled=activity.state == ActivityState.CANCELLED,
    )


def _context(activity: Activity, reply_by: datetime, name: str, link: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": str(KIND_LABELS[activity.kind]),
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "place": activity.place,
        "video": activity.link,
        "reply_by": reply_by - DAY_END,
        "link": link,
        "draw_on": activity.draw_on,
    }


def _calendar(
    activity: Activity, invitation: Invitation, address: str, method: Method
) -> Attachment:
    event = calendar_event(activity, invitation.public_id, address)
    name = "cancelled.ics" if method is Method.CANCEL else "invitation.ics"
    return Attachment(name, "text/calendar", calendar_file(method, [event]), method)
