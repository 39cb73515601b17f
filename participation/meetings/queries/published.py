"""What everybody reads of meetings: releases that stand, and the meeting's own facts."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import releases_of, standing_releases
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.errors import NotFound
from participation.meetings.rules.result import SOURCE_KIND


def published_meetings(session: Session) -> Sequence[Release]:
    """The newest release of each meeting that has one, by day of the meeting."""
    found: dict[str, Release] = {}
    for release in standing_releases(session, ReleaseKind.MEETING):
        found.setdefault(release.source_public_id, release)
    return sorted(found.values(), key=lambda one: (one.payload["held_on"], one.id), reverse=True)


def published_meeting(session: Session, public_id: str) -> Release:
    """The newest release of a meeting that stands. Raises NotFound."""
    for release in releases_of(session, SOURCE_KIND, public_id):
        if not release.is_withdrawn:
            return release
    raise NotFound
