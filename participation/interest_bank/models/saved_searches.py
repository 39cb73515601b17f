"""Table of searches that coordinators keep for next time."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId


class SavedSearch(PublicId, Created, Base):
    """A named set of filters. What was searched for may be a name, so it is encrypted."""

    __tablename__ = "bank_saved_searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText("bank_saved_searches.name"))
    query: Mapped[str] = mapped_column(EncryptedText("bank_saved_searches.query"))
    is_shared: Mapped[bool] = mapped_column(default=False)

    owner: Mapped[Account] = relationship(lazy="raise_on_sql")
