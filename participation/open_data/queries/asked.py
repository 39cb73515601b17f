"""What is asked of a dataset, and how its rows are read a page at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from participation.foundation.providers import IndicatorCounter, PublicNotice, SurveySource
from participation.open_data.rules.resources import Resource, Row, keeps


@dataclass(frozen=True)
class Asked:
    """Who is asked (the session), on which day, and what the features have to tell.

    `filters`: parameter → value, of the dataset's own parameters.
    """

    session: Session
    today: date
    filters: Mapping[str, str] = field(default_factory=dict)
    notices: Sequence[PublicNotice] = ()
    surveys: Sequence[SurveySource] = ()
    counters: Sequence[IndicatorCounter] = ()


@dataclass(frozen=True)
class Piece:
    """Some rows; `after` is where the next ones begin, None at the end."""

    rows: Sequence[Row]
    after: str | None


class Reader(Protocol):
    """How a dataset is read: always in the same order, from a place on."""

    def piece(self, asked: Asked, after: str, most: int) -> Piece: ...

    def row(self, asked: Asked, row_id: str) -> Row | None: ...


@dataclass(frozen=True)
class WholeList:
    """A dataset that fits in memory. Its rows go by id, so that a page begins at the same place
    whatever has been published or withdrawn since the page before. `check`: raises for an id that
    was withdrawn.
    """

    resource: Resource
    read: Callable[[Asked], Iterable[Row]]
    check: Callable[[Session, str], object] | None = None

    def piece(self, asked: Asked, after: str, most: int) -> Piece:
        found = [
            row
            for row in sorted(self.read(asked), key=lambda row: str(row["id"]))
            if str(row["id"]) > after and keeps(row, self.resource.filters, asked.filters)
        ]
        here = found[:most]
        return Piece(here, str(here[-1]["id"]) if len(found) > most else None)

    def row(self, asked: Asked, row_id: str) -> Row | None:
        """One row; None when there is none. Raises Withdrawn when it was published once."""
        if self.check is not None:
            self.check(asked.session, row_id)
        return next((row for row in self.read(asked) if row["id"] == row_id), None)
