"""What the county's own pages and the search index show."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.models import (
    CooperationAgreement,
    County,
    DocumentAdoption,
    Group,
    Municipality,
    Organisation,
    PopulationBand,
    Seat,
    SteeringDocument,
    StrategicDirection,
    Unit,
)
from participation.county.queries.lookups import (
    RESIDENT_SEATS,
    cooperation_agreements,
    county_or_none,
    document_adoptions,
    groups,
    municipalities,
    organisations,
    required,
    seats,
    steering_documents,
    strategic_directions,
    units,
)
from participation.foundation.providers import Address, SearchDocument

SEARCH_SOURCE = "county"


@dataclass(frozen=True)
class GroupsWithSeats:
    """Every group, earlier ones apart, and how many seats residents have in each (by group id)."""

    current: Sequence[Group]
    earlier: Sequence[Group]
    resident_seats: Mapping[int, int]

    def on_level(self, kind: str) -> list[Group]:
        """The current groups of one kind."""
        return [item for item in self.current if item.kind == kind]


def groups_with_seats(session: Session) -> GroupsWithSeats:
    """All groups for a list page. Two queries, however many groups."""
    found = groups(session, include_earlier=True)
    counts = session.execute(
        select(Seat.group_id, func.sum(Seat.count))
        .where(Seat.is_current, Seat.kind.in_(RESIDENT_SEATS))
        .group_by(Seat.group_id)
    )
    return GroupsWithSeats(
        current=[item for item in found if item.is_current],
        earlier=[item for item in found if not item.is_current],
        resident_seats={group_id: int(count or 0) for group_id, count in counts},
    )


@dataclass(frozen=True)
class SeatLine:
    """A kind of seat and the group that appoints to it, if any does."""

    seat: Seat
    appointed_by: Group | None

    @property
    def is_for_residents(self) -> bool:
        return self.seat.kind in RESIDENT_SEATS


@dataclass(frozen=True)
class GroupOverview:
    """One group with what stands around it."""

    group: Group
    parent: Group | None
    below: Sequence[Group]
    seats: Sequence[SeatLine]
    directions: Sequence[StrategicDirection]

    @property
    def resident_seats(self) -> int:
        return sum(line.seat.count or 0 for line in self.seats if line.is_for_residents)


def group_overview(session: Session, public_id: str) -> GroupOverview:
    """One group for its page. Raises NotFound. Three queries."""
    by_id = {item.id: item for item in groups(session, include_earlier=True)}
    shown = required(next((item for item in by_id.values() if item.public_id == public_id), None))
    return GroupOverview(
        group=shown,
        parent=by_id.get(shown.parent_id) if shown.parent_id else None,
        below=[item for item in by_id.values() if item.parent_id == shown.id and item.is_current],
        seats=[
            SeatLine(seat, by_id.get(seat.appointed_by_group_id or 0))
            for seat in seats(session, shown.id)
        ],
        directions=strategic_directions(session, shown.id),
    )


@dataclass(frozen=True)
class CountyOverview:
    """What the public page about the county shows."""

    county: County | None
    documents: Sequence[tuple[SteeringDocument, Sequence[tuple[DocumentAdoption, Organisation]]]]
    agreements: Sequence[CooperationAgreement]
    municipalities: Sequence[Municipality]
    is_approximate: bool
    population_source: str | None
    population_year: int | None

    @property
    def population(self) -> int:
        return sum(item.population for item in self.municipalities)


def county_overview(session: Session) -> CountyOverview:
    """The county for its page. Six queries, however much it holds."""
    adopted: dict[int, list[tuple[DocumentAdoption, Organisation]]] = defaultdict(list)
    for adoption, adopting in document_adoptions(session):
        adopted[adoption.document_id].append((adoption, adopting))
    band = PopulationBand
    counted = session.execute(
        select(band.year, band.source, band.is_approximate)
        .where(band.is_current)
        .order_by(band.is_approximate.desc(), band.id)
        .limit(1)
    ).first()
    return CountyOverview(
        county=county_or_none(session),
        documents=[(item, adopted[item.id]) for item in steering_documents(session)],
        agreements=cooperation_agreements(session),
        municipalities=municipalities(session),
        is_approximate=bool(counted and counted.is_approximate),
        population_source=counted.source if counted else None,
        population_year=counted.year if counted else None,
    )


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation in the staff's list."""

    organisation: Organisation
    units: Sequence[Unit]


def organisation_lines(session: Session) -> list[OrganisationLine]:
    """Current organisations with their units: region, municipalities, federations, the rest."""
    below: dict[int, list[Unit]] = defaultdict(list)
    for item in units(session):
        below[item.organisation_id].append(item)
    order = {"region": 0, "municipality": 1, "federation": 2, "user_organisation": 3, "other": 4}
    found = sorted(organisations(session), key=lambda item: order[item.kind])
    return [OrganisationLine(item, below[item.id]) for item in found]


def search_documents(session: Session) -> list[SearchDocument]:
    """The current groups as the search index knows them: public."""
    return [
        SearchDocument(
            source=SEARCH_SOURCE,
            object_id=item.public_id,
            title=item.name,
            body=" ".join(filter(None, (item.description, item.earlier_name))),
            address=Address(endpoint="county.group", values={"public_id": item.public_id}),
        )
        for item in groups(session)
    ]
