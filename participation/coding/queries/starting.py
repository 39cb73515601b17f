"""Codebooks to begin from: those that come along, and those this installation has loaded."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import StartingCodebook
from participation.coding.rules.drafts import CodebookDraft
from participation.coding.rules.starting import Book, draft_of, shipped_books, titles


def starting_titles(session: Session, language: str) -> dict[str, str]:
    """What there is to begin from: title by key."""
    return titles(_books(session), language)


def starting_book(session: Session, key: str, language: str) -> CodebookDraft:
    """One of them in a language. Raises KeyError."""
    return draft_of(_books(session)[key], language)


def _books(session: Session) -> Mapping[str, Book]:
    """By key; a loaded one stands in the place of one that comes along. One query."""
    rows = session.scalars(select(StartingCodebook).order_by(StartingCodebook.key))
    return {**shipped_books(), **{row.key: row.content for row in rows}}
