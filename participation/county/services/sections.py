"""Writing the sections the county itself owns, in the order they point at each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from participation.county import queries
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
from participation.county.rules.facts import CountyFile, DocumentFacts, GroupFacts
from participation.county.services.adoptions import adoption_columns, follow_file
from participation.county.services.upsert import SectionCounts, Upsert

T = TypeVar("T")
Ids = Mapping[str, int]


def load_own_sections(session: Session, county_file: CountyFile) -> dict[str, SectionCounts]:
    """Bring every table of the county in line with the file. The file must have been checked."""
    counts: dict[str, SectionCounts] = {}
    for name, load in _LOADERS:
        counts[name] = load(session, county_file)
    return counts


def _county(session: Session, file: CountyFile) -> SectionCounts:
    rows = [vars(file.county)] if file.county else []
    return Upsert(session, file.layer, County, (County.code,)).put_all(rows)


def _contact(session: Session, file: CountyFile) -> SectionCounts:
    rows = [{"layer": file.layer, **vars(file.contact)}] if file.contact else []
    return Upsert(session, file.layer, CountyContact, (CountyContact.layer,)).put_all(rows)


def _perspectives(session: Session, file: CountyFile) -> SectionCounts:
    rows = _in_order(vars(item) for item in file.perspectives)
    return Upsert(session, file.layer, Perspective, (Perspective.key,)).put_all(rows)


def _areas(session: Session, file: CountyFile) -> SectionCounts:
    rows = _in_order(vars(item) for item in file.areas)
    return Upsert(session, file.layer, Area, (Area.key,)).put_all(rows)


def _municipalities(session: Session, file: CountyFile) -> SectionCounts:
    rows = [
        {key: value for key, value in vars(item).items() if key != "bands"}
        for item in file.municipalities
    ]
    return Upsert(session, file.layer, Municipality, (Municipality.code,)).put_all(rows)


def _population(session: Session, file: CountyFile) -> SectionCounts:
    band = PopulationBand
    key = (band.municipality_code, band.year, band.sex, band.age_from)
    population = file.population
    rows = [
        {
            "municipality_code": municipality.code,
            "year": population.year,
            "is_approximate": population.is_approximate,
            "source": population.source,
            **vars(counted),
        }
        for municipality in file.municipalities
        for counted in municipality.bands
        if population
    ]
    return Upsert(session, file.layer, PopulationBand, key).put_all(rows)


def _organisations(session: Session, file: CountyFile) -> SectionCounts:
    """With their adoptions: what people wrote down or ended stays, whatever the file says."""
    upsert = Upsert(session, file.layer, Organisation, (Organisation.key,))
    history = queries.adoptions_by_organisation(session)
    ids = queries.ids_by_key(session, Organisation)
    for item in file.organisations:
        earlier = history.get(ids.get(item.key, 0), [])
        row = upsert.put(
            key=item.key,
            name=item.name,
            names=item.names,
            kind=item.kind,
            municipality_code=item.municipality,
            is_fictional=item.is_fictional,
            **adoption_columns(item, earlier),
        )
        follow_file(session, file.layer, row, item, earlier)
    return upsert.retire_rest()


def _units(session: Session, file: CountyFile) -> SectionCounts:
    organisations = queries.ids_by_key(session, Organisation)
    areas = queries.ids_by_key(session, Area)
    rows = [
        {
            "key": item.key,
            "name": item.name,
            "names": item.names,
            "organisation_id": organisations[item.organisation],
            "municipality_code": item.municipality,
            "area_id": _id(areas, item.area),
            "is_fictional": item.is_fictional,
        }
        for item in file.units
    ]
    return Upsert(session, file.layer, Unit, (Unit.key,)).put_all(rows)


def _groups(session: Session, file: CountyFile) -> SectionCounts:
    upsert = Upsert(session, file.layer, Group, (Group.key,))
    ids = dict(queries.ids_by_key(session, Group))
    areas = queries.ids_by_key(session, Area)
    position = {group.key: number for number, group in enumerate(file.groups, 1)}
    for item in _parents_first(file.groups, lambda group: group.parent):
        row = upsert.put(position=position[item.key], **_group_values(item, ids, areas))
        ids[item.key] = row.id
    return upsert.retire_rest()


def _group_values(item: GroupFacts, ids: Ids, areas: Ids) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "names": item.names,
        "kind": item.kind,
        "parent_id": _id(ids, item.parent),
        "area_id": _id(areas, item.area),
        "description": item.description,
        "meets": item.meets,
        "formed": str(item.formed) if item.formed else None,
        "earlier_name": item.earlier_name,
        "is_current": item.is_current,
        "is_fictional": item.is_fictional,
    }


def _seats(session: Session, file: CountyFile) -> SectionCounts:
    groups = queries.ids_by_key(session, Group)
    rows = [
        {
            "group_id": groups[group.key],
            "key": seat.key,
            "kind": seat.kind,
            "label": seat.label,
            "labels": seat.labels,
            "count": seat.count,
            "appointed_by_group_id": _id(groups, seat.appointed_by),
            "position": number,
        }
        for group in file.groups
        for number, seat in enumerate(group.seats, 1)
    ]
    return Upsert(session, file.layer, Seat, (Seat.group_id, Seat.key)).put_all(rows)


def _agreements(session: Session, file: CountyFile) -> SectionCounts:
    areas = queries.ids_by_key(session, Area)
    rows = []
    for item in file.agreements:
        values = {key: value for key, value in vars(item).items() if key != "area"}
        rows.append({**values, "area_id": _id(areas, item.area)})
    agreement = CooperationAgreement
    return Upsert(session, file.layer, agreement, (agreement.key,)).put_all(rows)


def _help_contacts(session: Session, file: CountyFile) -> SectionCounts:
    rows = _in_order(vars(item) for item in file.help_contacts)
    return Upsert(session, file.layer, HelpContact, (HelpContact.key,)).put_all(rows)


def _documents(session: Session, file: CountyFile) -> SectionCounts:
    upsert = Upsert(session, file.layer, SteeringDocument, (SteeringDocument.key,))
    ids = dict(queries.ids_by_key(session, SteeringDocument))
    position = {item.key: number for number, item in enumerate(file.documents, 1)}
    for item in _parents_first(file.documents, lambda document: document.follows):
        row = upsert.put(position=position[item.key], **_document_values(item, ids))
        ids[item.key] = row.id
    return upsert.retire_rest()


def _document_values(item: DocumentFacts, ids: Ids) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "names": item.names,
        "kind": item.kind,
        "follows_id": _id(ids, item.follows),
        "summary": item.summary,
        "decided": str(item.decided) if item.decided else None,
        "decided_by": item.decided_by,
    }


def _document_adoptions(session: Session, file: CountyFile) -> SectionCounts:
    documents = queries.ids_by_key(session, SteeringDocument)
    organisations = queries.ids_by_key(session, Organisation)
    rows = [
        {
            "document_id": documents[document.key],
            "organisation_id": organisations[adoption.organisation],
            "adopted_on": adoption.adopted_on,
            "adopted_by": adoption.adopted_by,
        }
        for document in file.documents
        for adoption in document.adoptions
    ]
    adopted = DocumentAdoption
    key = (adopted.document_id, adopted.organisation_id)
    return Upsert(session, file.layer, adopted, key).put_all(rows)


def _directions(session: Session, file: CountyFile) -> SectionCounts:
    documents = queries.ids_by_key(session, SteeringDocument)
    groups = queries.ids_by_key(session, Group)
    rows = _in_order(
        {
            "key": item.key,
            "document_id": documents[item.document],
            "group_id": _id(groups, item.group),
            "text": item.text,
        }
        for item in file.directions
    )
    return Upsert(session, file.layer, StrategicDirection, (StrategicDirection.key,)).put_all(rows)


_LOADERS: Sequence[tuple[str, Callable[[Session, CountyFile], SectionCounts]]] = (
    ("county", _county),
    ("contact", _contact),
    ("perspectives", _perspectives),
    ("areas", _areas),
    ("municipalities", _municipalities),
    ("population", _population),
    ("organisations", _organisations),
    ("units", _units),
    ("groups", _groups),
    ("seats", _seats),
    ("cooperation_agreements", _agreements),
    ("help_contacts", _help_contacts),
    ("documents", _documents),
    ("adoptions", _document_adoptions),
    ("strategic_directions", _directions),
)


def _id(ids: Ids, key: str | None) -> int | None:
    return None if key is None else ids[key]


def _in_order(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "position": number} for number, row in enumerate(rows, 1)]


def _parents_first(items: Sequence[T], parent_of: Callable[[T], str | None]) -> list[T]:
    """The items so that what one points at stands before it; the file has no circles."""
    by_key: dict[str, T] = {item.key: item for item in items}  # type: ignore[attr-defined]
    ordered: dict[str, T] = {}

    def place(key: str) -> None:
        parent = parent_of(by_key[key])
        if parent in by_key and parent not in ordered:
            place(parent)
        ordered.setdefault(key, by_key[key])

    for key in by_key:
        place(key)
    return list(ordered.values())
