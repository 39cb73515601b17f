"""Tables of codebooks: codes under themes, and every change of them."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
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


class StartingCodebook(Base):
    """A codebook to begin from that this installation has loaded itself; `content` as
    rules/starting.py reads it. Whoever begins from it gets a copy: nothing points here."""

    __tablename__ = "starting_codebooks"

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    content: Mapped[dict[str, Any]]


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

    A code may stand below another of the same theme (`parent_id`). One that was put together with
    another (`merged_into_id`) keeps its passages and is read as that one everywhere, so that it
    can be taken apart again. One that is no longer used (`is_retired`) keeps them too.
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
    is_retired: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)


class CodebookStep(Created, Base):
    """One change of a codebook by one person, so that it can be taken back.

    `changes`: what stood in which row before and after. `words`: what the step tells of itself.
    """

    __tablename__ = "codebook_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    changes: Mapped[list[dict[str, Any]]]
    words: Mapped[dict[str, str]]
    is_undone: Mapped[bool] = mapped_column(default=False)
