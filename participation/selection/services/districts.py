"""The county file's `districts`: parts of the county, larger than municipalities."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Claims, Node, Shape
from participation.county.services import SectionCounts, Upsert
from participation.foundation.i18n import gettext as _
from participation.selection.models import District

DISTRICT = Shape("districts", ("key", "name", "municipalities"), ("names",))
SHAPES = (DISTRICT,)


@dataclass(frozen=True)
class DistrictFacts:
    """One part of the county as the file states it."""

    key: str
    name: str
    municipality_codes: list[str]
    names: dict[str, str] = field(default_factory=dict)


class DistrictsSection:
    """`districts:` of the county file."""

    name = "districts"
    shapes = SHAPES

    def read(self, section: Node, known: KnownKeys) -> list[DistrictFacts]:
        found: list[DistrictFacts] = []
        claims, taken = Claims(), Claims()
        for entry in section.shaped_entries(DISTRICT):
            claims.claim(entry, entry.own_key())
            codes = entry.texts("municipalities")
            for code in codes:
                taken.claim(entry, code, "municipalities")
                if code not in known.municipalities:
                    entry.error(_("no municipality has the code “%(code)s”", code=code))
            found.append(
                DistrictFacts(
                    entry.text("key"), entry.text("name"), codes, entry.text_by_locale("names")
                )
            )
        return found

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        upsert = Upsert(session, layer, District, (District.key,))
        for position, one in enumerate(content or [], 1):
            upsert.put(position=position, **vars(one))
        return upsert.retire_rest()
