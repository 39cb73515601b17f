"""Tables of follow-up: matters of "you said – we did", and who was told of what."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import NAME_LENGTH
from participation.follow_up.rules.telling import EVENT_LENGTH
from participation.foundation.clock import today
from participation.foundation.db import Base, Created, PublicId


class Feedback(PublicId, Created, Base):
    """One matter of "you said – we did": what people said, tied to the answer somebody owes.

    `voice_text` is a published quote or a sentence that a coordinator has checked: nobody can be
    recognised in it. `check_text` is what those who said it think of the result, when asked.
    """

    __tablename__ = "feedbacks"
    __table_args__ = (Index("ix_feedbacks_public", "is_public", "voice_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), unique=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    voice_text: Mapped[str] = mapped_column(String(1000))
    voice_role: Mapped[str] = mapped_column(String(40), default="")
    voice_where: Mapped[str] = mapped_column(String(300), default="")
    voice_on: Mapped[date]
    check_text: Mapped[str] = mapped_column(String(1000), default="")
    check_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class FeedbackTold(Base):
    """Somebody who took part was told of one event of an answer: this once and not again.

    `event`: rules/telling.py. It says that the person took part in something a finding rests on,
    so nobody reads it but the person; staff see how many there are.
    """

    __tablename__ = "feedback_told"

    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), primary_key=True)
    event: Mapped[str] = mapped_column(String(EVENT_LENGTH), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    told_on: Mapped[date] = mapped_column(default=today)
