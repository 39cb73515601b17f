"""Tables of double coding: a sample that two people code without seeing each other's work."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Created, PublicId


class CodingRound(PublicId, Created, Base):
    """`seed` draws the sample again. While `coding`, nobody sees another's passages in it.

    `figures`: how alike the two coded, as it was when they were compared.
    """

    __tablename__ = "coding_rounds"
    __table_args__ = (
        CheckConstraint("state IN ('coding','compared','settled')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(
        ForeignKey("materials.id", ondelete="CASCADE"), index=True
    )
    first_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    second_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    seed: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="coding")
    figures: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class CodingAssignment(Base):
    """A text of the sample."""

    __tablename__ = "coding_assignments"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("coding_rounds.id", ondelete="CASCADE"), primary_key=True
    )
    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
