"""Reading findings: drafts for those who publish, published ones for everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from participation.coding.models import Code, Excerpt, Material, Theme
from participation.county.models import Group
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.errors import NotFound
from participation.foundation.jobs import Job
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, SearchDocument
from participation.questionnaires import queries as questionnaires
from participation.questionnaires.models import (
    QuestionnaireVersion,
    SurveyRound,
)
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.rules.content import Content
from participation.results.models import (
    AnswerExport,
    AnswerExportPiece,
    Finding,
    FindingCode,
    FindingGroup,
    FindingMaterial,
    FindingQuote,
)
from participation.results.rules.findings import PublishedFinding, published_finding

JOB_KIND = "results.publish_round"
PREVIEW_KIND = "results.preview_round"
SEARCH_SOURCE = "findings"
MOST_EXPORTS_SHOWN = 20

# ---------------------------------------------------------------- for everybody


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
    """One published finding. Raises NotFound, for a draft or a withdrawn one too."""
    row = session.execute(_published().where(Finding.public_id == public_id)).first()
    if row is None:
        raise NotFound
    return _as_published([(row[0], row[1])])[0]


def public_release(session: Session, public_id: str) -> Release:
    """A round's published totals. Raises NotFound when withdrawn."""
    found = session.scalar(
        select(Release).where(
            Release.public_id == public_id,
            Release.kind == ReleaseKind.ROUND_TOTALS.value,
            Release.withdrawn_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
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
    for finding in published_findings(session):
        yield SearchDocument(
            source=SEARCH_SOURCE,
            object_id=finding.public_id,
            title=finding.title,
            body=" ".join([finding.body, *finding.themes, *(q.text for q in finding.quotes)]),
            address=Address(endpoint="results.published", values={"public_id": finding.public_id}),
        )


# ---------------------------------------------------------------- for those who publish


def visible(actor: Actor) -> ColumnElement[bool]:
    """Which findings the person may work on: all, or those of their organisations."""
    scope = actor.scope(Permission.PUBLISH_FINDINGS)
    if scope.everywhere:
        return Finding.id.is_not(None)
    return Finding.organisation_id.in_(scope.organisation_ids)


def findings(session: Session, actor: Actor) -> Sequence[Finding]:
    """Every finding the person may work on, newest change first."""
    return session.scalars(
        select(Finding).where(visible(actor)).order_by(Finding.updated_at.desc(), Finding.id.desc())
    ).all()


def finding(session: Session, actor: Actor, public_id: str) -> Finding:
    """One finding in the workroom. Raises NotFound."""
    found = session.scalar(select(Finding).where(Finding.public_id == public_id, visible(actor)))
    if found is None:
        raise NotFound
    return found


def quotes_of(session: Session, found: Finding) -> Sequence[FindingQuote]:
    """The quotes of a finding, in order."""
    return session.scalars(
        select(FindingQuote)
        .where(FindingQuote.finding_id == found.id)
        .order_by(FindingQuote.position, FindingQuote.id)
    ).all()


def quotes_out_of(session: Session, text_ids: Collection[int]) -> Sequence[FindingQuote]:
    """The quotes chosen out of these texts, in any finding."""
    return session.scalars(
        select(FindingQuote)
        .join(Excerpt, Excerpt.id == FindingQuote.excerpt_id)
        .where(Excerpt.text_id.in_(text_ids))
        .order_by(FindingQuote.id)
    ).all()


def that_lost_a_quote(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Those of the findings that were withdrawn and hold a quote somebody took back."""
    withdrawn = [found.id for found in findings if found.state == "withdrawn"]
    if not withdrawn:
        return []
    lost = set(
        session.scalars(
            select(FindingQuote.finding_id).where(
                FindingQuote.finding_id.in_(withdrawn), FindingQuote.text == ""
            )
        )
    )
    return [found for found in findings if found.id in lost]


def quote(session: Session, found: Finding, public_id: str) -> FindingQuote:
    """One quote of a finding. Raises NotFound."""
    row = session.scalar(
        select(FindingQuote).where(
            FindingQuote.finding_id == found.id, FindingQuote.public_id == public_id
        )
    )
    if row is None:
        raise NotFound
    return row


def groups_of(session: Session, found: Finding) -> Sequence[Group]:
    """The groups a finding concerns."""
    return session.scalars(
        select(Group)
        .join(FindingGroup, FindingGroup.group_id == Group.id)
        .where(FindingGroup.finding_id == found.id)
        .order_by(Group.position, Group.id)
    ).all()


def codes_of(session: Session, found: Finding) -> list[tuple[Code, Theme]]:
    """The codes a finding rests on, with their themes."""
    rows = session.execute(
        select(Code, Theme)
        .join(Theme, Theme.id == Code.theme_id)
        .join(FindingCode, FindingCode.code_id == Code.id)
        .where(FindingCode.finding_id == found.id)
        .order_by(Code.number, Code.id)
    )
    return [(row[0], row[1]) for row in rows]


def materials_of(session: Session, found: Finding) -> Sequence[Material]:
    """The materials a finding rests on."""
    return session.scalars(
        select(Material)
        .join(FindingMaterial, FindingMaterial.material_id == Material.id)
        .where(FindingMaterial.finding_id == found.id)
        .order_by(Material.id)
    ).all()


def release_by_id(session: Session, release_id: int | None) -> Release | None:
    return None if release_id is None else session.get(Release, release_id)


@dataclass(frozen=True)
class RoundLine:
    """A closed round and its newest standing release, if it has one."""

    round: SurveyRound
    title: str
    release: Release | None


def closed_rounds(session: Session, actor: Actor) -> list[RoundLine]:
    """Rounds that are over, newest first, with what is published of them. Two queries."""
    if not actor.scope(Permission.PUBLISH_FINDINGS).everywhere:
        return []
    over = questionnaires.rounds_over(session, actor)
    published = standing_by_source(session, [found.public_id for found in over])
    return [RoundLine(found, round_title(found), published.get(found.public_id)) for found in over]


def closed_round(session: Session, actor: Actor, public_id: str) -> RoundLine:
    """One round that is over. Raises NotFound."""
    for line in closed_rounds(session, actor):
        if line.round.public_id == public_id:
            return line
    raise NotFound


def round_title(found: SurveyRound) -> str:
    """ "Enkät till närstående 2026"."""
    version: QuestionnaireVersion = found.version
    return f"{version.questionnaire.title} {found.wave_label}"


def standing_by_source(session: Session, public_ids: list[str]) -> Mapping[str, Release]:
    """The newest standing release of each of these rounds. One statement."""
    rows = session.scalars(
        select(Release)
        .where(
            Release.source_kind == "round",
            Release.source_public_id.in_(public_ids),
            Release.withdrawn_at.is_(None),
        )
        .order_by(Release.number, Release.id)
    )
    return {found.source_public_id: found for found in rows}


def newest_publication_job(session: Session, round_id: int) -> Job | None:
    """The newest try to publish a round's totals."""
    return _newest_job(session, JOB_KIND, round_id)


def newest_preview_job(session: Session, round_id: int) -> Job | None:
    """The newest look at what the gate would do to a round's totals."""
    return _newest_job(session, PREVIEW_KIND, round_id)


def _newest_job(session: Session, kind: str, round_id: int) -> Job | None:
    return session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.once_key.startswith(f"{kind}:{round_id}:"))
        .order_by(Job.id.desc())
        .limit(1)
    )


# ---------------------------------------------------------------- answers taken out


def exports_of(session: Session, actor: Actor, round_id: int) -> Sequence[tuple[AnswerExport, Job]]:
    """The files somebody ordered of a round's answers, newest first, with their work."""
    if not actor.scope(Permission.EXTRACT_ANSWERS).everywhere:
        return []
    rows = session.execute(
        select(AnswerExport, Job)
        .join(Job, Job.public_id == AnswerExport.job_public_id)
        .where(
            AnswerExport.round_id == round_id,
            AnswerExport.created_by_account_id == actor.account_id,
        )
        .order_by(AnswerExport.id.desc())
        .limit(MOST_EXPORTS_SHOWN)
    )
    return [(row[0], row[1]) for row in rows]


def ready_export(session: Session, actor: Actor, public_id: str) -> AnswerExport:
    """A file its orderer can download now. Raises NotFound, also when its day is over."""
    found = session.scalar(select(AnswerExport).where(AnswerExport.public_id == public_id))
    is_own = found is not None and found.created_by_account_id == actor.account_id
    if found is None or not is_own or not found.is_ready:
        raise NotFound
    return found


def export_piece(session: Session, export_id: int, position: int) -> bytes | None:
    """One piece of a file; None behind the last."""
    return session.scalar(
        select(AnswerExportPiece.content).where(
            AnswerExportPiece.export_id == export_id, AnswerExportPiece.position == position
        )
    )
