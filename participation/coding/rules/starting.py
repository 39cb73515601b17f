"""Codebooks to begin from, as data: data/codebooks.yaml, our own words in Swedish and English."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from participation.coding.rules.drafts import CodebookDraft, CodeDraft, ThemeDraft

FILE = Path(__file__).parent.parent / "data" / "codebooks.yaml"
FALLBACK = "sv"


@cache
def _books() -> Mapping[str, Mapping[str, Any]]:
    loaded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {book["key"]: book for book in loaded}


def starting_books(language: str) -> dict[str, str]:
    """What there is to begin from: title by key."""
    return {key: _said(book["title"], language) for key, book in _books().items()}


def starting_book(key: str, language: str) -> CodebookDraft:
    """One of them in a language; codes are numbered as they stand. Raises KeyError."""
    book = _books()[key]
    number = 0
    themes = []
    for theme in book["themes"]:
        codes = []
        for code in theme["codes"]:
            number += 1
            codes.append(
                CodeDraft(
                    key=code["key"],
                    number=number,
                    name=_said(code["name"], language),
                    memo=_said(code["memo"], language),
                )
            )
        themes.append(
            ThemeDraft(
                key=theme["key"],
                name=_said(theme["name"], language),
                memo=_said(theme["memo"], language),
                codes=tuple(codes),
            )
        )
    return CodebookDraft(
        key=key,
        title=_said(book["title"], language),
        memo=_said(book["memo"], language),
        themes=tuple(themes),
    )


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language, words[FALLBACK])
