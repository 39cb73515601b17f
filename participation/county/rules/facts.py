"""What a county file holds, as plain values, and the keys each kind of entry may have.

docs/county-file.md describes the same sections and keys in words; a test compares them.
"""

from dataclasses import dataclass, field
from datetime import date

from participation.county.rules.nodes import PartialDate, Shape
from participation.county.rules.population import POPULATION, BandCount, PopulationFacts

ORGANISATION_KINDS = (
    "region",
    "municipality",
    "federation",
    "user_organisation",
    "other",
)
GROUP_KINDS = ("political", "management", "coordinating", "area", "council", "working")
SEAT_KINDS = (
    "chair",
    "vice_chair",
    "development_leader",
    "municipal",
    "regional",
    "federation",
    "public_health",
    "rehabilitation",
    "resident",
    "resident_alternate",
    "political",
    "other",
)
DOCUMENT_KINDS = ("vision", "joint_plan", "framework", "other")
QUESTIONNAIRE_AUDIENCES = ("service_user", "next_of_kin", "professional", "child")
HELP_AUDIENCES = ("everyone", "children")

FILE = Shape(
    "file",
    required=("layer",),
    optional=(
        "builds_on",
        "county",
        "contact",
        "perspectives",
        "areas",
        "population",
        "municipalities",
        "organisations",
        "units",
        "groups",
        "cooperation_agreements",
        "help_contacts",
        "documents",
        "strategic_directions",
    ),
)
COUNTY = Shape("county", ("code", "name", "run_by"), ("names", "motto", "run_by_in"))
CONTACT = Shape("contact", (), ("phone", "email", "address", "hours", "hours_in"))
PERSPECTIVE = Shape("perspectives", ("key", "name"), ("names", "description"))
AREA = Shape("areas", ("key", "name"), ("names", "sensitive"))
MUNICIPALITY = Shape("municipalities", ("code", "name", "population"), ("names", "women", "men"))
ORGANISATION = Shape(
    "organisations",
    ("key", "name", "kind"),
    ("names", "municipality", "adoption", "fictional"),
)
ADOPTION = Shape("adoption", ("date",), ("note",))
UNIT = Shape(
    "units",
    ("key", "name", "organisation"),
    ("names", "municipality", "area", "fictional"),
)
GROUP = Shape(
    "groups",
    ("key", "name", "kind"),
    (
        "names",
        "parent",
        "area",
        "description",
        "meets",
        "formed",
        "earlier_name",
        "current",
        "seats",
        "fictional",
    ),
)
SEAT = Shape("seats", ("key", "kind", "label"), ("labels", "count", "appointed_by"))
AGREEMENT = Shape(
    "cooperation_agreements",
    ("key", "name"),
    (
        "names",
        "target_group",
        "parties",
        "area",
        "version",
        "yearly_questionnaires",
        "practical_instructions",
        "current",
    ),
)
HELP_CONTACT = Shape("help_contacts", ("key", "name", "phone", "text"), ("names", "texts", "for"))
DOCUMENT = Shape(
    "documents",
    ("key", "name", "kind"),
    ("names", "follows", "summary", "decided", "decided_by", "adoptions"),
)
DOCUMENT_ADOPTION = Shape("adoptions", ("organisation",), ("date", "by"))
DIRECTION = Shape("strategic_directions", ("key", "document", "text"), ("group",))


@dataclass(frozen=True)
class CountyFacts:
    code: str
    name: str
    names: dict[str, str]
    motto: str | None
    run_by: str
    run_by_in: dict[str, str]


@dataclass(frozen=True)
class ContactFacts:
    phone: str | None
    email: str | None
    address: str | None
    hours: str | None
    hours_by_locale: dict[str, str]


@dataclass(frozen=True)
class PerspectiveFacts:
    key: str
    name: str
    names: dict[str, str]
    description: str | None


