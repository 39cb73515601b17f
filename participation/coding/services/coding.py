"""Coding itself. Every step is remembered for its coder, so that each can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.models import (
    Code,
    CodingStep,
    Excerpt,
    Material,
    MaterialText,
    TextState,
)
from participation.coding.queries import last_step, next_to_redo
from participation.coding.rules.passages import (
    Mask,
    masked,
    masks_as_json,
    masks_from_json,
    moved,
    trimmed,
)
from participation.coding.services.holding import TextChanged, hold_text
from participation.coding.services.learning import forget_learnt
from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor

FAR = 10_000_000  # beyond any text


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A code on a stretch of a text."""

    code_id: int
    start: int
    end: int


def apply_code(
    session: Session,
    actor: Actor,
    text: MaterialText,
    code: Code,
    *,
    start: int,
    end: int,
    shown: str | None = None,
) -> Excerpt:
    """Put `code` on `start`–`end` of a reviewed text; doing it twice changes nothing.

    `shown`: the mark of the words that the places were counted in (`hold_text`).

    Raises:
        Conflict: the text is not reviewed yet, or the code is no longer used.
        TextChanged: somebody has hidden words in it meanwhile.
        ValueError: nothing but blanks is marked.
    """
    hold_text(session, text, shown)
    if not text.is_reviewed or code.is_retired or code.merged_into_id is not None:
        raise Conflict
    start, end = trimmed(text.text, start, end)
    spot = Spot(code_id=code.id, start=start, end=end)
    existing = _excerpt_at(session, actor, text, spot)
    if existing is not None:
        return existing
    excerpt = _new_excerpt(session, actor, text, spot)
    _remember(session, actor, text, "apply", spot)
    return excerpt


def remove_excerpt(session: Session, actor: Actor, excerpt: Excerpt) -> None:
    """Take a code off a passage. Raises TextChanged: its words were changed meanwhile."""
    text = session.get_one(MaterialText, excerpt.text_id)
    hold_text(session, text)
    again = select(Excerpt).where(Excerpt.id == excerpt.id)
    if session.scalar(again.execution_options(populate_existing=True)) is None:
        raise TextChanged(text)
    spot = Spot(code_id=excerpt.code_id, start=excerpt.start, end=excerpt.end)
    _remember(session, actor, text, "remove", spot)
    session.delete(excerpt)
    session.flush()


def set_aside(session: Session, actor: Actor, text: MaterialText) -> None:
    """Nothing in this text fits a code, says this coder: it counts as coded."""
    if _state(session, actor, text) is None:
        _lay_aside(session, actor, text)
        _remember(session, actor, text, "set_aside")


def take_up(session: Session, actor: Actor, text: MaterialText) -> None:
    """Look at a text again that this coder set aside."""
    state = _state(session, actor, text)
    if state is not None:
        session.delete(state)
        _remember(session, actor, text, "take_up")


def _state(session: Session, actor: Actor, text: MaterialText) -> TextState | None:
    return session.scalar(
        select(TextState).where(
            TextState.text_id == text.id, TextState.coder_account_id == actor.account_id
        )
    )


def _lay_aside(session: Session, actor: Actor, text: MaterialText) -> None:
    if actor.account_id is not None:
        session.add(
            TextState(text_id=text.id, coder_account_id=actor.account_id, set_aside_at=now())
        )
        session.flush()


def undo(session: Session, actor: Actor, material: Material) -> MaterialText | None:
    """Undo the coder's newest step in this material; the text it was in, or None: nothing left."""
    step = last_step(session, actor, material)
    if step is None:
        return None
    text = session.get(MaterialText, step.text_id)
    if text is None:
        raise NotFound
    hold_text(session, text)
    if last_step(session, actor, material) is not step:
        raise TextChanged(text)
    _make_so(session, actor, text, step, OPPOSITE[step.kind])
    step.undone_at = now()
    session.flush()
    return text


def redo(session: Session, actor: Actor, material: Material) -> MaterialText | None:
    """Do again what the coder undid last; None: nothing, or something new was done since."""
    step = next_to_redo(session, actor, material)
    if step is None:
        return None
    text = session.get(MaterialText, step.text_id)
    if text is None:
        raise NotFound
    hold_text(session, text)
    if next_to_redo(session, actor, material) is not step:
        raise TextChanged(text)
    _make_so(session, actor, text, step, step.kind)
    step.undone_at = None
    session.flush()
    return text


OPPOSITE = {
    "apply": "remove",
    "remove": "apply",
    "set_aside": "take_up",
    "take_up": "set_aside",
}


