"""Tables of codebooks: codes under themes."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Created, PublicId

KEY_LENGTH = 64

NAME_LENGTH = 200


class Codebook(PublicId, Created, Base):
    """A set of codes under themes, used for one or several materials."""

    __tablename__ = "codebooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")


class Theme(PublicId, Base):
    """What several codes are about together. Findings rest on themes."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("codebook_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]


class Code(PublicId, Base):
    """One numbered code; the number is its key on the keyboard and its mark in the text.

    A code may stand below another of the same theme (`parent_id`).
    """

    __tablename__ = "codes"
    __table_args__ = (
        UniqueConstraint("codebook_id", "number"),
        UniqueConstraint("codebook_id", "key"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")
    example: Mapped[str] = mapped_column(Text, default="")
