"""Cutting texts into segments, hiding words, and keeping positions right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.coding.rules.drafts import role_label
from participation.coding.rules.passages import (
    Mask,
    Passage,
    mask_word,
    masked,
    masks_as_json,
    masks_from_json,
    merged_masks,
    moved,
    occurrences,
    segments,
    trimmed,
)
from participation.foundation.i18n import use_locale


def passage(start: int, end: int, number: int = 1) -> Passage:
    return Passage(start=start, end=end, number=number)


def mask(start: int, end: int, kind: str = "name") -> Mask:
    return Mask(start=start, end=end, kind=kind)


def test_overlapping_codes_are_cut_where_either_begins_or_ends() -> None:
    parts = segments("abcdef", [passage(0, 4, 1), passage(2, 6, 2)])
    assert [(s.text, s.numbers, s.ending) for s in parts] == [
        ("ab", (1,), ()),
        ("cd", (1, 2), (1,)),
        ("ef", (2,), (2,)),
    ]


def test_a_mask_is_a_segment_of_its_own() -> None:
    parts = segments("till [namn] i", [passage(0, 13)], [mask(5, 11)])
    assert [(s.text, s.mask) for s in parts] == [
        ("till ", None),
        ("[namn]", "name"),
        (" i", None),
    ]


def test_positions_count_code_points_also_after_emoji() -> None:
    parts = segments("Hej 👋 du", [passage(6, 8)])
    assert parts[-1].text == "du"


PASSAGES = st.lists(
    st.builds(
        Passage, start=st.integers(-3, 40), end=st.integers(-3, 40), number=st.integers(1, 5)
    ),
    max_size=6,
)


@given(st.text(max_size=40), PASSAGES)
def test_segments_joined_are_the_text(text: str, passages: list[Passage]) -> None:
    parts = segments(text, passages)
    assert "".join(s.text for s in parts) == text
    assert all(set(s.ending) <= set(s.numbers) for s in parts)


def test_hidden_words_are_replaced_by_their_kind_in_swedish() -> None:
    with use_locale("en"):
        text, placed = masked("till Viljar i 31 år", [mask(5, 11)])
        assert mask_word("care_unit") == "[verksamhet]"
    assert text == "till [namn] i 31 år"
    assert [(m.start, m.end) for m in placed] == [(5, 11)]


def test_overlapping_masks_become_one() -> None:
    assert merged_masks([mask(4, 9), mask(2, 6, "phone"), mask(20, 30)], 10) == [
        mask(2, 9, "phone")
    ]


def test_positions_after_a_mask_move_with_the_text() -> None:
    hidden = [mask(5, 17)]
    _text, placed = masked("till Anna-Karin B i 31 år", hidden)
    assert moved(18, hidden, placed) == 12
    assert moved(2, hidden, placed) == 2


def test_words_typed_by_hand_are_found_everywhere_whatever_their_case() -> None:
    assert [(m.start, m.end) for m in occurrences("Ek och ek", ["ek", " "])] == [(0, 2), (7, 9)]


def test_masks_survive_their_own_json() -> None:
    assert masks_from_json(masks_as_json([mask(1, 4)])) == [mask(1, 4)]


def test_a_selection_loses_its_outer_blanks() -> None:
    assert trimmed("a  bc  d", 1, 7) == (3, 5)
    assert trimmed("abc", 3, 0) == (0, 3)
    with pytest.raises(ValueError, match="Markera"):
        trimmed("a   b", 1, 4)


def test_an_unknown_role_is_somebody_who_answered() -> None:
    assert role_label("next_of_kin") == "Närstående"
    assert role_label(None) == "Någon som svarat"
