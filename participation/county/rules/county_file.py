"""Reading every section the county itself owns, with every error noted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from participation.county.rules.facts import (
    ADOPTION,
    AGREEMENT,
    AREA,
    CONTACT,
    COUNTY,
    DIRECTION,
    DOCUMENT,
    DOCUMENT_ADOPTION,
    DOCUMENT_KINDS,
    FILE,
    GROUP,
    GROUP_KINDS,
    HELP_AUDIENCES,
    HELP_CONTACT,
    MUNICIPALITY,
    ORGANISATION,
    ORGANISATION_KINDS,
    PERSPECTIVE,
    QUESTIONNAIRE_AUDIENCES,
    SEAT,
    SEAT_KINDS,
    UNIT,
    AdoptionFacts,
    AgreementFacts,
    AreaFacts,
    ContactFacts,
    CountyFacts,
    CountyFile,
    DirectionFacts,
    DocumentFacts,
    GroupFacts,
    HelpContactFacts,
    KnownKeys,
    MunicipalityFacts,
    OrganisationFacts,
    PerspectiveFacts,
    SeatFacts,
    UnitFacts,
)
from participation.county.rules.nodes import Claims, Node, Shape
from participation.county.rules.population import PopulationFacts, read_population
from participation.foundation.i18n import gettext as _

T = TypeVar("T")


def layer_of(root: Node) -> str:
    """The name of the file's layer, "" when missing or wrong (which is noted)."""
    return root.own_key("layer")


def read_sections(
    root: Node, layers: Mapping[str, KnownKeys], upper_sections: Iterable[str] = ()
) -> CountyFile:
    """Read every section of the file that the county itself owns.

    `layers` holds the keys already loaded from *other* files, by layer: a file may point at what
    the layers it `builds_on` own, and may take over no key of any. `upper_sections` are section
    names that other features read.
    """
    root.follows(replace(FILE, optional=FILE.optional + tuple(upper_sections)))
    reader = _Reader(root, layers)
    return reader.read()


