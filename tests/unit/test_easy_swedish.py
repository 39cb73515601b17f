"""The frame around the questions in easy Swedish: short sentences, one thought each."""

import re

import pytest
from babel.messages.pofile import read_po

from participation.foundation.i18n import (
    EASY_CATALOGUE,
    catalogue,
    current_locale,
    gettext,
    ngettext,
    use_locale,
)
from participation.foundation.paths import TRANSLATIONS
from participation.questionnaires.rules.lint import lix
from participation.questionnaires.rules.rounds import ANSWERS_FOR_LABELS, Mode, promise

MOST_WORDS, HARDEST = 11, 40
VALUE = re.compile(r"%\(\w+\)")
ABBREVIATION = re.compile(r"\b(?:t\.?ex|dvs|osv|m\.m|p\.g\.a|bl\.a|ev|kl)\.")


def sentences(text: str) -> list[str]:
    shown = re.sub(r"%\(\w+\)[sd]", "x", text)
    return [one for one in re.split(r"(?<=[.?!:])\s+", shown) if one]


def is_short(text: str) -> bool:
    return all(len(one.split()) <= MOST_WORDS for one in sentences(text))


def written() -> list[tuple[str, str]]:
    with (TRANSLATIONS / EASY_CATALOGUE / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalog = read_po(source, locale="sv")
    return [
        (str(message.id), text)
        for message in catalog
        if message.id
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]


def test_each_easy_text_is_short_in_plain_words_keeps_its_values_and_says_it_otherwise() -> None:
    for source, text in written():
        assert is_short(text), text
        assert not ABBREVIATION.search(text), text
        assert (lix(text) or 0) <= HARDEST, text
        assert text != catalogue("sv").gettext(source), text
        assert set(VALUE.findall(text)) <= {*VALUE.findall(source), "%(num)"}, text


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_promised_is_easy_to_read_too(mode: Mode) -> None:
    with use_locale("sv", easy=True):
        assert all(is_short(sentence) for sentence in promise(mode))
        assert all(is_short(str(label)) for label in ANSWERS_FOR_LABELS.values())


def test_what_is_not_written_in_easy_swedish_is_swedish_and_other_languages_stay() -> None:
    with use_locale("sv", easy=True):
        assert current_locale() == "sv"
        assert gettext("Back") == "Tillbaka"
        assert gettext("You may skip questions.") == "Du får hoppa över frågor."
        assert ngettext("%(num)s answer", "%(num)s answers", 2) == "2 svar"
    with use_locale("en", easy=True):
        assert gettext("You may skip questions.") == "You may skip questions."
    assert gettext("You may skip questions.") == "Du kan hoppa över frågor."
