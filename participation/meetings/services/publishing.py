"""The result of a meeting goes through the gate and into the ledger, or nowhere."""

from typing import ClassVar

from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseDraft
from participation.disclosure.services import Ruled, publish_release, withdraw_release
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.permissions import Actor
from participation.foundation.search.services import remove_document
from participation.meetings.models import Meeting
from participation.meetings.queries.leading import counted_dots
from participation.meetings.queries.published import releases_standing
from participation.meetings.rules.result import SEARCH_SOURCE, result_draft
from participation.meetings.rules.states import MeetingState
from participation.meetings.services.holding import hold_meeting
from participation.meetings.services.leading import left_to_read


class NotAllRead(Conflict):
    """Somebody must first have read every statement for what points to a person."""

    code: ClassVar[str] = "statements_not_read"


class StillPublished(Conflict):
    """One result at a time: what stands is withdrawn before the next."""

    code: ClassVar[str] = "still_published"


class WordsDestroyed(Conflict):
    """Nothing is left to publish: the statements are gone by a recorded decision."""

    code: ClassVar[str] = "words_destroyed"


def meeting_release_draft(session: Session, meeting: Meeting) -> ReleaseDraft:
    """What would be published now.

    Raises:
        WordsDestroyed: the statements are gone.
        NotAllRead: the meeting is not closed, or a statement is unread.
    """
    if meeting.words_destroyed_on is not None:
        raise WordsDestroyed
    if meeting.state != MeetingState.CLOSED or left_to_read(session, meeting):
        raise NotAllRead
    people, statements = counted_dots(session, meeting)
    with use_locale(DEFAULT_LOCALE):
        return result_draft(
            public_id=meeting.public_id,
            title=meeting.theme,
            content={
                "kind": meeting.kind,
                "held_on": meeting.held_on.isoformat(),
                "place": meeting.place,
            },
            participants=meeting.participants or 0,
            people=people,
            dots_each=meeting.dots_each,
            statements=statements,
            is_fictional=meeting.is_fictional,
        )


def publish_meeting(
    session: Session, actor: Actor, meeting: Meeting, ruled: Ruled | None = None
) -> Release:
    """Publish the result.

    Raises:
        StillPublished: an earlier result has not been withdrawn.
        WordsDestroyed: the statements are gone.
        NotAllRead: the meeting is not closed, or a statement is unread.
        DisclosureRefused: with the gate's reasons.
        RulingOutdated: the gate would rule on something else now.
    """
    hold_meeting(session, meeting)
    if releases_standing(session, meeting.public_id):
        raise StillPublished
    return publish_release(session, actor, meeting_release_draft(session, meeting), ruled)


def withdraw_meeting(session: Session, actor: Actor, meeting: Meeting, reason: str) -> None:
    """Take every result that stands off the pages: no older one comes back in its place.

    Raises:
        Conflict: none stands.
    """
    hold_meeting(session, meeting)
    if not withdraw_standing(session, actor, meeting, reason):
        raise Conflict


def withdraw_standing(session: Session, actor: Actor, meeting: Meeting, reason: str) -> int:
    """Off the pages and out of the search, where any stood; how many. The meeting is held."""
    standing = releases_standing(session, meeting.public_id)
    for release in standing:
        withdraw_release(session, actor, release, reason)
    remove_document(session, SEARCH_SOURCE, meeting.public_id)
    return len(standing)
