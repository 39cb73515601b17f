"""The keys that successors are drawn with: sealed with the draw, taken one by one."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.selection.models import Draw, DrawReplacement
from participation.selection.queries.draws import locked_draw, seeds_of
from participation.selection.rules.sealed_keys import key_at, seal_of, seed_with_key

SECRET_BYTES = 32


def seal_successors(draw: Draw) -> None:
    """Make the secret and its seal, unless there is one. Belongs before the draw's seed is known.

    A draw from before there were seals gets its seal when somebody leaves; the public page says
    when it was made.
    """
    if draw.successor_seal is None:
        draw.successor_secret = secrets.token_hex(SECRET_BYTES)
        draw.successor_seal = seal_of(draw.successor_secret)
        draw.successors_sealed_at = now()


def take_key(session: Session, replacement: DrawReplacement) -> str:
    """The seed of this successor's lot. Asked again it is the same; no other successor has it."""
    draw = locked_draw(session, replacement.draw_id)
    seal_successors(draw)
    if replacement.key_place is None:
        taken = session.scalar(
            select(func.max(DrawReplacement.key_place)).where(DrawReplacement.draw_id == draw.id)
        )
        replacement.key_place = (taken or 0) + 1
    session.flush()
    assert draw.successor_secret is not None
    key = key_at(draw.successor_secret, replacement.key_place)
    return seed_with_key(seeds_of(session, draw.id)[0].value, key)
