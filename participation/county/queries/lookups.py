"""Reads of the county that other floors build on. All of it is public data.

Lists hold what is current; `include_earlier` adds what a newer file no longer names.
A lookup that finds nothing raises NotFound.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from participation.county.models import (
    Area,
    CooperationAgreement,
    County,
    CountyContact,
    DocumentAdoption,
    Group,
    HelpContact,
    Municipality,
    Organisation,
    Perspective,
    PopulationBand,
    Seat,
    SteeringDocument,
    StrategicDirection,
    Unit,
)
from participation.foundation.errors import NotFound

Row = TypeVar("Row")

RESIDENT_SEATS = ("resident", "resident_alternate")


def county_or_none(session: Session) -> County | None:
    """The installation's county; None before any file was loaded."""
    return session.scalar(select(County).order_by(County.is_current.desc(), County.id).limit(1))


def county(session: Session) -> County:
    """The installation's county. Raises NotFound before any file was loaded."""
    return required(county_or_none(session))


def contact(session: Session) -> CountyContact | None:
    """How to reach somebody: the contact of the newest layer that gives one."""
    return session.scalar(
        select(CountyContact)
        .where(CountyContact.is_current)
        .order_by(CountyContact.id.desc())
        .limit(1)
    )


def perspectives(session: Session) -> Sequence[Perspective]:
    """The perspectives of learning follow-up, in the order of the file."""
    statement = select(Perspective).where(Perspective.is_current)
    return session.scalars(statement.order_by(Perspective.position, Perspective.id)).all()


def perspective_by_key(session: Session, key: str) -> Perspective:
    """One perspective. Raises NotFound."""
    return required(session.scalar(select(Perspective).where(Perspective.key == key)))


def areas(session: Session, include_earlier: bool = False) -> Sequence[Area]:
    """The areas people can choose, in the order of the file."""
    statement = _current(select(Area), Area.is_current, include_earlier)
    return session.scalars(statement.order_by(Area.position, Area.id)).all()


def area_by_key(session: Session, key: str) -> Area:
    """One area. Raises NotFound."""
    return required(session.scalar(select(Area).where(Area.key == key)))


def municipalities(session: Session) -> Sequence[Municipality]:
    """The county's municipalities, by code (names are sorted by the page, in its language)."""
    statement = select(Municipality).where(Municipality.is_current)
    return session.scalars(statement.order_by(Municipality.code, Municipality.id)).all()


def municipality_by_code(session: Session, code: str) -> Municipality:
    """One municipality by its SCB code, such as "0880". Raises NotFound."""
    return required(session.scalar(select(Municipality).where(Municipality.code == code)))


def population(session: Session) -> Sequence[PopulationBand]:
    """Current residents by municipality, sex and age band; look at `is_approximate`."""
    band = PopulationBand
    statement = select(band).where(band.is_current)
    return session.scalars(
        statement.order_by(band.municipality_code, band.sex, band.age_from, band.id)
    ).all()


@dataclass(frozen=True)
class BandTotal:
    """Residents of the whole county of one sex and age band."""

    sex: str
    age_from: int
    age_to: int | None
    count: int
    is_approximate: bool


def population_of_county(session: Session) -> Sequence[BandTotal]:
    """As `population`, added up over the municipalities."""
    band = PopulationBand
    rows = session.execute(
        select(
            band.sex,
            band.age_from,
            func.max(band.age_to),
            func.sum(band.count),
            func.count().filter(band.is_approximate),
        )
        .where(band.is_current)
        .group_by(band.sex, band.age_from)
        .order_by(band.sex, band.age_from)
    )
    return [
        BandTotal(sex, age_from, age_to, int(count), bool(approximate))
        for sex, age_from, age_to, count, approximate in rows
    ]


def organisations(
    session: Session, kind: str | None = None, include_earlier: bool = False
) -> Sequence[Organisation]:
    """Organisations by name, all or of one kind."""
    statement = _current(select(Organisation), Organisation.is_current, include_earlier)
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def organisations_that_may_invite(session: Session) -> Sequence[Organisation]:
    """Those that have adopted the participation model (DOMAIN.md, model point 2)."""
    statement = select(Organisation).where(
        Organisation.is_current, Organisation.adopted_on.is_not(None)
    )
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def organisation(session: Session, organisation_id: int) -> Organisation:
    """One organisation by its own id. Raises NotFound."""
    return required(session.get(Organisation, organisation_id))


def organisation_by_key(session: Session, key: str) -> Organisation:
    """One organisation by the file's key. Raises NotFound."""
    return required(session.scalar(select(Organisation).where(Organisation.key == key)))


def organisation_by_public_id(session: Session, public_id: str) -> Organisation:
    """One organisation by the id in addresses. Raises NotFound."""
    return required(session.scalar(select(Organisation).where(Organisation.public_id == public_id)))


