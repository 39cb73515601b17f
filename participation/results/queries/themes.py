"""How many said something about each theme: what is published of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import not_there
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.providers import Address

THEMES_KIND = "themes"  # a source of releases; its public id is the round's


def themes_of_round(session: Session, round_public_id: str) -> Release | None:
    """The newest release of a round's themes that stands."""
    return session.scalar(
        select(Release)
        .where(
            Release.source_kind == THEMES_KIND,
            Release.source_public_id == round_public_id,
            Release.withdrawn_at.is_(None),
        )
        .order_by(Release.number.desc(), Release.id.desc())
        .limit(1)
    )


def public_themes(session: Session, public_id: str) -> Release:
    """A round's published themes. Raises NotFound; Withdrawn when they were once."""
    own = Release.public_id == public_id, Release.kind == ReleaseKind.THEME_COUNTS.value
    found = session.scalar(select(Release).where(*own, Release.withdrawn_at.is_(None)))
    if found is None:
        raise not_there(session, *own, published=Address(endpoint="results.published_list"))
    return found
