"""Tables of nominations: what was asked for, and who was nominated."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.county.models import Organisation
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember
from participation.organisations.rules.states import NominationState


class NominationAsk(PublicId, Created, Base):
    """A coordinator asks a user organisation to nominate people for something."""

    __tablename__ = "nomination_asks"
    __table_args__ = (
        CheckConstraint("subject IN ('activity','training','council_seat')", name="subject_known"),
        CheckConstraint(
            "subject = 'council_seat' OR activity_id IS NOT NULL", name="activity_is_named"
        ),
        CheckConstraint("how_many > 0", name="how_many_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    subject: Mapped[str] = mapped_column(String(16))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    how_many: Mapped[int]
    due_on: Mapped[date]
    asked_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity | None] = relationship(lazy="raise_on_sql")


class Nomination(PublicId, Created, Base):
    """One person whom an organisation nominates, with the person's own consent.

    Name, address and the organisation's words are there while the person is asked and after a
    yes; else they are blanked. `member_id`: who it became in the interest bank.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("ask_id", "email_index"),
        CheckConstraint(
            "state IN ('asked','accepted','declined','expired','withdrawn')", name="state_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("nomination_asks.id"), index=True)
    nominated_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str | None] = mapped_column(EncryptedText("nominations.name"))
    email: Mapped[str | None] = mapped_column(EncryptedText("nominations.email"))
    email_index: Mapped[str | None] = mapped_column(index_column(), index=True)
    words: Mapped[str | None] = mapped_column(EncryptedText("nominations.words"))
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=NominationState.ASKED)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"), index=True)
    invited_at: Mapped[datetime | None]

    ask: Mapped[NominationAsk] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")
