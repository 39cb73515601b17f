"""Rows of the joint work: groups, plans and what is measured."""

from collections.abc import Iterator

from sqlalchemy import func, select

from participation.county import queries as county
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address
from participation.indicators.models import Indicator, Measurement
from participation.indicators.queries.counted import COUNTED_YEARS
from participation.open_data.queries.asked import Asked, Piece
from participation.open_data.rules.resources import Row
from participation.plans.models import PlanActionStatus, PlanNode
from participation.plans.queries.plans import plan_heads
from participation.plans.rules.plans import PlanStatus

WHOLE_COUNTY = "county"
FEW = "few_people"
READABLE = Indicator.is_current | Indicator.retired_on.is_not(None)
LONGEST_PLACE = 18  # digits of a row's number that any database holds


def areas(asked: Asked) -> Iterator[Row]:
    for one in county.areas(asked.session):
        yield {
            "id": one.key,
            "name": one.name,
            "name_en": one.names.get("en"),
            "page": Address(endpoint="follow_up.follow_up", values={"area": one.key}),
        }


def groups(asked: Asked) -> Iterator[Row]:
    found = county.groups(asked.session)
    ids = {one.id: one.public_id for one in found}
    keys = {one.id: one.key for one in county.areas(asked.session)}
    for one in found:
        yield {
            "id": one.public_id,
            "name": one.name,
            "name_en": one.names.get("en"),
            "kind": one.kind,
            "parent": ids.get(one.parent_id or 0),
            "area": keys.get(one.area_id or 0),
            "description": one.description,
            "is_fictional": one.is_fictional,
            "page": Address(endpoint="county.group", values={"public_id": one.public_id}),
        }


def municipalities(asked: Asked) -> Iterator[Row]:
    for one in county.municipalities(asked.session):
        yield {"id": one.code, "name": one.name, "population": one.population}


def perspectives(asked: Asked) -> Iterator[Row]:
    for one in county.perspectives(asked.session):
        yield {"id": one.key, "name": one.name, "description": one.description}


def plans(asked: Asked) -> Iterator[Row]:
    for head in plan_heads(asked.session):
        plan = head.plan
        yield {
            "id": plan.public_id,
            "title": plan.title,
            "group": head.group.public_id,
            "group_name": head.group.name,
            "form": plan.form,
            "content": plan.content_state,
            "period_from": plan.period_from,
            "period_to": plan.period_to,
            "decided": plan.decided,
            "decided_by": plan.decided_by,
            "actions": head.total,
            **{f"actions_{one.value}": head.counts.get(one, 0) for one in PlanStatus},
            "is_fictional": plan.is_fictional,
            "page": Address(endpoint="plans.plan", values={"public_id": plan.public_id}),
        }


def plan_lines(asked: Asked) -> Iterator[Row]:
    """Every line of the plans that everybody may read. Three queries."""
    plan_ids = {head.plan.id: head.plan.public_id for head in plan_heads(asked.session)}
    place = func.row_number().over(
        partition_by=PlanActionStatus.node_id,
        order_by=(PlanActionStatus.status_on.desc(), PlanActionStatus.id.desc()),
    )
    told = select(PlanActionStatus, place.label("place")).subquery()
    rows = asked.session.execute(
        select(PlanNode, told.c.status, told.c.status_on, told.c.text)
        .outerjoin(told, (told.c.node_id == PlanNode.id) & (told.c.place == 1))
        .where(PlanNode.plan_id.in_(plan_ids), PlanNode.is_current)
        .order_by(PlanNode.plan_id, PlanNode.position, PlanNode.id)
    ).all()
    ids = {row.PlanNode.id: row.PlanNode.public_id for row in rows}
    for node, status, status_on, text in rows:
        is_action = node.kind == "plan_action"
        yield {
            "id": node.public_id,
            "plan": plan_ids[node.plan_id],
            "parent": ids.get(node.parent_id or 0),
            "position": node.position,
            "kind": node.kind,
            "text": node.text,
            "purpose": node.purpose,
            "time_frame": node.time_frame,
            "responsible": node.responsible,
            "indicator": node.indicator_key,
            "status": (status or PlanStatus.NOT_LOADED.value) if is_action else None,
            "status_on": status_on if is_action else None,
            "status_text": (text or None) if is_action else None,
        }


