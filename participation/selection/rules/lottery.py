"""From the fairest distribution to panels of people, the draw by a seed, and the alternates.

`equally_likely_panels` writes the lottery out: as many panels as there are tickets. Within a type
people take turns, so that alike people are on equally many panels (give or take one). The list is
published by candidate numbers before the seed is known; `draw` then only picks one of them.
Nothing here uses `random`: all chance comes from SHA-256 (`replay_script.Stream`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from participation.selection.rules.leximin import Distribution, PanelKind
from participation.selection.rules.panels import PersonType, panel_rules
from participation.selection.rules.pool import Pool, broken_rules
from participation.selection.rules.replay_script import Stream, drawn_index, fingerprint

Panel = tuple[int, ...]  # people's numbers, ascending


@dataclass(frozen=True)
class Lottery:
    """Equally likely panels; a panel with more tickets stands there more often."""

    panels: tuple[Panel, ...]
    fingerprint: str

    def chances(self) -> dict[int, float]:
        """The exact chance (0–1) of everybody who is on a panel; nobody else has one."""
        places: dict[int, int] = {}
        for panel in self.panels:
            for number in panel:
                places[number] = places.get(number, 0) + 1
        return {number: count / len(self.panels) for number, count in sorted(places.items())}


@dataclass(frozen=True)
class Alternate:
    """Somebody ready to step in, and for whom: replacing one of `can_replace` keeps all quotas."""

    number: int
    can_replace: Panel


@dataclass(frozen=True)
class Draw:
    """The panel that the seed chose (`index` in the lottery, 0 …) and its alternates in order."""

    index: int
    panel: Panel
    alternates: tuple[Alternate, ...]


def equally_likely_panels(distribution: Distribution, secret: str) -> Lottery:
    """Every ticket as a panel of people, in an order drawn by `secret`.

    `secret`: anything that cannot be guessed, such as the pool's commitment and salt; observers
    who have it get the very same list.
    """
    stream = Stream("", "panels", secret)
    kinds = [kind for kind in distribution.portfolio for _ in range(kind.tickets)]
    turns = _Turns(distribution.types, stream)
    panels = tuple(
        tuple(sorted((*turns.next_panel(kind), *distribution.seated)))
        for kind in stream.shuffled(kinds)
    )
    return Lottery(panels, fingerprint(panels))


def lottery_of_successors(
    distribution: Distribution, secret: str, staying: Collection[int]
) -> Lottery:
    """As `equally_likely_panels`, but each panel names only who would come beside who stays."""
    written = equally_likely_panels(distribution, secret)
    coming = tuple(
        tuple(number for number in panel if number not in staying) for panel in written.panels
    )
    return Lottery(coming, fingerprint(coming))


def draw(lottery: Lottery, seed: str, pool: Pool, *, alternates: int = 0) -> Draw:
    """The panel that the seed chooses, and so many alternates drawn with it.

    Worked example: a lottery of 1,000 panels and the seed "4 8 15 16 23 42" always give the same
    panel number, on every machine; "4  8 15 16 23 42 " is the same seed.
    """
    index = drawn_index(lottery.fingerprint, len(lottery.panels), seed)
    panel = lottery.panels[index]
    order = Stream(lottery.fingerprint, "alternates", seed)
    return Draw(index, panel, drawn_alternates(pool, panel, order, alternates))


def drawn_alternates(
    pool: Pool, panel: Sequence[int], order: Stream, count: int
) -> tuple[Alternate, ...]:
    """`count` people outside the panel, so that as many seats as possible have a successor.

    Everybody outside stands in an order drawn by the seed. The first place goes to whoever could
    step in for most members, the next to whoever could for most of those without an alternate
    yet; the order decides between equals. When every seat has one, a second round begins. Nobody
    is an alternate who could replace no one, and housemates are not alternates together.
    """
    fits = _replaceable(pool, panel)
    by_number = pool.by_number
    waiting = [number for number in order.shuffled(sorted(fits)) if fits[number]]
    chosen: list[Alternate] = []
    uncovered: set[int] = set()
    while waiting and len(chosen) < count:
        if not any(uncovered & fits[number] for number in waiting):
            uncovered = set(panel)
        best = max(waiting, key=lambda number: len(uncovered & fits[number]))
        chosen.append(Alternate(best, tuple(sorted(fits[best]))))
        uncovered -= fits[best]
        home = by_number[best].household
        waiting = [
            n for n in waiting if n != best and (home is None or by_number[n].household != home)
        ]
    return tuple(chosen)


def _replaceable(pool: Pool, panel: Sequence[int]) -> dict[int, set[int]]:
    """Of everybody outside the panel: whose seat they could take with all quotas kept."""
    seated = set(panel)
    known: dict[tuple[object, ...], set[int]] = {}
    fits = {}
    homes = {pool.by_number[n].household: n for n in seated} | {None: 0}
    for person_type in panel_rules(pool).types:
        for number in person_type.numbers:
            if number in seated:
                continue
            housemate = homes.get(pool.by_number[number].household, 0)
            alike = (person_type.look, housemate)
            if alike not in known:
                known[alike] = {
                    member
                    for member in panel
                    if housemate in (0, member)
                    and not broken_rules(pool, (seated - {member}) | {number})
                }
            fits[number] = known[alike]
    return fits


class _Turns:
    """Whose turn it is: of alike people always those who were on the fewest panels so far."""

    def __init__(self, types: Sequence[PersonType], stream: Stream) -> None:
        self._queues: list[list[tuple[int, int, int, int]]] = []
        self._kinds = [person_type.kind for person_type in types]
        for person_type in types:
            people = [
                (home, number) for home, there in enumerate(person_type.homes) for number in there
            ]
            queue = [
                (0, place, home, number)
                for place, (home, number) in enumerate(stream.shuffled(people))
            ]
            heapify(queue)
            self._queues.append(queue)

    def next_panel(self, kind: PanelKind) -> list[int]:
        """People for one panel; households are numbered within their kind."""
        panel: list[int] = []
        taken: set[tuple[int, int]] = set()
        for index, count in kind.counts:
            queue, household_kind = self._queues[index], self._kinds[index]
            back = []
            wanted = len(panel) + count
            while len(panel) < wanted:
                turns, place, home, number = heappop(queue)
                is_free = (household_kind, home) not in taken
                if is_free:
                    taken.add((household_kind, home))
                    panel.append(number)
                back.append((turns + is_free, place, home, number))
            for entry in back:
                heappush(queue, entry)
        return panel
