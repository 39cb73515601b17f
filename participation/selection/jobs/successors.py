"""Whoever left is followed by an alternate, or by lot out of the pool, or by a proposed swap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import JobProgress
from participation.selection.models import Draw, DrawReplacement
from participation.selection.queries.draws import SUCCESSOR, draw_by_id
from participation.selection.queries.people import places_of, rows_of_pool
from participation.selection.rules.draws import CameBy, PlaceKind, ReplacementState
from participation.selection.rules.leximin import Distribution
from participation.selection.rules.lottery import Lottery, lottery_of_successors
from participation.selection.rules.pool import Pool, broken_rules
from participation.selection.rules.replacement import replacement
from participation.selection.rules.replay_script import drawn_index
from participation.selection.services.keys import take_key
from participation.selection.services.pool import frozen_pool
from participation.selection.services.replacing import (
    give_up_search,
    keep_lot,
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
    """Who comes, how, who else would have to leave (in a swap), and the lot if one was drawn."""

    came_by: CameBy
    joining: tuple[int, ...]
    also_leaving: tuple[int, ...] = ()
    lottery: Lottery | None = None


class FindSuccessor:
    """One search; what comes of it is stored on the replacement."""

    kind = SUCCESSOR

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        job.progress(0, 1, _("Those who could take the seat are looked for."))
        replacement_id = int(job.payload["replacement_id"])
        with transaction(sessions) as session:
            wanted = session.get_one(DrawReplacement, replacement_id)
            draw = draw_by_id(session, wanted.draw_id)
            address = f"/selection/{draw.public_id}"
            if wanted.state != ReplacementState.SEARCHING:
                return {"url": address}
            search = _search(session, draw, wanted.leaving, take_key(session, wanted))
        outcome = find_successor(search)
        with transaction(sessions) as session:
            _store(session, session.get_one(DrawReplacement, replacement_id), outcome, search.seed)
        return {"url": address}


def find_and_settle(session: Session, wanted: DrawReplacement) -> None:
    """The whole search in one transaction, for whoever cannot wait for the background work."""
    draw = draw_by_id(session, wanted.draw_id)
    search = _search(session, draw, wanted.leaving, take_key(session, wanted))
    _store(session, wanted, find_successor(search), search.seed)


def find_successor(search: Search) -> Outcome | None:
    """The first alternate who fits; else a successor by lot; else the smallest swap; else None."""
    staying = set(search.panel) - set(search.leaving)
    if len(staying) == search.pool.seats - 1:
        for number in search.waiting:
            if not broken_rules(search.pool, staying | {number}):
                return Outcome(CameBy.ALTERNATE, (number,))
    found = replacement(search.pool, search.panel, search.leaving)
    if found.successors is not None:
        return _drawn(search, found.successors, staying)
    for swap in found.swaps:
        again = replacement(search.pool, search.panel, {*search.leaving, *swap})
        if again.successors is not None:
            return _drawn(search, again.successors, staying - set(swap), swap)
    return None


def _drawn(
    search: Search, successors: Distribution, staying: set[int], swap: tuple[int, ...] = ()
) -> Outcome:
    """By the draw's own seed and a key nobody could know: the same search gives the same lot."""
    lottery = lottery_of_successors(successors, search.seed, staying)
    index = drawn_index(lottery.fingerprint, len(lottery.panels), search.seed)
    came_by = CameBy.SWAP if swap else CameBy.REPLACEMENT
    return Outcome(came_by, lottery.panels[index], swap, lottery)


def _search(session: Session, draw: Draw, leaving: Sequence[int], seed: str) -> Search:
    """Whoever had a place and left it is out of the pool, and so is whoever was erased."""
    places = places_of(session, draw.id)
    panel = [p.person.number or 0 for p in places if p.kind == PlaceKind.PANEL]
    erased = [p.person.number or 0 for p in places if p.person.member_id is None]
    gone = {p.person.number for p in places_of(session, draw.id, earlier=True) if p.left_at}
    out = {row.number for row in rows_of_pool(session, draw.id) if row.member_id is None}
    everybody = frozen_pool(session, draw)
    all_leaving = tuple(sorted({*leaving, *erased} & set(panel)))
    numbers = (gone | out) - set(panel)
    return Search(
        pool=everybody.without({number for number in numbers if number is not None}),
        panel=tuple(panel),
        leaving=all_leaving,
        waiting=tuple(
            p.person.number or 0
            for p in places
            if p.kind == PlaceKind.ALTERNATE and p.person.member_id is not None
        ),
        seed=seed,
    )


def _store(session: Session, wanted: DrawReplacement, outcome: Outcome | None, seed: str) -> None:
    if wanted.state != ReplacementState.SEARCHING:
        return
    if outcome is not None and outcome.lottery is not None:
        keep_lot(session, wanted, outcome.lottery, seed)
    if outcome is None:
        give_up_search(session, wanted)
    elif outcome.came_by is CameBy.SWAP:
        propose_swap(session, wanted, [*wanted.leaving, *outcome.also_leaving], outcome.joining)
    else:
        settle_replacement(session, wanted, outcome.came_by, outcome.joining)
