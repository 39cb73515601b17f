"""Loading the county file's indicators; nothing that is missing is ever deleted."""

from typing import Any

from sqlalchemy.orm import Session

from participation.county.models import Group, Perspective
from participation.county.queries import ids_by_key
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node
from participation.county.services import SectionCounts, Upsert
from participation.indicators.models import Indicator, Measurement
from participation.indicators.rules import indicator_file
from participation.indicators.rules.indicator_file import IndicatorFacts


class IndicatorsSection:
    """`indicators:` of the county file."""

    name = "indicators"
    shapes = indicator_file.SHAPES

    def read(self, section: Node, known: KnownKeys) -> list[IndicatorFacts]:
        return indicator_file.read_indicators(section, known)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        indicators: list[IndicatorFacts] = content or []
        groups = ids_by_key(session, Group)
        perspectives = ids_by_key(session, Perspective)
        upsert = Upsert(session, layer, Indicator, (Indicator.key,))
        key = (
            Measurement.indicator_id,
            Measurement.period,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.age_band,
            Measurement.reference_label,
        )
        values = Upsert(session, layer, Measurement, key)
        for position, one in enumerate(indicators, 1):
            skipped = {"group", "perspective", "measurements"}
            columns = {k: v for k, v in vars(one).items() if k not in skipped}
            row = upsert.put(
                position=position,
                group_id=groups[one.group] if one.group else None,
                perspective_id=perspectives[one.perspective],
                **columns,
            )
            for measured in one.measurements:
                values.put(indicator_id=row.id, age_band="", **vars(measured))
        counts = upsert.retire_rest()
        counts += values.retire_rest()
        return counts
