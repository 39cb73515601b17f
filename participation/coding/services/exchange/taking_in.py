"""Files of other programs: read in a dry run, taken in whole after a yes, or given up.

Texts from outside have been read through by nobody: they wait for their owner's review like any
other, and their codes wait with them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import (
    TITLE_LENGTH,
    Code,
    Codebook,
    Excerpt,
    Material,
    MaterialText,
    QdaImport,
)
from participation.coding.rules.drafts import (
    LONGEST_TEXT,
    MaterialTextDraft,
    SourceKind,
)
from participation.coding.rules.exchange import (
    LeftOut,
    QdaProject,
    QdaText,
    UnreadableProject,
    planned,
    read_codebook,
    read_project,
)
from participation.coding.rules.exchange.keeping import kept, opened
from participation.coding.rules.exchange.parts import Part, parts_of
from participation.coding.services.exchange.books import guid_of, is_own_text, load_themes
from participation.coding.services.exchange.variables import known_values
from participation.coding.services.material import take_material
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission

FILE_NAME_LENGTH = 200


def receive_file(session: Session, actor: Actor, name: str, content: bytes) -> QdaImport:
    """Read a file and keep it for its owner until a yes.

    Raises:
        UnreadableProject: it is broken, hostile, too large, or neither project nor codebook.
    """
    if actor.account_id is None:
        raise ValueError("a file belongs to whoever sent it")
    received = QdaImport(
        owner_account_id=actor.account_id,
        kind="project" if content.startswith(b"PK") else "codebook",
        file_name=plain(name).strip()[:FILE_NAME_LENGTH] or "–",
        content=kept(_read(content)),
    )
    session.add(received)
    session.flush()
    return received


def _read(content: bytes) -> QdaProject:
    """What a file holds, without the texts that came from here: they are here already, or were
    taken back. Raises UnreadableProject."""
    project = (read_project if content.startswith(b"PK") else read_codebook)(content)
    others = tuple(text for text in project.texts if not is_own_text(text.guid))
    own = len(project.texts) - len(others)
    if not others and not project.codes:
        raise UnreadableProject(reason="own_texts")
    left_out = dict(project.left_out) | ({LeftOut.OWN_TEXTS: own} if own else {})
    return replace(project, texts=others, left_out=left_out)


def read_import(received: QdaImport) -> QdaProject:
    """What the file held, as it was read when it came."""
    return opened(received.content)


def drop_import(session: Session, received: QdaImport) -> None:
    """Give it up: nothing of it stays."""
    session.delete(received)
    session.flush()


def take_in_codebook(
    session: Session, actor: Actor, received: QdaImport, book: Codebook
) -> dict[str, Code]:
    """Add what the file has more than the codebook; the codes by their guid in the file."""
    codes = _load_codes(session, actor, read_import(received), book)
    drop_import(session, received)
    return codes


def _load_codes(
    session: Session, actor: Actor, project: QdaProject, book: Codebook
) -> dict[str, Code]:
    with use_locale(DEFAULT_LOCALE):
        themes = planned(project, _("Without theme"))
    codes = load_themes(session, book, themes)
    log_event(session, actor, "codes_taken_in", "codebook", book.public_id, codes=len(codes))
    return codes


def take_in_project(
    session: Session, actor: Actor, received: QdaImport, book: Codebook, title: str
) -> Material:
    """A material of the project's texts, with the codes that were put on them, to be reviewed.

    The same file taken in again adds nothing.

    Raises:
        UnreadableProject: there is no text in it.
    """
    project = read_import(received)
    if not project.texts:
        raise UnreadableProject(reason="nothing")
    codes = _load_codes(session, actor, project, book)
    pieces = [
        _Piece(f"qda:{text.voice or text.guid}", text, part)
        for text in project.texts
        for part in parts_of(text, LONGEST_TEXT)
    ]
    material = take_material(
        session,
        title=" ".join(plain(title).split())[:TITLE_LENGTH],
        source_kind=SourceKind.DOCUMENT,
        source_public_id=_source_id(actor, received),
        organisation_id=home_of(actor),
        owner_account_id=actor.account_id,
        codebook_key=book.key,
        texts=_drafts(session, pieces),
    )
    _put_codes(session, actor, material, pieces, codes)
    log_event(session, actor, "taken_in", "material", material.public_id, texts=len(pieces))
    drop_import(session, received)
    return material


@dataclass(frozen=True)
class _Piece:
    source_ref: str
    whole: QdaText
    part: Part


def _source_id(actor: Actor, received: QdaImport) -> str:
    """The same for the same file of the same owner: taken in twice, it is there once."""
    digest = hashlib.sha256(received.content).hexdigest()
    return guid_of("import", f"{actor.account_id}\0{digest}").replace("-", "")[:12]


def home_of(actor: Actor) -> int | None:
    """Whose the material is: the county's, or for a narrow role that of its organisation."""
    scope = actor.scope(Permission.CODE_MATERIAL)
    return None if scope.everywhere else min(scope.organisation_ids, default=None)


def _drafts(session: Session, pieces: Sequence[_Piece]) -> list[MaterialTextDraft]:
    known = known_values(session)
    return [
        MaterialTextDraft(
            text=piece.part.text,
            source_ref=piece.source_ref,
            **known.attributes(dict(piece.whole.values)),
        )
        for piece in pieces
    ]


def _put_codes(
    session: Session,
    actor: Actor,
    material: Material,
    pieces: Sequence[_Piece],
    codes: Mapping[str, Code],
) -> None:
    """Put on what is still unread; a text that was taken in before keeps what it has."""
    rows = session.execute(
        select(MaterialText.source_ref, MaterialText.text, MaterialText.id)
        .where(MaterialText.material_id == material.id, MaterialText.reviewed_at.is_(None))
        .order_by(MaterialText.id)
    )
    ids = {(source_ref, text): text_id for source_ref, text, text_id in rows}
    has = select(Excerpt.text_id).where(Excerpt.text_id.in_(list(ids.values())))
    done = set(session.scalars(has))
    spots = {
        (text_id, codes[one.code].id, one.start, one.end)
        for piece in pieces
        if (text_id := ids.get((piece.source_ref, piece.part.text))) and text_id not in done
        for one in piece.part.codings
    }
    session.add_all(
        Excerpt(
            text_id=text_id,
            code_id=code_id,
            start=start,
            end=end,
            coder_account_id=actor.account_id,
        )
        for text_id, code_id, start, end in sorted(spots)
    )
    session.flush()
