"""How a choice of people spreads, beside those to choose among and the county."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from participation.selection.queries.traits import (
    CountyParts,
    counts_of,
    county_parts,
    feature_label,
    traits_among,
)
from participation.selection.rules.features import FeatureKind, QuotaKey, Traits

SHOWN = (FeatureKind.GENDER, FeatureKind.AGE, FeatureKind.DISTRICT, FeatureKind.ROLE)


@dataclass(frozen=True)
class SpreadLine:
    """One value: how many were chosen, and whole per cent of the choice, the pool, the county."""

    feature: str
    label: str
    chosen: int
    chosen_percent: int
    pool_percent: int
    county_percent: int | None

    @property
    def is_missing(self) -> bool:
        """Nobody chosen has it, though somebody in the pool or a tenth of the county has."""
        return not self.chosen and (self.pool_percent > 0 or (self.county_percent or 0) >= 10)


def spread_of_choice(
    session: Session, chosen: Collection[int], pool: Select[int]
) -> dict[str, list[SpreadLine]]:
    """The spread of the chosen members (ids) by feature, in words, beside the pool and the county.

    `pool` selects the ids of everybody to choose among. Seven queries. The caller has authorised.
    """
    parts = county_parts(session)
    traits = traits_among(session, pool, parts)
    return spread_of([traits[i] for i in set(chosen) if i in traits], list(traits.values()), parts)


def spread_of(
    chosen: Sequence[Traits],
    pool: Sequence[Traits],
    parts: CountyParts,
    features: Sequence[str] = SHOWN,
) -> dict[str, list[SpreadLine]]:
    """As `spread_of_choice`, from traits at hand. Values that nobody has anywhere are left out."""
    both = _Both(counts_of(chosen), counts_of(pool), len(chosen) or 1, len(pool) or 1)
    return {
        feature_label(feature): lines
        for feature in features
        if (lines := _lines(feature, both, parts))
    }


@dataclass(frozen=True)
class _Both:
    """Counts by feature and value, of the choice and of the pool, and how large each is."""

    in_choice: Mapping[str, Mapping[str, int]]
    in_pool: Mapping[str, Mapping[str, int]]
    chosen: int
    pool: int


def _lines(feature: str, both: _Both, parts: CountyParts) -> list[SpreadLine]:
    lines = []
    for value, label in parts.values()[feature]:
        count = both.in_choice.get(feature, {}).get(value, 0)
        there = both.in_pool.get(feature, {}).get(value, 0)
        share = parts.residents.get(QuotaKey(feature, value))
        if count or there or share:
            lines.append(
                SpreadLine(
                    feature=feature,
                    label=label,
                    chosen=count,
                    chosen_percent=round(100 * count / both.chosen),
                    pool_percent=round(100 * there / both.pool),
                    county_percent=None if share is None else round(100 * share),
                )
            )
    return lines
