"""Tables of material. A text points at a reference its source understands, never at a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from participation.coding.models.codebooks import KEY_LENGTH
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 300

SOURCE_REF_LENGTH = 80


class Material(PublicId, Created, Base):
    """Texts from one source about one question, pushed here by the floor that collected them.

    `organisation_id`: whose it is; none: the county's own. `owner_account_id`: the only one who
    reads a text before it is de-identified; none: those named for it (`MaterialCoder`), or, where
    nobody is, whoever codes for that organisation.
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


class MaterialCoder(Base):
    """Somebody who works with one material only: an auditor with their audit's interviews.

    A material with such people is theirs to review: its raw texts are open to nobody else.
    """

    __tablename__ = "material_coders"

    material_id: Mapped[int] = mapped_column(
        ForeignKey("materials.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)


class MaterialText(PublicId, Base):
    """One voice's words, with the attributes a reader needs and never a person.

    `question`: what these words answer, where one material holds answers to several questions. It
    is a label and no part of the text: nothing in it is coded, hidden, searched or learnt from.

    Until `reviewed_at` the text is as it was written. The review replaces what points to somebody
    with a mark such as "[namn]", listed in `masks` (start, end, kind; Unicode code points), and
    the original is gone from here. `is_read_at_source`: that reading was done where the text comes
    from, for publication. `source_ref` names the voice to its source: the same for all
    texts of one voice; deletion comes by it. No time finer than `material.wave_label` is kept.
    """

    __tablename__ = "material_texts"
    __table_args__ = (
        UniqueConstraint("material_id", "number"),
        Index("ix_material_texts_material_id_source_ref", "material_id", "source_ref"),
        Index("ix_material_texts_source_ref", "source_ref"),
        # What the grid asks of all texts of a material is answered from here, without their words.
        Index(
            "ix_material_texts_grid",
            "material_id",
            "reviewed_at",
            "number",
            "respondent_role",
            "municipality_code",
            "area_id",
            "unit_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text, default="", server_default="")
    language: Mapped[str] = mapped_column(String(8), default="sv")
    respondent_role: Mapped[str | None] = mapped_column(String(20))
    municipality_code: Mapped[str | None] = mapped_column(
        String(4), ForeignKey("municipalities.code"), index=True
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    age_band: Mapped[str | None] = mapped_column(String(20))
    source_ref: Mapped[str] = mapped_column(String(SOURCE_REF_LENGTH))
    is_read_at_source: Mapped[bool] = mapped_column(default=False, server_default=false())
    masks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reviewed_at: Mapped[datetime | None]
    reviewed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None
