"""Kinds, content, conditions, codes, sealing: without a database."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from participation.questionnaires.rules import arranging, editing, packing
from participation.questionnaires.rules.answers import (
    Answers,
    checked_answers,
    missing_answers,
    take_answers,
    visible_answers,
)
from participation.questionnaires.rules.codes import in_groups, new_code, new_link_token, read_code
from participation.questionnaires.rules.expressions import ExpressionError, parse_expression
from participation.questionnaires.rules.kinds import KINDS, AnswerError, kind_of
from participation.questionnaires.rules.reading import ContentInvalid, read_content, read_stored
from participation.questionnaires.rules.rounds import (
    AnswersFor,
    Mode,
    RoundState,
    answers_for,
    promise,
    standing,
    way_labels,
    ways_to_answer,
    week_number,
    whom_question,
)
from participation.questionnaires.rules.sealing import Draft, draft_key, response_id, seal, unseal
from participation.questionnaires.rules.writing import content_data
from tests.factories.questionnaires import questionnaire_data

CONTENT = read_content(questionnaire_data())


def test_every_kind_in_the_registry_parses_nothing_as_nothing() -> None:
    for question in CONTENT.asked.values():
        assert kind_of(question).parse(question, []) is None


def test_a_content_survives_being_written_and_read() -> None:
    assert content_data(read_content(content_data(CONTENT))) == content_data(CONTENT)


def test_what_a_later_rule_forbids_stays_readable_where_it_is_stored() -> None:
    data = questionnaire_data()
    several = {**data["questions"][-1], "kind": "multiple"}
    data["questions"][-1] = several
    with pytest.raises(ContentInvalid):
        read_content(data)
    stored = read_stored(data)
    assert list(stored.asked) == list(read_content(questionnaire_data()).asked)
    assert stored.background_key("municipality") is None
    assert stored.role_question is not None
    assert read_content(content_data(stored)).asked["municipality"].kind == "multiple"


def test_a_battery_shares_a_screen_and_is_answered_row_by_row() -> None:
    screen = next(one for one in CONTENT.screens if one.battery)
    assert [question.key for question in screen.questions] == ["respect", "reach"]
    assert all(question.stem.said("sv") == "Hur ofta stämmer det?" for question in screen.questions)
    assert "feelings" not in CONTENT.asked


def test_information_goes_along_with_the_question_after_it() -> None:
    screen = next(one for one in CONTENT.screens if one.key == "difference")
    assert [one.key for one in screen.information] == ["before"]


def test_a_language_counts_only_when_every_question_has_it() -> None:
    assert CONTENT.languages == ("sv",)
    assert CONTENT.has_easy_twin


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "banana"}, "inget slags fråga"),
        ({"text": {}}, "svenska texten saknas"),
        ({"options": []}, "minst två svarsalternativ"),
        ({"key": "Två ord"}, "små bokstäver"),
        ({"key": "difference"}, "två gånger"),
        ({"relevant": "${difference} = 'x'"}, "kommer senare"),
        ({"relevant": "__import__('os')"}, "går inte att läsa"),
        ({"text": {"sv": "x", "tlh": "y"}}, "inget språk"),
        ({"options": [{"code": "a b", "text": {"sv": "x"}}] * 2}, "bokstäver a–z"),
    ],
)
def test_a_broken_question_is_named_with_what_is_wrong(change: dict, message: str) -> None:
    data = questionnaire_data()
    data["questions"][0] = {**data["questions"][0], **change}
    with pytest.raises(ContentInvalid) as problem:
        read_content(data)
    assert any(message in one.message for one in problem.value.problems), problem.value.problems


@pytest.mark.parametrize(
    ("source", "answers", "holds"),
    [
        ("${a} = 'x'", {"a": "x"}, True),
        ("${a} = 'x'", {}, False),
        ("${a} = ''", {}, True),
        ("${a} != 'x' or ${b} >= 3", {"a": "x", "b": 3}, True),
        ("${b} > 2 and ${b} <= 3.5", {"b": 3}, True),
        ("${b} < 3", {}, False),
        ("not(selected(${m}, 'none'))", {"m": "care none"}, False),
        ("selected(${m}, 'care') and not(false())", {"m": "care other"}, True),
        ("(${a} = 'x' or ${a} = 'y') and true()", {"a": "y"}, True),
    ],
)
def test_conditions_read_like_xlsforms(source: str, answers: dict, holds: bool) -> None:
    assert parse_expression(source).holds(answers) is holds


@pytest.mark.parametrize(
    "source",
    ["", "${a} =", "a = 1", "${A}", "system('x')", "(" * 40 + "1" + ")" * 40, "${a} = 'x' 'y'"],
)
def test_a_condition_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        parse_expression(source)


@given(st.text(max_size=60))
def test_no_text_makes_the_condition_reader_fail_in_another_way(source: str) -> None:
    with suppress(ExpressionError):
        parse_expression(source).holds({})


def test_none_of_these_excludes_the_others() -> None:
    question = CONTENT.asked["from_whom"]
    with pytest.raises(AnswerError, match="går inte ihop"):
        KINDS["multiple"].parse(question, ["care", "none"])
    assert KINDS["multiple"].parse(question, ["other", "care"]) == "care other"


@pytest.mark.parametrize("typed", ["x", "51", "-1", "1e400", "nan", "½"])
def test_a_number_outside_its_limits_is_refused_in_words(typed: str) -> None:
    with pytest.raises(AnswerError, match="tal"):
        KINDS["number"].parse(CONTENT.asked["visits"], [typed])


def test_numbers_may_be_written_the_swedish_way() -> None:
    assert KINDS["number"].parse(CONTENT.asked["visits"], ["2,5"]) == 2.5
    assert KINDS["number"].parse(CONTENT.asked["visits"], [" 3 "]) == 3


@pytest.mark.parametrize(
    "text", ["\x00\x1b[31mhej", "مرحبا", "👩🏽‍🚒" * 20, "<script>alert(1)</script>", "\u202eabc"]
)
def test_odd_text_is_kept_without_control_signs(text: str) -> None:
    stored = str(KINDS["long_text"].parse(CONTENT.asked["difference"], [text]))
    assert "\x00" not in stored
    assert "\u202e" not in stored
    assert stored


def test_a_megabyte_is_refused_with_the_limit_and_the_length() -> None:
    with pytest.raises(AnswerError, match=r"300 tecken.*1\s000\s000"):
        KINDS["long_text"].parse(CONTENT.asked["difference"], ["x" * 1_000_000])


def test_good_answers_are_kept_when_another_on_the_screen_is_wrong() -> None:
    answers = Answers()
    questions = [CONTENT.asked["respect"], CONTENT.asked["reach"]]
    wrong = take_answers(answers, questions, {"respect": ["often"], "reach": ["hacked"]})
    assert list(wrong) == ["reach"]
    assert answers.closed == {"respect": "often"}


def test_a_hidden_required_question_never_blocks() -> None:
    data = questionnaire_data()
    data["questions"][2]["required"] = True
    content = read_content(data)
    answers = Answers({"role": "me", "kin_let_in": "yes"})
    assert missing_answers(content, answers) == []
    assert "kin_let_in" not in visible_answers(content, answers).closed
    assert [q.key for q in missing_answers(content, Answers({"role": "kin"}))] == ["kin_let_in"]


def test_answers_from_elsewhere_are_checked_like_typed_ones() -> None:
    answers = checked_answers(CONTENT, {"role": "me", "from_whom": ["care", "other"]}, {})
    assert answers.closed == {"role": "me", "from_whom": "care other"}
    with pytest.raises(AnswerError):
        checked_answers(CONTENT, {"role": "nobody"}, {})


def test_combinations_are_counted_for_each_of_their_options() -> None:
    question = CONTENT.asked["from_whom"]
    counts = KINDS["multiple"].summarise(question, {"care other": 2, "care": 1, "none": 4})
    assert counts == {"care": 3, "other": 2, "none": 4}


def test_each_option_of_a_multiple_choice_is_a_column_in_exports() -> None:
    question = CONTENT.asked["from_whom"]
    assert KINDS["multiple"].export(question, "care")["from_whom.other"] == "0"
    assert KINDS["multiple"].export(question, None)["from_whom.care"] == ""


def test_codes_have_eighty_and_links_a_hundred_and_sixty_random_bits() -> None:
    assert len(new_code()) * 5 == 80
    assert len(new_link_token()) * 5 == 160
    assert len({new_code() for _number in range(500)}) == 500


@given(st.text(max_size=100))
def test_any_typed_code_is_read_or_refused(typed: str) -> None:
    code = read_code(typed)
    assert code is None or len(code) in {16, 32}


def test_a_code_is_read_however_it_is_written() -> None:
    code = new_code()
    assert read_code(in_groups(code).lower()) == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code


def test_a_draft_opens_with_its_code_only() -> None:
    draft = Draft(receipt=new_code(), answers=Answers({"role": "me"}, {"difference": "Å ä ö"}))
    key = draft_key("A" * 16)
    sealed = seal(draft, key)
    assert unseal(sealed, key) == draft
    assert b"difference" not in sealed
    with pytest.raises(InvalidTag):
        unseal(sealed, draft_key("B" * 16))


def test_the_length_of_a_draft_tells_nothing_about_short_or_long() -> None:
    key = draft_key("A" * 16)
    lengths = {
        len(seal(Draft("R", Answers({}, {"difference": "x" * size})), key))
        for size in (0, 9, 2_000)
    }
    assert len(lengths) == 1


def test_a_receipt_points_at_its_answer_and_no_other() -> None:
    assert response_id("R1") == response_id("R1") != response_id("R2")
    assert len(response_id("R1")) == 16


def test_the_only_time_of_an_answer_is_a_week() -> None:
    assert week_number(date(2027, 1, 1)) == 202653


def test_a_round_closes_at_midnight_in_sweden_whatever_its_stored_state() -> None:
    opens, closes = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)
    just_before = closes - timedelta(seconds=1)
    assert standing(RoundState.PLANNED, opens, closes, just_before) is RoundState.OPEN
    assert standing(RoundState.PLANNED, opens, closes, closes) is RoundState.CLOSED
    assert standing(RoundState.CLOSED, opens, closes, just_before) is RoundState.CLOSED
    before = opens - timedelta(seconds=1)
    assert standing(RoundState.PLANNED, opens, closes, before) is RoundState.PLANNED


def test_only_an_anonymous_round_promises_anonymity() -> None:
    assert any(
        "anonyma" in sentence or "anonymous" in sentence for sentence in promise(Mode.ANONYMOUS)
    )
    assert not any("är anonyma" in sentence for sentence in promise(Mode.CONFIDENTIAL))
    assert any("lovar inte anonymitet" in sentence for sentence in promise(Mode.CONFIDENTIAL))


def test_who_answers_for_whom_is_never_guessed() -> None:
    assert answers_for("", ["patient"]) is AnswersFor.NOT_STATED
    assert answers_for("kin_for_self", ["patient"]) is AnswersFor.NOT_STATED
    assert answers_for("guardian", ["patient"]) is AnswersFor.GUARDIAN
    assert answers_for("", ["professional"]) is AnswersFor.PROFESSIONAL
    assert ways_to_answer(["professional"]) == ()


def test_children_are_asked_who_answers_in_words_of_their_own_and_stored_like_others() -> None:
    asked = way_labels(["child"])
    assert list(asked) == [AnswersFor.SELF, AnswersFor.ASSISTED, AnswersFor.GUARDIAN]
    assert str(asked[AnswersFor.SELF]) == "Jag svarar själv"
    assert whom_question(["child"]) == "Vem svarar?"
    assert answers_for("assisted", ["child"]) is AnswersFor.ASSISTED
    assert str(way_labels(["child", "patient"])[AnswersFor.SELF]) == "Jag svarar för mig själv"


def test_a_changed_alternative_keeps_its_code() -> None:
    before = [
        {"code": "a", "text": {"sv": "Alltid", "sv_easy": "Jämt"}},
        {"code": "b", "text": {"sv": "Aldrig"}},
    ]
    after = editing.matched_options([{"sv": "Alltid"}, {"sv": "Nästan aldrig"}], before)
    assert [option["code"] for option in after] == ["a", "b"]
    assert after[0]["text"]["sv_easy"] == "Jämt"
    grown = editing.matched_options([{"sv": "Aldrig"}, {"sv": "Ibland"}, {"sv": "Alltid"}], before)
    assert [option["code"] for option in grown] == ["b", "ibland", "a"]


def test_questions_move_and_stop_at_the_ends() -> None:
    content = {"questions": [{"key": "a"}, {"key": "b"}]}
    moved = arranging.with_question_moved(content, "b", 1)
    assert [q["key"] for q in moved["questions"]] == ["b", "a"]
    again = arranging.with_question_moved(moved, "b", 0)
    assert [q["key"] for q in again["questions"]] == ["b", "a"]


def test_a_step_goes_into_a_group_and_out_of_it_before_it_passes_a_question() -> None:
    content = {
        "groups": [{"key": "g"}],
        "questions": [{"key": "a"}, {"key": "b", "group": "g"}, {"key": "c"}],
    }

    def where(data: dict[str, Any]) -> list[tuple[str, str]]:
        return [(one["key"], one.get("group", "")) for one in data["questions"]]

    joined = arranging.with_question_stepped(content, "a", 1)
    assert where(joined) == [("a", "g"), ("b", "g"), ("c", "")]
    passed = arranging.with_question_stepped(joined, "a", 1)
    assert where(passed) == [("b", "g"), ("a", "g"), ("c", "")]
    out = arranging.with_question_stepped(passed, "a", 1)
    assert where(out) == [("b", "g"), ("a", ""), ("c", "")]
    into = arranging.with_question_moved(passed, "c", 2)
    assert where(into) == [("b", "g"), ("c", "g"), ("a", "g")]
    assert where(arranging.with_question_moved(passed, "b", 3)) == [
        ("a", "g"),
        ("c", ""),
        ("b", ""),
    ]


LAYOUT = packing.read_layout(packing.make_layout(CONTENT))


def test_closed_answers_lie_in_one_short_string() -> None:
    answers = Answers({"role": "me", "from_whom": "care none", "respect": "dont_know", "visits": 3})
    packed = packing.pack(LAYOUT, CONTENT, answers)
    # role 0 · from_whom 101 · kin_let_in never asked · respect 2 · reach, municipality left out
    assert packed == packing.Packed("0101.2--", {"visits": 3})
    assert packing.unpack(LAYOUT, packed.signs, packed.numbers) == answers.closed


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "role": st.sampled_from(["me", "kin"]),
            "from_whom": st.sampled_from(["care", "other", "care other", "none"]),
            "respect": st.sampled_from(["often", "seldom", "dont_know"]),
            "municipality": st.sampled_from(["0880", "other"]),
            "visits": st.integers(0, 50),
        },
    )
)
def test_what_is_packed_comes_out_again(closed: dict) -> None:
    packed = packing.pack(LAYOUT, CONTENT, Answers(dict(closed)))
    assert packing.unpack(LAYOUT, packed.signs, packed.numbers) == closed
    assert len(packed.signs) == sum(place.width for place in LAYOUT)


def test_options_put_in_order_are_parsed_packed_shown_and_exported() -> None:
    data = {
        "title": {"sv": "Ordning"},
        "questions": [
            {
                "key": "first",
                "kind": "ranking",
                "text": {"sv": "Vad är viktigast?"},
                "options": [{"code": code, "text": {"sv": code.upper()}} for code in "abc"],
            },
            {"key": "day", "kind": "date", "text": {"sv": "När?"}},
            {
                "key": "score",
                "kind": "range",
                "minimum": 0,
                "maximum": 1,
                "step": 0.5,
                "text": {"sv": "Hur bra?"},
            },
        ],
    }
    content = read_content(data)
    answers = Answers()
    typed = {"first": ["a:3", "c:1"], "day": ["2026-02-28"], "score": ["0,5"]}
    assert take_answers(answers, tuple(content.asked.values()), typed) == {}
    assert answers.closed == {"first": "c a", "day": "2026-02-28", "score": 0.5}
    places = packing.read_layout(packing.make_layout(content))
    packed = packing.pack(places, content, answers)
    assert packed.signs == "201"
    assert packed.numbers == {"day": "2026-02-28", "score": 0.5}
    assert packing.unpack(places, packed.signs, packed.numbers) == answers.closed
    question = content.asked["first"]
    kind = kind_of(question)
    assert kind.show(question, "c a", "sv") == "1. C; 2. A"
    assert kind.export(question, "c a") == {"first.a": "2", "first.b": "", "first.c": "1"}
    assert kind.summarise(question, {"c a": 2, "a": 1}) == {"a": 1, "b": 0, "c": 2}
    wrong = {"first": ["a:1", "b:1"], "day": ["2026-02-31"], "score": ["0,3"]}
    assert set(take_answers(Answers(), tuple(content.asked.values()), wrong)) == set(typed)
    assert "first" in take_answers(Answers(), [question], {"first": ["zz:1"]})


@given(
    st.lists(st.sampled_from("ABCD"), min_size=1, max_size=5),
    st.lists(st.sampled_from("ABCD"), min_size=1, max_size=5),
)
def test_each_statement_has_a_key_of_its_own_however_they_are_moved_and_reworded(
    first: list[str], then: list[str]
) -> None:
    before = editing.matched_rows([{"sv": words} for words in first], [], set())
    taken = {row["key"] for row in before}
    after = editing.matched_rows([{"sv": words} for words in then], before, taken)
    assert len({row["key"] for row in after}) == len(then)
    assert [row["text"]["sv"] for row in after] == then
