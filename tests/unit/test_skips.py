"""A question that everybody must answer tells how many answered at all, and so who skipped."""

from dataclasses import replace

from participation.disclosure.rules.breakdowns import GroupRow, ShownBreakdown
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.looks import Look
from participation.disclosure.rules.outlook import Why
from participation.disclosure.rules.tables import Thresholds
from tests.factories.disclosure import table, totals_draft
from tests.unit.test_breakdowns import by

LIMITS = Thresholds()
MUST = table(60, 40, key="must", is_required=True)


def test_a_question_all_must_answer_is_hidden_where_others_were_skipped_by_few() -> None:
    few = [table(60, 38, key="one"), table(55, 43, key="two")]
    decision = decide(totals_draft(MUST, *few), [], LIMITS)
    assert [one["n"] for one in decision.payload["tables"]] == [None, 98, 98]
    assert decision.outlook.questions[0].why == (Why.SKIPPED,)
    one_skipped = decide(totals_draft(MUST, replace(MUST, key="more"), few[0]), [], LIMITS)
    assert [one["n"] for one in one_skipped.payload["tables"]] == [100, 100, None]
    many_skipped = decide(totals_draft(MUST, table(50, 40, key="one")), [], LIMITS)
    assert [one["n"] for one in many_skipped.payload["tables"]] == [100, 90]
    nobody_must = decide(totals_draft(replace(MUST, is_required=False), few[0]), [], LIMITS)
    assert [one["n"] for one in nobody_must.payload["tables"]] == [100, 98]


def test_group_by_group_it_is_left_out_where_few_of_a_group_skipped_another() -> None:
    """Nine skipped the other question: six in the one municipality and three in the other."""
    other = table(50, 41, key="other")
    place = by("municipality", [[30, 20], [30, 20]], key="must")
    rows = (GroupRow(n=44, counts=(25, 19)), GroupRow(n=47, counts=(25, 22)))
    both = replace(place, rows={**place.rows, "other": rows})
    decision = decide(totals_draft(MUST, other, breakdowns=(both,)), [], LIMITS)
    assert [one["n"] for one in decision.payload["tables"]] == [100, 91]
    (shown,) = (ShownBreakdown.from_json(one) for one in decision.payload["breakdowns"])
    assert [one.key for one in shown.tables] == ["other"]
    assert decision.outlook.breakdowns[0].questions[0].why == (Why.SKIPPED,)


def test_what_staff_saw_is_not_published_after_one_answer_was_taken_back() -> None:
    questions = [table(60, 40, key=key) for key in ("seen", "beside", "other")]
    seen = Look(nodes=frozenset({"seen", "beside=x"}), is_close=True)
    decision = decide(totals_draft(*questions, looks=(seen,)), [], LIMITS)
    assert [one["n"] for one in decision.payload["tables"]] == [None, None, 100]
    assert decision.outlook.questions[0].why == (Why.LOOKED,)
    taken_out = decide(totals_draft(*questions, looks=(Look(is_close=True),)), [], LIMITS)
    assert not taken_out.is_allowed
    unchanged = decide(totals_draft(*questions, looks=(Look(),)), [], LIMITS)
    assert unchanged.is_allowed


def test_of_two_questions_seen_together_one_is_broken_down() -> None:
    questions = [table(60, 40, key=key) for key in ("a", "b")]
    place = by("municipality", [[30, 20], [30, 20]], key="a", node="place")
    both = replace(place, rows={**place.rows, "b": place.rows["a"]})
    seen = Look(nodes=frozenset({"a", "b"}))
    decision = decide(totals_draft(*questions, breakdowns=(both,), looks=(seen,)), [], LIMITS)
    (shown,) = (ShownBreakdown.from_json(one) for one in decision.payload["breakdowns"])
    assert [one.key for one in shown.tables] == ["a"]
    assert decision.outlook.breakdowns[0].questions[1].why == (Why.LOOKED,)
