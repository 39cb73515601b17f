"""Which ties keep somebody from auditing a unit, and a plan that hangs together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from participation.assignments.rules.states import TieKind
from participation.audits.rules.agreement import (
    Milestone,
    is_follow_up_in_time,
    out_of_order,
    proposed_plan,
)
from participation.audits.rules.ties import Examined, stands_in_the_way

NOW = datetime(2026, 11, 27, tzinfo=UTC)
UNIT = Examined(unit_id=7, organisation_id=1)


@dataclass
class Tie:
    kind: str
    organisation_id: int = 1
    unit_id: int | None = None
    declared_at: datetime = NOW - timedelta(days=30)


@pytest.mark.parametrize("kind", list(TieKind))
def test_any_tie_to_the_unit_itself_stands_in_the_way(kind: TieKind) -> None:
    assert stands_in_the_way(Tie(kind, unit_id=7), UNIT, NOW)
    assert not stands_in_the_way(Tie(kind, unit_id=8), UNIT, NOW)


@pytest.mark.parametrize("kind", list(TieKind))
def test_of_the_organisation_only_work_and_a_seat_on_its_board_do(kind: TieKind) -> None:
    hinders = kind in {TieKind.EMPLOYED, TieKind.BOARD}
    assert stands_in_the_way(Tie(kind), UNIT, NOW) is hinders
    assert not stands_in_the_way(Tie(kind, organisation_id=2), UNIT, NOW)


def test_a_tie_declared_more_than_five_years_ago_says_nothing_any_more() -> None:
    old = Tie(TieKind.EMPLOYED, declared_at=NOW - timedelta(days=5 * 365 + 1))
    assert not stands_in_the_way(old, UNIT, NOW)


def test_a_proposed_plan_is_in_order_and_its_follow_up_in_time() -> None:
    plan = proposed_plan(date(2026, 3, 2), date(2026, 3, 27))
    assert out_of_order(plan) is None
    assert is_follow_up_in_time(plan)
    plan[Milestone.REPORT] = date(2026, 3, 20)
    assert out_of_order(plan) is Milestone.REPORT
    plan[Milestone.FOLLOW_UP] = plan[Milestone.FEEDBACK] + timedelta(days=100)
    assert not is_follow_up_in_time(plan)
