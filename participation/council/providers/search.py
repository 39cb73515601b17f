"""Sent statements, found by search."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.council import queries
from participation.foundation.i18n import to_translate
from participation.foundation.providers import SearchDocument


class StatementsInSearch:
    source = queries.SEARCH_SOURCE
    label = to_translate("Statements")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.statement_documents(session)