def _make_so(
    session: Session, actor: Actor, text: MaterialText, step: CodingStep, kind: str
) -> None:
    """As if `kind` had been done where the step was; what is so already stays."""
    if step.code_id is None or step.start is None or step.end is None:
        state = _state(session, actor, text)
        if kind == "take_up" and state is not None:
            session.delete(state)
        if kind == "set_aside" and state is None:
            _lay_aside(session, actor, text)
        return
    spot = Spot(code_id=step.code_id, start=step.start, end=step.end)
    found = _excerpt_at(session, actor, text, spot)
    if kind == "remove" and found is not None:
        session.delete(found)
    if kind == "apply" and found is None:
        _new_excerpt(session, actor, text, spot)


def mask_passage(
    session: Session,
    actor: Actor,
    text: MaterialText,
    start: int,
    end: int,
    *,
    shown: str | None = None,
) -> MaterialText:
    """Hide words that the review missed; excerpts move with the text.

    It cannot be undone, and neither can earlier steps in this text: the words are gone.

    Raises:
        TextChanged: somebody else has hidden words in it meanwhile.
        ValueError: nothing but blanks is marked.
    """
    hold_text(session, text, shown)
    start, end = trimmed(text.text, start, end)
    hidden = [Mask(start=start, end=end, kind="other")]
    old = masks_from_json(text.masks)
    length = len(text.text)
    text.text, placed = masked(text.text, hidden)
    kept = [
        Mask(start=moved(m.start, hidden, placed), end=moved(m.end, hidden, placed), kind=m.kind)
        for m in old
        if m.end <= start or end <= m.start
    ]
    text.masks = masks_as_json(sorted([*kept, *placed], key=lambda m: m.start))
    excerpts = session.scalars(select(Excerpt).where(Excerpt.text_id == text.id))
    _move_excerpts(session, excerpts.all(), hidden, placed, length)
    session.execute(delete(CodingStep).where(CodingStep.text_id == text.id))
    forget_learnt(session, [text.id])
    session.flush()
    log_event(session, actor, "mask", "material_text", text.public_id)
    return text


def _move_excerpts(
    session: Session,
    excerpts: Sequence[Excerpt],
    hidden: list[Mask],
    placed: list[Mask],
    length: int,
) -> None:
    """Of passages that now are the same, one stays. First all stand far out of each other's way."""
    taken: set[tuple[int, int | None, str, int, int]] = set()
    for excerpt in excerpts:
        start, end = _moved_passage(excerpt, hidden, placed, length)
        spot = (excerpt.code_id, excerpt.coder_account_id, excerpt.layer, start, end)
        if spot in taken:
            session.delete(excerpt)
        else:
            excerpt.start, excerpt.end = start + FAR, end + FAR
        taken.add(spot)
    session.flush()
    for excerpt in excerpts:
        if excerpt.start >= FAR:
            excerpt.start, excerpt.end = excerpt.start - FAR, excerpt.end - FAR


def _moved_passage(
    excerpt: Excerpt, hidden: list[Mask], placed: list[Mask], length: int
) -> tuple[int, int]:
    """A passage that began or ended inside the hidden words now takes in their mark."""
    (old,), (new,) = hidden, placed
    start, end = excerpt.start, min(excerpt.end, length)
    return (
        new.start if old.start <= start < old.end else moved(start, hidden, placed),
        new.end if old.start < end <= old.end else moved(end, hidden, placed),
    )


def _excerpt_at(session: Session, actor: Actor, text: MaterialText, spot: Spot) -> Excerpt | None:
    return session.scalar(
        select(Excerpt).where(
            Excerpt.text_id == text.id,
            Excerpt.code_id == spot.code_id,
            Excerpt.coder_account_id == actor.account_id,
            Excerpt.layer == "own",
            Excerpt.start == spot.start,
            Excerpt.end == spot.end,
        )
    )


def _new_excerpt(session: Session, actor: Actor, text: MaterialText, spot: Spot) -> Excerpt:
    excerpt = Excerpt(
        text_id=text.id,
        code_id=spot.code_id,
        start=spot.start,
        end=spot.end,
        coder_account_id=actor.account_id,
    )
    session.add(excerpt)
    session.flush()
    return excerpt


def _remember(
    session: Session,
    actor: Actor,
    text: MaterialText,
    kind: str,
    spot: Spot | None = None,
) -> None:
    if actor.account_id is not None:
        session.add(
            CodingStep(
                coder_account_id=actor.account_id,
                material_id=text.material_id,
                text_id=text.id,
                kind=kind,
                code_id=spot and spot.code_id,
                start=spot and spot.start,
                end=spot and spot.end,
            )
        )
    session.flush()
