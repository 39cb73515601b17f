"""Asking the search index: only what the person may see is ever looked at."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select, text
from sqlalchemy.orm import Session

from participation.foundation.paging import Page, paginate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address
from participation.foundation.search.models import SearchEntry
from participation.foundation.search.rules import fts5_query, question_stems, snippet, tsquery

HITS_PER_PAGE = 20


@dataclass(frozen=True)
class Hit:
    """One thing found: what kind of thing, its title, a piece of its text, where it is."""

    source: str
    title: str
    snippet: str
    address: Address


def hits(session: Session, actor: Actor, typed: str, number: int) -> Page[Hit]:
    """What `typed` finds among what `actor` may see, best first. Two queries.

    Every word must occur, in any Swedish inflection; the last may be unfinished.
    """
    asked = question_stems(typed)
    if not asked:
        return Page(items=[], number=1, per_page=HITS_PER_PAGE, total=0)
    page = paginate(session, _statement(session, actor, asked), number, HITS_PER_PAGE)
    found = [
        Hit(
            source=entry.source,
            title=entry.title,
            snippet=snippet(entry.body, asked),
            address=Address(endpoint=entry.endpoint, values=entry.endpoint_values),
        )
        for entry in page.items
    ]
    return Page(items=found, number=page.number, per_page=page.per_page, total=page.total)


def _statement(session: Session, actor: Actor, asked: list[str]) -> Select[SearchEntry]:
    allowed = select(SearchEntry).where(visible_to(actor))
    if session.get_bind().dialect.name == "postgresql":
        vector = func.to_tsvector(literal_column("'simple'"), SearchEntry.stems)
        query = func.to_tsquery(literal_column("'simple'"), tsquery(asked))
        rank = func.ts_rank(vector, query)
        return allowed.where(vector.op("@@")(query)).order_by(rank.desc(), SearchEntry.id)
    matching = (
        text("SELECT rowid AS id, rank FROM search_stems WHERE search_stems MATCH :asked")
        .bindparams(asked=fts5_query(asked))
        .columns(literal_column("id"), literal_column("rank"))
        .subquery("matching")
    )
    found: Any = matching.c
    return allowed.join(matching, found.id == SearchEntry.id).order_by(found.rank, SearchEntry.id)


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
