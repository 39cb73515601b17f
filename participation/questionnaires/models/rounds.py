"""Rounds, their series, the links that open them, and whom they are mailed to."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.errors import Conflict
from participation.questionnaires.models.keys import KEY_LENGTH, ROW_ID_BYTES, new_row_id
from participation.questionnaires.models.writing import QuestionnaireVersion
from participation.questionnaires.rules.rounds import (
    LinkKind,
    Mode,
    RoundState,
    has_names,
    standing,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE, NO_WORDS, Words

RESULTS_ON_LENGTH = 200


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
