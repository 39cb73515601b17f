"""Changes of a codebook. Each is one step that can be taken back and done again.

No passage is ever lost: a code that is put together with another keeps its passages and is read as
that one; one that is no longer used keeps them too.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.coding.models import Code, Codebook, CodebookStep, CodingStep, Excerpt, Theme
from participation.coding.queries.book import (
    codes_of_book,
    last_book_step,
    next_book_step,
    passages_of_code,
)
from participation.coding.services.codebooks import add_code, theme_named
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor

Row = Code | Theme


class Change:
    """One step being made: remembers what stood in each row before it was set."""

    def __init__(self, session: Session, actor: Actor, codebook_id: int) -> None:
        self.session, self.actor, self.codebook_id = session, actor, codebook_id
        self.rows: list[dict[str, Any]] = []

    def put(self, row: Row, **values: Any) -> "Change":
        """Set columns of a row; those that stand so already are left alone."""
        new = {name: value for name, value in values.items() if getattr(row, name) != value}
        if new:
            before = {name: getattr(row, name) for name in new}
            what = "code" if isinstance(row, Code) else "theme"
            self.rows.append({"what": what, "id": row.id, "before": before, "after": new})
            _set(row, new)
        return self

    def done(self, kind: str, **words: str) -> None:
        """Write the step, unless nothing changed."""
        if not self.rows:
            return
        self.session.add(
            CodebookStep(
                codebook_id=self.codebook_id,
                account_id=self.actor.account_id,
                kind=kind,
                changes=self.rows,
                words=words,
            )
        )
        self.session.flush()
        book = self.session.get_one(Codebook, self.codebook_id)
        log_event(self.session, self.actor, "change", "codebook", book.public_id, step=kind)


def _set(row: Row, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def change_code(
    session: Session,
    actor: Actor,
    code: Code,
    *,
    name: str,
    memo: str,
    example: str,
    theme_name: str,
    below: Code | None = None,
) -> None:
    """What a code is called, what it is for and where it stands; those below it come along.

    Raises:
        Conflict: another code of the book has that name, or it would stand below itself.
    """
    codes = codes_of_book(session, code.codebook_id)
    if any(c.id != code.id and c.name.casefold() == name.casefold() for c in codes):
        raise Conflict(_("The codebook already has a code with that name."))
    under = _all_below(codes, code)
    if below is not None and below.id in {code.id, *(one.id for one in under)}:
        raise Conflict(_("A code cannot stand below itself."), field="below")
    book = session.get_one(Codebook, code.codebook_id)
    theme_id = below.theme_id if below else theme_named(session, book, theme_name).id
    old = code.name
    change = Change(session, actor, code.codebook_id)
    change.put(code, name=name, memo=memo, example=example, theme_id=theme_id)
    change.put(code, parent_id=below.id if below else None)
    for one in under:
        change.put(one, theme_id=theme_id)
    change.done("change", code=old)


def _all_below(codes: Sequence[Code], top: Code) -> list[Code]:
    found: list[Code] = []
    level = {top.id}
    while level:
        next_level = [code for code in codes if code.parent_id in level]
        found += next_level
        level = {code.id for code in next_level}
    return found


def merge_codes(session: Session, actor: Actor, code: Code, into: Code) -> None:
    """Read `code` as `into` from now on. Those that stood below it move one step up.

    Raises:
        Conflict: they are the same, of two books, or `into` is not in use.
    """
    is_usable = into.merged_into_id is None and not into.is_retired
    if code.id == into.id or code.codebook_id != into.codebook_id or not is_usable:
        raise Conflict(_("Choose another code that is in use."))
    change = Change(session, actor, code.codebook_id).put(code, merged_into_id=into.id)
    for one in codes_of_book(session, code.codebook_id, with_merged=True):
        if one.merged_into_id == code.id:
            change.put(one, merged_into_id=into.id)
        if one.parent_id == code.id:
            change.put(one, parent_id=code.parent_id)
    change.done("merge", code=code.name, other=into.name)


def split_code(
    session: Session, actor: Actor, code: Code, name: str, excerpt_ids: Collection[int]
) -> Code:
    """A new code with some of the passages of `code`, of all coders.

    Raises:
        Conflict: the book has a code of that name, or none of the passages has the code.
    """
    chosen = [one for one in passages_of_code(session, code) if one.id in excerpt_ids]
    if not chosen:
        raise Conflict(_("Choose at least one passage."))
    book = session.get_one(Codebook, code.codebook_id)
    theme = session.get_one(Theme, code.theme_id)
    new = add_code(session, actor, book, name=name, theme_name=theme.name)
    new.theme_id, new.parent_id = code.theme_id, code.parent_id
    _hand_over(session, chosen, new)
    # Undone, the new code is read as the old one; its passages need not go back.
    new.merged_into_id = code.id
    session.flush()
    change = Change(session, actor, code.codebook_id).put(new, merged_into_id=None)
    change.done("split", code=code.name, other=name)
    return new


def _hand_over(session: Session, excerpts: Iterable[Excerpt], new: Code) -> None:
    """The coders' own steps follow, so that they still can be undone."""
    for one in excerpts:
        session.execute(
            update(CodingStep)
            .where(
                CodingStep.text_id == one.text_id,
                CodingStep.code_id == one.code_id,
                CodingStep.coder_account_id == one.coder_account_id,
                CodingStep.start == one.start,
                CodingStep.end == one.end,
            )
            .values(code_id=new.id)
        )
        one.code_id = new.id
    session.flush()


