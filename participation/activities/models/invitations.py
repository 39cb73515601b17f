"""Tables of invitations and the rounds they are sent in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models.activities import Activity
from participation.activities.rules.states import ChosenBy, InvitationState
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


class InvitationRound(PublicId, Created, Base):
    """People invited together, with a last moment to answer (UTC)."""

    __tablename__ = "invitation_rounds"
    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        CheckConstraint("chosen_by IN ('hand','lottery','shuffle','turn')", name="chosen_by_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    number: Mapped[int]
    reply_by: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    chosen_by: Mapped[str] = mapped_column(String(8), default=ChosenBy.HAND)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")


class Invitation(PublicId, Created, Base):
    """One person's invitation. The link's token is derived from a key outside the database.

    `waiting_number` orders the waiting list and never changes; the place shown is how many
    stand before, plus one. `recorded_by_account_id`: a coordinator who took the answer by phone.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("activity_id", "member_id"),
        CheckConstraint(
            "state IN ('queued','sent','accepted','declined','not_now','waiting','in_draw',"
            "'withdrawn','walked_in')",
            name="state_known",
        ),
        CheckConstraint(
            "state <> 'waiting' OR waiting_number IS NOT NULL", name="waiting_is_numbered"
        ),
        Index("ix_invitations_activity_id_state", "activity_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("invitation_rounds.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=InvitationState.QUEUED)
    answered_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText("invitations.reason"))
    question: Mapped[str | None] = mapped_column(EncryptedText("invitations.question"))
    asked_at: Mapped[datetime | None]
    reply: Mapped[str | None] = mapped_column(EncryptedText("invitations.reply"))
    replied_at: Mapped[datetime | None]
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
    waiting_number: Mapped[int | None]

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    round: Mapped[InvitationRound] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")
