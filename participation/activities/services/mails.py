"""Mails to invited people. Subjects and bodies never name an area, title or unit (TRUST, law).

What it is about stands on the page behind the link. The calendar file carries the kind of
activity, the place and the time only.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.rules.calendar import CalendarEvent, calendar_file
from participation.activities.rules.states import KIND_LABELS
from participation.activities.rules.tokens import TOKEN_PURPOSE, invitation_token
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import use_locale
from participation.foundation.mail_templates import absolute_url, public_url
from participation.foundation.outbox.rules import Attachment
from participation.foundation.outbox.services import queue_mail
from participation.interest_bank.models import BankMember

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"
# An answer may be changed until the round's last moment, which is the end of a day.
DAY_END = timedelta(seconds=1)


def hashed_token(public_id: str) -> str:
    """What the database keeps of an invitation's link."""
    return token_hash(TOKEN_PURPOSE, invitation_token(public_id))


def invitation_link(invitation: Invitation) -> str:
    return absolute_url(f"/i/{invitation_token(invitation.public_id)}")


def mail_invited(
    session: Session,
    template: str,
    activity: Activity,
    invitation: Invitation,
    *,
    invitation_round: InvitationRound | None = None,
    method: str | None = None,
    place_in_line: int | None = None,
) -> None:
    """Queue one personal mail, in the person's language, with a calendar file if `method`."""
    member = session.get_one(BankMember, invitation.member_id)
    account = session.get_one(Account, member.account_id)
    asked = invitation_round or session.get_one(InvitationRound, invitation.round_id)
    with use_locale(account.locale):
        kind = str(KIND_LABELS[activity.kind])
        attachments = (
            [_calendar(activity, invitation, kind, account.email, method)] if method else []
        )
    queue_mail(
        session,
        to=account.email,
        template=f"activities/{template}",
        locale=account.locale,
        context={
            "name": member.name,
            "kind": kind,
            "starts_at": activity.starts_at,
            "ends_at": activity.ends_at,
            "place": activity.place,
            "reply_by": asked.reply_by - DAY_END,
            "link": invitation_link(invitation),
            "place_in_line": place_in_line,
        },
        about=("invitation", invitation.public_id),
        attachments=attachments,
    )


def download_calendar(activity: Activity, invitation: Invitation) -> bytes:
    """A calendar file to keep, in the reader's language."""
    return calendar_file(_event(activity, invitation, str(KIND_LABELS[activity.kind]), PUBLISH))


def _calendar(
    activity: Activity, invitation: Invitation, kind: str, address: str, method: str
) -> Attachment:
    event = _event(activity, invitation, kind, method, address)
    name = "cancelled.ics" if method == CANCEL else "invitation.ics"
    return Attachment(name, "text/calendar", calendar_file(event), method)


def _event(
    activity: Activity,
    invitation: Invitation,
    kind: str,
    method: str,
    attendee: str | None = None,
) -> CalendarEvent:
    host = urlsplit(public_url()).hostname
    link = invitation_link(invitation)
    return CalendarEvent(
        method=method,
        uid=f"activity-{activity.public_id}@{host}",
        sequence=activity.sequence,
        stamped_at=now(),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        summary=_("%(kind)s (Medskapa)", kind=kind),
        location=activity.place,
        description=_("Read more, or change your answer: %(link)s", link=link),
        url=link,
        organiser=f"no-reply@{host}",
        attendee=attendee,
    )
