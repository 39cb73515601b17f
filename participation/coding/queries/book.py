"""A codebook as a tree, with every change of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import (
    Code,
    Codebook,
    CodebookStep,
    Excerpt,
    Material,
    MaterialText,
    Theme,
)
from participation.coding.queries.codebooks import Found, may_change_codebook
from participation.coding.queries.layers import IS_OWN_LAYER, SHOWN_ID, in_layer, is_seen_by
from participation.coding.queries.materials import readable
from participation.coding.rules.filters import Layer
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor


@dataclass(frozen=True)
class Branch:
    """A code in the tree: how deep it stands, in how many texts, and what was put into it."""

    code: Code
    depth: int
    texts: int
    absorbed: tuple[str, ...]


@dataclass(frozen=True)
class ThemeBranch:
    theme: Theme
    codes: tuple[Branch, ...]


def tree(session: Session, actor: Actor, book: Codebook) -> list[ThemeBranch]:
    """Themes in order, each code below the one it stands under. Texts of visible materials."""
    rows = session.execute(
        select(Theme, Code)
        .outerjoin(Code, Code.theme_id == Theme.id)
        .where(Theme.codebook_id == book.id)
        .order_by(Theme.position, Theme.id, Code.number, Code.id)
    ).all()
    found = filter(None, (code for _theme, code in rows))  # a theme may have none yet
    codes = sorted(found, key=lambda one: (one.number, one.id))
    counted = {row[0]: row[1] for row in session.execute(_counts(actor, book))}
    absorbed: dict[int, list[str]] = {}
    for code in codes:
        if code.merged_into_id is not None:
            absorbed.setdefault(code.merged_into_id, []).append(code.name)
    living = [code for code in codes if code.merged_into_id is None]
    branches = [
        Branch(code, depth, counted.get(code.id, 0), tuple(absorbed.get(code.id, ())))
        for code, depth in _nested(living)
    ]
    themes = dict.fromkeys(theme for theme, _code in rows)
    return [
        ThemeBranch(theme, tuple(one for one in branches if one.code.theme_id == theme.id))
        for theme in themes
    ]


def _counts(actor: Actor, book: Codebook) -> Select[int, int]:
    return (
        select(SHOWN_ID, func.count(Excerpt.text_id.distinct()))
        .select_from(Excerpt)
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Code.codebook_id == book.id, in_layer(actor, Layer.ALL), readable(actor))
        .group_by(SHOWN_ID)
    )


def _nested(codes: Sequence[Code]) -> Iterator[tuple[Code, int]]:
    """Each code followed by those below it; one whose upper code is gone stands at the top."""
    ids = {code.id for code in codes}

    def below(parent: int | None, depth: int) -> Iterator[tuple[Code, int]]:
        for code in codes:
            if (code.parent_id if code.parent_id in ids else None) == parent:
                yield code, depth
                yield from below(code.id, depth + 1)

    return below(None, 0)


def codes_of_book(session: Session, codebook_id: int, with_merged: bool = False) -> Sequence[Code]:
    """The codes of a book by number; those put together with another only if asked for."""
    statement = select(Code).where(Code.codebook_id == codebook_id)
    if not with_merged:
        statement = statement.where(Code.merged_into_id.is_(None))
    return session.scalars(statement.order_by(Code.number, Code.id)).all()


def code_to_change(session: Session, actor: Actor, public_id: str) -> Code:
    """A code of a codebook the person may change, not put together. Raises NotFound."""
    found = session.scalar(
        select(Code).where(Code.public_id == public_id, Code.merged_into_id.is_(None))
    )
    if found is None or not may_change_codebook(session, actor, found.codebook_id):
        raise NotFound
    return found


def theme_to_change(session: Session, actor: Actor, public_id: str) -> Theme:
    """A theme of a codebook the person may change. Raises NotFound."""
    found = session.scalar(select(Theme).where(Theme.public_id == public_id))
    if found is None or not may_change_codebook(session, actor, found.codebook_id):
        raise NotFound
    return found


def passages_of_code(session: Session, code: Code) -> Sequence[Excerpt]:
    """Every passage that carries the code itself, whoever put it."""
    return session.scalars(
        select(Excerpt).where(Excerpt.code_id == code.id).order_by(Excerpt.id)
    ).all()


def passages_to_split(session: Session, actor: Actor, code: Code, most: int) -> list[Found]:
    """The passages of a code in visible materials, as they stand there."""
    rows = session.execute(
        select(Excerpt, MaterialText, Material)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Excerpt.code_id == code.id, IS_OWN_LAYER, is_seen_by(actor), readable(actor))
        .order_by(Material.id, MaterialText.number, Excerpt.start, Excerpt.id)
        .limit(most)
    )
    return [Found(*row) for row in rows]


def last_book_step(session: Session, book: Codebook) -> CodebookStep | None:
    """The newest change that is not taken back."""
    return session.scalar(
        select(CodebookStep)
        .where(CodebookStep.codebook_id == book.id, ~CodebookStep.is_undone)
        .order_by(CodebookStep.id.desc())
        .limit(1)
    )


def next_book_step(session: Session, book: Codebook) -> CodebookStep | None:
    """The change that was taken back last, while nothing new was made since."""
    stands = select(func.coalesce(func.max(CodebookStep.id), 0)).where(
        CodebookStep.codebook_id == book.id, ~CodebookStep.is_undone
    )
    return session.scalar(
        select(CodebookStep)
        .where(
            CodebookStep.codebook_id == book.id,
            CodebookStep.is_undone,
            CodebookStep.id > stands.scalar_subquery(),
        )
        .order_by(CodebookStep.id)
        .limit(1)
    )


def book_steps(session: Session, book: Codebook, most: int) -> list[tuple[CodebookStep, str]]:
    """The newest changes, taken back or not, each with who made it."""
    rows = session.execute(
        select(CodebookStep, Account.display_name)
        .outerjoin(Account, Account.id == CodebookStep.account_id)
        .where(CodebookStep.codebook_id == book.id)
        .order_by(CodebookStep.id.desc())
        .limit(most)
    )
    return [(step, name or "") for step, name in rows]
