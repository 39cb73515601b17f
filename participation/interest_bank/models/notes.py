"""Table of coordinators' notes about people in the bank."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId


class MemberNote(PublicId, Created, Base):
    """What a coordinator wrote down about somebody, who can read it among their own data."""

    __tablename__ = "bank_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), index=True
    )
    author_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    text: Mapped[str] = mapped_column(EncryptedText("bank_notes.text"))

    author: Mapped[Account] = relationship(lazy="raise_on_sql")
