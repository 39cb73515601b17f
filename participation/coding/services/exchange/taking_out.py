"""Texts that leave for another program: a disclosure act with its reason, logged.

Only what somebody has read through; in an order that says nothing; without moments; what too few
voices share is left out. Who coded is "Kodare 1", never a name.
Source: ANALYSIS, row extract and interchange; TRUST, law.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.coding.models import Code, Codebook, Excerpt, Material, MaterialText, Theme
from participation.coding.queries.exchange import passages, reviewed_texts
from participation.coding.queries.layers import is_seen_by
from participation.coding.rules.exchange import (
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaText,
    QdaUser,
    write_project,
)
from participation.coding.rules.exchange.parts import coarsened
from participation.coding.rules.exchange.report import BY_THEME, report_blocks
from participation.coding.rules.exchange.workbook import Line, workbook
from participation.coding.services.exchange.books import codebook_project, guid_of, text_guid
from participation.coding.services.exchange.reports import Told, report_of
from participation.coding.services.exchange.variables import ORDER, known_values
from participation.disclosure.services import thresholds_in_force
from participation.foundation.documents import DOCX, HTML, docx_bytes, html_bytes
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.tabular import XLSX

QDPX = "application/zip"
AGREED = "agreed"
Passages = Sequence[tuple[Excerpt, Code, Theme]]


@dataclass(frozen=True)
class TakenOut:
    """A file to download."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class ReportWish:
    """How a report to read is to be: theme by theme or code by code, with what coders noted."""

    arranged: str = BY_THEME
    with_memos: bool = False


def take_out(
    session: Session,
    actor: Actor,
    material: Material,
    *,
    file_format: str,
    reason: str,
    wish: ReportWish = ReportWish(),
) -> TakenOut:
    """The texts of a material with their codes, as "qdpx", "xlsx", "docx" or "html". Logged with
    its reason. `wish` is for the last two, which people read.

    Raises:
        Conflict: fewer voices than the gate lets be shown.
    """
    texts = reviewed_texts(session, material)
    if len({text.source_ref for text in texts}) < thresholds_in_force().minimum:
        raise Conflict
    log_event(
        session,
        actor,
        "texts_taken_out",
        "material",
        material.public_id,
        reason=reason,
        file_format=file_format,
        texts=len(texts),
        memos=wish.with_memos,
    )
    with use_locale(DEFAULT_LOCALE):
        if file_format == "xlsx":
            return TakenOut(_workbook(session, material, texts), XLSX)
        if file_format in ("docx", "html"):
            return _report(session, actor, material, texts, file_format=file_format, wish=wish)
        return TakenOut(write_project(material_project(session, material, texts)), QDPX)


def material_project(
    session: Session, material: Material, texts: Sequence[MaterialText]
) -> QdaProject:
    """A material as a project: its codebook, its texts, who put which code where."""
    found = passages(session, material)
    book = session.get(Codebook, material.codebook_id) if material.codebook_id else None
    codes = codebook_project(session, book).codes if book else ()
    users = _users([excerpt for excerpt, _code, _theme in found])
    by_text: dict[int, list[QdaCoding]] = {}
    for excerpt, code, _theme in found:
        by_text.setdefault(excerpt.text_id, []).append(
            QdaCoding(
                start=excerpt.start,
                end=excerpt.end,
                code=guid_of("code", code.public_id),
                user=users[_hand(excerpt)].guid,
            )
        )
    known = _known(session, texts)
    voices = _voices(material, texts)
    return QdaProject(
        title=material.title,
        memo=" ".join(part for part in (material.question, material.wave_label) if part),
        codes=(*codes, *_others(codes, found)),
        users=tuple(users.values()),
        texts=tuple(
            QdaText(
                guid=text_guid(text.public_id),
                name=_answer(text),
                text=text.text,
                question=text.question,
                codings=tuple(sorted(set(by_text.get(text.id, ())))),
                values=values,
                voice=voices[text.source_ref],
            )
            for text, values in zip(texts, known, strict=True)
        ),
    )