class _Reader:
    """One reading of one file; keeps what is known so far, so that references can be checked."""

    def __init__(self, root: Node, layers: Mapping[str, KnownKeys]) -> None:
        self.root = root
        self.builds_on = tuple(root.texts("builds_on"))
        self.taken = KnownKeys()
        for keys in layers.values():
            self.taken |= keys
        self.known = KnownKeys()
        for layer in self.builds_on:
            if layer in layers:
                self.known |= layers[layer]
            else:
                root.error(
                    _(
                        "the layer “%(layer)s” is not loaded; load its file first",
                        layer=layer,
                    ),
                    "builds_on",
                )

    def read(self) -> CountyFile:
        perspectives = self._section("perspectives", PERSPECTIVE, _perspective)
        areas = self._section("areas", AREA, _area)
        population = read_population(self.root)
        municipalities = self._municipalities(population)
        organisations = self._section("organisations", ORGANISATION, self._organisation)
        units = self._section("units", UNIT, self._unit)
        groups = self._groups()
        agreements = self._section(
            "cooperation_agreements", AGREEMENT, self._agreement, known_as="agreements"
        )
        help_contacts = self._section("help_contacts", HELP_CONTACT, _help_contact)
        documents = self._documents()
        directions = self._section(
            "strategic_directions", DIRECTION, self._direction, known_as="directions"
        )
        return CountyFile(
            layer=layer_of(self.root),
            builds_on=self.builds_on,
            county=_county(self.root),
            contact=_contact(self.root),
            perspectives=perspectives,
            areas=areas,
            population=population,
            municipalities=municipalities,
            organisations=organisations,
            units=units,
            groups=groups,
            agreements=agreements,
            help_contacts=help_contacts,
            documents=documents,
            directions=directions,
            known=self.known,
        )

    def _section(
        self,
        name: str,
        shape: Shape,
        read: Callable[[Node], T],
        known_as: str | None = None,
        key: str = "key",
    ) -> tuple[T, ...]:
        known_as = known_as or name
        entries = list(self.root.shaped_children(name, shape))
        self._claim(entries, known_as, key)
        return tuple(read(entry) for entry in entries)

    def _claim(self, entries: list[Node], known_as: str, key: str) -> None:
        claims = Claims(taken=getattr(self.taken, known_as))
        for entry in entries:
            claims.claim(entry, entry.text(key), key)
        self.known |= KnownKeys(**{known_as: claims.keys})

    def _municipalities(self, population: PopulationFacts | None) -> tuple[MunicipalityFacts, ...]:
        def read(entry: Node) -> MunicipalityFacts:
            return _municipality(entry, population)

        return self._section("municipalities", MUNICIPALITY, read, key="code")

    def _organisation(self, entry: Node) -> OrganisationFacts:
        adoption = entry.shaped_child("adoption", ADOPTION)
        return OrganisationFacts(
            key=entry.own_key(),
            name=entry.text("name"),
            names=entry.text_by_locale("names"),
            kind=entry.choice("kind", ORGANISATION_KINDS),
            municipality=entry.reference_or_none("municipality", self.known.municipalities),
            adopted_on=adoption.partial_date_or_none("date") if adoption else None,
            adoption_note=adoption.text_or_none("note", 500) if adoption else None,
            is_fictional=entry.flag("fictional"),
        )

    def _unit(self, entry: Node) -> UnitFacts:
        return UnitFacts(
            key=entry.own_key(),
            name=entry.text("name"),
            names=entry.text_by_locale("names"),
            organisation=entry.reference("organisation", self.known.organisations),
            municipality=entry.reference_or_none("municipality", self.known.municipalities),
            area=entry.reference_or_none("area", self.known.areas),
            is_fictional=entry.flag("fictional"),
        )

    def _groups(self) -> tuple[GroupFacts, ...]:
        entries = list(self.root.shaped_children("groups", GROUP))
        self._claim(entries, "groups", "key")
        groups = tuple(self._group(entry) for entry in entries)
        _refuse_circles(entries, {group.key: group.parent for group in groups}, "parent")
        invented = frozenset(group.key for group in groups if group.is_fictional)
        self.known |= KnownKeys(fictional_groups=invented)
        return groups

    def _group(self, entry: Node) -> GroupFacts:
        return GroupFacts(
            key=entry.own_key(),
            name=entry.text("name"),
            names=entry.text_by_locale("names"),
            kind=entry.choice("kind", GROUP_KINDS),
            parent=entry.reference_or_none("parent", self.known.groups),
            area=entry.reference_or_none("area", self.known.areas),
            description=entry.text_or_none("description", 2000),
            meets=entry.text_or_none("meets", 300),
            formed=entry.partial_date_or_none("formed"),
            earlier_name=entry.text_or_none("earlier_name", 200),
            is_current=entry.flag("current", default=True),
            is_fictional=entry.flag("fictional"),
            seats=self._seats(entry),
        )

    def _seats(self, group: Node) -> tuple[SeatFacts, ...]:
        claims = Claims()
        seats = []
        for entry in group.shaped_children("seats", SEAT):
            claims.claim(entry, entry.text("key"))
            seats.append(
                SeatFacts(
                    key=entry.own_key(),
                    kind=entry.choice("kind", SEAT_KINDS),
                    label=entry.text("label"),
                    labels=entry.text_by_locale("labels"),
                    count=entry.whole_number_or_none("count", largest=1000),
                    appointed_by=entry.reference_or_none("appointed_by", self.known.groups),
                )
            )
        return tuple(seats)

    def _agreement(self, entry: Node) -> AgreementFacts:
        audiences = entry.texts("yearly_questionnaires")
        for audience in audiences:
            if audience not in QUESTIONNAIRE_AUDIENCES:
                entry.error(
                    _(
                        "“%(key)s” must be one of: %(allowed)s (not “%(text)s”)",
                        key="yearly_questionnaires",
                        allowed=", ".join(QUESTIONNAIRE_AUDIENCES),
                        text=audience,
                    ),
                    "yearly_questionnaires",
                )
        return AgreementFacts(
            key=entry.own_key(),
            name=entry.text("name"),
            names=entry.text_by_locale("names"),
            target_group=entry.text_or_none("target_group", 500),
            parties=entry.texts("parties"),
            area=entry.reference_or_none("area", self.known.areas),
            version=entry.text_or_none("version", 100),
            yearly_questionnaires=audiences,
            has_practical_instructions=entry.flag("practical_instructions"),
            is_current=entry.flag("current", default=True),
        )

    def _documents(self) -> tuple[DocumentFacts, ...]:
        entries = list(self.root.shaped_children("documents", DOCUMENT))
        self._claim(entries, "documents", "key")
        documents = tuple(self._document(entry) for entry in entries)
        _refuse_circles(entries, {item.key: item.follows for item in documents}, "follows")
        return documents

    def _document(self, entry: Node) -> DocumentFacts:
        claims = Claims()
        adoptions = []
        for adoption in entry.shaped_children("adoptions", DOCUMENT_ADOPTION):
            claims.claim(adoption, adoption.text("organisation"), "organisation")
            adoptions.append(
                AdoptionFacts(
                    organisation=adoption.reference("organisation", self.known.organisations),
                    adopted_on=adoption.day_or_none("date"),
                    adopted_by=adoption.text_or_none("by", 200),
                )
            )
        return DocumentFacts(
            key=entry.own_key(),
            name=entry.text("name"),
            names=entry.text_by_locale("names"),
            kind=entry.choice("kind", DOCUMENT_KINDS),
            follows=entry.reference_or_none("follows", self.known.documents),
            summary=entry.text_or_none("summary", 2000),
            decided=entry.partial_date_or_none("decided"),
            decided_by=entry.text_or_none("decided_by", 300),
            adoptions=tuple(adoptions),
        )

    def _direction(self, entry: Node) -> DirectionFacts:
        return DirectionFacts(
            key=entry.own_key(),
            document=entry.reference("document", self.known.documents),
            group=entry.reference_or_none("group", self.known.groups),
            text=entry.text("text", 1000),
        )


