"""Unknown numbers of people, and what is told of their sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from participation.disclosure.rules.attack.programme import Line

Name = tuple[str, ...]


class Contradiction(Exception):
    """What is told cannot all be true: somebody assumed too much."""


@dataclass
class Equations:
    """Unknowns by name, none below nobody, and equations between them.

    `name` is a path: which publication, attribute, group, question and answer.
    """

    places: dict[Name, int] = field(default_factory=dict)
    lines: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def unknown(self, *name: str) -> int:
        return self.places.setdefault(name, len(self.places))

    def tell(self, plus: Iterable[int], total: int = 0, minus: Iterable[int] = ()) -> None:
        """The unknowns `plus` less those of `minus` are `total`."""
        weights: dict[int, int] = {}
        for place in plus:
            weights[place] = weights.get(place, 0) + 1
        for place in minus:
            weights[place] = weights.get(place, 0) - 1
        self.lines.append(({p: weight for p, weight in weights.items() if weight}, total))

    def solved(self) -> "Solved":
        """What follows by putting in what is known, equation by equation.

        Raises Contradiction when an unknown would be less than nobody.
        """
        known: dict[int, int] = {}
        lines = [(dict(weights), total) for weights, total in self.lines]
        is_news = True
        while is_news:
            is_news = False
            left = []
            for weights, total in lines:
                told = [place for place in weights if place in known]
                rest = total - sum(weights.pop(place) * known[place] for place in told)
                found = _follows(weights, rest)
                if found is None:
                    left.append((weights, rest))
                    continue
                known.update(found)
                is_news = is_news or bool(found)
            lines = left
        return Solved.of(len(self.places), known, lines)


def _follows(weights: dict[int, int], total: int) -> dict[int, int] | None:
    """Values that one equation gives away by itself; None when it still says more."""
    if not weights:
        if total:
            raise Contradiction
        return {}
    if len(weights) == 1:
        ((place, weight),) = weights.items()
        if total % weight or total // weight < 0:
            raise Contradiction
        return {place: total // weight}
    signs = set(weights.values())
    if signs in ({1}, {-1}):
        total *= next(iter(signs))
        if total < 0:
            raise Contradiction
        return dict.fromkeys(weights, 0) if total == 0 else None
    return None


@dataclass(frozen=True)
class Solved:
    """What is `known` for certain, and the equations that are left of the `free` unknowns."""

    known: dict[int, int]
    free: dict[int, int]  # place among the free ones, by place among all
    lines: list[Line]

    @classmethod
    def of(
        cls, unknowns: int, known: dict[int, int], lines: Sequence[tuple[dict[int, int], int]]
    ) -> "Solved":
        free = {
            place: number
            for number, place in enumerate(p for p in range(unknowns) if p not in known)
        }
        return cls(
            known,
            free,
            [
                ([free[place] for place in weights], list(map(float, weights.values())), total)
                for weights, total in lines
            ],
        )
