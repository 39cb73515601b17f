"""Which areas an indicator is about."""

from collections.abc import Iterable

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from participation.indicators.models import indicator_areas


def set_areas(session: Session, indicator_id: int, area_ids: Iterable[int]) -> None:
    """The areas that an indicator is about, and no others."""
    of_it = indicator_areas.c.indicator_id == indicator_id
    session.execute(delete(indicator_areas).where(of_it))
    rows = [{"indicator_id": indicator_id, "area_id": area_id} for area_id in area_ids]
    if rows:
        session.execute(insert(indicator_areas), rows)
