"""Whether the name somebody typed is the one we know."""

import pytest

from participation.questionnaires.rules.naming import is_same_name


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Anna-Lena Berg", "Anna Lena Berg"),
        ("Anna Lena Berg", "berg, anna-lena"),
        ("Åsa Lindén", "asa linden"),
        ("أحمد علي", "علي أحمد"),
    ],
)
def test_other_ways_to_write_a_name_are_no_other_person(known: str, typed: str) -> None:
    assert is_same_name(known, typed)


@pytest.mark.parametrize(
    ("known", "typed"),
    [("Anna Berg", "Ali Berg"), ("Anna Berg", "Anna"), ("–", "?"), ("Anna Berg", "")],
)
def test_another_name_is_another_person(known: str, typed: str) -> None:
    assert not is_same_name(known, typed)
