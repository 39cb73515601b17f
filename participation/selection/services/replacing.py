"""Somebody drawn leaves: a successor who keeps the spread, by the same kind of lot."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.permissions import Actor
from participation.selection.models import Draw, DrawPerson, DrawPlace, DrawReplacement
from participation.selection.queries.draws import locked_draw, seeds_of
from participation.selection.queries.people import is_searching, place_of_number
from participation.selection.rules.draws import CameBy, DrawState, PlaceKind, ReplacementState
from participation.selection.rules.lottery import Lottery
from participation.selection.rules.replay import successor_file
from participation.selection.rules.replay_script import canonical
from participation.selection.services.work import queue_search


class ReplacementUnderWay(Conflict):
    """A successor is being looked for already, or a swap waits for an answer."""

    code = "replacement_under_way"


def draw_replacement(
    session: Session, actor: Actor, draw: Draw, number: int, *, reason: str = ""
) -> DrawReplacement:
    """Whoever has this candidate number leaves the panel; a successor is drawn in the background.

    Alternates come first where they fit, then the rest of the pool; the others keep their seats.
    When nobody fits alone, the smallest swap is proposed and waits for `accept_swap`. An alternate
    who leaves is taken off the list. `place_of_member(…).person.number` finds a member's number.

    Raises:
        NotFound: nobody holds a place with that number.
        ReplacementUnderWay: one at a time, so that each keeps the spread.
        Conflict: nothing is drawn, or the draw is closed.
    """
    locked = locked_draw(session, draw.id)
    if locked.state != DrawState.DRAWN:
        raise Conflict
    place = place_of_number(session, locked, number)
    if is_searching(session, locked.id):
        raise ReplacementUnderWay
    is_on_panel = place.kind == PlaceKind.PANEL
    replacement = DrawReplacement(
        draw_id=locked.id,
        person_id=place.person_id,
        state=ReplacementState.SEARCHING if is_on_panel else ReplacementState.DONE,
        leaving=[number],
    )
    session.add(replacement)
    session.flush()
    log_event(
        session, actor, "draw_place_left", "draw", locked.public_id, reason=reason, number=number
    )
    if is_on_panel:
        queue_search(session, actor, locked, replacement.id)
    else:
        _end(session, locked, [number])
        replacement.decided_at = now()
    session.flush()
    return replacement


def keep_lot(session: Session, replacement: DrawReplacement, lottery: Lottery, seed: str) -> None:
    """A lot was drawn: its key is opened, and its file is there for everybody to draw it again."""
    draw = locked_draw(session, replacement.draw_id)
    assert draw.successor_seal is not None
    assert replacement.key_place is not None
    file = successor_file(
        lottery,
        seed_of_draw=seeds_of(session, draw.id)[0].value,
        seal=draw.successor_seal,
        place=replacement.key_place,
        left=replacement.leaving,
    )
    replacement.seed = seed
    replacement.published_file = canonical(file).decode()


def settle_replacement(
    session: Session, replacement: DrawReplacement, came_by: CameBy, joining: Sequence[int]
) -> None:
    """A successor was found who fits alone: they have the seat. Called by the background work."""
    draw = locked_draw(session, replacement.draw_id)
    replacement.came_by, replacement.joining = came_by, list(joining)
    _carry_out(session, draw, replacement)


def propose_swap(
    session: Session,
    replacement: DrawReplacement,
    leaving: Sequence[int],
    joining: Sequence[int],
) -> None:
    """Nobody fits alone: others would have to leave too. A coordinator decides."""
    replacement.state = ReplacementState.PROPOSED
    replacement.came_by = CameBy.SWAP
    replacement.leaving, replacement.joining = list(leaving), list(joining)
    session.flush()


def give_up_search(session: Session, replacement: DrawReplacement) -> None:
    """No successor keeps the quotas, whoever else would leave: the seat stays empty."""
    draw = locked_draw(session, replacement.draw_id)
    replacement.state = ReplacementState.IMPOSSIBLE
    replacement.decided_at = now()
    _end(session, draw, replacement.leaving[:1])
    _tell(session, draw, replacement.leaving[:1], [])


def accept_swap(session: Session, actor: Actor, replacement: DrawReplacement) -> None:
    """Yes to the proposed swap. Raises Conflict when there is none (any more)."""
    draw = locked_draw(session, replacement.draw_id)
    if replacement.state != ReplacementState.PROPOSED or draw.state != DrawState.DRAWN:
        raise Conflict
    log_event(session, actor, "draw_swap_accepted", "draw", draw.public_id)
    _carry_out(session, draw, replacement)


def refuse_swap(session: Session, actor: Actor, replacement: DrawReplacement) -> None:
    """No to the swap: whoever left has left, and the seat stays empty for now."""
    draw = locked_draw(session, replacement.draw_id)
    if replacement.state != ReplacementState.PROPOSED:
        raise Conflict
    replacement.state = ReplacementState.REFUSED
    replacement.leaving, replacement.joining = replacement.leaving[:1], []
    replacement.decided_at = now()
    log_event(session, actor, "draw_swap_refused", "draw", draw.public_id)
    _end(session, draw, replacement.leaving)
    _tell(session, draw, replacement.leaving, [])


def _carry_out(session: Session, draw: Draw, replacement: DrawReplacement) -> None:
    """Seats change hands; an alternate who steps in leaves the list of alternates."""
    people = {row.number: row for row in _by_number(session, draw, replacement.joining)}
    _end(session, draw, [*replacement.leaving, *replacement.joining])
    for position, number in zip(_free_seats(session, draw), replacement.joining, strict=False):
        session.add(
            DrawPlace(
                draw_id=draw.id,
                person_id=people[number].id,
                kind=PlaceKind.PANEL,
                position=position,
                came_by=replacement.came_by or CameBy.REPLACEMENT,
            )
        )
    replacement.state = ReplacementState.DONE
    replacement.decided_at = now()
    session.flush()
    _tell(session, draw, replacement.leaving, replacement.joining)


def _free_seats(session: Session, draw: Draw) -> list[int]:
    """Positions on the panel that nobody holds."""
    held = session.scalars(
        select(DrawPlace.position).where(
            DrawPlace.draw_id == draw.id,
            DrawPlace.kind == PlaceKind.PANEL,
            DrawPlace.left_at.is_(None),
        )
    )
    return sorted(set(range(1, draw.seats + 1)) - set(held))


def _end(session: Session, draw: Draw, numbers: Sequence[int]) -> None:
    """These candidates hold no place any more."""
    for place in session.scalars(
        select(DrawPlace)
        .join(DrawPerson, DrawPerson.id == DrawPlace.person_id)
        .where(
            DrawPlace.draw_id == draw.id,
            DrawPlace.left_at.is_(None),
            DrawPerson.number.in_(numbers),
        )
        .order_by(DrawPlace.position, DrawPlace.id)
    ):
        place.left_at = now()
    session.flush()


def _tell(session: Session, draw: Draw, leaving: Sequence[int], joining: Sequence[int]) -> None:
    def members(numbers: Sequence[int]) -> list[int]:
        rows = _by_number(session, draw, numbers)
        return [row.member_id for row in rows if row.member_id is not None]

    session.flush()
    announce(
        session,
        "place_in_draw_left",
        draw_id=draw.id,
        left_member_ids=members(leaving),
        joined_member_ids=members(joining),
    )


def _by_number(session: Session, draw: Draw, numbers: Sequence[int]) -> Sequence[DrawPerson]:
    return session.scalars(
        select(DrawPerson)
        .where(DrawPerson.draw_id == draw.id, DrawPerson.number.in_(numbers))
        .order_by(DrawPerson.number)
    ).all()
