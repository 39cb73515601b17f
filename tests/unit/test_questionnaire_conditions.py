"""Conditions picked from a list, and alternatives in random order."""

import pytest

from participation.foundation.i18n import use_locale
from participation.questionnaires.rules.condition_words import condition_words
from participation.questionnaires.rules.conditions import Picked, fits, read_picked
from participation.questionnaires.rules.content import options_in_order, order_for
from participation.questionnaires.rules.expressions import parse_expression
from participation.questionnaires.rules.reading import read_content


@pytest.mark.parametrize(
    ("source", "picked"),
    [
        ("${role} = 'kin'", Picked("role", ("kin",))),
        ("${role} = 'kin' or ${role} = 'me'", Picked("role", ("kin", "me"))),
        ("not(${role} = 'kin' or ${role} = 'me')", Picked("role", ("kin", "me"), negated=True)),
        ("selected(${by}, 'a')", Picked("by", ("a",), several=True)),
        (
            "selected(${by}, 'a') or selected(${by}, 'b')",
            Picked("by", ("a", "b"), several=True),
        ),
        (
            "selected(${by}, 'a') and selected(${by}, 'b')",
            Picked("by", ("a", "b"), several=True, all_of=True),
        ),
        ("${role} != ''", Picked("role")),
        ("not(${role} != '')", Picked("role", negated=True)),
        ("${visits} >= 2.5", Picked("visits", least="2.5")),
        ("not(${visits} <= -1)", Picked("visits", most="-1", negated=True)),
        ("${visits} >= 2 and ${visits} <= 4", Picked("visits", least="2", most="4")),
    ],
)
def test_what_the_list_writes_it_reads_again(source: str, picked: Picked) -> None:
    assert read_picked(source) == picked
    assert picked.source == source
    parse_expression(source)


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("(${a} = 'x') or (${a} = 'y')", "${a} = 'x' or ${a} = 'y'"),
        ("not((${a} = 'x'))", "not(${a} = 'x')"),
        ("${a} = ''", "not(${a} != '')"),
        ("(${n} <= 4) and (${n} >= 2)", "${n} >= 2 and ${n} <= 4"),
    ],
)
def test_what_other_programs_write_is_read_as_the_list_would_say_it(source: str, same: str) -> None:
    picked = read_picked(source)
    assert picked is not None
    assert picked.source == same


@pytest.mark.parametrize(
    "source",
    [
        *("${a} = 'x' and ${b} = 'y'", "${a} = 'x' and ${a} = 'y'", "not(${a} = 'x') or true()"),
        *("${n} >= 1 or ${n} <= 4", "${n} >= 1 and ${n} >= 2", "${a} != 'x'", "", "()", "${a"),
    ],
)
def test_what_says_more_is_left_to_the_expression(source: str) -> None:
    assert read_picked(source) is None


def test_the_form_shows_only_conditions_whose_answers_exist_and_fit_the_kind() -> None:
    asked = list(ASKED.asked.values())
    for source in ("${helped} = 'yes'", "selected(${by}, 'a')", "${visits} >= 1", "${why} != ''"):
        picked = read_picked(source)
        assert picked is not None
        assert fits(picked, asked)
    for source in ("${helped} = 'b'", "${by} = 'a'", "${helped} >= 1", "${gone} != ''"):
        picked = read_picked(source)
        assert picked is not None
        assert not fits(picked, asked)


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


