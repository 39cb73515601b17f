"""Whose passages are looked at: each coder has a layer of their own, and there is the agreed one.

Which code a passage is read as: one that was put together with another is read as that one.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from participation.coding.models import Code, Excerpt, MaterialText, TextState
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
    """The passages of one's own, of everybody, or those that were agreed on."""
    if layer is Layer.AGREED:
        return IS_AGREED
    if layer is Layer.MINE:
        return IS_OWN_LAYER & (Excerpt.coder_account_id == actor.account_id)
    return IS_OWN_LAYER


def has_code(code_ids: Iterable[int]) -> ColumnElement[bool]:
    """Passages with one of the codes, or with one that was put together with them."""
    ids = list(code_ids)
    put_together = select(Code.id).where(Code.merged_into_id.in_(ids))
    return or_(Excerpt.code_id.in_(ids), Excerpt.code_id.in_(put_together))


def is_coded_by(account_id: int | None) -> ColumnElement[bool]:
    """Texts that one coder has put a code on, or set aside."""
    return or_(
        exists().where(
            TextState.text_id == MaterialText.id, TextState.coder_account_id == account_id
        ),
        exists().where(
            and_(
                Excerpt.text_id == MaterialText.id,
                Excerpt.coder_account_id == account_id,
                IS_OWN_LAYER,
            )
        ),
    )
