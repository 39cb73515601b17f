"""The questionnaires that come along, read as a careful designer would."""

import pytest

from participation.questionnaires.rules.lint import lint_content, lint_question, lint_twice, lix
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.shipped import shipped
from participation.questionnaires.rules.words import EASY

MUNICIPALITIES = [("0880", "Kalmar"), ("0861", "Mönsterås"), ("0840", "Mörbylånga")]
CONTENTS = {key: read_content(data) for key, data in shipped(MUNICIPALITIES).items()}
KEYS = sorted(CONTENTS)
PROMISES = ("anonym", "samordnarna läser", "coordinators read", "aldrig färre")


def test_four_come_along() -> None:
    assert KEYS == [
        "short_next_of_kin",
        "yearly_children",
        "yearly_professionals",
        "yearly_support",
    ]


@pytest.mark.parametrize("key", KEYS)
def test_the_editor_has_no_advice_to_give(key: str) -> None:
    content = CONTENTS[key]
    languages = tuple(content.languages)
    assert {"sv", "en", "ar"} <= set(languages)
    assert content.has_easy_twin
    assert [advice.text for advice in lint_content(content)] == []
    assert not any(lint_twice(content).values())
    given = {
        question.key: [advice.text for advice in lint_question(question, languages)]
        for question in content.questions
    }
    assert {name: advice for name, advice in given.items() if advice} == {}


@pytest.mark.parametrize("key", KEYS)
def test_easy_words_are_easy_and_say_as_much(key: str) -> None:
    content = CONTENTS[key]
    for words in (content.intro, content.closing, *(q.text for q in content.questions)):
        assert words.speaks(EASY), words
        assert (lix(words.by_language[EASY]) or 0) <= 30, words


@pytest.mark.parametrize("key", KEYS)
def test_no_text_promises_what_only_the_mode_of_a_round_may_promise(key: str) -> None:
    content = CONTENTS[key]
    said = " ".join([*content.intro.by_language.values(), *content.closing.by_language.values()])
    assert [promise for promise in PROMISES if promise in said.lower()] == []


def test_where_somebody_lives_is_asked_with_the_countys_own_municipalities() -> None:
    asked = CONTENTS["yearly_support"].asked["municipality"]
    assert [option.code for option in asked.options] == ["0880", "0861", "0840", "other"]
    nowhere = read_content(shipped([])["yearly_support"])
    assert "municipality" not in nowhere.asked
