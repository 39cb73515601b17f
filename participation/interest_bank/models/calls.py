"""Table of people who want to be called instead of filling in forms."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId


class CallRequest(PublicId, Created, Base):
    """Somebody asked us to call. Emptied when it is settled, and when nobody managed in time.

    `phone_index` keeps one open request per number; it is emptied with the rest.
    """

    __tablename__ = "bank_call_requests"
    __table_args__ = (
        CheckConstraint(
            "settled_how IN ('talked','not_needed','too_late')", name="settled_how_known"
        ),
        Index(
            "uq_bank_call_requests_waiting",
            "phone_index",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_bank_call_requests_settled_at_id", "settled_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText("bank_call_requests.name"))
    phone: Mapped[str] = mapped_column(EncryptedText("bank_call_requests.phone"))
    phone_index: Mapped[str] = mapped_column(index_column())
    suits: Mapped[str] = mapped_column(EncryptedText("bank_call_requests.suits"))
    language: Mapped[str] = mapped_column(EncryptedText("bank_call_requests.language"))
    locale: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_how: Mapped[str | None] = mapped_column(String(12))
    settled_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
