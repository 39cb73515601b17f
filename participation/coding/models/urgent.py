"""Tables of texts in which somebody may be in danger."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.coding.rules.urgent import UrgentState
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId


class UrgentText(PublicId, Created, Base):
    """A text in which somebody may be in danger: flagged, taken by one person, done.

    `outcome` (rules/urgent.py) and `note` say what was done. The row goes with the text; that it
    was there stays in the event log.
    """

    __tablename__ = "urgent_texts"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done_has_outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), unique=True
    )
    flagged_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    taken_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(EncryptedText("urgent_texts.note"), default="")

    @property
    def state(self) -> UrgentState:
        if self.done_at is not None:
            return UrgentState.DONE
        return UrgentState.TAKEN if self.taken_by_account_id is not None else UrgentState.NEW


class UrgentContact(Base):
    """Somebody who is responsible when a text is flagged, and gets the mail."""

    __tablename__ = "urgent_contacts"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
