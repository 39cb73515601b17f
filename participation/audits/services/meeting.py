"""The feedback meeting: planned, moved, called off, held. Mails go out while it is ahead."""

from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.rules.calendars import CalendarEvent, Method, calendar_file
from participation.audits.models import Audit, AuditMeeting
from participation.audits.queries.doubts import doubts_in
from participation.audits.queries.meeting import (
    mark_of_notes,
    mark_of_plan,
    meeting_of,
    told_of_meeting,
)
from participation.audits.rules.meeting import (
    MEETING_OPEN,
    NOTES_OPEN,
    MeetingDraft,
    MeetingNotes,
    News,
)
from participation.audits.services.interviews import ChangedMeanwhile, lock_audit
from participation.audits.services.reading import check_read
from participation.county.models import Unit
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import use_locale
from participation.foundation.mail_templates import absolute_url, public_url
from participation.foundation.outbox import queue_mail
from participation.foundation.outbox.rules import Attachment
from participation.foundation.permissions import Actor, Permission


def plan_meeting(
    session: Session,
    actor: Actor,
    audit: Audit,
    draft: MeetingDraft,
    *,
    was: str | None = None,
    is_told: bool = True,
) -> AuditMeeting:
    """Say when and where it is, or move it. Of one that is over already nobody is told.

    `was`: `mark_of_plan` of what was open.

    Raises:
        Conflict: outside the time for it, or once it has been noted.
        ChangedMeanwhile: a colleague has planned something else since it was opened.
    """
    if lock_audit(session, audit.id).state not in MEETING_OPEN:
        raise Conflict
    meeting = _fresh(session, audit)
    if meeting is not None and meeting.noted_at is not None:
        raise Conflict
    news = _news(meeting, draft)
    is_same = meeting is not None and news is None and meeting.how == draft.how
    if was is not None and was != mark_of_plan(meeting) and not is_same:
        raise ChangedMeanwhile
    if meeting is None:
        meeting = AuditMeeting(audit_id=audit.id)
        session.add(meeting)
    elif news is not None:
        meeting.sequence += 1
    meeting.starts_at, meeting.ends_at = draft.starts_at, draft.ends_at
    meeting.place, meeting.how = draft.place, draft.how
    meeting.cancelled_at, meeting.cancelled_reason = None, ""
    session.flush()
    log_event(session, actor, "audit_meeting_planned", "audit", audit.public_id)
    if is_told and news is not None:
        _tell(session, actor, audit, meeting, news)
    return meeting


def cancel_meeting(session: Session, actor: Actor, audit: Audit, reason: str) -> None:
    """Call the meeting off; a new one can be planned. Raises Conflict when there is none ahead."""
    lock_audit(session, audit.id)
    meeting = _fresh(session, audit)
    if meeting is None or not meeting.is_on or meeting.noted_at is not None:
        raise Conflict
    meeting.cancelled_at, meeting.cancelled_reason = now(), reason
    meeting.sequence += 1
    session.flush()
    log_event(session, actor, "audit_meeting_cancelled", "audit", audit.public_id)
    _tell(session, actor, audit, meeting, News.CANCELLED)


def note_meeting(
    session: Session,
    actor: Actor,
    audit: Audit,
    notes: MeetingNotes,
    *,
    read: str = "",
    was: str | None = None,
) -> None:
    """Keep how it went. `read`: the mark of the doubtful words that were read. `was`:
    `mark_of_notes` of what was open.

    Raises:
        ChangedMeanwhile: a colleague has written something else since it was opened.
        NotRead: words that may point to somebody have not been read as they stand now.
        Conflict: before it has begun, or when the answers are given.
    """
    if lock_audit(session, audit.id).state not in NOTES_OPEN:
        raise Conflict
    meeting = _fresh(session, audit)
    if meeting is None or not meeting.is_on or meeting.starts_at > now():
        raise Conflict
    if was is not None and was != mark_of_notes(meeting) and not _says_the_same(meeting, notes):
        raise ChangedMeanwhile
    check_read(doubts_in(session, audit, [notes.said, notes.changes]), read)
    meeting.came, meeting.said, meeting.changes = dict(notes.came), notes.said, notes.changes
    meeting.noted_at = now()
    session.flush()
    log_event(session, actor, "audit_meeting_noted", "audit", audit.public_id)


def meeting_calendar(
    session: Session, audit: Audit, meeting: AuditMeeting, method: Method = Method.PUBLISH
) -> bytes:
    """A calendar file in the reader's language; with `method` what a mail asks of the calendar."""
    return calendar_file(method, [_event(session, audit, meeting)])


def _fresh(session: Session, audit: Audit) -> AuditMeeting | None:
    """The meeting as it stands now that the audit is locked."""
    meeting = meeting_of(session, audit)
    if meeting is not None:
        session.refresh(meeting)
    return meeting


def _says_the_same(meeting: AuditMeeting, notes: MeetingNotes) -> bool:
    kept = (meeting.came, meeting.said, meeting.changes)
    return kept == (dict(notes.came), notes.said, notes.changes)


def _news(meeting: AuditMeeting | None, draft: MeetingDraft) -> News | None:
    """What a plan changes for others; None when only the poster's words change."""
    if meeting is None or not meeting.is_on:
        return News.PLANNED
    is_same = (meeting.starts_at, meeting.ends_at, meeting.place) == (
        draft.starts_at,
        draft.ends_at,
        draft.place,
    )
    return None if is_same else News.MOVED


def _tell(session: Session, actor: Actor, audit: Audit, meeting: AuditMeeting, news: News) -> None:
    """Whoever leads knows what they did themselves; of what an auditor does they are told."""
    if meeting.starts_at <= now():
        return
    with_leads = not actor.can(Permission.MANAGE_AUDITS)
    for account in told_of_meeting(session, audit, with_leads=with_leads):
        _mail(session, audit, meeting, news, account)


def _mail(
    session: Session, audit: Audit, meeting: AuditMeeting, news: News, account: Account
) -> None:
    method = Method.CANCEL if news is News.CANCELLED else Method.REQUEST
    with use_locale(account.locale):
        file = calendar_file(method, [_event(session, audit, meeting, account.email)])
    queue_mail(
        session,
        to=account.email,
        template="audits/meeting",
        locale=account.locale,
        context={
            "name": account.display_name,
            "news": news.value,
            "starts_at": meeting.starts_at,
            "ends_at": meeting.ends_at,
            "place": meeting.place,
            "reason": meeting.cancelled_reason,
            "link": _link(audit),
        },
        about=("audit", audit.public_id),
        attachments=[Attachment(f"{method.lower()}.ics", "text/calendar", file, method)],
    )


def _event(
    session: Session, audit: Audit, meeting: AuditMeeting, attendee: str | None = None
) -> CalendarEvent:
    """A mail (`attendee`) names no unit: its name may name an illness."""
    host = urlsplit(public_url()).hostname
    unit = session.get_one(Unit, audit.unit_id)
    return CalendarEvent(
        uid=f"audit-meeting-{audit.public_id}@{host}",
        sequence=meeting.sequence,
        stamped_at=now(),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=_("Feedback meeting (Medskapa)"),
        location=meeting.place,
        description=unit.name if attendee is None else _link(audit),
        url=_link(audit),
        organiser=f"no-reply@{host}",
        attendee=attendee,
        is_cancelled=not meeting.is_on,
    )


def _link(audit: Audit) -> str:
    return absolute_url(f"/audits/{audit.public_id}/meeting")