def indicators(asked: Asked) -> Iterator[Row]:
    groups_by_id = {one.id: one.public_id for one in county.groups(asked.session)}
    keys = {one.id: one.key for one in county.perspectives(asked.session)}
    for one in asked.session.scalars(
        select(Indicator).where(READABLE).order_by(Indicator.position, Indicator.id)
    ):
        yield {
            "id": one.public_id,
            "key": one.key,
            "name": one.name,
            "group": groups_by_id.get(one.group_id or 0),
            "perspective": keys[one.perspective_id],
            "unit": one.unit,
            "description": one.description,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "caveats": one.caveats,
            "source": one.source,
            "source_url": one.source_url,
            "outside_code": one.outside_code,
            "level": one.level,
            "better": one.better,
            "goal": one.goal,
            "target": one.target_value,
            "target_kind": one.target_kind,
            "target_by": one.target_by,
            "period_kind": one.period_kind,
            "is_counted_here": one.counter_key is not None,
            "retired_on": one.retired_on,
            "page": Address(endpoint="indicators.indicator", values={"public_id": one.public_id}),
        }


def counts(asked: Asked) -> Iterator[Row]:
    """What the platform counts itself: one query, and one for each counter."""
    counters = {counter.key: counter for counter in asked.counters}
    years = range(asked.today.year - COUNTED_YEARS + 1, asked.today.year + 1)
    for one in asked.session.scalars(
        select(Indicator).where(Indicator.is_current, Indicator.counter_key.in_(counters))
    ).all():
        counter = counters[one.counter_key or ""]
        for year, count in counter.counts(asked.session, years).items():
            is_few = count and counter.is_about_people and thresholds_in_force().is_small(count)
            if count is not None:
                yield {
                    "id": f"{one.public_id}-{year}",
                    "indicator": one.public_id,
                    "period": str(year),
                    "value": None if is_few else count,
                    "hidden": FEW if is_few else None,
                    "is_preliminary": year == asked.today.year,
                }


class Measurements:
    """A million rows are read from a place on: `after` is the last row's own number."""

    def piece(self, asked: Asked, after: str, most: int) -> Piece:
        """One query, however far on. Raises DomainError for a place that never was."""
        if after and not (after.isascii() and after.isdecimal() and len(after) <= LONGEST_PLACE):
            raise DomainError(_("“after” is taken from links.next as it stands."))
        statement = (
            select(Measurement, Indicator.public_id)
            .join(Indicator, Indicator.id == Measurement.indicator_id)
            .where(READABLE, Measurement.is_current)
            .order_by(Measurement.id)
            .limit(most + 1)
        )
        columns = {
            "indicator": Indicator.public_id,
            "municipality": Measurement.municipality_code,
            "gender": Measurement.sex,
            "period": Measurement.period,
        }
        for name, value in asked.filters.items():
            wanted = "" if name == "municipality" and value == WHOLE_COUNTY else value
            statement = statement.where(columns[name] == wanted)
        if after:
            statement = statement.where(Measurement.id > int(after))
        found = asked.session.execute(statement).all()
        here = found[:most]
        return Piece(
            [_measured(row[0], row[1]) for row in here],
            str(here[-1][0].id) if len(found) > most else None,
        )

    def row(self, _asked: Asked, _row_id: str) -> Row | None:
        """Rows of a large dataset have no address of their own."""
        return None


def _measured(one: Measurement, indicator: str) -> Row:
    """As pages show it: without its value where it could point to a few people."""
    is_few = one.is_withheld or thresholds_in_force().is_small(one.count_behind or 0)
    return {
        "indicator": indicator,
        "period": one.period,
        "municipality": one.municipality_code or None,
        "gender": one.sex,
        "age_band": one.age_band or None,
        "reference": one.reference_label or None,
        "value": None if is_few else one.value,
        "hidden": FEW if is_few else None,
        "is_preliminary": one.is_preliminary,
        "has_break_before": one.has_break_before,
        "note": None if is_few else one.note,
    }
