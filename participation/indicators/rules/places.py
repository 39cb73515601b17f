"""Which place a cell names: a municipality of the county, the county, the nation. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

NATION = "Riket"
_NATION = frozenset({"0000", "00", "0", "riket", "sverige", "hela landet", "hela riket"})
_COUNTY_WORDS = frozenset({"", "länet", "hela länet", "länet totalt"})
_CODE_FIRST = re.compile(r"(\d{1,4})\s+(\D.*)")


@dataclass(frozen=True)
class Place:
    """A municipality's code, "" for the whole county; `reference_label`: not ours, to compare."""

    municipality_code: str = ""
    reference_label: str = ""


@dataclass(frozen=True)
class Places:
    """The places a file may name. `names`: municipalities' names in small letters → code."""

    county_code: str
    county_name: str
    codes: frozenset[str]
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, county: tuple[str, str], municipalities: Iterable[tuple[str, str]]) -> "Places":
        rows = list(municipalities)
        names = {name.casefold(): code for code, name in rows}
        return cls(county[0], county[1], frozenset(code for code, _name in rows), names)

    def find(self, text: str) -> Place | None:
        """The place, however it is written: "0880", "880", "Kalmar", "0880 Kalmar"; else None."""
        said = " ".join(text.split()).casefold()
        found = _CODE_FIRST.fullmatch(said)
        # "0880 Mörbylånga" contradicts itself: both halves must name the same place.
        if found is not None:
            place = self._by_code(found[1])
            return place if place is not None and place == self._by_name(found[2]) else None
        return self._by_code(said) if said.isdecimal() else self._by_name(said)

    def _by_code(self, code: str) -> Place | None:
        if code.lstrip("0") == "":
            return Place(reference_label=NATION)
        if code.zfill(4) in self.codes:
            return Place(code.zfill(4))
        return Place() if len(code) <= 4 and int(code) == int(self.county_code) else None

    def _by_name(self, said: str) -> Place | None:
        if said in _NATION:
            return Place(reference_label=NATION)
        county = self.county_name.casefold()
        if said in _COUNTY_WORDS or said in (county, f"region {county}"):
            return Place()
        code = self.names.get(said.removesuffix(" kommun")) or self.names.get(
            said.removesuffix("s kommun")
        )
        return Place(code) if code else None
