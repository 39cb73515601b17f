"""The follow-up page of a group or area: what is said, what was promised, how the figures stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.county.queries import perspectives
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseKind
from participation.follow_up.queries.figures import FigureLine, Figures, figures
from participation.follow_up.queries.promises import Promise, promises
from participation.follow_up.queries.subjects import Subject
from participation.follow_up.rules.perspectives import Tally, gone, perspective_of
from participation.foundation.providers import IndicatorCounter
from participation.plans.queries.plans import PlanHead, plan_heads
from participation.questionnaires.models import SurveyRound
from participation.results.queries import published_findings
from participation.results.rules.findings import PublishedFinding

FIRST_FINDINGS = 3
MOST_PROMISES, MOST_LATE = 5, 10
MOST_FINDINGS = 4  # a perspective
MOST_FIGURES = 6  # a perspective
MOST_ROUNDS = 2  # a perspective


@dataclass(frozen=True)
class ShownRound:
    """A published questionnaire: its release, and how many answered."""

    public_id: str
    title: str
    respondents: int | None
    published_at: datetime
    perspective_key: str


@dataclass(frozen=True)
class Part:
    """One perspective: what people say beside what is measured."""

    perspective: Perspective
    findings: Sequence[PublishedFinding]  # beyond the page's first ones
    said: int  # findings in all, the page's first ones too
    rounds: Sequence[ShownRound]
    lines: Sequence[FigureLine]
    more_figures: int

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.rounds or self.lines)


@dataclass(frozen=True)
class Overview:
    """Everything the page shows; every number about people comes from a release."""

    subject: Subject
    findings: Sequence[PublishedFinding]
    promises: Sequence[Promise]
    plans: Sequence[PlanHead]
    parts: Sequence[Part]

    @property
    def first(self) -> Sequence[PublishedFinding]:
        return self.findings[:FIRST_FINDINGS]

    def answers(self, finding_id: str) -> int | None:
        """The number on the page of the finding with this public id."""
        places = {one.public_id: place for place, one in enumerate(self.first, start=1)}
        return places.get(finding_id)

    @property
    def is_silent(self) -> bool:
        """Whether no perspective has anything."""
        return all(part.is_empty for part in self.parts)

    @property
    def late(self) -> Sequence[Promise]:
        return [promise for promise in self.promises if promise.is_late]

    @property
    def shown_promises(self) -> Sequence[Promise]:
        """What is late, and the newest of the rest."""
        return self.promises[: max(MOST_PROMISES, min(len(self.late), MOST_LATE))]

    @property
    def tally(self) -> Tally:
        better, worse = gone(line.standing for part in self.parts for line in part.lines)
        return Tally(len(self.findings), len(self.promises), len(self.late), better, worse)


def overview(
    session: Session, about: Subject, counters: Iterable[IndicatorCounter], today: date
) -> Overview:
    """The page of one group or area. A constant number of queries, whatever it holds."""
    findings = published_findings(session, about.group, about.area.id if about.area else None)
    rounds = _rounds(session, about)
    measured = figures(session, counters, today.year, about, most=MOST_FIGURES)
    return Overview(
        subject=about,
        findings=findings,
        promises=promises(session, about, today),
        plans=plans_of(session, about),
        parts=[_part(one, findings, rounds, measured) for one in perspectives(session)],
    )


def _part(
    perspective: Perspective,
    findings: Sequence[PublishedFinding],
    rounds: Sequence[ShownRound],
    measured: Figures,
) -> Part:
    own = [one for one in findings if one.perspective_key == perspective.key]
    first = {one.public_id for one in findings[:FIRST_FINDINGS]}
    return Part(
        perspective=perspective,
        findings=[one for one in own if one.public_id not in first][:MOST_FINDINGS],
        said=len(own),
        rounds=[one for one in rounds if one.perspective_key == perspective.key][:MOST_ROUNDS],
        lines=measured.of(perspective.id),
        more_figures=measured.more_than_shown(perspective.id),
    )


def plans_of(session: Session, about: Subject) -> list[PlanHead]:
    """The newest plan of the group, or of each group that works with the area."""
    if about.group is not None:
        return plan_heads(session, about.group.id)[:1]
    newest: dict[int, PlanHead] = {}
    for head in plan_heads(session):
        if head.group.id in about.group_ids:
            newest.setdefault(head.group.id, head)
    return list(newest.values())


def _rounds(session: Session, about: Subject) -> list[ShownRound]:
    """Published questionnaires of the area, newest first. One query, without their tables."""
    rows = session.execute(
        select(
            Release.public_id,
            Release.title,
            Release.payload["respondents"].as_integer(),
            Release.published_at,
            SurveyRound.audience,
        )
        .join(SurveyRound, SurveyRound.public_id == Release.source_public_id)
        .where(
            Release.kind == ReleaseKind.ROUND_TOTALS.value,
            Release.withdrawn_at.is_(None),
            SurveyRound.area_id == about.area_id,
        )
        .order_by(Release.number.desc())
        .limit(12)
    )
    return [
        ShownRound(public_id, title, count, published_at, perspective_of(audience))
        for public_id, title, count, published_at, audience in rows
    ]