def _report(
    session: Session,
    actor: Actor,
    material: Material,
    texts: Sequence[MaterialText],
    *,
    file_format: str,
    wish: ReportWish,
) -> TakenOut:
    """To read as it is. What is coded blind just now is told as little here as on the screen."""
    found = passages(session, material, is_seen_by(actor))
    users = _users([excerpt for excerpt, _code, _theme in found])
    told = Told(
        about={
            text.id: (_answer(text), *(value for _title, value in values))
            for text, values in zip(texts, _known(session, texts), strict=True)
        },
        coders={excerpt.id: users[_hand(excerpt)].name for excerpt, _code, _theme in found},
    )
    report = report_of(
        session,
        actor,
        material,
        texts=texts,
        found=found,
        told=told,
        with_memos=wish.with_memos,
    )
    blocks = report_blocks(report, wish.arranged)
    if file_format == "docx":
        return TakenOut(docx_bytes(blocks, title=report.title, language=DEFAULT_LOCALE), DOCX)
    page = html_bytes(blocks, title=report.title, contents=_("Contents"), language=DEFAULT_LOCALE)
    return TakenOut(page, HTML)


def _answer(text: MaterialText) -> str:
    return _("Answer %(number)s", number=text.number)


def _voices(material: Material, texts: Sequence[MaterialText]) -> dict[str, str]:
    """For each voice with several texts a guid: the same in every file of this material, and
    another in those of others."""
    return {
        voice: guid_of("voice", f"{material.public_id}\0{voice}") if count > 1 else ""
        for voice, count in Counter(text.source_ref for text in texts).items()
    }


def _hand(excerpt: Excerpt) -> str:
    """Whose coding a passage is: one coder's, or what several agreed on."""
    return AGREED if excerpt.layer == AGREED else str(excerpt.coder_account_id)


def _users(excerpts: Sequence[Excerpt]) -> dict[str, QdaUser]:
    """Each coder, numbered in an order that says nothing about who it is."""
    guids = {hand: guid_of("user", hand) for hand in {_hand(one) for one in excerpts} - {AGREED}}
    ordered = sorted(guids.items(), key=lambda pair: pair[1])
    users = {
        hand: QdaUser(guid=guid, name=_("Coder %(number)s", number=number))
        for number, (hand, guid) in enumerate(ordered, start=1)
    }
    if any(one.layer == AGREED for one in excerpts):
        users[AGREED] = QdaUser(guid=guid_of("user", AGREED), name=_("Agreed by the coders"))
    return users


def _others(codes: Sequence[QdaCode], found: Passages) -> tuple[QdaCode, ...]:
    """Codes of another codebook that stand in the texts since before."""
    known = {one.guid for top in codes for one in top.walk()}
    others = {guid_of("code", code.public_id): code.name for _excerpt, code, _theme in found}
    return tuple(
        QdaCode(guid=guid, name=name) for guid, name in others.items() if guid not in known
    )


def _known(session: Session, texts: Sequence[MaterialText]) -> list[tuple[tuple[str, str], ...]]:
    """What may be said about each text's voice: variable and value."""
    words = known_values(session)
    rows = coarsened(
        [(text.source_ref, words.of(text)) for text in texts], thresholds_in_force().minimum
    )
    return [
        tuple(
            (words.titles[kind], value)
            for kind, value in zip(ORDER, row, strict=True)
            if value is not None
        )
        for row in rows
    ]


def _workbook(session: Session, material: Material, texts: Sequence[MaterialText]) -> bytes:
    found = passages(session, material)
    project = material_project(session, material, texts)
    users = _users([excerpt for excerpt, _code, _theme in found])
    return workbook(
        project,
        titles=list(known_values(session).titles.values()),
        texts={text.id: about for text, about in zip(texts, project.texts, strict=True)},
        found=[
            Line(
                text_id=excerpt.text_id,
                theme=theme.name,
                number=code.number,
                code=code.name,
                start=excerpt.start,
                end=excerpt.end,
                coder=users[_hand(excerpt)].name,
            )
            for excerpt, code, theme in found
        ],
    )
