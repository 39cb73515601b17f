"""Conditions picked from a list, and alternatives in random order."""

import pytest

from participation.questionnaires.rules.conditions import from_picked, read_simple
from participation.questionnaires.rules.content import options_in_order, order_for
from participation.questionnaires.rules.expressions import parse_expression
from participation.questionnaires.rules.reading import read_content


@pytest.mark.parametrize(
    ("source", "picked"),
    [
        ("${role} = 'kin'", "role=kin"),
        ("selected(${from_whom}, 'care')", "from_whom~care"),
        ("${role} != ''", "role?"),
        ("${visits} >= 2.5", "visits>="),
        ("not(${visits} <= -1)", "visits<="),
    ],
)
def test_what_the_list_writes_it_reads_again(source: str, picked: str) -> None:
    simple = read_simple(source)
    assert simple is not None
    assert simple.picked == picked
    again = from_picked(picked, simple.value, negated=simple.negated)
    assert again is not None
    assert again.source == source
    parse_expression(source)


@pytest.mark.parametrize("source", ["${a} = 'x' and ${b} = 'y'", "not(${a} = 'x') or true()", ""])
def test_what_says_more_is_left_to_the_expression(source: str) -> None:
    assert read_simple(source) is None


def test_everybody_gets_an_order_that_stays_and_the_last_ones_stay_last() -> None:
    options = [{"code": code, "text": {"sv": code}} for code in "abcdef"]
    last = {"code": "other", "text": {"sv": "Annat"}, "has_text": True}
    data = {"key": "q", "kind": "single", "text": {"sv": "?"}, "options": [*options, last]}
    question = read_content({"title": {"sv": "T"}, "questions": [{**data, "shuffled": True}]})
    asked = question.asked["q"]
    orders = {tuple(o.code for o in options_in_order(asked, order)) for order in range(1, 9)}
    assert len(orders) > 4
    assert {order[-1] for order in orders} == {"other"}
    assert options_in_order(asked, 0) == asked.options
    assert order_for("K7QF2MZD09XAR1T4") == order_for("K7QF2MZD09XAR1T4") in range(1, 9)
