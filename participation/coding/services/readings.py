"""Texts that were read where they came from: for publication, by somebody who hid what they saw."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, Material, MaterialText
from participation.coding.rules.drafts import SourceKind
from participation.coding.rules.passages import masks_as_json
from participation.coding.rules.readings import masks_since
from participation.coding.services.learning import forget_learnt
from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.permissions import Actor

Source = tuple[SourceKind, str, str]
"""Which kind of source, its number, and what was asked."""


def note_read_at_source(
    session: Session,
    actor: Actor,
    source: Source,
    source_ref: str,
    *,
    was: str,
    words: str | None,
) -> None:
    """A voice's text was read for publication: it need not be read through here once more.

    `was`: the words that were read. `words`: what was let through; none: it was kept back. Where
    more than hiding was done to the words, and where they have changed since, the text waits for
    a reader here.
    """
    text = _text_of(session, source, source_ref, was)
    if text is None or (text.is_reviewed and not text.is_read_at_source):
        return
    before, after = text.text, plain(words or "").strip()
    masks = masks_since(before, after) if after else None
    is_coded = session.scalar(select(exists().where(Excerpt.text_id == text.id)))
    if masks is None or (before != after and is_coded):
        _take_back(session, text)
        return
    if before != after and text.is_reviewed:
        forget_learnt(session, [text.id])
    text.text, text.masks = after, masks_as_json(masks)
    text.reviewed_at, text.reviewed_by_account_id = now(), actor.account_id
    text.is_read_at_source = True
    session.flush()
    log_event(session, actor, "review", "material_text", text.public_id, masks=len(masks))


def _text_of(session: Session, source: Source, source_ref: str, was: str) -> MaterialText | None:
    """Held, so that nobody reads it through meanwhile."""
    kind, public_id, question_key = source
    return session.scalars(
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            Material.source_kind == kind.value,
            Material.source_public_id == public_id,
            Material.question_key == question_key,
            MaterialText.source_ref == source_ref,
            MaterialText.text == plain(was).strip(),
        )
        .order_by(MaterialText.id)
        .limit(1)
        .with_for_update(of=MaterialText)
        .execution_options(populate_existing=True)
    ).first()


def _take_back(session: Session, text: MaterialText) -> None:
    """It waits for a reader; codes that it has wait with it."""
    if not text.is_reviewed:
        return
    forget_learnt(session, [text.id])
    text.reviewed_at, text.reviewed_by_account_id = None, None
    text.is_read_at_source = False
    session.flush()
