"""Keeping the search index in step with what it finds."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.providers import SearchDocument, SearchSource
from participation.foundation.search.models import SearchEntry
from participation.foundation.search.rules import stems

TITLE_LENGTH = 300


def index_document(session: Session, document: SearchDocument) -> None:
    """Add or renew one thing in the index."""
    entry = session.scalar(
        select(SearchEntry).where(
            SearchEntry.source == document.source, SearchEntry.object_id == document.object_id
        )
    )
    if entry is None:
        entry = SearchEntry(source=document.source, object_id=document.object_id)
        session.add(entry)
    _fill(entry, document)
    session.flush()


def remove_document(session: Session, source: str, object_id: str) -> None:
    """Take one thing out of the index at once (withdrawn, erased)."""
    session.execute(
        delete(SearchEntry).where(SearchEntry.source == source, SearchEntry.object_id == object_id)
    )


def rebuild_index(session: Session, sources: Iterable[SearchSource]) -> int:
    """Empty the index and fill it from every source; returns how many things it holds."""
    session.execute(delete(SearchEntry))
    count = 0
    for source in sources:
        for document in source.documents(session):
            session.add(_fill(SearchEntry(source=source.source), document))
            count += 1
        session.flush()
    return count


def _fill(entry: SearchEntry, document: SearchDocument) -> SearchEntry:
    entry.object_id = document.object_id
    entry.title = document.title[:TITLE_LENGTH]
    entry.body = document.body
    entry.stems = " ".join(stems(f"{document.title} {document.body}"))
    entry.endpoint = document.address.endpoint
    entry.endpoint_values = dict(document.address.values)
    entry.permission = document.permission
    entry.organisation_id = document.organisation_id
    entry.group_id = document.group_id
    return entry
