"""Who stands in a lottery and which quotas a panel must meet."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from participation.foundation.errors import DomainError


class QuotasCannotBeMet(DomainError):
    """No panel of this pool meets the quotas. `quotas.conflicting` and `.relaxations` say why."""

    code = "quotas_cannot_be_met"
    http_status = 409


@dataclass(frozen=True)
class Feature:
    """Something people differ in and a quota may speak of: gender, age band, municipality."""

    key: str
    values: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class Quota:
    """At least `minimum` and at most `maximum` seats for people with one value of a feature."""

    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.maximum:
            raise ValueError(f"a quota needs 0 <= {self.minimum} <= {self.maximum}")


Quotas = Mapping[str, Mapping[str, Quota]]  # feature key → value → how many seats


@dataclass(frozen=True)
class Person:
    """Somebody in the lottery, known by a number only.

    `values` maps feature keys to values; a missing feature counts towards no quota of it.
    `household`: the same text for people at the same address, None for people who live alone.
    """

    number: int
    values: Mapping[str, str]
    household: str | None = None


@dataclass(frozen=True)
class Pool:
    """Everybody in one lottery, how many seats there are, and the quotas.

    Raises ValueError when two people share a number or there is no seat.
    """

    people: tuple[Person, ...]
    seats: int
    quotas: Quotas = field(default_factory=dict)

    def __post_init__(self) -> None:
        twice = [n for n, times in Counter(p.number for p in self.people).items() if times > 1]
        if twice:
            raise ValueError(f"numbers used twice: {twice[:5]}")
        if self.seats < 1:
            raise ValueError("a panel needs a seat")

    @cached_property
    def by_number(self) -> dict[int, Person]:
        return {person.number: person for person in self.people}

    def without(self, numbers: Collection[int]) -> "Pool":
        """The pool when the people with these numbers are gone."""
        return replace(self, people=tuple(p for p in self.people if p.number not in numbers))

    def after_seating(self, numbers: Collection[int]) -> "Pool":
        """What is left to draw when these people have their seats: their households are out.

        Worked example: 12 seats, at least 5 and at most 7 women; two women seated → 10 seats,
        at least 3 and at most 5 women.
        Raises QuotasCannotBeMet when the seated people alone break a quota or a household rule,
        ValueError when no seat is left.
        """
        seated = [self.by_number[number] for number in sorted(numbers)]
        homes = [p.household for p in seated if p.household is not None]
        left = self.seats - len(seated)
        if left < 1:
            raise ValueError("everybody has a seat: there is nobody left to draw")
        if len(set(homes)) < len(homes):
            raise QuotasCannotBeMet("those seated share a household")
        return Pool(
            people=tuple(
                p for p in self.people if p.number not in numbers and p.household not in homes
            ),
            seats=left,
            quotas={
                key: {v: _left_of(q, _count(seated, key, v), left) for v, q in values.items()}
                for key, values in self.quotas.items()
            },
        )


def _left_of(quota: Quota, taken: int, seats_left: int) -> Quota:
    least = max(0, quota.minimum - taken)
    if taken > quota.maximum or least > seats_left:
        raise QuotasCannotBeMet("those seated break a quota")
    return Quota(least, quota.maximum - taken)


def _count(people: Collection[Person], key: str, value: str) -> int:
    return sum(person.values.get(key) == value for person in people)


def counts(pool: Pool, numbers: Collection[int]) -> dict[str, dict[str, int]]:
    """How many of these people have each value that a quota speaks of."""
    chosen = [pool.by_number[number] for number in numbers]
    return {
        key: {value: _count(chosen, key, value) for value in values}
        for key, values in pool.quotas.items()
    }


def broken_rules(pool: Pool, numbers: Collection[int]) -> list[str]:
    """What is wrong with this panel: seats, quotas ("gender: woman 2, not 3–5"), households.

    An empty list means that the panel may be seated. For panels chosen by hand as for drawn ones.
    """
    broken = []
    if len(set(numbers)) != pool.seats:
        broken.append(f"seats: {len(set(numbers))}, not {pool.seats}")
    for key, found in counts(pool, numbers).items():
        for value, count in found.items():
            quota = pool.quotas[key][value]
            if not quota.minimum <= count <= quota.maximum:
                broken.append(f"{key}: {value} {count}, not {quota.minimum}–{quota.maximum}")
    homes: dict[str, int] = defaultdict(int)
    for number in set(numbers):
        home = pool.by_number[number].household
        if home is not None:
            homes[home] += 1
    broken += [f"household: {count} together" for count in homes.values() if count > 1]
    return broken
