"""What a report is asked about, and what of the published it may show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from participation.audits.queries import published_audits
from participation.commitments.models import Commitment
from participation.commitments.rules import Status
from participation.county.models import Organisation, Perspective, Unit
from participation.disclosure.models import Release
from participation.foundation.clock import to_local
from participation.foundation.providers import IndicatorCounter, PublicFigure
from participation.indicators.models import Indicator
from participation.indicators.queries.indicators import IndicatorLine, lines_of
from participation.indicators.queries.series import SeriesByIndicator, plain_series
from participation.reports.models import Report
from participation.results.queries import published_findings
from participation.results.rules.findings import PublishedFinding


@dataclass(frozen=True)
class Providers:
    """Where a report reads, and what other floors count."""

    session: Session
    counters: Iterable[IndicatorCounter]
    figures: Iterable[PublicFigure]


@dataclass
class Asked:
    """One report on its way. A group's report is about the whole county; a place's about it."""

    report: Report
    providers: Providers
    today: date

    @property
    def session(self) -> Session:
        return self.providers.session

    @property
    def is_of_county(self) -> bool:
        return self.report.group_id is not None

    def is_in_period(self, moment: date | datetime | None) -> bool:
        day = to_local(moment).date() if isinstance(moment, datetime) else moment
        return day is not None and self.report.period_from <= day <= self.report.period_to

    @cached_property
    def standing_findings(self) -> Sequence[PublishedFinding]:
        """Every finding that stands, of whatever time."""
        return published_findings(self.session)

    @cached_property
    def standing_releases(self) -> Sequence[Release]:
        """Everything that stands in the ledger, oldest first."""
        return self.session.scalars(
            select(Release).where(Release.withdrawn_at.is_(None)).order_by(Release.number)
        ).all()

    @cached_property
    def findings(self) -> Sequence[PublishedFinding]:
        """Those of the period, newest first. Findings are about the county, never about a place."""
        if not self.is_of_county:
            return []
        return [one for one in self.standing_findings if self.is_in_period(one.published_at)]

    @cached_property
    def ref_of_finding(self) -> dict[str, str]:
        """Of every finding that stands, the release that it is read from."""
        numbers = {one.release_number: one.public_id for one in self.standing_findings}
        return {
            numbers[one.number]: f"release:{one.public_id}"
            for one in self.standing_releases
            if one.number in numbers
        }

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units that a report about a place is about, with their organisations'."""
        report = self.report
        if report.unit is not None:
            return frozenset({report.unit.id})
        if report.municipality is None:
            return frozenset()
        code = report.municipality.code
        of_place = select(Organisation.id).where(Organisation.municipality_code == code)
        return frozenset(
            self.session.scalars(
                select(Unit.id).where(
                    or_(Unit.municipality_code == code, Unit.organisation_id.in_(of_place))
                )
            )
        )

    @cached_property
    def promises(self) -> Sequence[Commitment]:
        """Public commitments of those whom the report is about, newest answer first."""
        statement = (
            select(Commitment)
            .where(Commitment.is_public, Commitment.status != Status.CALLED_OFF.value)
            .options(
                joinedload(Commitment.organisation),
                joinedload(Commitment.group),
                joinedload(Commitment.unit),
            )
            .order_by(Commitment.answered_on.desc(), Commitment.due_on, Commitment.id)
        )
        if not self.is_of_county:
            owed_by_unit = Commitment.owed_by_unit_id.in_(self.unit_ids)
            code = self.report.municipality.code if self.report.municipality else "-"
            own = select(Organisation.id).where(Organisation.municipality_code == code)
            owed_here = Commitment.owed_by_organisation_id.in_(own)
            statement = statement.where(or_(owed_by_unit, owed_here))
        return [
            one
            for one in self.session.scalars(statement)
            if one.subject_kind != "finding" or one.subject_public_id in self.ref_of_finding
        ]

    @cached_property
    def releases(self) -> Sequence[Release]:
        """Everything that stands and was published in the period, oldest first."""
        return [one for one in self.standing_releases if self.is_in_period(one.published_at)]

    @cached_property
    def indicator_lines(self) -> Sequence[IndicatorLine]:
        """Every current indicator: newest values of the county and of each municipality."""
        ids = self.session.scalars(
            select(Indicator.id)
            .join(Perspective, Perspective.id == Indicator.perspective_id)
            .where(Indicator.is_current)
            .order_by(Perspective.position, Indicator.position, Indicator.id)
        ).all()
        return lines_of(self.session, (), self.today.year, ids)

    @cached_property
    def county_series(self) -> SeriesByIndicator:
        """What is measured for the whole county, period by period."""
        wanted = select(Indicator.id).where(Indicator.is_current)
        return plain_series(self.session, wanted)

    @cached_property
    def audited(self) -> dict[int, int]:
        """By the release of a public summary: the unit it is about."""
        return {
            one.release_id: one.unit_id
            for one in published_audits(self.session)
            if one.release_id is not None
        }

    def refs_of(self, promise: Commitment) -> list[str]:
        """A promise goes with itself, and with the finding whose words it carries."""
        refs = [f"commitment:{promise.public_id}"]
        if promise.subject_kind == "finding":
            refs.append(self.ref_of_finding[promise.subject_public_id])
        return refs

    def days_late(self, promise: Commitment) -> int:
        day = promise.deadline
        return max(0, (self.today - day).days) if day else 0

    @property
    def is_fictional(self) -> bool:
        return (
            any(one.is_fictional for one in self.findings)
            or any(one.is_fictional for one in self.releases)
            or any(one.is_fictional for one in self.promises)
        )
