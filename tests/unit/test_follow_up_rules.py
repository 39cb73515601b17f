"""Rules of follow-up: the shape of plans, series with breaks, the state of a matter."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.commitments.rules import Status
from participation.follow_up.rules import feedback
from participation.follow_up.rules.feedback import CaseState, case_state
from participation.indicators.rules import series
from participation.indicators.rules.series import Point, unbroken_runs, whole_percents
from participation.plans.rules import plans
from participation.plans.rules.plans import PlanLine, PlanStatus, Row, count_by_status, tree

TODAY = date(2026, 11, 12)
BEFORE, AFTER = date(2026, 11, 11), date(2026, 11, 13)


@pytest.mark.parametrize("module", [feedback, plans, series])
def test_worked_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "due_on", "action_due_on", "expected"),
    [
        (Status.OPEN, AFTER, None, CaseState.WAITING),
        (Status.OPEN, TODAY, None, CaseState.WAITING),
        (Status.OPEN, BEFORE, None, CaseState.LATE),
        (Status.IN_PROGRESS, BEFORE, AFTER, CaseState.GOING),
        (Status.IN_PROGRESS, BEFORE, BEFORE, CaseState.LATE),
        (Status.IN_PROGRESS, BEFORE, None, CaseState.GOING),
        (Status.DONE, BEFORE, BEFORE, CaseState.DONE),
        (Status.DECLINED, BEFORE, BEFORE, CaseState.DECLINED),
    ],
)
def test_state_of_a_matter(
    status: Status, due_on: date, action_due_on: date | None, expected: CaseState
) -> None:
    assert case_state(status, due_on, action_due_on, TODAY) is expected


def test_plan_actions_are_found_at_every_depth_and_counted_by_status() -> None:
    rows = [
        Row(1, None, PlanLine("a", "focus_area", "Delaktighet")),
        Row(2, 1, PlanLine("b", "long_term_goal", "Fler är med")),
        Row(3, 2, PlanLine("c", "plan_action", "Fråga fler", status=PlanStatus.GOING)),
        Row(4, None, PlanLine("d", "ongoing_area", "Tider")),
        Row(5, 4, PlanLine("e", "plan_action", "Ha öppet", status=PlanStatus.NOT_LOADED)),
    ]
    tops = tree(rows)
    assert [line.text for line in tops] == ["Delaktighet", "Tider"]
    found = plans.plan_actions(tops)
    assert [line.text for line in found] == ["Fråga fler", "Ha öppet"]
    counts = count_by_status(found)
    assert counts[PlanStatus.GOING] == counts[PlanStatus.NOT_LOADED] == 1
    assert counts[PlanStatus.DONE] == 0


def test_a_line_never_crosses_a_break_or_a_missing_value() -> None:
    points = [
        Point("2014", 58.0),
        Point("2015", None),
        Point("2016", 58.0),
        Point("2017", 51.0, has_break_before=True),
        Point("2018", 52.0),
    ]
    runs = [[point.period for point in run] for run in unbroken_runs(points)]
    assert runs == [["2014"], ["2016"], ["2017", "2018"]]


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=12))
def test_whole_percents_add_up_to_a_hundred_and_stay_within_one(counts: list[int]) -> None:
    shares = whole_percents(counts)
    assert sum(shares) == (100 if sum(counts) else 0)
    for share, count in zip(shares, counts, strict=True):
        assert abs(share - 100 * count / (sum(counts) or 1)) < 1
