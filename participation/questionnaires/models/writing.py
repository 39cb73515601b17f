"""Questionnaires, their versions, and what is kept while they are written."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.db import Base, Created, PublicId
from participation.questionnaires.models.keys import KEY_LENGTH
from participation.questionnaires.rules.exchange.report import FormSource


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
