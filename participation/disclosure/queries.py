"""Reading the ledger. What a release's payload holds is public, as long as it stands."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release, ReleasePreview
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.drafts import EarlierRelease, Figure, ShownFigure
from participation.disclosure.rules.ledger import first_broken_release
from participation.disclosure.rules.outlook import Outlook
from participation.disclosure.rules.tables import ShownTable
from participation.foundation.clock import to_local
from participation.foundation.errors import NotFound, Withdrawn
from participation.foundation.providers import Address


def release(session: Session, public_id: str) -> Release:
    """One release that still stands. Raises NotFound, for a withdrawn one too."""
    found = session.scalar(
        select(Release).where(Release.public_id == public_id, Release.withdrawn_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def not_there(
    session: Session, *which: ColumnElement[bool], published: Address
) -> NotFound | Withdrawn:
    """Why a public page is not there: withdrawn on a day, or never published at all.

    `which`: the page's own releases. `published`: where what is published stands.
    """
    withdrawn_at = session.scalar(
        select(Release.withdrawn_at)
        .where(*which, Release.withdrawn_at.is_not(None))
        .order_by(Release.number.desc())
        .limit(1)
    )
    if withdrawn_at is None:
        return NotFound()
    return Withdrawn(day=to_local(withdrawn_at).date(), published=published)


def releases_of(session: Session, source_kind: str, source_public_id: str) -> Sequence[Release]:
    """Every release of one source, newest first, withdrawn ones too: its history."""
    return session.scalars(
        select(Release)
        .where(Release.source_kind == source_kind, Release.source_public_id == source_public_id)
        .order_by(Release.number.desc(), Release.id.desc())
    ).all()


def standing_releases(session: Session, kind: str) -> Sequence[Release]:
    """Every release of a kind that stands, newest first."""
    return session.scalars(
        select(Release)
        .where(Release.kind == kind, Release.withdrawn_at.is_(None))
        .order_by(Release.number.desc(), Release.id.desc())
    ).all()


def tables_of(found: Release | ReleasePreview) -> tuple[ShownTable, ...]:
    """The tables of a release as it shows them."""
    return tuple(ShownTable.from_json(table) for table in found.payload["tables"])


def breakdowns_of(
    found: Release | ReleasePreview, attribute: str | None = None
) -> tuple[ShownBreakdown, ...]:
    """The breakdowns of a release as it shows them, all or one; older releases have none."""
    return tuple(
        ShownBreakdown.from_json(one)
        for one in found.payload.get("breakdowns", ())
        if attribute in {None, one["attribute"]}
    )


def outlook_of(found: Release) -> Outlook | None:
    """What the gate did to a release, for those who publish; None where it was not kept."""
    return Outlook.from_json(found.outlook)


def breakdown_names(found: Release | ReleasePreview) -> list[str]:
    """What a release is broken down by, where some question is shown."""
    return [one["attribute"] for one in found.payload.get("breakdowns", ()) if one["tables"]]


def shown_figure(session: Session, figure: Figure) -> ShownFigure | None:
    """`figure` as its release shows it; None where the release hides it or is gone."""
    found = session.scalar(
        select(Release).where(
            Release.public_id == figure.release_public_id, Release.withdrawn_at.is_(None)
        )
    )
    if found is None:
        return None
    table = next((t for t in tables_of(found) if t.key == figure.table_key), None)
    count = None if table is None else table.count_of(figure.codes)
    if table is None or count is None or table.n is None:
        return None
    return ShownFigure(
        release_public_id=found.public_id,
        release_number=found.number,
        table_key=table.key,
        question=table.title,
        answers=tuple(cell.label for cell in table.cells if set(cell.codes) <= figure.codes),
        count=count,
        n=table.n,
    )


def previews_of(
    session: Session, source_kind: str, source_public_id: str
) -> Sequence[ReleasePreview]:
    """What was shown of one source before publishing, with its figures, newest first."""
    return session.scalars(
        select(ReleasePreview)
        .where(
            ReleasePreview.source_kind == source_kind,
            ReleasePreview.source_public_id == source_public_id,
        )
        .order_by(ReleasePreview.id.desc())
    ).all()


def everything_published(session: Session) -> list[EarlierRelease]:
    """The whole ledger as the gate reads it, withdrawn releases included."""
    releases = session.scalars(select(Release).order_by(Release.number, Release.id))
    return [_as_earlier(found, found.number) for found in releases]


def seen_before(session: Session, source_kind: str, source_public_id: str) -> list[EarlierRelease]:
    """The previews of a source that bind what is published of it later, newest first."""
    found = previews_of(session, source_kind, source_public_id)
    return [_as_earlier(one, None) for one in found if one.is_binding]


def _as_earlier(found: Release | ReleasePreview, number: int | None) -> EarlierRelease:
    return EarlierRelease(
        number=number,
        source_kind=found.source_kind,
        source_public_id=found.source_public_id,
        respondents=found.payload["respondents"],
        tables=tables_of(found),
        voices=found.payload["voices"],
        breakdowns=breakdowns_of(found),
        payload=found.payload,
    )


def ledger_break(session: Session) -> int | None:
    """The number of the first release that was changed or is missing; None: the chain is whole."""
    return first_broken_release(session.scalars(select(Release).order_by(Release.number)))
