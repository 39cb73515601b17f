"""Tables of audits and their way."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import ParticipationRequest
from participation.audits.rules.states import AuditState
from participation.county.models import Area, Unit
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 200

_STATES = ",".join(f"'{state}'" for state in AuditState)


class Audit(PublicId, Created, Base):
    """One examination of a unit on its users' terms. When each step was taken: `AuditStep`.

    `published_on`: the unit and the team agreed to a public summary, which went out as
    `release_id`. `users_told_on`: the unit said that those who use it are told. `period_*`: when
    the unit wishes the interviews to be held. `facts_until`: the unit says until then which facts
    of the report are wrong; `facts_read_on`: it said that none is.
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
    easy_summary: Mapped[str] = mapped_column(Text, default="", server_default="")
    follow_up_who: Mapped[str] = mapped_column(Text, default="")
    follow_up_text: Mapped[str] = mapped_column(Text, default="")
    remaining_text: Mapped[str] = mapped_column(Text, default="")
    users_told_on: Mapped[date | None]
    facts_until: Mapped[date | None]
    facts_read_on: Mapped[date | None]
    answers_due_on: Mapped[date | None]
    published_on: Mapped[date | None] = mapped_column(index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"), index=True)
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
