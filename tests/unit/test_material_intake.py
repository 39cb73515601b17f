"""How a text that was sent in is divided between people; nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.coding.rules.intake import (
    Answers,
    Division,
    divided,
    fitting_parts,
    likely_division,
    likely_text_column,
)

NOTES = ["Ett.", "Mer av ett.", "", "Två."]
TALK = ["Inledning", "Eva: Hej", "och välkomna", "Ali: Tack", "Eva: Jaha"]


@pytest.mark.parametrize(
    ("how", "people"),
    [
        (Division.PARAGRAPHS, [["Ett."], ["Mer av ett."], ["Två."]]),
        (Division.BLANK_LINES, [["Ett.\nMer av ett."], ["Två."]]),
        (Division.WHOLE, [["Ett.\nMer av ett.\n\nTvå."]]),
    ],
)
def test_a_text_is_divided_as_was_chosen(how: Division, people: list[list[str]]) -> None:
    assert divided(NOTES, how) == people


def test_what_each_speaker_says_is_theirs_and_their_names_stay_out() -> None:
    assert divided(TALK, Division.SPEAKERS) == [
        ["Inledning"],
        ["Hej\noch välkomna", "Jaha"],
        ["Tack"],
    ]


def test_the_likely_division_is_offered_first() -> None:
    assert likely_division(NOTES) is Division.BLANK_LINES
    assert likely_division(TALK) is Division.SPEAKERS
    assert likely_division(["Ett.", "Två."]) is Division.PARAGRAPHS
    answers = Answers(["Roll", "Svar"], [["Patient", "En hel mening."]])
    assert likely_text_column(answers) == "Svar"


@given(st.text(max_size=400), st.integers(min_value=20, max_value=60))
def test_long_words_are_cut_and_nothing_is_lost(words: str, longest: int) -> None:
    parts = fitting_parts(words, longest)
    assert all(len(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())


@given(st.lists(st.text(st.characters(exclude_characters=":"), max_size=20), max_size=8))
def test_every_division_keeps_every_word(paragraphs: list[str]) -> None:
    words = sorted("".join("".join(paragraphs).split()))
    for how in Division:
        kept = "".join(text for texts in divided(paragraphs, how) for text in texts)
        assert sorted("".join(kept.split())) == words
