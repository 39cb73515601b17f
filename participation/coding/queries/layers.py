"""Whose passages are looked at: each coder has a layer of their own, and there is the agreed one.

Which code a passage is read as: one that was put together with another is read as that one.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from participation.coding.models import (
    Code,
    CodingAssignment,
    CodingRound,
    Excerpt,
    MaterialText,
    TextState,
)
from participation.coding.rules.filters import Layer
from participation.foundation.permissions import Actor

IS_AGREED: ColumnElement[bool] = Excerpt.layer == "agreed"
IS_OWN_LAYER: ColumnElement[bool] = Excerpt.layer == "own"

ShownCode = aliased(Code)
"""The code a passage's own code was put together with; outer join on `READ_AS`."""
READ_AS: ColumnElement[bool] = ShownCode.id == Code.merged_into_id
SHOWN_ID: ColumnElement[int] = func.coalesce(Code.merged_into_id, Code.id)
SHOWN_NUMBER: ColumnElement[int] = func.coalesce(ShownCode.number, Code.number)
SHOWN_NAME: ColumnElement[str] = func.coalesce(ShownCode.name, Code.name)


def in_layer(actor: Actor, layer: Layer) -> ColumnElement[bool]:
    """The passages of one's own, of everybody, or those that were agreed on.

    While a text is coded double, nobody sees another's passages in it, nor earlier agreed ones.
    """
    if layer is Layer.AGREED:
        return IS_AGREED & ~is_in_round(Excerpt.text_id, "coding")
    if layer is Layer.MINE:
        return IS_OWN_LAYER & (Excerpt.coder_account_id == actor.account_id)
    return IS_OWN_LAYER & is_seen_by(actor)


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Passages of one's own, and others' in texts that nobody codes double just now."""
    is_mine = Excerpt.coder_account_id == actor.account_id
    return or_(is_mine, ~is_in_round(Excerpt.text_id, "coding"))


def is_in_round(text_id: Any, state: str) -> ColumnElement[bool]:
    """Texts in the sample of a double coding that stands so."""
    found_there: ColumnElement[bool] = text_id.in_(
        select(CodingAssignment.text_id)
        .join(CodingRound, CodingRound.id == CodingAssignment.round_id)
        .where(CodingRound.state == state)
    )
    return found_there


def is_counted() -> ColumnElement[bool]:
    """What findings count: where two settled a text, what they agreed on; else any coder's."""
    return or_(IS_AGREED, ~is_in_round(Excerpt.text_id, "settled"))


def stands() -> ColumnElement[bool]:
    """A coder's own passages that are counted: where two settled the text, those they agreed on."""
    agreed, its_code, own_code = aliased(Excerpt), aliased(Code), aliased(Code)
    was_agreed = exists().where(
        agreed.text_id == Excerpt.text_id,
        agreed.layer == "agreed",
        agreed.start == Excerpt.start,
        agreed.end == Excerpt.end,
        its_code.id == agreed.code_id,
        own_code.id == Excerpt.code_id,
        func.coalesce(its_code.merged_into_id, its_code.id)
        == func.coalesce(own_code.merged_into_id, own_code.id),
    )
    return or_(~is_in_round(Excerpt.text_id, "settled"), was_agreed.correlate(Excerpt))


def has_code(code_ids: Iterable[int]) -> ColumnElement[bool]:
    """Passages with one of the codes, or with one that was put together with them."""
    ids = list(code_ids)
    put_together = select(Code.id).where(Code.merged_into_id.in_(ids))
    return or_(Excerpt.code_id.in_(ids), Excerpt.code_id.in_(put_together))


def is_coded_by(account_id: int | None) -> ColumnElement[bool]:
    """Texts that one coder has put a code on, or set aside."""
    aside = select(TextState.text_id).where(TextState.coder_account_id == account_id)
    coded = select(Excerpt.text_id).where(Excerpt.coder_account_id == account_id, IS_OWN_LAYER)
    return or_(MaterialText.id.in_(aside), MaterialText.id.in_(coded))