def units(
    session: Session, organisation_id: int | None = None, include_earlier: bool = False
) -> Sequence[Unit]:
    """Units by name, all or of one organisation."""
    statement = _current(select(Unit), Unit.is_current, include_earlier)
    if organisation_id is not None:
        statement = statement.where(Unit.organisation_id == organisation_id)
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def unit(session: Session, unit_id: int) -> Unit:
    """One unit by its own id. Raises NotFound."""
    return required(session.get(Unit, unit_id))


def unit_by_key(session: Session, key: str) -> Unit:
    """One unit by the file's key. Raises NotFound."""
    return required(session.scalar(select(Unit).where(Unit.key == key)))


def unit_by_public_id(session: Session, public_id: str) -> Unit:
    """One unit by the id in addresses. Raises NotFound."""
    return required(session.scalar(select(Unit).where(Unit.public_id == public_id)))


def groups(
    session: Session, kind: str | None = None, include_earlier: bool = False
) -> Sequence[Group]:
    """Groups in the order of the file, all or of one kind."""
    statement = _current(select(Group), Group.is_current, include_earlier)
    if kind is not None:
        statement = statement.where(Group.kind == kind)
    # Layers lie on each other in the order they were loaded, so the county's own come first.
    return session.scalars(statement.order_by(Group.is_fictional, Group.position, Group.id)).all()


def group(session: Session, group_id: int) -> Group:
    """One group by its own id. Raises NotFound."""
    return required(session.get(Group, group_id))


def groups_by_id(session: Session, ids: Collection[int]) -> Sequence[Group]:
    """The groups with these ids, in the order of the file."""
    statement = select(Group).where(Group.id.in_(ids))
    return session.scalars(statement.order_by(Group.position, Group.id)).all()


def group_by_key(session: Session, key: str) -> Group:
    """One group by the file's key. Raises NotFound."""
    return required(session.scalar(select(Group).where(Group.key == key)))


def group_by_public_id(session: Session, public_id: str) -> Group:
    """One group by the id in addresses. Raises NotFound."""
    return required(session.scalar(select(Group).where(Group.public_id == public_id)))


def seats(session: Session, group_id: int | None = None) -> Sequence[Seat]:
    """Current seats in order, of one group or of all."""
    statement = select(Seat).where(Seat.is_current)
    if group_id is not None:
        statement = statement.where(Seat.group_id == group_id)
    return session.scalars(statement.order_by(Seat.group_id, Seat.position, Seat.id)).all()


def resident_seats(session: Session) -> Sequence[Seat]:
    """Seats that residents hold, alternates included, in current groups."""
    return session.scalars(
        select(Seat)
        .join(Group, Group.id == Seat.group_id)
        .where(Seat.is_current, Group.is_current, Seat.kind.in_(RESIDENT_SEATS))
        .order_by(Group.position, Seat.position, Seat.id)
    ).all()


def cooperation_agreements(
    session: Session, include_earlier: bool = False
) -> Sequence[CooperationAgreement]:
    """Cooperation agreements by name."""
    agreement = CooperationAgreement
    statement = _current(select(agreement), agreement.is_current, include_earlier)
    return session.scalars(statement.order_by(agreement.name, agreement.id)).all()


def agreement_by_key(session: Session, key: str) -> CooperationAgreement:
    """One cooperation agreement by the file's key. Raises NotFound."""
    agreement = CooperationAgreement
    return required(session.scalar(select(agreement).where(agreement.key == key)))


def help_contacts(session: Session, audience: str | None = None) -> Sequence[HelpContact]:
    """Where to turn when one feels unwell; `audience` "children" puts theirs first."""
    statement = select(HelpContact).where(HelpContact.is_current)
    found = session.scalars(statement.order_by(HelpContact.position, HelpContact.id)).all()
    if audience is None:
        return found
    return sorted(found, key=lambda item: item.audience != audience)


def steering_documents(session: Session) -> Sequence[SteeringDocument]:
    """The chain of documents, in the order of the file."""
    document = SteeringDocument
    statement = select(document).where(document.is_current)
    return session.scalars(statement.order_by(document.position, document.id)).all()


def document_adoptions(session: Session) -> Sequence[tuple[DocumentAdoption, Organisation]]:
    """Who adopted which document and when, earliest first."""
    rows = session.execute(
        select(DocumentAdoption, Organisation)
        .join(Organisation, Organisation.id == DocumentAdoption.organisation_id)
        .where(DocumentAdoption.is_current)
        .order_by(DocumentAdoption.adopted_on, DocumentAdoption.id)
    )
    return [(adoption, adopting) for adoption, adopting in rows]


def strategic_directions(
    session: Session, group_id: int | None = None
) -> Sequence[StrategicDirection]:
    """Strategic directions in the order of the file, all or of one group."""
    direction = StrategicDirection
    statement = select(direction).where(direction.is_current)
    if group_id is not None:
        statement = statement.where(direction.group_id == group_id)
    return session.scalars(statement.order_by(direction.position, direction.id)).all()


def required(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row


def _current(
    statement: Select[Any], is_current: ColumnElement[bool] | Any, include_earlier: bool
) -> Select[Any]:
    return statement if include_earlier else statement.where(is_current)