def _county(root: Node) -> CountyFacts | None:
    entry = root.shaped_child("county", COUNTY)
    if entry is None:
        return None
    code = entry.text("code")
    if code and not (len(code) == 2 and code.isdecimal()):
        entry.error(
            _("“%(key)s” must be %(count)s figures in quotes", key="code", count=2),
            "code",
        )
    return CountyFacts(
        code=code,
        name=entry.text("name"),
        names=entry.text_by_locale("names"),
        motto=entry.text_or_none("motto", 300),
        run_by=entry.text("run_by", 300),
        run_by_in=entry.text_by_locale("run_by_in", 300),
    )


def _contact(root: Node) -> ContactFacts | None:
    entry = root.shaped_child("contact", CONTACT)
    if entry is None:
        return None
    return ContactFacts(
        phone=entry.text_or_none("phone", 40),
        email=entry.text_or_none("email", 254),
        address=entry.text_or_none("address", 300),
        hours=entry.text_or_none("hours", 200),
        hours_by_locale=entry.text_by_locale("hours_in", 200),
    )


def _perspective(entry: Node) -> PerspectiveFacts:
    return PerspectiveFacts(
        key=entry.own_key(),
        name=entry.text("name"),
        names=entry.text_by_locale("names"),
        description=entry.text_or_none("description", 1000),
    )


def _area(entry: Node) -> AreaFacts:
    return AreaFacts(
        key=entry.own_key(),
        name=entry.text("name"),
        names=entry.text_by_locale("names"),
        is_sensitive=entry.flag("sensitive"),
    )


def _municipality(entry: Node, population: PopulationFacts | None) -> MunicipalityFacts:
    code = entry.text("code")
    if code and not (len(code) == 4 and code.isdecimal()):
        entry.error(
            _("“%(key)s” must be %(count)s figures in quotes", key="code", count=4),
            "code",
        )
    total = entry.whole_number("population")
    return MunicipalityFacts(
        code=code,
        name=entry.text("name"),
        names=entry.text_by_locale("names"),
        population=total,
        bands=population.bands_of(entry, total) if population else (),
    )


def _help_contact(entry: Node) -> HelpContactFacts:
    return HelpContactFacts(
        key=entry.own_key(),
        name=entry.text("name"),
        names=entry.text_by_locale("names"),
        phone=entry.text("phone", 40),
        text=entry.text("text", 500),
        texts=entry.text_by_locale("texts"),
        audience=entry.choice_or_none("for", HELP_AUDIENCES) or "everyone",
    )


def _refuse_circles(entries: list[Node], above: Mapping[str, str | None], key: str) -> None:
    for entry in entries:
        start = entry.text("key")
        seen = {start}
        current = above.get(start)
        while current is not None and current not in seen:
            seen.add(current)
            current = above.get(current)
        if current is not None and current == start:
            entry.error(_("“%(text)s” stands above itself", text=start), key)
