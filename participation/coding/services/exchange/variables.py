"""What is known about a voice, in the words of a file: always Swedish, whoever makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from sqlalchemy.orm import Session

from participation.coding.models import MaterialText
from participation.coding.rules.drafts import ROLE_LABELS
from participation.coding.rules.keys import key_of
from participation.county import queries as county
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale

ROLE, MUNICIPALITY, AREA, UNIT = "role", "municipality", "area", "unit"
ORDER = (ROLE, MUNICIPALITY, AREA, UNIT)  # who answers matters most

# As other programs and their users read them; a file is written in one language.
TITLES = {ROLE: "Roll", MUNICIPALITY: "Kommun", AREA: "Område", UNIT: "Enhet"}
Key = TypeVar("Key", str, int)


class KnownAttributes(TypedDict, total=False):
    """As `MaterialTextDraft` takes them."""

    respondent_role: str | None
    municipality_code: str | None
    area_id: int | None
    unit_id: int | None


@dataclass(frozen=True)
class KnownValues:
    """Names of variables and of their values, both ways."""

    titles: Mapping[str, str]  # "role" → "Roll"
    roles: Mapping[str, str]
    municipalities: Mapping[str, str]
    areas: Mapping[int, str]
    units: Mapping[int, str]

    def of(self, text: MaterialText) -> tuple[str | None, ...]:
        """The words for what is known about a text's voice, in `ORDER`."""
        return (
            self.roles.get(text.respondent_role or ""),
            self.municipalities.get(text.municipality_code or ""),
            self.areas.get(text.area_id or 0),
            self.units.get(text.unit_id or 0),
        )

    def attributes(self, values: Mapping[str, str]) -> KnownAttributes:
        """What a file says about a voice, as far as we have the same; the rest stays unknown."""
        said = {key_of(name): key_of(value) for name, value in values.items()}
        of = {kind: said.get(key_of(title), "") for kind, title in self.titles.items()}
        return KnownAttributes(
            respondent_role=_named(self.roles, of[ROLE]),
            municipality_code=_named(self.municipalities, of[MUNICIPALITY]),
            area_id=_named(self.areas, of[AREA]),
            unit_id=_named(self.units, of[UNIT]),
        )


def _named(names: Mapping[Key, str], wanted: str) -> Key | None:
    return next((key for key, name in names.items() if wanted and key_of(name) == wanted), None)


def known_values(session: Session) -> KnownValues:
    """Every role, municipality, area and unit there is."""
    with use_locale(DEFAULT_LOCALE):
        return KnownValues(
            titles=TITLES,
            roles={key: str(label) for key, label in ROLE_LABELS.items()},
            municipalities={one.code: one.name for one in county.municipalities(session)},
            areas={one.id: one.name for one in county.areas(session)},
            units={one.id: one.name for one in county.units(session)},
        )
