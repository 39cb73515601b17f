"""The table of memos: what a coder thinks while reading."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId


class Memo(PublicId, Created, Base):
    """A note by one coder: on a material, on a text, on one code, or on a code in a text.

    On a code in a text it belongs to the passages that carry the code there, and stays when they
    are taken off and put again.
    """

    __tablename__ = "memos"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    material_id: Mapped[int | None] = mapped_column(
        ForeignKey("materials.id", ondelete="CASCADE"), index=True
    )
    text_id: Mapped[int | None] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), index=True
    )
    code_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText("memos.words"))
