"""The table of private calendar addresses."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import index_column
from participation.foundation.db import Base, Created, PublicId


class CalendarSubscription(PublicId, Created, Base):
    """A person's calendar address in force; renewing it replaces the row, stopping deletes it.

    The token in the address is derived from `public_id` by a key outside the database.
    """

    __tablename__ = "calendar_subscriptions"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