ASKED = read_content(
    {
        "title": {"sv": "T"},
        "questions": [
            {
                "key": "helped",
                "kind": "yes_no",
                "text": {"sv": "Fick du hjälp?"},
                "options": [
                    {"code": "yes", "text": {"sv": "Ja"}},
                    {"code": "0", "text": {"sv": "Nej"}},
                ],
            },
            {
                "key": "by",
                "kind": "multiple",
                "text": {"sv": "Av vem?"},
                "options": [
                    {"code": "a", "text": {"sv": "Kommunen"}},
                    {"code": "b", "text": {"sv": "Regionen"}},
                ],
            },
            {"key": "visits", "kind": "number", "text": {"sv": "Hur många besök?"}},
            {"key": "why", "kind": "long_text", "text": {"sv": "Varför " + "så " * 40 + "?"}},
        ],
    }
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("${helped} = 'yes'", "”Fick du hjälp?” är ”Ja”"),
        ("(${helped} = 0)", "”Fick du hjälp?” är ”Nej”"),
        ("'yes' != ${helped}", "”Fick du hjälp?” är inte ”Ja”"),
        ("not(not(${helped} = 'yes'))", "”Fick du hjälp?” är ”Ja”"),
        ("not(selected(${by}, 'a'))", "bland svaren på ”Av vem?” finns inte ”Kommunen”"),
        ("${visits} >= 2.5", "”Hur många besök?” är minst 2,5"),
        ("3 > ${visits}", "”Hur många besök?” är mindre än 3"),
        ("count-selected(${by}) = 2", "antalet val i ”Av vem?” är 2"),
        ("${helped} = 'yes' or ${helped} = '0'", "”Fick du hjälp?” är ”Ja” eller ”Nej”"),
        (
            "not(${helped} = 'yes' or ${helped} = '0')",
            "”Fick du hjälp?” är något annat än ”Ja” eller ”Nej”",
        ),
        (
            "selected(${by}, 'a') and selected(${by}, 'b')",
            "bland svaren på ”Av vem?” finns ”Kommunen” och ”Regionen”",
        ),
        (
            "not(selected(${by}, 'a') or selected(${by}, 'b'))",
            "bland svaren på ”Av vem?” finns inget av ”Kommunen” eller ”Regionen”",
        ),
        ("${visits} >= 2 and ${visits} <= 4", "”Hur många besök?” är mellan 2 och 4"),
        ("${visits} != ''", "”Hur många besök?” är besvarad"),
        (
            "(${helped} = 'yes' or ${visits} > 3) and selected(${by}, 'b')",
            (
                "(”Fick du hjälp?” är ”Ja” eller ”Hur många besök?” är mer än 3) och "
                "bland svaren på ”Av vem?” finns ”Regionen”"
            ),
        ),
        (
            "${helped} = 'yes' and ${visits} < 1 and ${by} = ''",
            (
                "”Fick du hjälp?” är ”Ja” och ”Hur många besök?” är mindre än 1 och "
                "”Av vem?” är inte besvarad"
            ),
        ),
    ],
)
def test_a_condition_is_said_in_words(source: str, words: str) -> None:
    parse_expression(source)
    with use_locale("sv"):
        assert condition_words(source, ASKED) == words


@pytest.mark.parametrize(
    "source",
    [
        "${helped} = 'maybe'",
        "${visits} > ${by}",
        "not(${visits} > 1 and ${helped} = 'yes')",
        "string-length(${why}) > 3",
        "true()",
        "not(${visits} > 1)",
        " or ".join(["${visits} = 1"] * 9),
        "${gone} = 1",
        "what is )( this",
    ],
)
def test_what_has_no_words_stays_a_formula(source: str) -> None:
    assert condition_words(source, ASKED) == source


def test_a_long_question_is_shortened_in_a_condition() -> None:
    assert len(condition_words("${why} != ''", ASKED)) < 90


def test_the_number_of_questions_never_grows_on_the_way() -> None:
    """Three, the second only after yes: at most three, until the answer decides."""
    data = [
        {"key": key, "kind": "number", "text": {"sv": "?"}, **more}
        for key, more in (("a", {}), ("b", {"relevant": "${a} = '1'"}), ("c", {}))
    ]
    content = read_content({"title": {"sv": "T"}, "questions": data})
    assert content.most_screens({}, "a") == 3
    assert content.most_screens({"a": "1"}, "b") == 3
    assert content.most_screens({"a": "2"}, "c") == 2
