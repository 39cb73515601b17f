"""Translators see which answer is repeated, never a key."""

import pytest

from participation.foundation.i18n import use_locale
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.placeholders import (
    as_written,
    numbers_of,
    placeholder_fault,
    shown,
)
from participation.questionnaires.rules.translating import addable_languages

CONTENT: Data = {
    "title": {"sv": "T", "fi": "T"},
    "questions": [
        {"key": "who", "text": {"sv": "Vem?"}},
        {"key": "felt", "text": {"sv": "Hur?"}, "rows": [{"key": "safe", "text": {"sv": "Trygg"}}]},
    ],
}
NUMBERS = numbers_of(CONTENT)
SWEDISH = "Du sa ${who|att någon hjälper}. Är du ${safe}?"


def test_a_placeholder_says_the_number_and_comes_back_as_it_was() -> None:
    with use_locale("sv"):
        seen = shown(SWEDISH, NUMBERS)
    assert seen == "Du sa [svar på fråga 1: att någon hjälper]. Är du [svar på fråga 2.1]?"
    assert as_written(seen, SWEDISH, NUMBERS) == SWEDISH


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("You said [answer to question 1: somebody helps]. Are you [2.1]?", ""),
        ("أنت [جواب السؤال 2.1]؟ [جواب السؤال 1: أحد]", ""),
        ("You said so. Are you [2.1]?", "[svar på fråga 1] saknas: kopiera det från svenskan."),
        ("[1: x] [2.1] [2]", "[svar på fråga 2] finns inte i den svenska texten."),
    ],
)
def test_a_lost_or_added_placeholder_is_told(typed: str, fault: str) -> None:
    with use_locale("sv"):
        assert placeholder_fault(typed, SWEDISH, NUMBERS) == fault


def test_brackets_in_a_text_that_repeats_nothing_stay_brackets() -> None:
    assert as_written("See [1]", "Se [1]", NUMBERS) == "See [1]"
    assert placeholder_fault("See [1]", "Se [1]", NUMBERS) == ""


def test_the_commonest_languages_come_first_each_by_its_own_name() -> None:
    with use_locale("sv"):
        offered = addable_languages(CONTENT)
    assert [code for code, _name in offered[:5]] == ["sv_easy", "en", "ar", "so", "uk"]
    assert dict(offered)["ar"] == "العربية (arabiska)"
    assert "fi" not in dict(offered)
    names = [name.casefold() for _code, name in offered[5:]]
    assert names[0] < names[-1]
