"""Writing memos and taking them away."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.coding.models import Code, Material, MaterialText, Memo
from participation.foundation.permissions import Actor


def write_memo(
    session: Session,
    actor: Actor,
    words: str,
    *,
    material: Material | None = None,
    text: MaterialText | None = None,
    code: Code | None = None,
) -> Memo:
    """A note in the person's own name on a material, a text, a code, or a code in a text.

    Raises:
        ValueError: it is about nothing, or nobody is signed in.
    """
    if actor.account_id is None or (material is None and text is None and code is None):
        raise ValueError("a memo has an author and is about something")
    memo = Memo(
        author_account_id=actor.account_id,
        material_id=material and material.id,
        text_id=text and text.id,
        code_id=code and code.id,
        words=words,
    )
    session.add(memo)
    session.flush()
    return memo


def forget_memos(session: Session, account_id: int) -> None:
    """Everything one person has noted."""
    session.execute(delete(Memo).where(Memo.author_account_id == account_id))
