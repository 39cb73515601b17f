"""Tables of results. What readers see of a finding lies in its release; this is the workroom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now, today
from participation.foundation.crypto import INDEX_LENGTH, EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 200
KEY_LENGTH = 64
DIGEST_LENGTH = 64  # SHA-256 in hex
NODE_LENGTH = 2 * KEY_LENGTH + 1  # a question, or one of its options


class Finding(PublicId, Created, Base):
    """A claim in plain words and what it rests on.

    `figure_*` names a number of a published release. `release_id` is the finding's own newest
    publication, kept when it is withdrawn; its number stands in the ledger.
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("state IN ('draft','published','withdrawn')", name="state_known"),
        CheckConstraint(
            "whose_to_change IN ('ours','needs_others','needs_management')", name="whose_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    body: Mapped[str] = mapped_column(Text, default="")
    easy_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    perspective_key: Mapped[str] = mapped_column(ForeignKey("perspectives.key"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    whose_to_change: Mapped[str] = mapped_column(String(20), default="ours")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    figure_release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"), index=True)
    figure_table_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    figure_codes: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"), index=True)
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)
    # What those who write it have seen themselves: it rests on no number and nobody's words.
    is_own_observation: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    # Why it is published although most of those who were asked said that it is not so.
    despite_verdict: Mapped[str] = mapped_column(Text, default="", server_default="")

    @property
    def is_editable(self) -> bool:
        """A published finding is withdrawn before it is changed: both stand in the ledger."""
        return self.state != "published"


class FindingGroup(Base):
    """A group the finding concerns: it owes an answer once the finding is published."""

    __tablename__ = "finding_groups"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("county_groups.id"), primary_key=True, index=True
    )


class FindingCode(Base):
    """A code whose excerpts carry the finding; its theme is the finding's theme."""

    __tablename__ = "finding_codes"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), primary_key=True, index=True)


class FindingMaterial(Base):
    """A material whose voices are counted and quoted."""

    __tablename__ = "finding_materials"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(
        ForeignKey("materials.id"), primary_key=True, index=True
    )


class FindingQuote(PublicId, Created, Base):
    """Somebody's own words, chosen from an excerpt.

    `approved_at`: a person has read exactly `text` and says that it points to nobody. When the
    voice withdraws, `text` and `excerpt_id` become empty and the quote is never published again.
    """

    __tablename__ = "finding_quotes"
    __table_args__ = (UniqueConstraint("finding_id", "excerpt_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    excerpt_id: Mapped[int | None] = mapped_column(
        ForeignKey("excerpts.id", ondelete="SET NULL"), index=True
    )
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="sv")
    respondent_role: Mapped[str | None] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    approved_at: Mapped[datetime | None]
    approved_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )

    @property
    def is_withdrawn(self) -> bool:
        """The voice has taken its words back."""
        return not self.text


class FindingVerdictAsk(PublicId, Created, Base):
    """Those whom a draft is about are asked whether it rings true, by an address anybody may use.

    It ends on `closes_on`, when somebody ends it, when the words are changed, or when the finding
    is published; what was answered then stands for ever. `words_digest`: of the title and body that
    were asked about, since what was answered is no answer to other words.
    """

    __tablename__ = "finding_verdict_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    closes_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    words_digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), default="", server_default="")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and today() <= self.closes_on


class FindingVerdict(Base):
    """One voice's verdict: no account, no moment, nothing to link it to another.

    `voice_hash`: of a token that only the voice's browser holds; a second answer replaces the
    first.
    """

    __tablename__ = "finding_verdicts"
    __table_args__ = (
        CheckConstraint("answer IN ('yes','partly','no','dont_know')", name="answer_known"),
    )

    ask_id: Mapped[int] = mapped_column(ForeignKey("finding_verdict_asks.id"), primary_key=True)
    voice_hash: Mapped[str] = mapped_column(String(INDEX_LENGTH), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(EncryptedText("finding_verdicts.words"), default="")


class AnswerExport(PublicId, Created, Base):
    """A file with the answers of a round, row by row: a disclosure act with its reason.

    The file lies encrypted in pieces until `expires_at`; the line stays as a record of the act.
    """

    __tablename__ = "answer_exports"
    __table_args__ = (
        CheckConstraint("file_format IN ('csv','xlsx','ndjson')", name="format_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"), index=True)
    with_series: Mapped[bool] = mapped_column(default=False)
    with_texts: Mapped[bool] = mapped_column(default=False)
    file_format: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(300))
    job_public_id: Mapped[str | None] = mapped_column(String(12))
    row_count: Mapped[int | None]
    size: Mapped[int | None]  # bytes
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    @property
    def is_ready(self) -> bool:
        """It can be downloaded now."""
        return self.expires_at is not None and self.expires_at > now()


class AnswerExportPiece(Base):
    """A part of an export's file, encrypted; deleted when the export has expired."""

    __tablename__ = "answer_export_pieces"

    export_id: Mapped[int] = mapped_column(ForeignKey("answer_exports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes("answer_export_pieces.content"))


class AnswerLook(Base):
    """Two things that staff saw against each other in an anonymous round, before all was published.

    `second_key` "": every answer, row by row. `by_role`: the table was set apart by role too.
    `changes`: the round's `changed_count` at the newest look.
    """

    __tablename__ = "answer_looks"
    __table_args__ = (UniqueConstraint("round_id", "first_key", "second_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_rounds.id"))
    first_key: Mapped[str] = mapped_column(String(NODE_LENGTH), default="")
    second_key: Mapped[str] = mapped_column(String(NODE_LENGTH), default="")
    by_role: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[int]
