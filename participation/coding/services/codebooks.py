"""Codebooks: loaded from data, grown by the coders."""

import itertools

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.models import (
    KEY_LENGTH,
    Code,
    Codebook,
    Excerpt,
    Material,
    MaterialText,
    Theme,
)
from participation.coding.rules.drafts import CodebookDraft, CodeDraft, ThemeDraft
from participation.coding.rules.keys import key_of
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def load_codebook(session: Session, draft: CodebookDraft) -> Codebook:
    """Create a codebook, or bring names and memos of an existing one up to date.

    Codes that the draft no longer names stay: excerpts point at them.
    """
    book = session.scalar(select(Codebook).where(Codebook.key == draft.key))
    if book is None:
        book = Codebook(key=draft.key, title=draft.title)
        session.add(book)
    book.title, book.memo = draft.title, draft.memo
    session.flush()
    for position, theme in enumerate(draft.themes, start=1):
        _load_theme(session, book, theme, position)
    return book


def _load_theme(session: Session, book: Codebook, draft: ThemeDraft, position: int) -> None:
    theme = session.scalar(
        select(Theme).where(Theme.codebook_id == book.id, Theme.key == draft.key)
    )
    if theme is None:
        theme = Theme(codebook_id=book.id, key=draft.key, name=draft.name, position=position)
        session.add(theme)
    theme.name, theme.memo, theme.position = draft.name, draft.memo, position
    session.flush()
    for code in draft.codes:
        _load_code(session, book, theme, code)


def _load_code(session: Session, book: Codebook, theme: Theme, draft: CodeDraft) -> None:
    code = session.scalar(select(Code).where(Code.codebook_id == book.id, Code.key == draft.key))
    if code is None:
        code = Code(codebook_id=book.id, key=draft.key, number=draft.number, name=draft.name)
        session.add(code)
    code.theme_id, code.number, code.name = theme.id, draft.number, draft.name
    code.memo, code.example = draft.memo, draft.example
    if draft.below is not None:
        code.parent_id = session.scalar(
            select(Code.id).where(Code.codebook_id == book.id, Code.key == draft.below)
        )
    session.flush()


def new_codebook(
    session: Session, actor: Actor, title: str, begin_from: CodebookDraft | None = None
) -> Codebook:
    """An empty codebook, or a copy of one to begin from.

    Raises Conflict when another has the same key.
    """
    key = key_of(title)
    if session.scalar(select(Codebook.id).where(Codebook.key == key)) is not None:
        raise Conflict
    book = Codebook(key=key, title=title)
    session.add(book)
    session.flush()
    if begin_from is not None:
        book.memo = begin_from.memo
        for position, theme in enumerate(begin_from.themes, start=1):
            _load_theme(session, book, theme, position)
    log_event(session, actor, "create", "codebook", book.public_id)
    return book


def use_codebook(session: Session, material: Material, book: Codebook) -> None:
    """Code `material` with `book` from now on.

    Raises:
        Conflict: it is coded already, with codes that another book has.
    """
    is_coded = (
        select(Excerpt.id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Code, Code.id == Excerpt.code_id)
        .where(MaterialText.material_id == material.id, Code.codebook_id != book.id)
    )
    if session.scalar(is_coded.limit(1)) is not None:
        raise Conflict
    material.codebook_id = book.id
    session.flush()


def add_code(
    session: Session,
    actor: Actor,
    book: Codebook,
    *,
    name: str,
    theme_name: str,
    memo: str = "",
) -> Code:
    """A new code with the next free number, under an existing theme or a new one.

    Raises:
        Conflict: the codebook has a code of that name.
    """
    codes = session.scalars(select(Code).where(Code.codebook_id == book.id)).all()
    if any(code.name.casefold() == name.casefold() for code in codes):
        raise Conflict
    highest = session.scalar(select(func.max(Code.number)).where(Code.codebook_id == book.id))
    code = Code(
        codebook_id=book.id,
        theme_id=theme_named(session, book, theme_name).id,
        key=_free_key(name, {code.key for code in codes}),
        number=(highest or 0) + 1,
        name=name,
        memo=memo,
    )
    session.add(code)
    session.flush()
    log_event(session, actor, "create", "code", code.public_id)
    return code


def theme_named(session: Session, book: Codebook, name: str) -> Theme:
    """The theme of that name, or of that key, else a new one at the end."""
    statement = select(Theme).where(Theme.codebook_id == book.id).order_by(Theme.id)
    themes = session.scalars(statement).all()
    for theme in themes:
        if theme.name.casefold() == name.casefold():
            return theme
    for theme in themes:
        if theme.key == name:
            return theme
    new = Theme(
        codebook_id=book.id,
        key=_free_key(name, {theme.key for theme in themes}),
        name=name,
        position=max((theme.position for theme in themes), default=0) + 1,
    )
    session.add(new)
    session.flush()
    return new


def _free_key(name: str, taken: set[str]) -> str:
    """What was renamed keeps its key, so the plain one may be taken."""
    key = key_of(name)
    if key not in taken:
        return key
    numbered = (f"{key[: KEY_LENGTH - 4]}_{number}" for number in itertools.count(2))
    return next(one for one in numbered if one not in taken)
