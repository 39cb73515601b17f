"""Codebooks to begin from, as data: data/codebooks.yaml, our own words in Swedish and English, and
what an installation has loaded itself. Source of the shape: docs/codebook-file.md. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from participation.coding.rules.drafts import CodebookDraft, CodeDraft, ThemeDraft
from participation.county.rules.nodes import Claims, CountyFileError, Findings, Node, Shape
from participation.county.rules.reading import read_county_file
from participation.foundation.i18n import gettext as _

FILE = Path(__file__).parent.parent / "data" / "codebooks.yaml"
FALLBACK = "sv"
MOST_BOOKS, MOST_CODES = 50, 300
LONGEST_KEY, LONGEST_NAME, LONGEST_MEMO = 64, 80, 2_000
KEY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")

ROOT = Shape("file", required=("codebooks",))
BOOK = Shape("codebooks", required=("key", "title", "themes"), optional=("memo",))
THEME = Shape("themes", required=("key", "name", "codes"), optional=("memo",))
CODE = Shape("codes", required=("key", "name"), optional=("memo",))
LANGUAGES = (FALLBACK, "en", "ar")

Book = Mapping[str, Any]
"""One codebook as it is kept: key, title, memo and themes; words by language."""


class BrokenCodebookFile(Exception):
    """What is wrong, line by line."""

    def __init__(self, errors: list[CountyFileError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors


def read_books(content: bytes, file: str) -> dict[str, Book]:
    """Every codebook of a file by its key.

    Raises:
        BrokenCodebookFile: with every error in it, not only the first.
    """
    findings = Findings(file)
    root = read_county_file(content, findings)
    books: dict[str, Book] = {}
    if root is not None and root.follows(ROOT):
        claims = Claims()
        entries = list(root.shaped_children("codebooks", BOOK))
        if len(entries) > MOST_BOOKS:
            root.error(_("there are more than %(most)s codebooks", most=MOST_BOOKS), "codebooks")
        for entry in entries:
            books[_key(entry, claims)] = _book(entry)
    if findings.errors:
        raise BrokenCodebookFile(findings.sorted_errors())
    return books


def _key(node: Node, claims: Claims) -> str:
    """What something is known by; the same twice in one place is an error."""
    key = node.text("key", LONGEST_KEY)
    if key and not KEY.fullmatch(key):
        node.error(_("“%(text)s” is no key: use a–z, 0–9, _ and hyphens", text=key), "key")
    claims.claim(node, key)
    return key


def _book(node: Node) -> Book:
    themes, codes = Claims(), Claims()
    book: dict[str, Any] = {
        "key": node.text("key", LONGEST_KEY),
        "title": _words(node, "title", LONGEST_NAME),
        "memo": _words(node, "memo", LONGEST_MEMO),
        "themes": [
            {
                "key": _key(theme, themes),
                "name": _words(theme, "name", LONGEST_NAME),
                "memo": _words(theme, "memo", LONGEST_MEMO),
                "codes": [_code(code, codes) for code in theme.shaped_children("codes", CODE)],
            }
            for theme in node.shaped_children("themes", THEME)
        ],
    }
    if not any(theme["codes"] for theme in book["themes"]):
        node.error(_("the codebook has no code"), "themes")
    if len(codes.keys) > MOST_CODES:
        node.error(_("there are more than %(most)s codes", most=MOST_CODES), "themes")
    return book


def _code(node: Node, claims: Claims) -> Mapping[str, Any]:
    return {
        "key": _key(node, claims),
        "name": _words(node, "name", LONGEST_NAME),
        "memo": _words(node, "memo", LONGEST_MEMO),
    }


def _words(node: Node, key: str, longest: int) -> dict[str, str]:
    """The same words by language; Swedish is never missing. Empty where there are none."""
    said = node.shaped_child(key, Shape(key, LANGUAGES[:1], LANGUAGES[1:]))
    if said is None:
        return {}
    found = {language: said.text_or_none(language, longest) for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


@cache
def shipped_books() -> Mapping[str, Book]:
    """Those that come along."""
    return read_books(FILE.read_bytes(), FILE.name)


def titles(books: Mapping[str, Book], language: str) -> dict[str, str]:
    """What there is to begin from: title by key."""
    return {key: _said(book["title"], language) for key, book in books.items()}


def draft_of(book: Book, language: str) -> CodebookDraft:
    """One of them in a language; codes are numbered as they stand."""
    return CodebookDraft(
        key=book["key"],
        title=_said(book["title"], language),
        memo=_said(book["memo"], language),
        themes=tuple(_themes(book, language)),
    )


def _themes(book: Book, language: str) -> Iterator[ThemeDraft]:
    number = 0
    for theme in book["themes"]:
        codes = []
        for code in theme["codes"]:
            number += 1
            name, memo = _said(code["name"], language), _said(code["memo"], language)
            codes.append(CodeDraft(key=code["key"], number=number, name=name, memo=memo))
        yield ThemeDraft(
            key=theme["key"],
            name=_said(theme["name"], language),
            memo=_said(theme["memo"], language),
            codes=tuple(codes),
        )


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get(FALLBACK, "")
