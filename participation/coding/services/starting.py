"""Loading codebooks to begin from. What was begun from one before is a copy and stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.coding.models import StartingCodebook
from participation.coding.rules.starting import Book


@dataclass(frozen=True)
class LoadedBooks:
    """How many were new, how many had changed, how many were the same."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def load_starting_books(session: Session, books: Mapping[str, Book]) -> LoadedBooks:
    """Keep them; those that a file no longer names stay. Loading the same again changes nothing."""
    added = changed = 0
    for key, book in books.items():
        known = session.get(StartingCodebook, key)
        if known is None:
            session.add(StartingCodebook(key=key, content=dict(book)))
            added += 1
        elif known.content != book:
            known.content = dict(book)
            changed += 1
    session.flush()
    return LoadedBooks(added, changed, len(books) - added - changed)
