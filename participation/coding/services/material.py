"""Material comes from the floors above and goes the same way when its source forgets it."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.coding.models import Codebook, Material, MaterialText
from participation.coding.rules.drafts import LONGEST_TEXT, MaterialTextDraft, SourceKind
from participation.coding.services.learning import forget_learnt
from participation.foundation.events import announce
from participation.foundation.html import plain


def take_material(
    session: Session,
    *,
    title: str,
    source_kind: SourceKind | str,
    source_public_id: str,
    question_key: str = "",
    question: str = "",
    wave_label: str = "",
    is_fictional: bool = False,
    organisation_id: int | None = None,
    owner_account_id: int | None = None,
    codebook_key: str | None = None,
    texts: Sequence[MaterialTextDraft],
) -> Material:
    """Take in the free texts of one source about one question.

    Called again for the same source and question, it adds the voices that are new, so the caller
    may repeat it. Blank texts are left out. The order of the texts says nothing about who
    answered when: they are numbered by a hash, those of one voice that have an order together.

    Raises:
        ValueError: `source_kind` is unknown.
    """
    material = _existing(session, SourceKind(source_kind), source_public_id, question_key)
    if material is None:
        material = Material(
            title=title,
            source_kind=SourceKind(source_kind).value,
            source_public_id=source_public_id,
            question_key=question_key,
            question=question,
            wave_label=wave_label,
            is_fictional=is_fictional,
            organisation_id=organisation_id,
            owner_account_id=owner_account_id,
            codebook_id=_codebook_id(session, codebook_key),
        )
        session.add(material)
        session.flush()
    _add_texts(session, material, texts)
    return material


def _existing(
    session: Session, kind: SourceKind, source_public_id: str, question_key: str
) -> Material | None:
    return session.scalar(
        select(Material).where(
            Material.source_kind == kind.value,
            Material.source_public_id == source_public_id,
            Material.question_key == question_key,
        )
    )


def _codebook_id(session: Session, key: str | None) -> int | None:
    """The named codebook, else the oldest; none when there is no codebook yet."""
    statement = select(Codebook.id).order_by(Codebook.id).limit(1)
    if key is not None:
        statement = statement.where(Codebook.key == key)
    return session.scalar(statement)


def _add_texts(session: Session, material: Material, drafts: Sequence[MaterialTextDraft]) -> None:
    known = set(
        session.scalars(
            select(MaterialText.source_ref).where(MaterialText.material_id == material.id)
        )
    )
    last = session.scalar(
        select(func.max(MaterialText.number)).where(MaterialText.material_id == material.id)
    )
    new = [d for d in drafts if d.text.strip() and d.source_ref not in known]
    ordered = sorted(new, key=lambda draft: (_place(draft), draft.part))
    session.add_all(
        MaterialText(
            material_id=material.id,
            number=number,
            text=plain(draft.text).strip()[:LONGEST_TEXT],
            question=" ".join(plain(draft.question).split()),
            language=draft.language,
            respondent_role=draft.respondent_role,
            municipality_code=draft.municipality_code,
            unit_id=draft.unit_id,
            area_id=draft.area_id,
            age_band=draft.age_band,
            source_ref=draft.source_ref,
        )
        for number, draft in enumerate(ordered, start=(last or 0) + 1)
    )
    session.flush()


def _place(draft: MaterialTextDraft) -> str:
    words = "" if draft.part else draft.text
    return hashlib.sha256(f"{draft.source_ref}\0{words}".encode()).hexdigest()


def forget_material(session: Session, source_ref: str) -> int:
    """Remove every text of one voice, with its excerpts; how many texts there were.

    Published numbers stay; the next publication counts without the voice. Announces
    voice_withdrawn first, so that whoever quotes it stops.
    """
    ids = list(
        session.scalars(select(MaterialText.id).where(MaterialText.source_ref == source_ref))
    )
    if ids:
        forget_learnt(session, ids)
        announce(session, "voice_withdrawn", text_ids=tuple(ids))
    session.execute(delete(MaterialText).where(MaterialText.id.in_(ids)))
    session.expire_all()
    return len(ids)
