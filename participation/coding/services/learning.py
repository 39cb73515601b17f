"""Learning from a coder's own codes, forgetting what was learnt, and saying no to a suggestion."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import Code, MaterialText
from participation.coding.models.learning import CodeModel, DeclinedCode
from participation.coding.queries.learning import Lesson, is_held_coder, lesson
from participation.coding.rules.learning import Model
from participation.foundation.permissions import Actor


def keep_model(session: Session, learnt_from: Lesson, model: Model | None) -> bool:
    """Put what was learnt in place of what was learnt before; without a model, that nothing was.

    False: a text has gone or changed meanwhile, or the coder has gone, and nothing is kept.
    """
    if not is_held_coder(session, learnt_from.learner[1]):
        return False
    _hold_texts(session, learnt_from.text_ids)
    again = lesson(session, learnt_from.learner)
    is_same = (
        dict(zip(again.text_ids, again.texts, strict=True)).items()
        >= dict(zip(learnt_from.text_ids, learnt_from.texts, strict=True)).items()
    )
    if not is_same:
        return False
    codebook_id, account_id = learnt_from.learner
    session.execute(
        delete(CodeModel).where(
            CodeModel.codebook_id == codebook_id, CodeModel.account_id == account_id
        )
    )
    session.add(
        CodeModel(
            codebook_id=codebook_id,
            account_id=account_id,
            codings=learnt_from.codings,
            text_ids=list(learnt_from.text_ids),
            weights=model.as_bytes() if model else b"",
            skills=[_plain(asdict(skill)) for skill in model.skills] if model else [],
        )
    )
    session.flush()
    return True


def _hold_texts(session: Session, text_ids: Collection[int]) -> None:
    """No text goes before the transaction ends; in order, so that nobody waits in a ring."""
    held = select(MaterialText.id).where(MaterialText.id.in_(text_ids)).order_by(MaterialText.id)
    session.execute(held.with_for_update(read=True, key_share=True)).all()


def _plain(skill: dict[str, Any]) -> dict[str, Any]:
    return {**skill, "code_id": int(skill["code_id"])}


def forget_learnt(session: Session, text_ids: Collection[int]) -> None:
    """What was learnt from one of the texts goes, before the texts or words in them go.

    The next run of the job learns anew, from what is left. Waits for what is being learnt from
    them just now: what comes after finds them gone.
    """
    gone = set(text_ids)
    held = select(MaterialText.id).where(MaterialText.id.in_(gone)).order_by(MaterialText.id)
    session.execute(held.with_for_update()).all()
    models = session.execute(select(CodeModel.id, CodeModel.text_ids).order_by(CodeModel.id))
    learnt = [model_id for model_id, ids in models if gone & set(ids)]
    session.execute(delete(CodeModel).where(CodeModel.id.in_(learnt)))


def forget_learner(session: Session, account_id: int) -> None:
    """Everything that was learnt from one person's codes, and what they declined.

    Waits for what is being learnt from them just now; what comes after sees that they are erased.
    """
    session.execute(
        select(Account.id).where(Account.id == account_id).with_for_update(key_share=True)
    )
    session.execute(delete(CodeModel).where(CodeModel.account_id == account_id))
    session.execute(delete(DeclinedCode).where(DeclinedCode.coder_account_id == account_id))


def decline_code(session: Session, actor: Actor, text: MaterialText, code: Code) -> None:
    """The code does not fit: it is not suggested again to this person in this text."""
    key = (text.id, code.id, actor.account_id)
    if actor.account_id is not None and session.get(DeclinedCode, key) is None:
        session.add(
            DeclinedCode(text_id=text.id, code_id=code.id, coder_account_id=actor.account_id)
        )
        session.flush()
