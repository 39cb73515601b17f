"""Whom a follow-up question is asked, read from its condition."""

import pytest

from participation.questionnaires.rules.expressions import parse_expression
from participation.questionnaires.rules.reading import read_content
from participation.results.rules.asking import asked_if, with_askers
from tests.factories.disclosure import table

OPTIONS = [{"code": code, "text": {"sv": code}} for code in ("yes", "no", "unsure")]
CONTENT = read_content(
    {
        "title": {"sv": "Stöd"},
        "questions": [
            {
                "key": "hurt",
                "kind": "single",
                "text": {"sv": "Blev du illa behandlad?"},
                "options": OPTIONS,
            },
            {"key": "from", "kind": "multiple", "text": {"sv": "Av vem?"}, "options": OPTIONS},
            {"key": "age", "kind": "number", "text": {"sv": "Ålder"}},
            {
                "key": "more",
                "kind": "battery",
                "text": {"sv": "Berättade du det för …"},
                "options": OPTIONS,
                "relevant": "${hurt} = 'yes'",
                "rows": [{"key": "kin", "text": {"sv": "någon närstående"}}],
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("${hurt} = 'yes'", {"yes"}),
        ("${hurt} != 'no'", {"yes", "unsure"}),
        ("${hurt} = 'yes' or ${hurt} = 'unsure'", {"yes", "unsure"}),
        ("selected(${from}, 'yes')", {"yes"}),
        ("selected(${from}, 'yes') and not(selected(${from}, 'no'))", None),
        ("not(selected(${from}, 'yes'))", None),
        ("count-selected(${from}) > 1", None),
        ("${hurt} = 'yes' and ${age} > 17", None),
        ("${age} > 17", set()),
    ],
)
def test_the_answers_after_which_a_question_comes(condition: str, codes: set[str] | None) -> None:
    found = asked_if(parse_expression(condition), CONTENT).codes
    assert found == (None if codes is None else frozenset(codes))


def test_a_number_that_decides_who_is_asked_more_is_not_published() -> None:
    numbers = [table(9, 9, key=key, what="number") for key in ("hurt", "kin")]
    assert [one.key for one in with_askers(numbers, CONTENT)] == ["kin"]


def test_the_statements_of_a_battery_follow_what_the_battery_follows() -> None:
    first, kin = with_askers([table(9, 9, key="hurt"), table(9, 9, key="kin")], CONTENT)
    assert first.asked_if is None
    assert kin.asked_if is not None
    assert kin.asked_if.key == "hurt"
