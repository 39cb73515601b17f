"""Tables of coding. A text never points at a person: only at a reference its source understands."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.coding.rules.urgent import UrgentState
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId

KEY_LENGTH = 64
NAME_LENGTH = 200
TITLE_LENGTH = 300
SOURCE_REF_LENGTH = 80


class Codebook(PublicId, Created, Base):
    """A set of codes under themes, used for one or several materials."""

    __tablename__ = "codebooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")


class Theme(PublicId, Base):
    """What several codes are about together. Findings rest on themes."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("codebook_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]


class Code(PublicId, Base):
    """One numbered code; the number is its key on the keyboard and its mark in the text.

    A code may stand below another of the same theme (`parent_id`).
    """

    __tablename__ = "codes"
    __table_args__ = (
        UniqueConstraint("codebook_id", "number"),
        UniqueConstraint("codebook_id", "key"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebooks.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    memo: Mapped[str] = mapped_column(Text, default="")
    example: Mapped[str] = mapped_column(Text, default="")


class Material(PublicId, Created, Base):
    """Texts from one source about one question, pushed here by the floor that collected them.

    `organisation_id`: whose it is; none: the county's own. `owner_account_id`: the only one who
    reads a text before it is de-identified; none: whoever codes for that organisation.
    """

    __tablename__ = "materials"
    __table_args__ = (
        CheckConstraint(
            "source_kind IN ('round','audit','dialogue','document')", name="source_kind_known"
        ),
        UniqueConstraint("source_kind", "source_public_id", "question_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    source_kind: Mapped[str] = mapped_column(String(20))
    source_public_id: Mapped[str] = mapped_column(String(12))
    question_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    question: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    wave_label: Mapped[str] = mapped_column(String(60), default="")
    codebook_id: Mapped[int | None] = mapped_column(ForeignKey("codebooks.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    owner_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)


class MaterialText(PublicId, Base):
    """One voice's words, with the attributes a reader needs and never a person.

    Until `reviewed_at` the text is as it was written. The review replaces what points to somebody
    with a mark such as "[namn]", listed in `masks` (start, end, kind; Unicode code points), and
    the original is gone from here. `source_ref` names the voice to its source: the same for all
    texts of one voice; deletion comes by it. No time finer than `material.wave_label` is kept.
    """

    __tablename__ = "material_texts"
    __table_args__ = (
        UniqueConstraint("material_id", "number"),
        Index("ix_material_texts_material_id_source_ref", "material_id", "source_ref"),
        Index("ix_material_texts_source_ref", "source_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="sv")
    respondent_role: Mapped[str | None] = mapped_column(String(20))
    municipality_code: Mapped[str | None] = mapped_column(
        String(4), ForeignKey("municipalities.code"), index=True
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    age_band: Mapped[str | None] = mapped_column(String(20))
    source_ref: Mapped[str] = mapped_column(String(SOURCE_REF_LENGTH))
    masks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reviewed_at: Mapped[datetime | None]
    reviewed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
    # Read, and nothing in it fits a code: counts as coded.
    set_aside_at: Mapped[datetime | None]

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None


class UrgentText(PublicId, Created, Base):
    """A text in which somebody may be in danger: flagged, taken by one person, done.

    `outcome` (rules/urgent.py) and `note` say what was done. The row goes with the text; that it
    was there stays in the event log.
    """

    __tablename__ = "urgent_texts"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done_has_outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), unique=True
    )
    flagged_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    taken_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(EncryptedText("urgent_texts.note"), default="")

    @property
    def state(self) -> UrgentState:
        if self.done_at is not None:
            return UrgentState.DONE
        return UrgentState.TAKEN if self.taken_by_account_id is not None else UrgentState.NEW


class UrgentContact(Base):
    """Somebody who is responsible when a text is flagged, and gets the mail."""

    __tablename__ = "urgent_contacts"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)


class Excerpt(PublicId, Created, Base):
    """A passage with a code. `start` and `end` count Unicode code points of the reviewed text.

    In "Hej 👋 du" the word "du" is 6–8, though UTF-16 would say 7–9.
    """

    __tablename__ = "excerpts"
    __table_args__ = (
        CheckConstraint("start_offset >= 0 AND start_offset < end_offset", name="span_not_empty"),
        UniqueConstraint("text_id", "code_id", "coder_account_id", "start_offset", "end_offset"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("material_texts.id", ondelete="CASCADE"))
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), index=True)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    coder_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)


class CodingStep(Created, Base):
    """One step of one coder, so that it can be undone, as far back as one likes."""

    __tablename__ = "coding_steps"
    __table_args__ = (
        CheckConstraint("kind IN ('apply','remove','set_aside','take_up')", name="kind_known"),
        Index("ix_coding_steps_coder_account_id_material_id", "coder_account_id", "material_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coder_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), index=True)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("material_texts.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    code_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    start: Mapped[int | None] = mapped_column("start_offset")
    end: Mapped[int | None] = mapped_column("end_offset")
    undone_at: Mapped[datetime | None]
