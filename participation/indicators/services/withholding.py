"""Marking the values that are never shown, after any of them has changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from participation.disclosure.services import thresholds_in_force
from participation.indicators.models import Indicator, Measurement
from participation.indicators.rules.importing import Key
from participation.indicators.rules.withholding import Weighed, withheld

AT_ONCE = 500


_VALUES_LOCK = 0x76616C75  # any constant: who writes values or weighs them, one at a time


def hold_values(session: Session) -> None:
    """Wait for who is writing values: what is withheld depends on all values of an indicator.

    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _VALUES_LOCK})


def withhold(session: Session, indicator_ids: Sequence[int]) -> int:
    """Weigh every value of these indicators once more; how many marks changed.

    Only indicators that tell how many people stand behind a value, or count people, are read.
    """
    changed = 0
    for indicator_id, counts_people in _to_weigh(session, indicator_ids):
        rows: Sequence[Any] = session.execute(_values(indicator_id)).all()
        weighed = {_key(indicator_id, row): _weighed(row, counts_people) for row in rows}
        hidden = withheld(weighed, thresholds_in_force().is_small)
        for is_withheld in (True, False):
            ids = [
                row.id
                for row in rows
                if row.is_withheld is not is_withheld
                and (_key(indicator_id, row) in hidden) is is_withheld
            ]
            changed += len(ids)
            _mark(session, ids, is_withheld=is_withheld)
    return changed


def _to_weigh(session: Session, indicator_ids: Sequence[int]) -> list[tuple[int, bool]]:
    has_counts = (
        select(Measurement.id)
        .where(
            Measurement.indicator_id == Indicator.id,
            Measurement.count_behind.is_not(None) | Measurement.is_withheld,
        )
        .exists()
    )
    found: list[tuple[int, bool]] = []
    for start in range(0, len(indicator_ids), AT_ONCE):
        some = indicator_ids[start : start + AT_ONCE]
        rows = session.execute(
            select(Indicator.id, Indicator.counts_people)
            .where(Indicator.id.in_(some), Indicator.counts_people | has_counts)
            .order_by(Indicator.id)
        )
        found.extend((row[0], row[1]) for row in rows)
    return found


def _values(indicator_id: int) -> Any:
    return select(
        Measurement.id,
        Measurement.period,
        Measurement.municipality_code,
        Measurement.sex,
        Measurement.age_band,
        Measurement.reference_label,
        Measurement.value,
        Measurement.count_behind,
        Measurement.is_withheld,
    ).where(Measurement.indicator_id == indicator_id, Measurement.is_current)


def _key(indicator_id: int, row: Any) -> Key:
    return Key(
        str(indicator_id),
        row.period,
        row.municipality_code,
        row.sex,
        row.age_band,
        row.reference_label,
    )


def _weighed(row: Any, counts_people: bool) -> Weighed:
    """A number of people weighs as much as it says; a share, as many as it rests on."""
    people = round(row.value) if counts_people else row.count_behind
    return Weighed(people, row.value)


def _mark(session: Session, ids: Sequence[int], *, is_withheld: bool) -> None:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        session.execute(
            update(Measurement).where(Measurement.id.in_(some)).values(is_withheld=is_withheld)
        )
