"""The de-identification gate: a person has read the whole text before anybody else may."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from participation.coding.models import MaterialText
from participation.coding.rules.passages import Mask, masked, masks_as_json
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
    if text.is_reviewed:
        raise Conflict
    text.text, placed = masked(text.text, masks)
    text.masks = masks_as_json(placed)
    text.reviewed_at = now()
    text.reviewed_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "review", "material_text", text.public_id, masks=len(placed))
    return text