@dataclass(frozen=True)
class AreaFacts:
    key: str
    name: str
    names: dict[str, str]
    is_sensitive: bool


@dataclass(frozen=True)
class MunicipalityFacts:
    code: str
    name: str
    names: dict[str, str]
    population: int
    bands: tuple[BandCount, ...]


@dataclass(frozen=True)
class OrganisationFacts:
    key: str
    name: str
    names: dict[str, str]
    kind: str
    municipality: str | None
    adopted_on: PartialDate | None
    adoption_note: str | None
    is_fictional: bool


@dataclass(frozen=True)
class UnitFacts:
    key: str
    name: str
    names: dict[str, str]
    organisation: str
    municipality: str | None
    area: str | None
    is_fictional: bool


@dataclass(frozen=True)
class SeatFacts:
    key: str
    kind: str
    label: str
    labels: dict[str, str]
    count: int | None
    appointed_by: str | None


@dataclass(frozen=True)
class GroupFacts:
    key: str
    name: str
    names: dict[str, str]
    kind: str
    parent: str | None
    area: str | None
    description: str | None
    meets: str | None
    formed: PartialDate | None
    earlier_name: str | None
    is_current: bool
    is_fictional: bool
    seats: tuple[SeatFacts, ...]


@dataclass(frozen=True)
class AgreementFacts:
    key: str
    name: str
    names: dict[str, str]
    target_group: str | None
    parties: list[str]
    area: str | None
    version: str | None
    yearly_questionnaires: list[str]
    has_practical_instructions: bool
    is_current: bool


@dataclass(frozen=True)
class HelpContactFacts:
    key: str
    name: str
    names: dict[str, str]
    phone: str
    text: str
    texts: dict[str, str]
    audience: str


@dataclass(frozen=True)
class AdoptionFacts:
    organisation: str
    adopted_on: date | None
    adopted_by: str | None


@dataclass(frozen=True)
class DocumentFacts:
    key: str
    name: str
    names: dict[str, str]
    kind: str
    follows: str | None
    summary: str | None
    decided: PartialDate | None
    decided_by: str | None
    adoptions: tuple[AdoptionFacts, ...]


@dataclass(frozen=True)
class DirectionFacts:
    key: str
    document: str
    group: str | None
    text: str


@dataclass(frozen=True)
class KnownKeys:
    """The keys (codes, for municipalities) that exist, by kind. Sections check references here."""

    municipalities: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    perspectives: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    fictional_groups: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()
    help_contacts: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()

    def __or__(self, other: "KnownKeys") -> "KnownKeys":
        return KnownKeys(**{name: keys | getattr(other, name) for name, keys in vars(self).items()})


@dataclass(frozen=True)
class CountyFile:
    """A county file's own sections. Complete only when nothing was found wrong."""

    layer: str
    builds_on: tuple[str, ...] = ()
    county: CountyFacts | None = None
    contact: ContactFacts | None = None
    perspectives: tuple[PerspectiveFacts, ...] = ()
    areas: tuple[AreaFacts, ...] = ()
    population: PopulationFacts | None = None
    municipalities: tuple[MunicipalityFacts, ...] = ()
    organisations: tuple[OrganisationFacts, ...] = ()
    units: tuple[UnitFacts, ...] = ()
    groups: tuple[GroupFacts, ...] = ()
    agreements: tuple[AgreementFacts, ...] = ()
    help_contacts: tuple[HelpContactFacts, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    directions: tuple[DirectionFacts, ...] = ()
    known: KnownKeys = field(default_factory=KnownKeys)


SHAPES = (
    FILE,
    COUNTY,
    CONTACT,
    PERSPECTIVE,
    AREA,
    POPULATION,
    MUNICIPALITY,
    ORGANISATION,
    ADOPTION,
    UNIT,
    GROUP,
    SEAT,
    AGREEMENT,
    HELP_CONTACT,
    DOCUMENT,
    DOCUMENT_ADOPTION,
    DIRECTION,
)
