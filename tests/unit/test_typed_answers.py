"""What people type: numbers and days in several hands, words beside "other", promises per mode."""

import math
from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict

from participation.foundation.clock import from_local
from participation.foundation.html import plain
from participation.foundation.i18n import raw_ngettext, use_locale
from participation.questionnaires.forms.answer import typed_words
from participation.questionnaires.rules.answers import Answers, take_answers
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.rounds import Mode, contact_promise, promise
from participation.questionnaires.rules.typed import read_day, read_number
from tests.factories.questionnaires import questionnaire_data

CONTENT = read_content(questionnaire_data())


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("٣", 3),
        ("3,5", 3.5),
        ("٣٫٥", 3.5),
        (" 1\u00a0200 ", 1200),
        ("\u22124", -4),
        ("1e400", math.inf),
        ("9" * 5_000, math.inf),
        ("many", None),
        ("½", None),
        ("nan", None),
        ("1_0", None),
        ("0x10", None),
        ("1.2.3", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-30",
        "20261130",
        "30/11 2026",
        "30.11.2026",
        "30 november 2026",
        "30 Nov. 2026",
        "٣٠ نوفمبر ٢٠٢٦",
        "2026\u201111\u201130",
    ],
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "typed", ["2026-02-31", "31 februari 2026", "2026113", "igår", "0000-01-01"]
)
def test_a_day_that_does_not_exist_is_none(typed: str) -> None:
    assert read_day(typed) is None


def _take(chosen: list[str], words: str) -> tuple[Answers, dict[str, str]]:
    answers = Answers()
    typed = {"from_whom": chosen, "from_whom.other": [words]}
    return answers, take_answers(answers, [CONTENT.asked["from_whom"]], typed)


def test_whoever_writes_beside_other_has_chosen_other() -> None:
    answers, wrong = _take(["care"], "gra\x00nnen")
    assert (answers.closed, wrong) == ({"from_whom": "care other"}, {})
    assert answers.texts == {"from_whom.other": "grannen"}


@pytest.mark.parametrize(
    ("chosen", "words", "message"),
    [(["none"], "grannen", "valt ett annat svar"), (["other"], "å" * 201, "för långt")],
)
def test_words_that_cannot_be_kept_are_told_at_their_own_field(
    chosen: list[str], words: str, message: str
) -> None:
    answers, wrong = _take(chosen, words)
    assert list(wrong) == ["from_whom.other"]
    assert message in wrong["from_whom.other"]
    assert answers.closed == {"from_whom": chosen[0]}


def test_halves_of_signs_are_left_out() -> None:
    assert plain("a\ud800b\udfff👩🏽‍🚒") == "ab👩🏽‍🚒"


def test_own_words_are_found_with_and_without_a_questionnaire() -> None:
    sent = MultiDict(
        [
            ("csrf_token", "x"),
            ("q_role", "me"),
            ("q_from_whom__other", "grannen"),
            ("q_difference", "Att någon\x00 ringde."),
        ]
    )
    assert typed_words(sent, CONTENT) == ["grannen", "Att någon ringde."]
    assert typed_words(sent, None) == ["Att någon ringde."]


def test_whether_anybody_gets_in_touch_follows_from_the_mode() -> None:
    for mode in (Mode.ANONYMOUS, Mode.CONFIDENTIAL):
        assert promise(mode)[-1] == contact_promise(mode)
    assert contact_promise(Mode.ANONYMOUS).startswith("Ingen kan kontakta dig")
    assert contact_promise(Mode.CONFIDENTIAL).startswith("Ingen kontaktar dig")
    assert contact_promise(Mode.NAMED) == ""


@pytest.mark.parametrize(
    ("day_after", "closes"),
    [
        (datetime(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # 23 hours long
        (datetime(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # 25 hours long
    ],
)
def test_a_last_day_when_clocks_change_ends_at_midnight(
    day_after: datetime, closes: datetime
) -> None:
    assert from_local(day_after) == closes


@pytest.mark.parametrize(("count", "word"), [(3, "أسئلة"), (12, "سؤالًا"), (100, "سؤال")])
def test_arabic_counts_by_its_own_rule(count: int, word: str) -> None:
    with use_locale("ar"):
        said = raw_ngettext("%(num)d question.", "%(num)d questions.", count)
    assert said % {"num": count} == f"{count} {word}."


def test_messages_repeat_the_words_of_the_twin_that_is_read() -> None:
    data = questionnaire_data()
    data["questions"][1]["options"][2]["text"]["sv_easy"] = "Ingen hjälper mig"
    question = read_content(data).asked["from_whom"]
    typed = {"from_whom": ["care", "none"]}
    easy = take_answers(Answers(), [question.only("sv_easy")], typed)["from_whom"]
    usual = take_answers(Answers(), [question], typed)["from_whom"]
    assert "Ingen hjälper mig" in easy
    assert "Inget stöd" in usual
