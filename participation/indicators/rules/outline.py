"""What one indicator's page shows of its series. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.indicators.rules.multiples import Multiples, best_first, multiples
from participation.indicators.rules.series import Series

MOST_OWN = 3
BESIDE_NUMBERS = 10.0  # per cent of the width: the numbers of the scale stand there


@dataclass(frozen=True)
class Outline:
    """Charts of the county (all, women, men), what it is compared with, and of municipalities."""

    county: Multiples | None
    places: Multiples | None

    has_withheld: bool = False


def outline(
    series: Sequence[Series],
    names: Mapping[str, str],
    sexes: Mapping[str, str],
    better: str,
    target: float | None,
) -> Outline:
    """Which series stand in which chart, best municipality first."""
    own = [one for one in series if not (one.municipality_code or one.reference_label)]
    compared = [one for one in series if one.reference_label and one.sex == "T"]
    places = [
        (one.municipality_code, names.get(one.municipality_code, one.municipality_code), one)
        for one in series
        if one.municipality_code and one.sex == "T" and not one.reference_label
    ]
    county = [(one.sex, str(sexes[one.sex]), one) for one in own][:MOST_OWN]
    if len(county) < MOST_OWN:
        county += [(one.reference_label, one.reference_label, one) for one in compared][:1]
    return Outline(
        multiples(county, target=target, left=BESIDE_NUMBERS) if county else None,
        multiples(best_first(places, better)) if places else None,
        any(point.is_withheld for one in series for point in one.points),
    )
