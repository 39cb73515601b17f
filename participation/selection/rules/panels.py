"""A pool as numbers: alike people are one type, a panel is a count per type, quotas are rows.

People are **alike** when the quotas cannot tell them or their households apart: the same values
where a quota matters, and housemates (in this pool) who are alike in the same way. The optimum
treats alike people alike, so a panel need only say how many of each type it seats; who they are is
drawn evenly. At most one person of a household is seated: the types of one kind of household
together take at most as many seats as there are such households.

Worked example: Ada and Bo (woman, man) live together, so do Cia and Dan; Eva (woman) lives alone.
Types: woman of a couple (Ada, Cia), man of a couple (Bo, Dan), woman alone (Eva). Rows: seats,
quotas, and "woman of a couple + man of a couple ≤ 2".
Source: SELECTION.md, "Fair selection", types and households.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from participation.selection.rules.pool import Pool
from participation.selection.rules.solver import Programme, Vector

Look = tuple[tuple[str, str], ...]  # the values of one person where a quota matters
HouseholdKind = tuple[Look, ...]  # the looks of everybody in the household, sorted


@dataclass(frozen=True)
class PersonType:
    """People whom the quotas cannot tell apart. `homes`: numbers of the alike in each household."""

    look: Look
    kind: int
    homes: tuple[tuple[int, ...], ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(number for home in self.homes for number in home)


@dataclass(frozen=True)
class PanelRules:
    """Which counts per type make a panel: `matrix`·x between `lower` and `upper`, 0 ≤ x ≤ `most`.

    `sizes` people and `most` households per type (vectors of the number of types); one row of
    `matrix` for the seats, one per quota that can bind, one per kind of shared household.
    `quota_rows` names the feature and value of the rows 1, 2, …
    """

    types: tuple[PersonType, ...]
    sizes: Vector
    most: Vector
    matrix: Vector
    lower: Vector
    upper: Vector
    quota_rows: tuple[tuple[str, str], ...]

    def programme(self, *, is_integer: bool) -> Programme:
        """The panels as a programme without costs: integer counts, or shares of a mixture."""
        nothing = np.zeros(len(self.types))
        return Programme(
            nothing, (nothing, self.most), self.matrix, (self.lower, self.upper), is_integer
        )


def panel_rules(pool: Pool) -> PanelRules:
    """The rules that every panel of `pool` meets, and its people grouped into types."""
    binding = _binding_quotas(pool)
    types, homes_of_kind = _types(pool, {key for key, _ in binding}, set(binding))
    rows = [np.ones(len(types))]
    lower, upper = [float(pool.seats)], [float(pool.seats)]
    for key, value in binding:
        rows.append(np.array([float((key, value) in person.look) for person in types]))
        quota = pool.quotas[key][value]
        lower.append(float(quota.minimum))
        upper.append(float(min(quota.maximum, pool.seats)))
    for kind, homes in enumerate(homes_of_kind):
        alike = np.array([float(person.kind == kind) for person in types])
        if alike.sum() > 1:
            rows.append(alike)
            lower.append(0.0)
            upper.append(float(min(homes, pool.seats)))
    return PanelRules(
        types=types,
        sizes=np.array([float(len(person.numbers)) for person in types]),
        most=np.array([float(min(homes_of_kind[person.kind], pool.seats)) for person in types]),
        matrix=np.array(rows).reshape(len(rows), len(types)),
        lower=np.array(lower),
        upper=np.array(upper),
        quota_rows=tuple(binding),
    )


def _binding_quotas(pool: Pool) -> list[tuple[str, str]]:
    """Quotas that could turn a panel down. "0 to all the seats" says nothing and splits nobody."""
    return [
        (key, value)
        for key, values in pool.quotas.items()
        for value, quota in values.items()
        if quota.minimum > 0 or quota.maximum < pool.seats
    ]


def _types(
    pool: Pool, keys: set[str], binding: set[tuple[str, str]]
) -> tuple[tuple[PersonType, ...], list[int]]:
    ordered = sorted(keys)
    looks: dict[int, Look] = {}
    homes: dict[str | int, list[int]] = defaultdict(list)
    for person in pool.people:
        pairs = ((key, person.values.get(key, "")) for key in ordered)
        looks[person.number] = tuple(pair for pair in pairs if pair in binding)
        homes[person.number if person.household is None else person.household].append(person.number)
    of_kind: dict[HouseholdKind, list[list[int]]] = defaultdict(list)
    for home in homes.values():
        of_kind[tuple(sorted(looks[number] for number in home))].append(sorted(home))
    kinds = sorted(of_kind)
    types = [
        PersonType(
            look=look,
            kind=kind,
            homes=tuple(
                tuple(number for number in home if looks[number] == look)
                for home in sorted(of_kind[household])
            ),
        )
        for kind, household in enumerate(kinds)
        for look in sorted(set(household))
    ]
    return tuple(types), [len(of_kind[household]) for household in kinds]
