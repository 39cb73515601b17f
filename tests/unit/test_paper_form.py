"""What stands beside the questions of a paper form, so that nobody has to guess."""

from typing import Any

import pytest

from participation.questionnaires.rules.paper_form import PaperQuestion, paper_questions
from participation.questionnaires.rules.reading import read_content


def printed(**question: Any) -> PaperQuestion:
    data = {"key": "q", "text": {"sv": "Hur mycket?"}, **question}
    content = read_content({"title": {"sv": "T"}, "questions": [data]})
    (found,) = paper_questions(content, lambda words: words.said("sv"))
    return found


def test_a_short_scale_is_numbers_to_cross_and_a_long_one_is_written() -> None:
    short = printed(kind="range", minimum=0, maximum=10, step=1)
    assert [box.text for box in short.boxes] == [str(number) for number in range(11)]
    assert (short.is_row, short.lines, short.how) == (True, 0, "Sätt kryss vid en siffra.")
    long = printed(kind="range", minimum=0, maximum=100, step=1)
    assert (long.boxes, long.lines, long.how) == ((), 1, "Skriv ett tal från 0 till 100.")


@pytest.mark.parametrize(
    ("bounds", "how"),
    [
        ({"minimum": 1, "maximum": 120}, "Skriv ett tal från 1 till 120."),
        ({"minimum": 1}, "Skriv ett tal, minst 1."),
        ({"maximum": 120}, "Skriv ett tal, högst 120."),
        ({}, "Skriv ett tal."),
    ],
)
def test_a_number_says_between_which_numbers_it_lies(bounds: dict[str, int], how: str) -> None:
    found = printed(kind="number", **bounds)
    assert (found.how, found.lines) == (how, 1)


def test_a_day_says_how_it_is_written() -> None:
    assert "2026" in printed(kind="date").how
