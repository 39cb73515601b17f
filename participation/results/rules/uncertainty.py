"""How sure a share is: Wilson's interval, which stays within 0–100 also for few answers.

Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.
"""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True)
class Interval:
    """Two shares between 0 and 1."""

    low: float
    high: float

    @property
    def percents(self) -> tuple[int, int]:
        return round(100 * self.low), round(100 * self.high)


def wilson(count: int, n: int, z: float = Z_95) -> Interval:
    """The 95 % interval of `count` of `n`. Raises ValueError unless 0 <= count <= n and n > 0.

    Worked example: 202 of 412 are 49 %; uncertainty 44–54.

    >>> wilson(202, 412).percents
    (44, 54)
    """
    if not 0 <= count <= n or n <= 0:
        raise ValueError("need 0 <= count <= n and somebody who answered")
    share, z2 = count / n, z * z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # The share itself lies inside; rounding could put it a hair outside at 0 and 1.
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def whole_percents(counts: list[int]) -> list[int]:
    """Whole percents that add up to 100: the largest remainders are rounded up.

    >>> whole_percents([1, 1, 1])
    [34, 33, 33]
    """
    total = sum(counts)
    if not total:
        return [0 for _count in counts]
    exact = [100 * count / total for count in counts]
    floors = [int(share) for share in exact]
    missing = 100 - sum(floors)
    by_remainder = sorted(range(len(counts)), key=lambda i: (floors[i] - exact[i], i))
    for position in by_remainder[:missing]:
        floors[position] += 1
    return floors


def difference(new: tuple[int, int], old: tuple[int, int]) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, (count, n) each, between −1 and 1.

    Source: Newcombe, R. G. (1998), Interval estimation for the difference between independent
    proportions, method 10: two Wilson intervals put together.

    Worked example (Newcombe, table II): 56 of 70 against 48 of 80.

    >>> low, high = difference((56, 70), (48, 80))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    first, second = wilson(*new), wilson(*old)
    share, other = new[0] / new[1], old[0] / old[1]
    below = sqrt((share - first.low) ** 2 + (second.high - other) ** 2)
    above = sqrt((first.high - share) ** 2 + (other - second.low) ** 2)
    return share - other - below, share - other + above
