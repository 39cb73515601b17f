"""What a draw can spread over, and what of it each person has. Pure.

Some features sort everybody into exactly one value (gender, age band, municipality, district).
Others can be several at once (a patient who is also next of kin): each of their values is then a
feature of its own, which a person has or has not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import Need

Traits = Mapping[str, Sequence[str]]
YES, NO = "yes", "no"
UNKNOWN = "unknown"


class FeatureKind(StrEnum):
    GENDER = "gender"
    AGE = "age"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    ROLE = "role"
    AREA = "area"
    NEED = "need"
    PRACTICE = "practice"  # only where the owner of the draw says who has it


CAN_BE_SEVERAL = frozenset(
    {FeatureKind.ROLE, FeatureKind.AREA, FeatureKind.NEED, FeatureKind.PRACTICE}
)
HAS_DONE = "done"  # the one value of PRACTICE

FEATURE_LABELS: dict[str, Any] = {
    FeatureKind.GENDER: _l("Gender"),
    FeatureKind.AGE: _l("Age"),
    FeatureKind.DISTRICT: _l("Part of the county"),
    FeatureKind.MUNICIPALITY: _l("Municipality"),
    FeatureKind.ROLE: _l("Experience as"),
    FeatureKind.AREA: _l("Experience of"),
    FeatureKind.NEED: _l("Needs"),
    FeatureKind.PRACTICE: _l("Practice"),
}


class NeedGroup(StrEnum):
    """What makes it possible to take part, in groups large enough for a quota."""

    ACCESS = "access"
    HEARING = "hearing"
    LANGUAGE = "language"
    SUPPORT = "support"


GROUP_OF_NEED: Mapping[str, NeedGroup] = {
    Need.STEP_FREE: NeedGroup.ACCESS,
    Need.TRAVEL: NeedGroup.ACCESS,
    Need.HEARING_LOOP: NeedGroup.HEARING,
    Need.SIGN_LANGUAGE: NeedGroup.HEARING,
    Need.INTERPRETER: NeedGroup.LANGUAGE,
    Need.EASY_READ: NeedGroup.LANGUAGE,
    Need.BREAKS: NeedGroup.SUPPORT,
    Need.COMPANION: NeedGroup.SUPPORT,
}
NEED_GROUP_LABELS: dict[str, Any] = {
    NeedGroup.ACCESS: _l("Needs help to get there or in"),
    NeedGroup.HEARING: _l("Needs help to hear"),
    NeedGroup.LANGUAGE: _l("Needs another language or easy texts"),
    NeedGroup.SUPPORT: _l("Needs breaks or somebody along"),
}


@dataclass(frozen=True)
class AgeBand:
    """Ages `low` to `high`; no `high`: and older. `key` is "18-29" or "80+"."""

    low: int
    high: int | None

    @property
    def key(self) -> str:
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"

    def holds(self, age: int) -> bool:
        return age >= self.low and (self.high is None or age <= self.high)


def band_of(bands: Iterable[AgeBand], age: int) -> str:
    """The key of the band an age falls in; UNKNOWN outside them all."""
    return next((band.key for band in bands if band.holds(age)), UNKNOWN)


@dataclass(frozen=True, order=True)
class QuotaKey:
    """What a quota is about: a feature and one of its values."""

    feature: str
    value: str

    def __str__(self) -> str:
        return f"{self.feature}.{self.value}"


@dataclass(frozen=True)
class Limits:
    """At least `minimum` and at most `maximum` seats."""

    minimum: int
    maximum: int


Quotas = Mapping[QuotaKey, Limits]


def has_value(traits: Traits, key: QuotaKey) -> bool:
    return key.value in traits.get(key.feature, ())


def flat_traits(
    traits: Traits, features: Sequence[str], values: Iterable[QuotaKey]
) -> dict[str, str]:
    """A person's traits with exactly one value per feature, as the lottery's arithmetic wants.

    >>> flat_traits({"gender": ["woman"], "role": ["patient"]}, ["gender", "role"],
    ...             [QuotaKey("role", "patient"), QuotaKey("role", "next_of_kin")])
    {'gender': 'woman', 'role:patient': 'yes', 'role:next_of_kin': 'no'}
    """
    flat: dict[str, str] = {}
    wanted = list(values)
    for feature in features:
        if feature in CAN_BE_SEVERAL:
            for key in wanted:
                if key.feature == feature:
                    flat[f"{feature}:{key.value}"] = YES if has_value(traits, key) else NO
        else:
            flat[feature] = next(iter(traits.get(feature, ())), UNKNOWN)
    return flat


def flat_key(key: QuotaKey) -> tuple[str, str]:
    """A quota's feature and value among flat traits."""
    if key.feature in CAN_BE_SEVERAL:
        return f"{key.feature}:{key.value}", YES
    return key.feature, key.value


def quota_of_flat(feature: str, value: str) -> QuotaKey:
    """The quota that a flat feature and value stand for."""
    name, several, which = feature.partition(":")
    return QuotaKey(name, which if several else value)


def like_population(share: float | None, seats: int) -> Limits | None:
    """Seats for a share of the county, a whole seat to each side; None without a share.

    >>> like_population(0.5, 12), like_population(0.04, 12)
    (Limits(minimum=5, maximum=7), Limits(minimum=0, maximum=1))
    """
    if share is None:
        return None
    fair = share * seats
    low, high = int(fair), int(fair) + (fair > int(fair))
    if low == high and seats > 2:
        low, high = low - 1, high + 1
    return Limits(max(0, low), min(seats, max(1, high)))
