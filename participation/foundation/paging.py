"""Paging of lists: the same few numbers for every list page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PER_PAGE = 25

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a longer list. `number` starts at 1; `total` counts all rows."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def first_shown(self) -> int:
        return 0 if not self.total else (self.number - 1) * self.per_page + 1

    @property
    def last_shown(self) -> int:
        return min(self.number * self.per_page, self.total)


def page_number(text: str | None) -> int:
    """A page number from an address; anything odd means the first page."""
    return int(text) if text and text.isdecimal() and 0 < int(text) < 1_000_000 else 1


def paginate(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    number: int,
    per_page: int = PER_PAGE,
    *,
    ids: Select[int] | None = None,
) -> Page[Any]:
    """Two queries: the count and the rows. `statement` must be ordered to the primary key.

    Returns entities when the statement selects one entity, else row tuples. `ids`: the same list
    as ids alone, in the same order. Then the rows before the page are skipped without what is
    loaded along with them, which is what far pages of long lists cost.
    """
    counted = select(func.count()).select_from(
        (statement if ids is None else ids).order_by(None).subquery()
    )
    total = session.scalar(counted) or 0
    here = (statement if ids is None else ids).limit(per_page).offset((number - 1) * per_page)
    rows = session.execute(
        here if ids is None else statement.where(ids.selected_columns[0].in_(here))
    )
    is_single = len(statement.column_descriptions) == 1
    # Unique: what is loaded along by a join would give one row for each of it.
    items = rows.scalars().unique().all() if is_single else rows.all()
    return Page(items=items, number=number, per_page=per_page, total=total)


def page_of(found: Sequence[T], number: int, per_page: int = PER_PAGE) -> Page[T]:
    """One page of a list that is known whole."""
    start = (number - 1) * per_page
    return Page(found[start : start + per_page], number, per_page, len(found))
