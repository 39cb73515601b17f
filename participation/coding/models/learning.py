"""Tables of suggestions: what was learnt from one coder's codes, and what that coder declined."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.coding.rules.learning import Skill
from participation.foundation.crypto import EncryptedBytes
from participation.foundation.db import Base, Created, PublicId


class CodeModel(PublicId, Created, Base):
    """What was learnt from one coder's codes of one codebook, from texts that were read through.

    `weights` hold runs of letters of people's words: encrypted, never exported, and gone when one
    of the texts, a word in it or the coder goes. Empty: no code had enough examples. `skills`: of
    each code what rules/learning.py knows. `codings`: how many there were when it learnt, and
    `text_ids` from which texts.
    """

    __tablename__ = "code_models"
    __table_args__ = (UniqueConstraint("codebook_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    codings: Mapped[int]
    text_ids: Mapped[list[int]]
    weights: Mapped[bytes] = mapped_column(EncryptedBytes("code_models.weights"))
    skills: Mapped[list[dict[str, Any]]]


def skills_from(stored: list[dict[str, Any]]) -> list[Skill]:
    """In the order of the codes that were learnt."""
    return [Skill(**one) for one in stored]


class DeclinedCode(Base):
    """A coder said no to a suggestion in a text: it is not made again."""

    __tablename__ = "declined_codes"

    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), primary_key=True
    )
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), primary_key=True, index=True)
    coder_account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id"), primary_key=True, index=True
    )
