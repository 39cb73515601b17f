"""The de-identification gate: a person has read the whole text before anybody else may."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, MaterialText
from participation.coding.rules.passages import (
    Mask,
    masked,
    masks_as_json,
    merged_masks,
    moved_passage,
)
from participation.coding.services.holding import hold_text
from participation.foundation.clock import now
from participation.foundation.deidentification import Span, find_spans
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def suggested_masks(text: str, care_units: Iterable[str] = ()) -> list[Span]:
    """What a machine finds in a text that waits for review. It misses things."""
    return find_spans(text, care_units)


def review_text(
    session: Session, actor: Actor, text: MaterialText, masks: Sequence[Mask]
) -> MaterialText:
    """Hide what the reader decided to hide; from now on the text can be coded.

    What was hidden is gone here: the text is written anew with marks in its place.

    Raises:
        Conflict: somebody has reviewed it already.
    """
    hold_text(session, text)
    if text.is_reviewed:
        raise Conflict
    hidden = merged_masks(masks, len(text.text))
    text.text, placed = masked(text.text, masks)
    _move_passages(session, text, hidden, placed)
    text.masks = masks_as_json(placed)
    text.reviewed_at = now()
    text.reviewed_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "review", "material_text", text.public_id, masks=len(placed))
    return text


def _move_passages(
    session: Session, text: MaterialText, hidden: Sequence[Mask], placed: Sequence[Mask]
) -> None:
    """Codes that came with the text from another program move with it; what then is the same is
    there once."""
    found = session.scalars(select(Excerpt).where(Excerpt.text_id == text.id)).all()
    if not found or not hidden:
        return
    spots = {
        (one.code_id, one.coder_account_id, *moved_passage(one.start, one.end, hidden, placed))
        for one in found
    }
    session.execute(delete(Excerpt).where(Excerpt.text_id == text.id))
    session.add_all(
        Excerpt(text_id=text.id, code_id=code_id, coder_account_id=coder, start=start, end=end)
        for code_id, coder, start, end in sorted(spots, key=lambda spot: spot[2:])
    )
