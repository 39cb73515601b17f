"""A codebook of another program as themes and codes of ours.

A heading at the top is a theme; a code at the top that has others below is both; codes that stand
alone go under the group somebody put them in, else under one theme for the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from participation.coding.rules.exchange.shapes import QdaCode, QdaProject, QdaSet

NAME_LENGTH = 200  # as the columns of themes and codes
LONGEST_MEMO = 4_000
EXAMPLE = "\n\nExempel: "


@dataclass(frozen=True, kw_only=True)
class PlannedCode:
    """A code; `below` is the guid of the one it stands under, which comes before it."""

    guid: str
    name: str
    memo: str = ""
    example: str = ""
    below: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedTheme:
    """A theme; `guid` is empty where the other program has none."""

    guid: str
    name: str
    memo: str = ""
    codes: tuple[PlannedCode, ...] = ()


def planned(project: QdaProject, rest: str) -> tuple[PlannedTheme, ...]:
    """Every code of the project once. `rest`: what the theme is called for those without any."""
    alone = [code for code in project.codes if not code.codes and code.is_codable]
    themes = [_theme(code) for code in project.codes if code.codes or not code.is_codable]
    left = {code.guid: code for code in alone}
    themes += [theme for one in project.sets if (theme := _of_set(one, left)) is not None]
    if left:
        codes = tuple(_planned(code, "") for code in left.values())
        themes.append(PlannedTheme(guid="", name=rest, codes=codes))
    return tuple(themes)


def _theme(top: QdaCode) -> PlannedTheme:
    if top.is_codable:
        codes = tuple(_flat(top, ""))
    else:
        codes = tuple(one for below in top.codes for one in _flat(below, ""))
    return PlannedTheme(
        guid="" if top.is_codable else top.guid,
        name=short(top.name),
        memo="" if top.is_codable else top.description[:LONGEST_MEMO],
        codes=codes,
    )


def _of_set(found: QdaSet, left: dict[str, QdaCode]) -> PlannedTheme | None:
    members = [left.pop(guid) for guid in found.members if guid in left]
    if not members:
        return None
    return PlannedTheme(
        guid=found.guid,
        name=short(found.name),
        memo=found.description[:LONGEST_MEMO],
        codes=tuple(_planned(code, "") for code in members),
    )


def _flat(code: QdaCode, below: str) -> Iterator[PlannedCode]:
    yield _planned(code, below)
    for child in code.codes:
        yield from _flat(child, code.guid)


def _planned(code: QdaCode, below: str) -> PlannedCode:
    memo, _mark, example = code.description.partition(EXAMPLE)
    return PlannedCode(
        guid=code.guid,
        name=short(code.name),
        memo=memo[:LONGEST_MEMO],
        example=example[:LONGEST_MEMO],
        below=below,
    )


def short(name: str) -> str:
    """A name on one line that fits its column."""
    tidy = " ".join(name.split())
    return tidy if len(tidy) <= NAME_LENGTH else tidy[: NAME_LENGTH - 1] + "…"
