"""Tables of dialogues between user organisations and groups."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.county.models import Group, Organisation
from participation.foundation.db import Base, Created, PublicId

THEME_LENGTH = 200


class Dialogue(PublicId, Created, Base):
    """A theme that a user organisation and a group talk about.

    `meets_at`: when they meet next; `activity_id`: what they arrange together.
    """

    __tablename__ = "dialogues"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    theme: Mapped[str] = mapped_column(String(THEME_LENGTH))
    meets_on: Mapped[date | None]
    meets_where: Mapped[str] = mapped_column(String(300), default="")
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    closed_at: Mapped[datetime | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity | None] = relationship(lazy="raise_on_sql")


class DialogueMessage(Created, Base):
    """One line of a dialogue."""

    __tablename__ = "dialogue_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    author_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_from_organisation: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)


class DialogueStatement(PublicId, Created, Base):
    """What the organisation wants the group to answer; the group owes that as a commitment.

    `is_public`: the organisation has agreed that everybody reads it with its answer.
    """

    __tablename__ = "dialogue_statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    written_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(THEME_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    is_public: Mapped[bool] = mapped_column(default=False)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise_on_sql")
