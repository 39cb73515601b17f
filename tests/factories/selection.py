"""Pools for lotteries, invented."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from hypothesis import strategies as st

from participation.selection.rules.pool import Person, Pool, Quota, Quotas, broken_rules

Shares = Mapping[str, Mapping[str, int]]


def people(*values: str, households: Sequence[str | None] = ()) -> tuple[Person, ...]:
    """`people("woman kalmar", "man nybro")`: the words are gender and municipality."""
    homes = [*households, *[None] * len(values)]
    keys = ("gender", "municipality")
    return tuple(
        Person(number, dict(zip(keys, text.split(), strict=False)), homes[number - 1])
        for number, text in enumerate(values, start=1)
    )


def quotas(**features: Mapping[str, tuple[int, int]]) -> Quotas:
    """`quotas(gender={"woman": (1, 2)})`."""
    return {
        key: {value: Quota(*seats) for value, seats in values.items()}
        for key, values in features.items()
    }


def all_panels(pool: Pool) -> list[tuple[int, ...]]:
    """Every panel that meets the quotas, by trying them all."""
    numbers = [person.number for person in pool.people]
    return [panel for panel in combinations(numbers, pool.seats) if not broken_rules(pool, panel)]


@st.composite
def small_pools(draw: st.DrawFn, largest: int = 8) -> Pool:
    """Up to `largest` people, three features, quotas of any width, some households."""
    size = draw(st.integers(3, largest))
    seats = draw(st.integers(1, min(4, size)))
    values = {
        "gender": ("woman", "man"),
        "municipality": ("kalmar", "nybro", "torsås"),
        "experience": ("kin", "patient"),
    }
    found = tuple(
        Person(
            number,
            {key: draw(st.sampled_from(options)) for key, options in values.items()},
            draw(st.sampled_from([None, None, None, "a", "b"])),
        )
        for number in range(1, size + 1)
    )
    limits = {
        key: {
            value: Quota(*sorted((draw(st.integers(0, seats)), draw(st.integers(0, seats)))))
            for value in draw(st.sets(st.sampled_from(options)))
        }
        for key, options in values.items()
    }
    return Pool(found, seats, {key: dict(sorted(of.items())) for key, of in limits.items()})


def council(size: int) -> Pool:
    """Twelve seats, uneven people by arithmetic; every ninth lives with the one before."""
    ages = ("young", "middle", "middle", "old", "old", "old", "very old")
    areas = ("kalmar", "kalmar", "kalmar", "north", "north", "south", "öland")
    found = tuple(
        Person(
            i,
            {
                "gender": "man" if i * i % 7 in {1, 2} else "woman",
                "age": ages[i * 5 % 11 % 7],
                "area": areas[i * 3 % 13 % 7],
                "experience": ("patient", "kin", "kin", "service user")[i * 7 % 17 % 4],
            },
            f"home {i // 9}" if i % 9 < 2 else None,
        )
        for i in range(1, size + 1)
    )
    return Pool(
        found,
        12,
        quotas(
            gender={"woman": (5, 7), "man": (5, 7)},
            age={"young": (2, 4), "middle": (2, 4), "old": (3, 5), "very old": (1, 2)},
            area={"kalmar": (3, 5), "north": (3, 4), "south": (2, 3), "öland": (2, 3)},
            experience={"patient": (3, 5), "kin": (4, 6), "service user": (3, 4)},
        ),
    )
