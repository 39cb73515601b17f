"""What a respondent leaves, and what opens it. Why it looks as it does: docs/decisions/0001.

Everything has a random or derived key and lies WITHOUT ROWID on SQLite, so that no order of arrival
can be read; no time is finer than a week (TRUST 45-50).
"""

from typing import Any

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base
from participation.questionnaires.models.keys import ROW_ID_BYTES, new_row_id


def _of_a_response() -> ForeignKeyConstraint:
    """What belongs to a response goes with it."""
    return ForeignKeyConstraint(
        ["round_id", "response_id"], ["responses.round_id", "responses.id"], ondelete="CASCADE"
    )


class AccessToken(Base):
    """A keyed hash of a personal link's token; the token itself is only in the letter or mail.

    No time, no contact, no running number. `unit_id` tells a unit's links apart.
    """

    __tablename__ = "access_tokens"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    is_spent: Mapped[bool] = mapped_column(default=False)


class Response(Base):
    """One person's closed answers. The key is the keyed hash of the receipt code.

    So a submission that arrives twice meets its own row, and only who holds the receipt can point
    at an answer. `answers` is packed after the version's layout (rules/packing.py), `numbers`
    holds what was answered with a number, by question key.
    """

    __tablename__ = "responses"
    __table_args__ = (
        Index("ix_responses_round_id_unit_id", "round_id", "unit_id"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[bytes] = mapped_column(
        LargeBinary(ROW_ID_BYTES), primary_key=True, default=new_row_id
    )
    answered_week: Mapped[int]
    respondent_role: Mapped[str] = mapped_column(String(20))
    answers_for: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    answers: Mapped[str] = mapped_column(Text)
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ResponseText(Base):
    """Free text of a response, apart: totals never read it, coding takes it when a round closes."""

    __tablename__ = "response_texts"
    __table_args__ = (
        _of_a_response(),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    response_id: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(8))


class NamedRespondent(Base):
    """Who gave a response of a round with names; no other round has rows here.

    `name` as they wrote it, empty on a paper without one. `account_id`: whose link it was, when
    it was mailed to somebody of the bank.
    """

    __tablename__ = "named_respondents"
    __table_args__ = (
        _of_a_response(),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    response_id: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText("named_respondents.name"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)


class WaitingResponse(Base):
    """An anonymous answer before the batch that rewrites it (TRUST 47).

    Its id is another keyed hash of the receipt than the answer's own, and what it says is sealed
    with a key of the round outside the database: the transaction it shares with a link, and what
    stays of it in logs and free pages, point at nothing.
    """

    __tablename__ = "waiting_responses"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PaperEntry(Base):
    """A paper typed once, until it has been typed again: sealed with a key from its own code.

    Without the paper the row opens for nobody. Deleted when the answer is stored, and at closing.
    """

    __tablename__ = "paper_entries"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ResponseDraft(Base):
    """Answers on their way: sealed with a key derived from the link or resume code, padded.

    The row's id is derived from the same code, so without it the row names nobody and opens for
    nobody. Deleted at submission and at closing; never backed up.
    """

    __tablename__ = "response_drafts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(ROW_ID_BYTES), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
