"""From the sealed pool to the panel: published, checked, seeded, drawn, closed or cancelled.

Nothing of what was published can be changed; a draw that went wrong is cancelled, in public.
"""

import secrets
from datetime import date, datetime

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.permissions import Actor
from participation.selection.models import (
    Draw,
    DrawObserver,
    DrawPerson,
    DrawPlace,
    DrawSeed,
)
from participation.selection.queries.draws import locked_draw, lottery_of, seeds_of
from participation.selection.queries.people import rows_of_pool
from participation.selection.rules import lottery as arithmetic
from participation.selection.rules.draws import CameBy, DrawState, PlaceKind
from participation.selection.rules.replay import commitment, replay_file
from participation.selection.rules.replay_script import canonical, tidy_seed
from participation.selection.services.keys import seal_successors
from participation.selection.services.pool import frozen_pool
from participation.selection.services.preparing import move

SALT_BYTES = 16


class ChancesNotReady(Conflict):
    """The background work has not worked out the chances yet."""

    code = "chances_not_ready"


class PoolChanged(Conflict):
    """Somebody has left the bank since the quotas were agreed: the numbers must be given anew."""

    code = "pool_changed"


class TooEarly(Conflict):
    """The seed cannot be known yet: its time, told beforehand, has not come."""

    code = "too_early"


def publish_pool(
    session: Session, actor: Actor, draw: Draw, *, seed_source: str, seed_due_at: datetime
) -> None:
    """Seal and publish: the hash of the pool, the panels by number, where the seed comes from.

    `seed_due_at`: the moment from which the seed can be known, which must lie ahead.

    Raises:
        ChancesNotReady, PoolChanged: see there.
        Conflict: the quotas are not agreed, or the seed could be known already.
    """
    locked = locked_draw(session, draw.id)
    if locked.state != DrawState.AGREED or seed_due_at <= now():
        raise Conflict
    lottery = lottery_of(session, locked.id)
    if lottery is None:
        raise ChancesNotReady
    if any(row.member_id is None for row in rows_of_pool(session, locked.id)):
        raise PoolChanged
    locked.salt = secrets.token_hex(SALT_BYTES)
    locked.commitment = commitment(frozen_pool(session, locked), locked.salt)
    locked.seed_source, locked.seed_due_at = seed_source, seed_due_at
    seal_successors(locked)
    assert locked.successor_seal is not None
    file = replay_file(
        lottery.panels,
        commitment=locked.commitment,
        seed_source=seed_source,
        seed_known_on=seed_due_at.isoformat(timespec="minutes"),
        successors_seal=locked.successor_seal,
    )
    lottery.published_file = canonical(file).decode()
    move(locked, DrawState.PUBLISHED)
    locked.published_at = now()
    log_event(
        session, actor, "draw_published", "draw", locked.public_id, commitment=locked.commitment
    )
    session.flush()


def note_observer(
    session: Session, actor: Actor, draw: Draw, *, role: str, found: str, checked_on: date
) -> None:
    """Note who, by role, checked the chances on the full file, and what they found.

    Raises Conflict outside the time between sealing and the end of the draw.
    """
    locked = locked_draw(session, draw.id)
    if locked.state not in (DrawState.PUBLISHED, DrawState.SEEDED, DrawState.DRAWN):
        raise Conflict
    session.add(
        DrawObserver(
            draw_id=locked.id,
            role=role,
            found=found,
            checked_on=checked_on,
            entered_by_account_id=actor.account_id,
        )
    )
    log_event(session, actor, "draw_checked", "draw", locked.public_id, reason=role)
    session.flush()


def enter_seed(
    session: Session, actor: Actor, draw: Draw, *, value: str, witnessed_by: str
) -> None:
    """Type the seed as it became known. Typed wrong, it can be typed again before the draw.

    Everything that was typed is kept and shown in public, so that nobody can try out seeds.

    Raises:
        TooEarly: before the time told beforehand.
        Conflict: not published, or drawn already.
    """
    locked = locked_draw(session, draw.id)
    if locked.state not in (DrawState.PUBLISHED, DrawState.SEEDED):
        raise Conflict
    if locked.seed_due_at is not None and now() < locked.seed_due_at:
        raise TooEarly
    session.add(
        DrawSeed(
            draw_id=locked.id,
            value=tidy_seed(value),
            witnessed_by=witnessed_by,
            entered_by_account_id=actor.account_id,
        )
    )
    locked.state = DrawState.SEEDED
    log_event(session, actor, "draw_seed_entered", "draw", locked.public_id, seed=tidy_seed(value))
    session.flush()


def make_draw(session: Session, actor: Actor, draw: Draw) -> None:
    """Draw: the newest seed picks one of the published panels, and the alternates with it.

    Announces `draw_made` in the same transaction.
    """
    locked = locked_draw(session, draw.id)
    move(locked, DrawState.DRAWN)
    lottery = lottery_of(session, locked.id)
    if lottery is None:
        raise ChancesNotReady
    panels = tuple(tuple(panel) for panel in lottery.panels)
    drawn = arithmetic.draw(
        arithmetic.Lottery(panels, locked.fingerprint or ""),
        seeds_of(session, locked.id)[0].value,
        frozen_pool(session, locked),
        alternates=locked.alternates,
    )
    locked.drawn_at = now()
    by_number = {row.number: row for row in rows_of_pool(session, locked.id)}
    _seat(session, locked, by_number, PlaceKind.PANEL, drawn.panel)
    waiting = tuple(alternate.number for alternate in drawn.alternates)
    _seat(session, locked, by_number, PlaceKind.ALTERNATE, waiting)
    log_event(session, actor, "draw_made", "draw", locked.public_id, panel=drawn.index + 1)
    session.flush()
    announce(session, "draw_made", draw_id=locked.id)


def close_draw(session: Session, actor: Actor, draw: Draw) -> None:
    """The seats are filled and nobody is replaced by lot any more."""
    locked = locked_draw(session, draw.id)
    move(locked, DrawState.CLOSED)
    locked.closed_at = now()
    log_event(session, actor, "draw_closed", "draw", locked.public_id)
    session.flush()


def cancel_draw(session: Session, actor: Actor, draw: Draw, reason: str) -> None:
    """Call the draw off. What was published stays in public, with the reason."""
    locked = locked_draw(session, draw.id)
    move(locked, DrawState.CANCELLED)
    locked.state_reason = reason
    locked.cancelled_at = now()
    log_event(session, actor, "draw_cancelled", "draw", locked.public_id, reason=reason)
    session.flush()


def _seat(
    session: Session,
    draw: Draw,
    by_number: dict[int | None, DrawPerson],
    kind: PlaceKind,
    numbers: tuple[int, ...],
) -> None:
    session.add_all(
        DrawPlace(
            draw_id=draw.id,
            person_id=by_number[number].id,
            kind=kind,
            position=position,
            came_by=CameBy.DRAW,
            since=draw.drawn_at,
        )
        for position, number in enumerate(numbers, 1)
    )
