"""A codebook as other programs know it: themes are headings, codes stand below them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Codebook, Theme
from participation.coding.queries.exchange import codes_with_themes
from participation.coding.rules.exchange import PlannedCode, PlannedTheme, QdaCode, QdaProject
from participation.coding.rules.exchange.plans import EXAMPLE
from participation.coding.rules.exchange.writing import COLORS
from participation.coding.rules.keys import KEY_LENGTH, key_of
from participation.foundation.crypto import keys


def guid_of(kind: str, name: str) -> str:
    """The same in every file of this installation, and nobody else's."""
    return str(UUID(hex=keys().blind_index(f"qda.{kind}", name), version=5))


def text_guid(public_id: str) -> str:
    """A text's in every file that leaves; `is_own_text` knows it again."""
    return _signed(keys().blind_index("qda.text", public_id)[:16])


def is_own_text(guid: str) -> bool:
    """Whether a text of that guid left this installation, also one that is gone here since."""
    return guid == _signed(UUID(guid).hex[:16])


def _signed(head: str) -> str:
    """Sixteen signs, the version where a guid has it, and sixteen more that follow from them."""
    head = f"{head[:12]}5{head[13:]}"
    return str(UUID(hex=head + keys().blind_index("qda.own", head)[:16], version=5))


def codebook_project(session: Session, book: Codebook) -> QdaProject:
    """A codebook as a project without texts."""
    by_theme: dict[int, tuple[Theme, list[Code]]] = {}
    for theme, code in codes_with_themes(session, book.id):
        codes = by_theme.setdefault(theme.id, (theme, []))[1]
        if code is not None:
            codes.append(code)
    tree = tuple(
        _heading(theme, codes, COLORS[place % len(COLORS)])
        for place, (theme, codes) in enumerate(by_theme.values())
    )
    return QdaProject(title=book.title, memo=book.memo, codes=tree)


def _heading(theme: Theme, codes: Sequence[Code], color: str) -> QdaCode:
    below: dict[int | None, list[Code]] = {}
    here = {code.id for code in codes}
    for code in codes:
        below.setdefault(code.parent_id if code.parent_id in here else None, []).append(code)
    return QdaCode(
        guid=guid_of("theme", theme.public_id),
        name=theme.name,
        description=theme.memo,
        color=color,
        is_codable=False,
        codes=tuple(_code(code, below, color) for code in below.get(None, ())),
    )


def _code(code: Code, below: Mapping[int | None, Sequence[Code]], color: str) -> QdaCode:
    return QdaCode(
        guid=guid_of("code", code.public_id),
        name=code.name,
        description=code.memo + (EXAMPLE + code.example if code.example else ""),
        color=color,
        codes=tuple(_code(one, below, color) for one in below.get(code.id, ())),
    )


def matching_codes(
    session: Session, book: Codebook, themes: Sequence[PlannedTheme]
) -> dict[str, Code]:
    """Which planned codes the codebook has already: by guid, else by name, in the same theme
    first."""
    rows = [(theme, code) for theme, code in codes_with_themes(session, book.id) if code]
    by_guid = {guid_of("code", code.public_id): code for _theme, code in rows}
    by_path = {(key_of(theme.name), key_of(code.name)): code for theme, code in rows}
    by_name = {key_of(code.name): code for _theme, code in rows}
    found: dict[str, Code] = {}
    taken: set[int] = set()
    for theme in themes:
        for planned in theme.codes:
            match = (
                by_guid.get(planned.guid)
                or by_path.get((key_of(theme.name), key_of(planned.name)))
                or by_name.get(key_of(planned.name))
            )
            if match is not None and match.id not in taken:
                taken.add(match.id)
                found[planned.guid] = match
    return found


def load_themes(
    session: Session, book: Codebook, themes: Sequence[PlannedTheme]
) -> dict[str, Code]:
    """Every planned code by its guid: those the codebook has, and the others made new.

    What is there keeps its name and its memo; nothing is taken away.
    """
    found = matching_codes(session, book, themes)
    taken = set(session.scalars(select(Code.key).where(Code.codebook_id == book.id)))
    number = session.scalar(select(func.max(Code.number)).where(Code.codebook_id == book.id)) or 0
    for theme in themes:
        if theme.codes and all(code.guid in found for code in theme.codes):
            continue
        theme_id = _theme_id(session, book, theme)
        for planned in theme.codes:
            if planned.guid in found:
                continue
            number += 1
            code = _new_code(book, theme_id, planned, number, taken)
            parent = found.get(planned.below)
            code.parent_id = parent.id if parent and parent.theme_id == theme_id else None
            session.add(code)
            session.flush()
            found[planned.guid] = code
    return found


def _new_code(
    book: Codebook, theme_id: int, planned: PlannedCode, number: int, taken: set[str]
) -> Code:
    key, again = key_of(planned.name), 1
    while key in taken:
        again += 1
        key = f"{key_of(planned.name)[: KEY_LENGTH - 8]}_{again}"
    taken.add(key)
    return Code(
        codebook_id=book.id,
        theme_id=theme_id,
        key=key,
        number=number,
        name=planned.name or str(number),
        memo=planned.memo,
        example=planned.example,
    )


def _theme_id(session: Session, book: Codebook, planned: PlannedTheme) -> int:
    key = key_of(planned.name)
    theme = session.scalar(select(Theme).where(Theme.codebook_id == book.id, Theme.key == key))
    if theme is None:
        last = session.scalar(select(func.max(Theme.position)).where(Theme.codebook_id == book.id))
        theme = Theme(
            codebook_id=book.id,
            key=key,
            name=planned.name or str((last or 0) + 1),
            memo=planned.memo,
            position=(last or 0) + 1,
        )
        session.add(theme)
        session.flush()
    return theme.id
