"""What everybody reads of meetings: releases that stand, and the meeting's own facts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import standing_releases
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
    for release in releases_standing(session, public_id):
        return release
    raise NotFound


def releases_standing(session: Session, public_id: str) -> Sequence[Release]:
    """Every release of a meeting that is not withdrawn, newest first; there should be one."""
    return session.scalars(
        select(Release)
        .where(
            Release.source_kind == SOURCE_KIND,
            Release.source_public_id == public_id,
            Release.withdrawn_at.is_(None),
        )
        .order_by(Release.number.desc(), Release.id.desc())
    ).all()
