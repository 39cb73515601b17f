"""Loading the county file's indicators; nothing that is missing is ever deleted.

What somebody has changed in the register, or a value taken in from a file, is left as it is: the
county file is older than it.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Area, Group, Perspective
from participation.county.queries import ids_by_key
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node
from participation.county.services import SectionCounts, Upsert
from participation.indicators.models import Indicator, Measurement
from participation.indicators.rules import indicator_file
from participation.indicators.rules.indicator_file import IndicatorFacts
from participation.indicators.services.areas import set_areas
from participation.indicators.services.withholding import hold_values, withhold

VALUE_KEY = (
    Measurement.indicator_id,
    Measurement.period,
    Measurement.municipality_code,
    Measurement.sex,
    Measurement.age_band,
    Measurement.reference_label,
)


class IndicatorsSection:
    """`indicators:` of the county file."""

    name = "indicators"
    shapes = indicator_file.SHAPES

    def read(self, section: Node, known: KnownKeys) -> list[IndicatorFacts]:
        return indicator_file.read_indicators(section, known)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        indicators: list[IndicatorFacts] = content or []
        hold_values(session)
        loading = _Loading(session, layer)
        for position, one in enumerate(indicators, 1):
            loading.put(position, one)
        counts = loading.indicators.retire_rest()
        counts += loading.values.retire_rest()
        withhold(session, loading.touched)
        return counts


class _Loading:
    """What loading one layer needs to know about the rest."""

    def __init__(self, session: Session, layer: str) -> None:
        self.session, self.layer = session, layer
        self.groups = ids_by_key(session, Group)
        self.perspectives = ids_by_key(session, Perspective)
        self.areas = ids_by_key(session, Area)
        self.indicators = Upsert(session, layer, Indicator, (Indicator.key,))
        self.values = Upsert(session, layer, Measurement, VALUE_KEY)
        elsewhere = select(Indicator.key, Indicator.id).where(Indicator.layer != layer)
        self.written_here = {row[0]: row[1] for row in session.execute(elsewhere)}
        self.touched: list[int] = []

    def put(self, position: int, one: IndicatorFacts) -> None:
        indicator_id = self.written_here.get(one.key) or self._defined(position, one)
        self.touched.append(indicator_id)
        taken_in = self._taken_in(indicator_id)
        for measured in one.measurements:
            row = {"indicator_id": indicator_id, "age_band": "", **vars(measured)}
            if tuple(row[column.key] for column in VALUE_KEY) not in taken_in:
                self.values.put(**row)

    def _defined(self, position: int, one: IndicatorFacts) -> int:
        skipped = {"group", "perspective", "measurements", "areas"}
        columns = {k: v for k, v in vars(one).items() if k not in skipped}
        row = self.indicators.put(
            position=position,
            group_id=self.groups[one.group] if one.group else None,
            perspective_id=self.perspectives[one.perspective],
            **columns,
        )
        set_areas(self.session, row.id, [self.areas[key] for key in one.areas])
        return int(row.id)

    def _taken_in(self, indicator_id: int) -> set[tuple[Any, ...]]:
        """Keys of the values that did not come from this layer."""
        rows = self.session.execute(
            select(*VALUE_KEY).where(
                Measurement.indicator_id == indicator_id, Measurement.layer != self.layer
            )
        )
        return {tuple(row) for row in rows}
