"""Texts from outside: read in a dry run, taken in whole after a yes, or given up.

Nobody has read them through, so they are their owner's until the review.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import TITLE_LENGTH, Material, MaterialImport
from participation.coding.rules.drafts import MaterialTextDraft, SourceKind
from participation.coding.rules.intake import Answers, Division, Words, divided, fitting_parts
from participation.coding.services.exchange.books import guid_of
from participation.coding.services.exchange.taking_in import home_of
from participation.coding.services.exchange.variables import KnownValues, known_values
from participation.coding.services.material import take_material
from participation.foundation.documents import UnreadableDocument, read_document
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.permissions import Actor
from participation.foundation.tabular import read_table

NAME_LENGTH = 200
_A_SHEET = b"xl/workbook.xml"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column of a list is what; `known`: "role" and so on → its heading."""

    text: str
    known: Mapping[str, str] = field(default_factory=dict)


def receive_words(session: Session, actor: Actor, name: str, text: str) -> MaterialImport:
    """Keep a pasted text for its owner until a yes.

    Raises:
        UnreadableDocument: there are no words in it.
    """
    if not text.strip():
        raise UnreadableDocument(reason="empty")
    return _keep(session, actor, name, Words(text.replace("\r\n", "\n").split("\n")))


def receive_document(session: Session, actor: Actor, name: str, content: bytes) -> MaterialImport:
    """Read a document, a text or a list of answers, and keep what it says.

    Raises:
        UnreadableDocument: no document we read.
        UnreadableTable: no list we read.
    """
    if name.lower().endswith(".csv") or (content.startswith(b"PK") and _A_SHEET in content):
        sheet = read_table(content)
        rows = [[line.cells.get(h, "") for h in sheet.headings] for line in sheet.lines]
        if not rows:
            raise UnreadableDocument(reason="empty")
        return _keep(session, actor, name, Answers(sheet.headings, rows))
    document = read_document(content)
    paragraphs = [piece.text for piece in document.pieces]
    return _keep(session, actor, name, Words(paragraphs, document.left_out))


def _keep(session: Session, actor: Actor, name: str, read: Words | Answers) -> MaterialImport:
    if actor.account_id is None:
        raise ValueError("what is sent in belongs to whoever sent it")
    received = MaterialImport(
        owner_account_id=actor.account_id,
        kind="table" if isinstance(read, Answers) else "words",
        name=" ".join(plain(name).split())[:NAME_LENGTH] or "–",
        content=json.dumps(read.__dict__, ensure_ascii=False).encode(),
    )
    session.add(received)
    session.flush()
    return received


def read_words(received: MaterialImport) -> Words:
    """What a text or a document says."""
    return Words(**json.loads(received.content))


def read_answers(received: MaterialImport) -> Answers:
    """What a list says."""
    return Answers(**json.loads(received.content))


def drop_received(session: Session, received: MaterialImport) -> None:
    """Give it up: nothing of it stays."""
    session.delete(received)
    session.flush()


def take_in_words(
    session: Session, actor: Actor, received: MaterialImport, *, title: str, how: Division
) -> Material:
    """A material of the text, for its owner to review.

    Raises:
        Conflict: the same text is here already.
    """
    people = divided(read_words(received).paragraphs, how)
    drafts = [
        MaterialTextDraft(text=text, source_ref=_voice(received, number))
        for number, texts in enumerate(people, start=1)
        for text in texts
    ]
    return _take_in(session, actor, received, title, drafts)


def take_in_answers(
    session: Session, actor: Actor, received: MaterialImport, *, title: str, columns: Columns
) -> Material:
    """A material of a list's answers, for its owner to review. Raises as `take_in_words`."""
    answers = read_answers(received)
    known = known_values(session)
    drafts = [
        draft
        for number, row in enumerate(answers.rows, start=1)
        for draft in _drafts_of(_voice(received, number), _cells(answers, row), columns, known)
    ]
    return _take_in(session, actor, received, title, drafts)


def unknown_values(session: Session, answers: Answers, columns: Columns) -> list[str]:
    """Values of the chosen columns that are called otherwise here: they stay out."""
    known = known_values(session)
    unknown: dict[str, None] = {}
    for row in answers.rows:
        cells = _cells(answers, row)
        for kind, heading in columns.known.items():
            value = cells.get(heading, "")
            found = known.attributes({known.titles[kind]: value})
            if value and not any(found.values()):
                unknown[value] = None
    return list(unknown)


def _cells(answers: Answers, row: Sequence[str]) -> dict[str, str]:
    return dict(zip(answers.headings, row, strict=True))


def _drafts_of(
    voice: str, cells: Mapping[str, str], columns: Columns, known: KnownValues
) -> list[MaterialTextDraft]:
    said = {known.titles[kind]: cells.get(heading, "") for kind, heading in columns.known.items()}
    return [
        MaterialTextDraft(text=text, source_ref=voice, **known.attributes(said))
        for text in fitting_parts(cells.get(columns.text, ""))
    ]


def _source_id(received: MaterialImport) -> str:
    """The same for the same words of the same owner."""
    digest = hashlib.sha256(received.content).hexdigest()
    return guid_of("intake", f"{received.owner_account_id}\0{digest}").replace("-", "")[:12]


def _voice(received: MaterialImport, number: int) -> str:
    return f"doc:{_source_id(received)}:{number}"


def _take_in(
    session: Session,
    actor: Actor,
    received: MaterialImport,
    title: str,
    drafts: Sequence[MaterialTextDraft],
) -> Material:
    source = _source_id(received)
    is_here = select(Material.id).where(
        Material.source_kind == SourceKind.DOCUMENT, Material.source_public_id == source
    )
    if session.scalar(is_here) is not None or not drafts:
        raise Conflict
    material = take_material(
        session,
        title=" ".join(plain(title).split())[:TITLE_LENGTH],
        source_kind=SourceKind.DOCUMENT,
        source_public_id=source,
        organisation_id=home_of(actor),
        owner_account_id=actor.account_id,
        texts=drafts,
    )
    log_event(session, actor, "taken_in", "material", material.public_id, texts=len(drafts))
    drop_received(session, received)
    return material
