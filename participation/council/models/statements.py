"""What the council says to a group."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.council.models.meetings import TITLE_LENGTH, CouncilMeeting
from participation.council.models.terms import CouncilTerm
from participation.county.models import Group
from participation.foundation.db import Base, Created, PublicId


class Statement(PublicId, Created, Base):
    """What the council says to a group. Sending it makes a commitment: the group owes an answer.

    Drafted, agreed in a meeting (`meeting_id`, `agreed_on`), sent, answered, followed up. Not sent
    yet: `sent_on` and `due_on` are empty and only the council and coordinators see it.
    """

    __tablename__ = "council_statements"
    __table_args__ = (
        CheckConstraint("(sent_on IS NULL) = (due_on IS NULL)", name="sent_has_due"),
        CheckConstraint("due_on IS NULL OR due_on >= sent_on", name="due_after_sent"),
        CheckConstraint("sent_on IS NULL OR agreed_on IS NOT NULL", name="sent_is_agreed"),
        CheckConstraint(
            "followed_up_on IS NULL OR sent_on IS NOT NULL", name="followed_up_is_sent"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_terms.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("council_meetings.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    written_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    agreed_on: Mapped[date | None]
    sent_on: Mapped[date | None] = mapped_column(index=True)
    due_on: Mapped[date | None]
    followed_up_on: Mapped[date | None]
    follow_up_text: Mapped[str] = mapped_column(Text, default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    meeting: Mapped[CouncilMeeting | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group] = relationship(lazy="raise_on_sql")

    @property
    def is_sent(self) -> bool:
        return self.sent_on is not None