def retire_code(session: Session, actor: Actor, code: Code, *, is_retired: bool = True) -> None:
    """Nobody puts it on anything new; its passages stay. Or take it into use again."""
    change = Change(session, actor, code.codebook_id).put(code, is_retired=is_retired)
    change.done("retire" if is_retired else "bring_back", code=code.name)


def change_theme(session: Session, actor: Actor, theme: Theme, *, name: str, memo: str) -> None:
    """What a theme is called and about. Raises Conflict when another is called so."""
    same = select(Theme).where(Theme.codebook_id == theme.codebook_id, Theme.id != theme.id)
    if any(one.name.casefold() == name.casefold() for one in session.scalars(same)):
        raise Conflict(_("The codebook already has a theme with that name."))
    old = theme.name
    change = Change(session, actor, theme.codebook_id).put(theme, name=name, memo=memo)
    change.done("theme", code=old)


def shift_theme(session: Session, actor: Actor, theme: Theme) -> None:
    """One place up; the first one stays."""
    themes = list(
        session.scalars(
            select(Theme)
            .where(Theme.codebook_id == theme.codebook_id)
            .order_by(Theme.position, Theme.id)
        )
    )
    place = themes.index(theme)
    if place == 0:
        return
    themes[place - 1], themes[place] = theme, themes[place - 1]
    change = Change(session, actor, theme.codebook_id)
    for position, one in enumerate(themes, start=1):
        change.put(one, position=position)
    change.done("order", code=theme.name)


def undo_change(session: Session, actor: Actor, book: Codebook) -> CodebookStep | None:
    """Take back the newest change of the book, whoever made it; None: nothing left."""
    step = last_book_step(session, book)
    if step is not None:
        _replay(session, step, "after", "before")
        step.is_undone = True
        _log(session, actor, book, step)
    return step


def redo_change(session: Session, actor: Actor, book: Codebook) -> CodebookStep | None:
    """Make again the change that was taken back last; None: nothing, or something new was made."""
    step = next_book_step(session, book)
    if step is not None:
        _replay(session, step, "before", "after")
        step.is_undone = False
        _log(session, actor, book, step)
    return step


def _replay(session: Session, step: CodebookStep, expected: str, wanted: str) -> None:
    """Raises Conflict where a row no longer stands as the step left it."""
    turned = step.changes if wanted == "after" else list(reversed(step.changes))
    for change in turned:
        row = _row(session, change)
        if any(getattr(row, name) != value for name, value in change[expected].items()):
            raise Conflict(_("The codebook has been loaded anew since. Change it by hand."))
        _set(row, change[wanted])
    session.flush()


def _row(session: Session, change: dict[str, Any]) -> Row:
    if change["what"] == "code":
        return session.get_one(Code, change["id"])
    return session.get_one(Theme, change["id"])


def _log(session: Session, actor: Actor, book: Codebook, step: CodebookStep) -> None:
    session.flush()
    log_event(session, actor, "change", "codebook", book.public_id, step=step.kind)
