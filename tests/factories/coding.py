"""Codebooks and materials for tests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.services import ensure_account
from participation.coding.models import Code, Codebook, Material, MaterialText
from participation.coding.rules.drafts import (
    CodebookDraft,
    CodeDraft,
    MaterialTextDraft,
    ThemeDraft,
)
from participation.coding.services import load_codebook, review_text, set_aside, take_material
from participation.foundation.permissions import SYSTEM, Actor


def make_codebook(session: Session) -> Codebook:
    """Two themes, three codes: 1, 2 and 12."""
    return load_codebook(
        session,
        CodebookDraft(
            key="stod",
            title="Stöd",
            themes=(
                ThemeDraft(
                    key="sammanhang",
                    name="Sammanhang",
                    codes=(
                        CodeDraft(key="borja_om", number=1, name="Börja om från början"),
                        CodeDraft(key="samma", number=2, name="Samma människa"),
                    ),
                ),
                ThemeDraft(
                    key="praktiskt",
                    name="Praktiskt",
                    codes=(CodeDraft(key="overgangar", number=12, name="Övergångar"),),
                ),
            ),
        ),
    )


def make_material(
    session: Session, texts: Sequence[str] = ("Jag fick börja om.",), **overrides: Any
) -> Material:
    """A material with one voice per text, all next of kin in Kalmar."""
    values: dict[str, Any] = {
        "title": "Enkät till närstående 2026",
        "source_kind": "round",
        "source_public_id": "round2026bcd",
        "question_key": "difference",
        "question": "Vad hade gjort skillnad?",
        "texts": [
            MaterialTextDraft(
                text=text,
                source_ref=f"voice-{number}",
                respondent_role="next_of_kin",
                municipality_code="0880",
            )
            for number, text in enumerate(texts)
        ],
    }
    return take_material(session, **{**values, **overrides})


def make_reviewed_material(
    session: Session, texts: Sequence[str] = ("Jag fick börja om.",), **overrides: Any
) -> Material:
    """A material that somebody has read, with nothing hidden."""
    material = make_material(session, texts, **overrides)
    for text in texts_of(session, material):
        review_text(session, SYSTEM, text, [])
    return material


def texts_of(session: Session, material: Material) -> Sequence[MaterialText]:
    return session.scalars(
        select(MaterialText)
        .where(MaterialText.material_id == material.id)
        .order_by(MaterialText.number)
    ).all()


def lay_aside(session: Session, *texts: MaterialText) -> None:
    """Somebody has found nothing in these for a code."""
    reader = ensure_account(
        session, email="lasare@example.org", display_name="Läsa Läsarsson", locale="sv"
    )
    session.flush()
    for text in texts:
        set_aside(session, Actor(account_id=reader.id), text)


def code_of(session: Session, number: int) -> Code:
    return session.scalars(select(Code).where(Code.number == number)).one()
