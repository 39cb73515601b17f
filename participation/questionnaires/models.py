"""Tables of questionnaires. Why responses look as they do: docs/decisions/0001.

Everything a respondent leaves has a random or derived key and lies WITHOUT ROWID on SQLite, so
that no order of arrival can be read; no time is finer than a week (TRUST 45-50).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.errors import Conflict
from participation.questionnaires.rules.exchange.report import FormSource
from participation.questionnaires.rules.rounds import (
    LinkKind,
    Mode,
    RoundState,
    has_names,
    standing,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE, NO_WORDS, Words

KEY_LENGTH = 64
RESULTS_ON_LENGTH = 200
ROW_ID_BYTES = 16


def new_row_id() -> bytes:
    """A random key of 128 bits."""
    return secrets.token_bytes(ROW_ID_BYTES)


class Questionnaire(PublicId, Created, Base):
    """What is asked, through all of its versions."""

    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    is_fictional: Mapped[bool] = mapped_column(default=False)

    considered: Mapped[list["ConsideredAdvice"]] = relationship(
        lazy="raise_on_sql", order_by="ConsideredAdvice.question_key, ConsideredAdvice.code"
    )


class QuestionnaireVersion(Created, Base):
    """The questions as they stood. Published once, it never changes: answers are bound to it."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))  # of the content; what parsed trees go by
    layout: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # rules/packing.py
    published_at: Mapped[datetime | None]
    content_before: Mapped[dict[str, Any] | None]  # a draft's, before its last change
    changed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # that one

    questionnaire: Mapped[Questionnaire] = relationship(lazy="raise_on_sql")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class SharedQuestion(PublicId, Created, Base):
    """A question that the county has put into its library, with who stands behind it.

    `key` is what copies remember as their origin; `content` is the question's JSON without what
    ties it to its questionnaire.
    """

    __tablename__ = "shared_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    area: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]]
    licence: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(200))


class ConsideredAdvice(Base):
    """Advice of the editor that its authors have thought about, and let be.

    `question_key` is empty for advice on the whole. `wording`: a digest of the words it was about;
    when they change the advice is given again. Nobody is named.
    """

    __tablename__ = "considered_advice"

    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id"), primary_key=True, autoincrement=False
    )
    question_key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    wording: Mapped[str] = mapped_column(String(64))


class QuestionnaireImport(PublicId, Created, Base):
    """A form from another program that was read and waits for a yes. The file is not kept.

    `content` is None when something stops it; `findings` tell what, by row or path. The row goes
    when the form is taken in or given up, and a month later at the latest.
    """

    __tablename__ = "questionnaire_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    source: Mapped[FormSource] = mapped_column(String(10))
    content: Mapped[dict[str, Any] | None]
    findings: Mapped[list[dict[str, Any]]]

    @property
    def is_usable(self) -> bool:
        return self.content is not None


class SurveySeries(Base):
    """Rounds that belong together year after year; comparable questions share their key."""

    __tablename__ = "survey_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    title: Mapped[str] = mapped_column(String(200))


