"""Asking the search index: only what the person may see is ever looked at."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from participation.foundation.paging import Page
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address
from participation.foundation.search.models import SearchEntry
from participation.foundation.search.rules import fts5_query, question_stems, snippet, tsquery

HITS_PER_PAGE = 20
# PostgreSQL reads each row to rank it; of more hits than this, the newest are ranked and counted.
MOST_RANKED = 5_000


@dataclass(frozen=True)
class Hit:
    """One thing found: what kind of thing, its title, a piece of its text, where it is."""

    source: str
    title: str
    snippet: str
    address: Address


def hits(session: Session, actor: Actor, typed: str, number: int, source: str = "") -> Page[Hit]:
    """What `typed` finds among what `actor` may see, best first. Two queries.

    Every word must occur, in any Swedish inflection; the last may be unfinished. `source`: only
    this kind of thing. A page past the last is the first.
    """
    asked = question_stems(typed)
    if not asked:
        return Page(items=[], number=1, per_page=HITS_PER_PAGE, total=0)
    seen = visible_to(actor)
    matching = _matching(
        session, and_(seen, SearchEntry.source == source) if source else seen, asked
    ).limit(HITS_PER_PAGE)
    ranked = session.execute(matching.offset(HITS_PER_PAGE * (number - 1))).all()
    if not ranked and number > 1:
        return hits(session, actor, typed, 1, source)
    ids = [entry_id for entry_id, _total in ranked]
    entries = {
        entry.id: entry
        for entry in session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)))
    }
    return Page(
        items=[_hit(entries[entry_id], asked) for entry_id in ids],
        number=number,
        per_page=HITS_PER_PAGE,
        total=ranked[0][1] if ranked else 0,
    )


def _hit(entry: SearchEntry, asked: list[str]) -> Hit:
    return Hit(
        source=entry.source,
        title=entry.title,
        snippet=snippet(entry.body, asked),
        address=Address(endpoint=entry.endpoint, values=entry.endpoint_values),
    )


def _matching(session: Session, seen: ColumnElement[bool], asked: list[str]) -> Select[int, int]:
    """Ids of what matches, the best first, each beside how many there are."""
    found = (
        _found_by_postgres(seen, asked)
        if session.get_bind().dialect.name == "postgresql"
        else _found_by_sqlite(seen, asked)
    ).subquery("found")
    columns: Any = found.c
    return select(columns.id, func.count().over()).order_by(columns.rank, columns.id)


def _found_by_postgres(seen: ColumnElement[bool], asked: list[str]) -> Select[int, float]:
    vector: ColumnElement[Any] = literal_column("search_entries.vector")
    query = func.to_tsquery(literal_column("'simple'"), tsquery(asked))
    return (
        select(SearchEntry.id, (-func.ts_rank(vector, query)).label("rank"))
        .where(seen, vector.op("@@")(query))
        .order_by(SearchEntry.id.desc())
        .limit(MOST_RANKED)
    )


def _found_by_sqlite(seen: ColumnElement[bool], asked: list[str]) -> Select[int, float]:
    matching = (
        text("SELECT rowid AS id, rank FROM search_stems WHERE search_stems MATCH :asked")
        .bindparams(asked=fts5_query(asked))
        .columns(literal_column("id"), literal_column("rank"))
        .subquery("matching")
    )
    columns: Any = matching.c
    return (
        select(SearchEntry.id, columns.rank)
        .join(matching, columns.id == SearchEntry.id)
        .where(seen)
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Public things, and things whose permission the person holds there."""
    conditions: list[ColumnElement[bool]] = [SearchEntry.permission.is_(None)]
    for permission in Permission:
        scope = actor.scope(permission)
        if not scope:
            continue
        where = (
            SearchEntry.permission.is_not(None)
            if scope.everywhere
            else or_(
                SearchEntry.organisation_id.in_(scope.organisation_ids)
                if scope.organisation_ids
                else false(),
                SearchEntry.group_id.in_(scope.group_ids) if scope.group_ids else false(),
            )
        )
        conditions.append(and_(SearchEntry.permission == permission.value, where))
    return or_(*conditions)
