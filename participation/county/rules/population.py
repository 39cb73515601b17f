"""Population by sex and age band: the columns of the file's table and the sums that must hold.

One `population` section says the year, the source and the age bands; each municipality then gives
two rows of counts, women and men, in the order of those bands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from participation.county.rules.nodes import Node, Shape
from participation.foundation.i18n import gettext as _

POPULATION = Shape("population", ("year", "source", "bands"), ("approximate",))
SEXES = (("women", "K"), ("men", "M"))


@dataclass(frozen=True)
class BandCount:
    """`count` residents of one sex ("K" or "M") aged `age_from`–`age_to` (None: and older)."""

    sex: str
    age_from: int
    age_to: int | None
    count: int


@dataclass(frozen=True)
class PopulationFacts:
    """What holds for every municipality's figures."""

    year: int
    source: str
    is_approximate: bool
    bands: tuple[tuple[int, int | None], ...]

    def bands_of(self, municipality: Node, total: int) -> tuple[BandCount, ...]:
        """The municipality's counts; notes an error when they do not add up to `total`."""
        found: list[BandCount] = []
        for key, sex in SEXES:
            counts = self._counts(municipality, key)
            found.extend(
                BandCount(sex, age_from, age_to, count)
                for (age_from, age_to), count in zip(self.bands, counts, strict=False)
            )
        added = sum(band.count for band in found)
        is_complete = len(found) == len(SEXES) * len(self.bands)
        if is_complete and municipality.has("population") and added != total:
            municipality.error(
                _(
                    "women and men add up to %(added)s, not to the population %(total)s",
                    added=added,
                    total=total,
                ),
                "population",
            )
        return tuple(found)

    def _counts(self, municipality: Node, key: str) -> list[int]:
        counts = municipality.whole_numbers(key)
        if municipality.has(key) and len(counts) != len(self.bands):
            municipality.error(
                _(
                    "“%(key)s” has %(found)s figures but there are %(expected)s age bands",
                    key=key,
                    found=len(counts),
                    expected=len(self.bands),
                ),
                key,
            )
        return counts


def read_population(root: Node) -> PopulationFacts | None:
    """The `population` section; None when missing."""
    entry = root.shaped_child("population", POPULATION)
    if entry is None:
        return None
    return PopulationFacts(
        year=entry.whole_number("year", smallest=1900, largest=2200),
        source=entry.text("source", 500),
        is_approximate=entry.flag("approximate"),
        bands=_bands(entry),
    )


def age_band(text: str) -> tuple[int, int | None] | None:
    """Read "18-29" or "80+"; None when it is no age band.

    >>> age_band("80+")
    (80, None)
    """
    found = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3})|\+)", text)
    if found is None:
        return None
    age_from, age_to = int(found[1]), int(found[2]) if found[2] else None
    return None if age_to is not None and age_to < age_from else (age_from, age_to)


def _bands(entry: Node) -> tuple[tuple[int, int | None], ...]:
    bands = []
    for text in entry.texts("bands"):
        band = age_band(text)
        if band is None:
            entry.error(
                _("“%(text)s” is no age band, such as “18-29” or “80+”", text=text),
                "bands",
            )
        else:
            bands.append(band)
    if not _follow_on(bands):
        entry.error(_("the age bands must follow on each other from 0 to the oldest"), "bands")
    return tuple(bands)


def _follow_on(bands: Sequence[tuple[int, int | None]]) -> bool:
    """Whether the bands cover every age once: first from 0, last open upwards."""
    expected: int | None = 0
    for age_from, age_to in bands:
        if age_from != expected:
            return False
        expected = None if age_to is None else age_to + 1
    return expected is None
