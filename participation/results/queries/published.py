"""Published findings and rounds, for everybody."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, joinedload

from participation.county.models import Group
from participation.disclosure.models import Release
from participation.disclosure.queries import not_there
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.providers import Address, SearchDocument
from participation.questionnaires.models import (
    QuestionnaireVersion,
    SurveyRound,
)
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.rules.content import Content
from participation.results.models import (
    Finding,
    FindingGroup,
)
from participation.results.rules.findings import PublishedFinding, published_finding

SEARCH_SOURCE = "findings"
ROUNDS_IN_SEARCH = "rounds"
PUBLISHED = Address(endpoint="results.published_list")


def _published() -> Select[Finding, Release]:
    return (
        select(Finding, Release)
        .join(Release, Release.id == Finding.release_id)
        .where(Finding.state == "published", Release.withdrawn_at.is_(None))
        .order_by(Finding.published_at.desc(), Finding.id.desc())
    )


def _as_published(rows: Iterable[tuple[Finding, Release]]) -> list[PublishedFinding]:
    return [
        published_finding(
            finding.id, finding.public_id, release.number, release.published_at, release.payload
        )
        for finding, release in rows
    ]


def published_findings(
    session: Session,
    group: Group | None = None,
    area_id: int | None = None,
    limit: int | None = None,
) -> list[PublishedFinding]:
    """Published findings, newest first: all, of one group, or of one area. One query."""
    statement = published_statement(group.id if group else None, area_id)
    if limit is not None:
        statement = statement.limit(limit)
    return _as_published((row[0], row[1]) for row in session.execute(statement))


def published_statement(
    group_id: int | None = None, area_id: int | None = None
) -> Select[Finding, Release]:
    """The rows behind a list of published findings, for paging; read them with `as_findings`."""
    statement = _published()
    if group_id is not None:
        concerned = select(FindingGroup.finding_id).where(FindingGroup.group_id == group_id)
        statement = statement.where(Finding.id.in_(concerned))
    if area_id is not None:
        statement = statement.where(Finding.area_id == area_id)
    return statement


def as_findings(rows: Iterable[Sequence[object]]) -> list[PublishedFinding]:
    """Rows of `published_statement` as readers see them."""
    pairs = [(row[0], row[1]) for row in rows]
    return _as_published(
        (f, r) for f, r in pairs if isinstance(f, Finding) and isinstance(r, Release)
    )


def one_published(session: Session, public_id: str) -> PublishedFinding:
    """One published finding. Raises NotFound, for a draft too; Withdrawn when it was once."""
    row = session.execute(_published().where(Finding.public_id == public_id)).first()
    if row is None:
        own = Release.source_public_id == public_id, Release.kind == ReleaseKind.FINDING.value
        raise not_there(session, *own, published=PUBLISHED)
    return _as_published([(row[0], row[1])])[0]


def public_release(session: Session, public_id: str) -> Release:
    """A round's published totals. Raises NotFound; Withdrawn when they were once."""
    own = Release.public_id == public_id, Release.kind == ReleaseKind.ROUND_TOTALS.value
    found = session.scalar(select(Release).where(*own, Release.withdrawn_at.is_(None)))
    if found is None:
        raise not_there(session, *own, published=PUBLISHED)
    return found


def content_behind(session: Session, release: Release) -> Content | None:
    """What a published round asked, with its words in every language; None when it is gone."""
    found = session.scalar(
        select(SurveyRound)
        .where(SurveyRound.public_id == release.source_public_id)
        .options(joinedload(SurveyRound.version).joinedload(QuestionnaireVersion.questionnaire))
    )
    return content_of_round(session, found) if found else None


def earlier_waves(session: Session, release: Release) -> Sequence[tuple[str, Release]]:
    """Earlier rounds of the same series that are published, newest first. One query.

    A round nobody published is not named: that it was held is not for readers to learn here.
    """
    own = (
        select(SurveyRound.series_id, SurveyRound.closes_at)
        .where(SurveyRound.public_id == release.source_public_id)
        .subquery()
    )
    rows = session.execute(
        select(SurveyRound.wave_label, Release)
        .join(own, own.c.series_id == SurveyRound.series_id)
        .join(
            Release,
            and_(
                Release.source_public_id == SurveyRound.public_id,
                Release.source_kind == "round",
                Release.withdrawn_at.is_(None),
            ),
        )
        .where(SurveyRound.closes_at < own.c.closes_at, SurveyRound.closed_at.is_not(None))
        .order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc(), Release.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def findings_resting_on(session: Session, release: Release) -> list[PublishedFinding]:
    """Published findings whose number comes from this release."""
    statement = _published().where(Finding.figure_release_id == release.id)
    return _as_published((row[0], row[1]) for row in session.execute(statement))


def search_documents(session: Session) -> Iterable[SearchDocument]:
    """Published findings, for the search index: public."""
    return map(_document, published_findings(session))


def search_document(session: Session, public_id: str) -> SearchDocument:
    """One published finding, for the search index. Raises NotFound."""
    return _document(one_published(session, public_id))


def _document(finding: PublishedFinding) -> SearchDocument:
    return SearchDocument(
        source=SEARCH_SOURCE,
        object_id=finding.public_id,
        title=finding.title,
        body=" ".join([finding.body, *finding.themes, *(q.text for q in finding.quotes)]),
        address=Address(endpoint="results.published", values={"public_id": finding.public_id}),
    )


def findings_published_between(
    session: Session, since: datetime, until: datetime
) -> list[tuple[PublishedFinding, int | None]]:
    """Published findings of a time with their area's id, newest first. One query."""
    rows = session.execute(
        _published().where(Release.published_at >= since, Release.published_at < until)
    ).all()
    return [
        (shown, row[0].area_id)
        for shown, row in zip(_as_published((r[0], r[1]) for r in rows), rows, strict=True)
    ]


def rounds_published_between(
    session: Session, since: datetime, until: datetime
) -> Sequence[Release]:
    """Standing releases of rounds' totals of a time, newest first. One query."""
    return session.scalars(
        select(Release)
        .where(
            Release.source_kind == "round",
            Release.withdrawn_at.is_(None),
            Release.published_at >= since,
            Release.published_at < until,
        )
        .order_by(Release.published_at.desc(), Release.id.desc())
    ).all()