class SurveyRound(PublicId, Created, Base):
    """A version asked during a time window, to an audience, in a mode that never changes.

    `response_count` is set at closing; while the round is open, the answers are counted.
    `secrecy_provision`: which provision protects the answers, as the controller recorded it.
    `late_papers_reason`: why papers that came after closing are typed; empty when they are not.
    `results_on`: when and where the results come, in Swedish; `results_on_twins`: in the other
    languages of the version, and in easy Swedish. `results_said`: what was said before, newest
    first: until when, and the texts by language.
    `mail_words`: own "subject" and "text" of the mails, by language; without them the usual words.
    `subject_kind` and `subject_public_id`: the activity, commitment or audit it belongs to, or
    empty (foundation/providers.RoundSubject).
    `shown_count`: how many answers there were when staff last looked at them unpublished.
    `changed_count`: how many came or were taken back since closing; `shown_changes`: at that look.
    """

    __tablename__ = "survey_rounds"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_closing"),
        Index("ix_survey_rounds_state_closes_at", "state", "closes_at"),
        Index("ix_survey_rounds_subject_public_id", "subject_public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("survey_series.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(
        ForeignKey("cooperation_agreements.id"), index=True
    )
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20), default="", server_default="")
    subject_public_id: Mapped[str] = mapped_column(String(12), default="", server_default="")
    slug: Mapped[str | None] = mapped_column(String(40), unique=True)
    wave_label: Mapped[str] = mapped_column(String(40))
    mode: Mapped[Mode] = mapped_column(String(20))
    audience: Mapped[list[str]]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    state: Mapped[RoundState] = mapped_column(String(20), default=RoundState.PLANNED)
    results_on: Mapped[str] = mapped_column(String(RESULTS_ON_LENGTH), default="")
    results_on_twins: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    results_said: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    mail_words: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    secrecy_provision: Mapped[str] = mapped_column(String(300), default="")
    response_count: Mapped[int | None]
    late_papers_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    shown_count: Mapped[int | None]
    changed_count: Mapped[int] = mapped_column(default=0, server_default="0")
    shown_changes: Mapped[int | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    version: Mapped[QuestionnaireVersion] = relationship(lazy="raise_on_sql")
    series: Mapped[SurveySeries | None] = relationship(lazy="raise_on_sql")

    @validates("mode")
    def _keep_mode(self, _name: str, mode: Mode) -> Mode:
        """What people were promised cannot change under them (TRUST 49)."""
        if self.mode not in {None, mode}:
            raise Conflict
        return mode

    @validates("response_count")
    def _note_change(self, _name: str, count: int | None) -> int | None:
        """One taken back and one that came leave the number as it was, but not the answers."""
        if count is not None and self.response_count is not None:
            self.changed_count = (self.changed_count or 0) + abs(count - self.response_count)
        return count

    def standing(self, moment: datetime | None = None) -> RoundState:
        """Planned, open, closed or published at `moment` (now)."""
        return standing(RoundState(self.state), self.opens_at, self.closes_at, moment or now())

    @property
    def last_moment(self) -> datetime:
        """Just before closing: its Swedish date is the last day one can answer."""
        return self.closes_at - timedelta(seconds=1)

    @property
    def ended_at(self) -> datetime:
        """Its Swedish date is the last day one could answer, also when it was closed early."""
        return min(self.closed_at or self.last_moment, self.last_moment)

    @property
    def results_words(self) -> Words:
        """When and where the results come, in the languages it was written in."""
        if not self.results_on:
            return NO_WORDS
        return Words({**self.results_on_twins, FIRST_LANGUAGE: self.results_on})

    @property
    def has_open_link(self) -> bool:
        """Whether its own address lets anybody begin: with names only where staff chose one."""
        return bool(self.slug) or not has_names(self.mode)

    @property
    def is_listed(self) -> bool:
        """Whether public pages tell of it. One with names is for the people it is sent to."""
        return not has_names(self.mode)

    @property
    def is_answerable(self) -> bool:
        return self.standing() is RoundState.OPEN

    @property
    def takes_papers(self) -> bool:
        """While it is open; after that where somebody said why, until the results are out."""
        is_late = self.state == RoundState.CLOSED and bool(self.late_papers_reason)
        return is_late or self.is_answerable


class OpenLink(Base):
    """A round's open link of one unit (or of none), so that its answers can be told apart.

    The code is public: it stands on a poster, or opens a shared tablet. It names nobody.
    """

    __tablename__ = "open_links"
    __table_args__ = (UniqueConstraint("round_id", "unit_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[LinkKind] = mapped_column(String(10), default=LinkKind.POSTER)


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
        ForeignKeyConstraint(
            ["round_id", "response_id"],
            ["responses.round_id", "responses.id"],
            ondelete="CASCADE",
        ),
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
        ForeignKeyConstraint(
            ["round_id", "response_id"],
            ["responses.round_id", "responses.id"],
            ondelete="CASCADE",
        ),
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


class RoundContact(Base):
    """Somebody a round is mailed to, until no reminder remains.

    `link_hash` leads to the link that was mailed, in a round with names only: so it is known whose
    link was used, and reminders go to the others. In every other round it is empty, and the row
    never says who has answered.

    Either somebody of the bank (`account_id`; the address is theirs when the mail leaves) or a row
    of an imported list (`address`). `message_id`: of the mail with the link, None before it is
    queued; reminders continue its thread. `reminders`: how many were queued.
    """

    __tablename__ = "round_contacts"
    __table_args__ = (UniqueConstraint("round_id", "address_index"), {"sqlite_with_rowid": False})

    id: Mapped[bytes] = mapped_column(
        LargeBinary(ROW_ID_BYTES), primary_key=True, default=new_row_id
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    address: Mapped[str | None] = mapped_column(EncryptedText("round_contacts.address"))
    address_index: Mapped[str] = mapped_column(index_column(), index=True)
    locale: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[str | None] = mapped_column(String(200))
    reminders: Mapped[int] = mapped_column(default=0)
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary(ROW_ID_BYTES), index=True)


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
