"""Writing values: the earlier ones are kept beside, and can be put back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select, update
from sqlalchemy import insert as sql_insert
from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows, upsert_rows
from participation.foundation.clock import now
from participation.indicators.models import IMPORTED, Measurement, MeasurementRevision
from participation.indicators.queries.imports import Row
from participation.indicators.rules.comparing import Held
from participation.indicators.rules.importing import Key

KEY_COLUMNS = (
    "indicator_id",
    "period",
    "municipality_code",
    "sex",
    "age_band",
    "reference_label",
)
_KEPT = ("value", "count_behind", "is_preliminary", "has_break_before", "note", "is_withheld")


def write_values(
    session: Session,
    import_id: int,
    indicator_id: int,
    values: Mapping[Key, Held],
    rows: Mapping[Key, Row],
) -> None:
    """Write one indicator's values, and keep those that they replace."""
    replaced = [rows[key] for key in values if key in rows]
    insert_rows(session, MeasurementRevision, [_revision(one, import_id) for one in replaced])
    written = [
        {
            "indicator_id": indicator_id,
            **dict(zip(KEY_COLUMNS[1:], key[1:], strict=True)),
            "value": held.value,
            "count_behind": held.count_behind,
            "is_preliminary": held.is_preliminary,
            "has_break_before": held.has_break_before,
            "note": held.note,
            "is_withheld": False,  # weighed again when all are in place
            "import_id": import_id,
            "layer": IMPORTED,
            "is_current": True,
        }
        for key, held in values.items()
    ]
    upsert_rows(session, Measurement, written, KEY_COLUMNS)


def _revision(row: Row, import_id: int) -> dict[str, Any]:
    """A value that was taken back before counts as none."""
    held = row.held
    return {
        "measurement_id": row.id,
        "import_id": import_id,
        "is_undoing": False,
        "replaced_at": now(),
        "value": held.value if held.is_current else None,
        "count_behind": held.count_behind,
        "is_preliminary": held.is_preliminary,
        "has_break_before": held.has_break_before,
        "note": held.note,
        "is_withheld": row.is_withheld,
        "earlier_import_id": row.import_id,
        "earlier_layer": row.layer,
    }


def put_back(session: Session, import_id: int) -> tuple[int, Sequence[int]]:
    """Undo one import's values: how many, and of which indicators.

    What the file had said is kept as history too, marked as taken back.
    """
    touched = Measurement.import_id == import_id
    count = len(session.scalars(select(Measurement.id).where(touched)).all())
    indicator_ids = session.scalars(
        select(Measurement.indicator_id).where(touched).distinct().order_by("indicator_id")
    ).all()
    _note_undoing(session, import_id, touched)
    earlier = _replaced_by(import_id)
    had_none = ~exists(
        earlier.where(MeasurementRevision.value.is_not(None)).with_only_columns(literal(1))
    )
    taken_away = {"is_current": False, "import_id": None}
    unchecked = {"synchronize_session": False}
    session.execute(
        update(Measurement).where(touched, had_none).values(taken_away), execution_options=unchecked
    )
    session.execute(
        update(Measurement)
        .where(touched)
        .values(
            {
                **{name: _earlier(earlier, name) for name in _KEPT},
                "layer": _earlier(earlier, "earlier_layer"),
                "import_id": _earlier(earlier, "earlier_import_id"),
            }
        ),
        execution_options=unchecked,
    )
    return count, indicator_ids


def _replaced_by(import_id: int) -> Select[MeasurementRevision]:
    return select(MeasurementRevision).where(
        and_(
            MeasurementRevision.measurement_id == Measurement.id,
            MeasurementRevision.import_id == import_id,
            ~MeasurementRevision.is_undoing,
        )
    )


def _earlier(earlier: Select[MeasurementRevision], name: str) -> ColumnElement[Any]:
    column = getattr(MeasurementRevision, name)
    return earlier.with_only_columns(column).correlate(Measurement).scalar_subquery()


def _note_undoing(session: Session, import_id: int, touched: ColumnElement[bool]) -> None:
    """The file's own values, as they stood when it was taken back."""
    columns = [getattr(Measurement, name) for name in _KEPT]
    said = select(
        Measurement.id,
        literal(import_id),
        literal(True),
        literal(now(), MeasurementRevision.replaced_at.type),
        *columns,
        Measurement.import_id,
        Measurement.layer,
    ).where(touched)
    names = ["measurement_id", "import_id", "is_undoing", "replaced_at", *_KEPT]
    session.execute(
        sql_insert(MeasurementRevision).from_select(
            [*names, "earlier_import_id", "earlier_layer"], said
        )
    )
