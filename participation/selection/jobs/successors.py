"""Whoever left is followed by an alternate, or by lot out of the pool, or by a proposed swap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import JobProgress
from participation.selection.models import Draw, DrawReplacement
from participation.selection.queries.draws import SUCCESSOR, draw_by_id, seeds_of
from participation.selection.queries.people import places_of, rows_of_pool
from participation.selection.rules.draws import CameBy, PlaceKind, ReplacementState
from participation.selection.rules.leximin import Distribution
from participation.selection.rules.lottery import draw as draw_panel
from participation.selection.rules.lottery import equally_likely_panels
from participation.selection.rules.pool import Pool, broken_rules
from participation.selection.rules.replacement import replacement
from participation.selection.services.pool import frozen_pool
from participation.selection.services.replacing import (
    give_up_search,
    propose_swap,
    settle_replacement,
)


@dataclass(frozen=True)
class Search:
    """What is known when somebody leaves: who is on the panel, leaves and waits; the seed."""

    pool: Pool
    panel: tuple[int, ...]
    leaving: tuple[int, ...]
    waiting: tuple[int, ...]
    seed: str


@dataclass(frozen=True)
class Outcome:
    """Who comes, how, and who else would have to leave (in a swap)."""

    came_by: CameBy
    joining: tuple[int, ...]
    also_leaving: tuple[int, ...] = ()


class FindSuccessor:
    """One search; what comes of it is stored on the replacement."""

    kind = SUCCESSOR

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        job.progress(0, 1, _("Those who could take the seat are looked for."))
        replacement_id = int(job.payload["replacement_id"])
        with sessions() as session:
            wanted = session.get_one(DrawReplacement, replacement_id)
            draw = draw_by_id(session, wanted.draw_id)
            address = f"/selection/{draw.public_id}"
            if wanted.state != ReplacementState.SEARCHING:
                return {"url": address}
            search = _search(session, draw, wanted.leaving)
        outcome = find_successor(search)
        with transaction(sessions) as session:
            _store(session, session.get_one(DrawReplacement, replacement_id), outcome)
        return {"url": address}


def find_successor(search: Search) -> Outcome | None:
    """The first alternate who fits; else a successor by lot; else the smallest swap; else None."""
    staying = set(search.panel) - set(search.leaving)
    if len(staying) == search.pool.seats - 1:
        for number in search.waiting:
            if not broken_rules(search.pool, staying | {number}):
                return Outcome(CameBy.ALTERNATE, (number,))
    found = replacement(search.pool, search.panel, search.leaving)
    if found.successors is not None:
        return Outcome(CameBy.REPLACEMENT, _drawn(search, found.successors, staying))
    for swap in found.swaps:
        again = replacement(search.pool, search.panel, {*search.leaving, *swap})
        if again.successors is not None:
            joining = _drawn(search, again.successors, staying - set(swap))
            return Outcome(CameBy.SWAP, joining, swap)
    return None


def _drawn(search: Search, successors: Distribution, staying: set[int]) -> tuple[int, ...]:
    """By the draw's own seed, with who leaves added: the same search gives the same successor."""
    lottery = equally_likely_panels(successors, search.seed)
    panel = draw_panel(lottery, search.seed, search.pool).panel
    return tuple(number for number in panel if number not in staying)


def _search(session: Session, draw: Draw, leaving: Sequence[int]) -> Search:
    """Whoever had a place and left it is out of the pool, and so is whoever was erased."""
    places = places_of(session, draw.id)
    panel = [p.person.number or 0 for p in places if p.kind == PlaceKind.PANEL]
    erased = [p.person.number or 0 for p in places if p.person.member_id is None]
    gone = {p.person.number for p in places_of(session, draw.id, earlier=True) if p.left_at}
    out = {row.number for row in rows_of_pool(session, draw.id) if row.member_id is None}
    everybody = frozen_pool(session, draw)
    all_leaving = tuple(sorted({*leaving, *erased} & set(panel)))
    numbers = (gone | out) - set(panel)
    newest = seeds_of(session, draw.id)[0].value
    return Search(
        pool=everybody.without({number for number in numbers if number is not None}),
        panel=tuple(panel),
        leaving=all_leaving,
        waiting=tuple(
            p.person.number or 0
            for p in places
            if p.kind == PlaceKind.ALTERNATE and p.person.member_id is not None
        ),
        seed=f"{newest} / {' '.join(map(str, all_leaving))}",
    )


def _store(session: Session, wanted: DrawReplacement, outcome: Outcome | None) -> None:
    if wanted.state != ReplacementState.SEARCHING:
        return
    if outcome is None:
        give_up_search(session, wanted)
    elif outcome.came_by is CameBy.SWAP:
        propose_swap(session, wanted, [*wanted.leaving, *outcome.also_leaving], outcome.joining)
    else:
        settle_replacement(session, wanted, outcome.came_by, outcome.joining)
