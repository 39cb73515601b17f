"""Tables of commitments. Nothing here is about one resident: those who owe are institutions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.commitments.rules import Status, deadline
from participation.county.models import Group, Organisation, Unit
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 300
NAME_LENGTH = 200


class Commitment(PublicId, Created, Base):
    """One owed answer. Exactly one organisation, group or unit owes it.

    `owed_to` says to whom in words ("eight people in the focus group"). `subject_kind` and
    `subject_public_id` name what it is about, on a floor above (activity, statement,
    audit_proposal, finding). `answer` is yes, partly or no; `answer_text` says why,
    `action_text` what will be done, `responsible` by whom and `action_due_on` by when.
    `meeting_on`: the meeting at which those who owe it will speak about it, if one is known.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN owed_by_organisation_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN owed_by_group_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN owed_by_unit_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="exactly_one_owes",
        ),
        CheckConstraint("answer IN ('yes','partly','no')", name="answer_known"),
        CheckConstraint(
            "status IN ('open','in_progress','done','declined','called_off')", name="status_known"
        ),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_date"),
        Index("ix_commitments_subject_kind_subject_public_id", "subject_kind", "subject_public_id"),
        Index("ix_commitments_status_due_on", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owed_by_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    owed_by_group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    owed_by_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    owed_to: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_public_id: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    due_on: Mapped[date]
    meeting_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(String(8))
    answer_text: Mapped[str] = mapped_column(Text, default="")
    action_text: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    action_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(12), default="open")
    is_public: Mapped[bool] = mapped_column(default=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    reminded_at: Mapped[datetime | None]

    # Loaded by every query of this feature; never by accident.
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    def owed_by_name(self, locale: str = "sv") -> str:
        """Who owes the answer."""
        owing = self.organisation or self.group or self.unit
        return owing.name_in(locale) if owing else ""

    @property
    def owner_organisation_id(self) -> int | None:
        """The organisation whose contact persons answer: the one that owes, or its unit's."""
        return self.unit.organisation_id if self.unit else self.owed_by_organisation_id

    @property
    def is_called_off(self) -> bool:
        """Whether what it is about was withdrawn before anybody had answered."""
        return self.status == Status.CALLED_OFF

    @property
    def deadline(self) -> date | None:
        """The day that counts now; none when nothing more is expected."""
        return deadline(Status(self.status), self.due_on, self.action_due_on)

    def is_late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.deadline is not None and self.deadline < today


class CommitmentUpdate(Created, Base):
    """One line of a commitment's history: what changed, in whose words."""

    __tablename__ = "commitment_updates"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('owed','answered','status','moved','reminded','called_off','taken_back')",
            name="kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
