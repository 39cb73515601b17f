"""Tables of coding: passages with codes, what is set aside, and the steps of each coder."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Created, PublicId


class Excerpt(PublicId, Created, Base):
    """A passage with a code. `start` and `end` count Unicode code points of the reviewed text.

    In "Hej 👋 du" the word "du" is 6–8, though UTF-16 would say 7–9. `layer`: "own" is what one
    coder put; "agreed" is what two coders' work was settled to, and whoever settled it put it.
    """

    __tablename__ = "excerpts"
    __table_args__ = (
        CheckConstraint("start_offset >= 0 AND start_offset < end_offset", name="span_not_empty"),
        CheckConstraint("layer IN ('own','agreed')", name="layer_known"),
        UniqueConstraint(
            "text_id",
            "code_id",
            "coder_account_id",
            "layer",
            "start_offset",
            "end_offset",
            name="uq_excerpts_spot",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("material_texts.id", ondelete="CASCADE"))
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), index=True)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    coder_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    layer: Mapped[str] = mapped_column(String(8), default="own", server_default="own")


class TextState(Base):
    """One coder has read a text and found nothing in it that fits a code: it counts as coded."""

    __tablename__ = "text_states"

    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), primary_key=True
    )
    coder_account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id"), primary_key=True, index=True
    )
    set_aside_at: Mapped[datetime]


class CodingStep(Created, Base):
    """One step of one coder, so that it can be undone, as far back as one likes."""

    __tablename__ = "coding_steps"
    __table_args__ = (
        CheckConstraint("kind IN ('apply','remove','set_aside','take_up')", name="kind_known"),
        Index("ix_coding_steps_coder_account_id_material_id", "coder_account_id", "material_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coder_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), index=True)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    code_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    start: Mapped[int | None] = mapped_column("start_offset")
    end: Mapped[int | None] = mapped_column("end_offset")
    undone_at: Mapped[datetime | None]
