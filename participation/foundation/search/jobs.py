"""Rebuilding the search index in the background, so that nothing stays unfound for long."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress
from participation.foundation.providers import SearchSource
from participation.foundation.search.services import rebuild_index

REBUILD = "search.rebuild"


class RebuildIndex:
    """Fills the index anew from every source, in one transaction: readers never see it half."""

    kind = REBUILD

    def __init__(self, sources: Callable[[], tuple[SearchSource, ...]]) -> None:
        self._sources = sources

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"documents": rebuild_index(session, self._sources())}
