"""The demo's own arithmetic, and that its texts keep their promises to each other."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.demo.apportion import apportion, laid_out, ticked
from participation.demo.calendar import Calendar
from participation.demo.people import can_say
from participation.demo.texts import read
from participation.interest_bank.rules import Gender
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.shipped import shipped

AS_OF = date(2026, 11, 12)

weights = st.dictionaries(st.integers(), st.integers(0, 500), min_size=1).filter(
    lambda found: sum(found.values()) > 0
)


@given(st.integers(0, 2000), weights)
def test_everything_is_shared_out_and_nobody_is_off_by_more_than_one(
    total: int, shares: dict[int, int]
) -> None:
    given_out = apportion(total, shares)
    in_all = sum(shares.values())
    assert sum(given_out.values()) == total
    assert all(abs(given_out[key] - total * shares[key] / in_all) < 1 for key in shares)


def test_shares_come_out_as_promised_in_any_order() -> None:
    people = laid_out(200, {"often": 58, "seldom": 42}, random.Random(1))
    assert Counter(people) == {"often": 116, "seldom": 84}
    assert people != sorted(people)


def test_a_multiple_choice_gives_each_option_its_share_of_the_people() -> None:
    chosen = ticked(50, {"a": 60, "b": 100}, random.Random(1))
    assert sum("a" in one for one in chosen) == 30
    assert sum("b" in one for one in chosen) == 50


def test_nothing_to_share_with_is_an_error_only_when_there_is_something_to_share() -> None:
    assert apportion(0, {"a": 0}) == {"a": 0}
    with pytest.raises(ValueError, match="nobody"):
        apportion(1, {"a": 0})


@given(st.integers(-30, 3000))
def test_the_year_moves_by_whole_weeks_and_stays_within_half_a_week_of_today(days: int) -> None:
    loaded_at = datetime(2026, 11, 12, 11, tzinfo=UTC) + timedelta(days=days)
    calendar = Calendar(AS_OF, loaded_at)
    assert calendar.shift.days % 7 == 0
    assert abs((AS_OF + calendar.shift - calendar.today).days) <= 3


def test_dates_move_wherever_they_stand_and_other_values_stay() -> None:
    calendar = Calendar(AS_OF, datetime(2026, 11, 20, 11, tzinfo=UTC))
    moved = calendar.moved({"a": [{"on": AS_OF, "n": 3}], "b": "2026-11-12"})
    assert moved == {"a": [{"on": date(2026, 11, 19), "n": 3}], "b": "2026-11-12"}


def test_the_clock_never_stands_later_than_the_moment_of_loading() -> None:
    loaded_at = datetime(2026, 11, 12, 11, tzinfo=UTC)
    with Calendar(AS_OF, loaded_at).stand_at(date(2027, 1, 1)) as moment:
        assert moment == loaded_at


def test_nobody_says_words_of_another_gender_or_age() -> None:
    mother = {"text": "Mamma till en dotter", "gender": "woman", "ages": [35, 75]}
    assert can_say(mother, Gender.WOMAN, 40)
    assert not can_say(mother, Gender.MAN, 40)
    assert not can_say(mother, Gender.UNDISCLOSED, 40)
    assert not can_say(mother, Gender.WOMAN, 20)


def test_every_area_has_words_for_everybody() -> None:
    notes = read("people")["experience_notes"]
    for area in {note["area"] for note in notes}:
        own = [note for note in notes if note["area"] == area]
        for gender in Gender:
            assert all(any(can_say(n, gender, age) for n in own) for age in range(16, 100)), area


def test_every_questionnaire_of_the_demo_can_be_read() -> None:
    written = read("questionnaires")
    for data in written["questionnaires"]:
        assert read_content({**data, "option_sets": written["option_sets"]}).asked


def test_the_questionnaires_are_short_and_speak_every_language_and_easy_swedish() -> None:
    written = read("questionnaires")
    contents = {
        data["key"]: read_content({"option_sets": written["option_sets"], **data})
        for data in [*shipped([]).values(), *written["questionnaires"]]
    }
    asked_of = {role for content in contents.values() for role in content.audience}
    assert {"patient", "service_user", "professional", "next_of_kin", "child"} <= asked_of
    for key, content in contents.items():
        texts = [content.title, content.intro, content.closing]
        texts += [question.text for question in content.questions]
        texts += [row.text for question in content.questions for row in question.rows]
        for code in ("sv", "en", "ar", "sv_easy"):
            assert all(text.speaks(code) for text in texts), (key, code)
        assert len(content.asked) <= 20, key
        assert any(question.kind == "long_text" for question in content.questions), key


def test_questions_about_how_it_is_offer_dont_know_and_every_answer_is_in_words() -> None:
    written = read("questionnaires")
    for data in written["questionnaires"]:
        content = read_content({**data, "option_sets": written["option_sets"]})
        for question in content.asked.values():
            if question.kind in {"scale", "yes_no"}:
                assert any(option.is_dont_know for option in question.options), question.key
            assert not any(
                option.text.said("sv").strip().isdigit() for option in question.options
            ), question.key


def test_the_patterns_count_the_free_texts_that_there_are() -> None:
    found = Counter(
        (text["round"], text["question"], text["role"]) for text in read("free_texts")["answers"]
    )
    promised = {
        (survey_round, question, role): count
        for survey_round, questions in read("answer_patterns")["own_words"].items()
        for question, roles in questions.items()
        for role, count in roles.items()
    }
    assert dict(found) == promised


def test_spans_and_identifying_words_stand_once_in_their_text() -> None:
    for text in read("free_texts")["answers"]:
        for part in [*text["spans"], *text.get("identifiers", [])]:
            assert text["text"].count(part["text"]) == 1, text["key"]


def test_quotes_are_words_of_their_text_without_anything_identifying() -> None:
    texts = {text["key"]: text for text in read("free_texts")["answers"]}
    for finding in read("findings")["findings"]:
        for quote in finding["quotes"]:
            source = texts[quote["free_text"]]
            assert quote["text"] in source["text"]
            for identifier in source.get("identifiers", []):
                assert identifier["text"] not in quote["text"]


def test_whoever_has_to_be_called_is_reached_at_a_number_of_nobody() -> None:
    phones = [
        identifier["text"]
        for text in read("free_texts")["answers"]
        for identifier in text.get("identifiers", [])
        if identifier["kind"] == "phone"
    ]
    assert phones
    assert all("".join(filter(str.isdigit, phone)).startswith("0701740") for phone in phones)
