"""Tables of audits. Interview notes are encrypted; the unit that is examined never reads them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.activities.models import ParticipationRequest
from participation.audits.rules.states import AuditState
from participation.county.models import Area, Unit
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

TITLE_LENGTH = 200

_STATES = ",".join(f"'{state}'" for state in AuditState)


class Audit(PublicId, Created, Base):
    """One examination of a unit on its users' terms. When each step was taken: `AuditStep`.

    `published_on`: the unit and the team agreed to a public summary. `period_*`: when the unit
    wishes the interviews to be held.
    """

    __tablename__ = "audits"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("period_to >= period_from", name="period_ends_after_start"),
        Index("ix_audits_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("participation_requests.id"), index=True
    )
    ordered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    question: Mapped[str] = mapped_column(Text)
    target_group: Mapped[str] = mapped_column(Text)
    period_from: Mapped[date]
    period_to: Mapped[date]
    state: Mapped[str] = mapped_column(String(16), default=AuditState.ORDERED)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    team_note: Mapped[str] = mapped_column(Text, default="")
    independence: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    follow_up_who: Mapped[str] = mapped_column(Text, default="")
    follow_up_text: Mapped[str] = mapped_column(Text, default="")
    remaining_text: Mapped[str] = mapped_column(Text, default="")
    answers_due_on: Mapped[date | None]
    published_on: Mapped[date | None] = mapped_column(index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    request: Mapped[ParticipationRequest | None] = relationship(lazy="raise_on_sql")

    @property
    def is_published(self) -> bool:
        return self.published_on is not None


class AuditStep(Base):
    """When an audit reached a state, and who moved it there."""

    __tablename__ = "audit_steps"
    __table_args__ = (
        UniqueConstraint("audit_id", "state"),
        Index("ix_audit_steps_state_taken_on", "state", "taken_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    state: Mapped[str] = mapped_column(String(16))
    taken_on: Mapped[date]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")


class AuditTeamMember(PublicId, Created, Base):
    """An auditor of one audit. `declared_at`: they said that they have no ties to the unit."""

    __tablename__ = "audit_team_members"
    __table_args__ = (UniqueConstraint("audit_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"), index=True)
    own_experience: Mapped[str | None] = mapped_column(
        EncryptedText("audit_team_members.own_experience")
    )
    declared_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")


class AuditQuestion(Base):
    """One question of the interview guide, with what to ask further."""

    __tablename__ = "audit_questions"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text, default="")


class AuditInterview(PublicId, Base):
    """Notes of one voluntary, confidential interview: no name, and no time finer than a week.

    `held_week` is ISO ("2026-W03"). `handed_over_at`: when the text went to coding; from then on
    it is read there, after its review, and no longer here.
    """

    __tablename__ = "audit_interviews"
    __table_args__ = (UniqueConstraint("audit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    number: Mapped[int]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    respondent_role: Mapped[str] = mapped_column(String(20))
    held_week: Mapped[str] = mapped_column(String(8))
    notes: Mapped[str] = mapped_column(EncryptedText("audit_interviews.notes"))
    handed_over_at: Mapped[datetime | None]


class AuditPoint(Base):
    """A strength or a shortcoming of the report."""

    __tablename__ = "audit_points"
    __table_args__ = (
        UniqueConstraint("audit_id", "kind", "number"),
        CheckConstraint("kind IN ('strength','shortcoming')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)


class AuditPointInterview(Base):
    """Which interviews a point of the report rests on."""

    __tablename__ = "audit_point_interviews"

    point_id: Mapped[int] = mapped_column(
        ForeignKey("audit_points.id", ondelete="CASCADE"), primary_key=True
    )
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("audit_interviews.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AuditProposal(PublicId, Base):
    """What the auditors propose. The unit's answer is a commitment about it."""

    __tablename__ = "audit_proposals"
    __table_args__ = (UniqueConstraint("audit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
