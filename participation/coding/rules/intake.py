"""How a text that was sent in is divided between those whose words it holds. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from participation.coding.rules.drafts import LONGEST_TEXT
from participation.coding.rules.exchange.parts import cuts

_SPEAKER = re.compile(r"^[ \t]*(?P<who>[^\W\d_][\w .'-]{0,30}?)[ \t]*:[ \t]*(?P<words>.*)$")


class Division(StrEnum):
    PARAGRAPHS = "paragraphs"  # each paragraph is one person's
    BLANK_LINES = "blank_lines"  # an empty line between people
    SPEAKERS = "speakers"  # "Name: words"
    WHOLE = "whole"  # all of it is one person's


@dataclass(frozen=True)
class Words:
    """What was read, paragraph by paragraph, empty ones too; and what was left out, by kind."""

    paragraphs: Sequence[str]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """A list of answers: one row for each person."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def divided(paragraphs: Sequence[str], how: Division) -> list[list[str]]:
    """The texts of each person, none of them longer than fits; nobody without words.

    Who speaks is left out of what they said; words before the first speaker are one person's.

    >>> divided(["Eva: Hej", "Ali: Hej hej", "Eva: Jaha"], Division.SPEAKERS)
    [['Hej', 'Jaha'], ['Hej hej']]
    """
    people = _SPLITS[how](paragraphs)
    fitting = ([part for words in texts for part in fitting_parts(words)] for texts in people)
    return [texts for texts in fitting if texts]


def fitting_parts(words: str, longest: int = LONGEST_TEXT) -> list[str]:
    """`words` in pieces that fit, cut where a paragraph or a word ends; none is blank."""
    pieces = (words[start:end].strip() for start, end in cuts(words, longest))
    return [piece for piece in pieces if piece]


def _each(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    return ([paragraph] for paragraph in paragraphs)


def _by_blank_lines(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    lines: list[str] = []
    for paragraph in [*paragraphs, ""]:
        if paragraph.strip():
            lines.append(paragraph)
        else:
            yield ["\n".join(lines)]
            lines = []


def _by_speakers(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    said: dict[str, list[list[str]]] = {}
    turn: list[str] = []
    said[""] = [turn]
    for paragraph in paragraphs:
        match = _SPEAKER.match(paragraph)
        if match:
            turn = [match["words"]]
            said.setdefault(match["who"].casefold(), []).append(turn)
        else:
            turn.append(paragraph)
    return (["\n".join(turn) for turn in turns] for turns in said.values())


def _as_one(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    yield ["\n".join(paragraphs)]


_SPLITS = {
    Division.PARAGRAPHS: _each,
    Division.BLANK_LINES: _by_blank_lines,
    Division.SPEAKERS: _by_speakers,
    Division.WHOLE: _as_one,
}


def likely_division(paragraphs: Sequence[str]) -> Division:
    """How the text most probably is divided: by speakers, by empty lines, else by paragraphs."""
    written = [paragraph for paragraph in paragraphs if paragraph.strip()]
    speakers = sum(bool(_SPEAKER.match(paragraph)) for paragraph in written)
    if len(written) > 3 and speakers * 2 > len(written):
        return Division.SPEAKERS
    inside = "\n".join(paragraphs).strip()
    return Division.BLANK_LINES if "\n\n" in inside else Division.PARAGRAPHS


def likely_text_column(answers: Answers) -> str:
    """The heading above the longest texts."""
    lengths = {
        heading: sum(len(row[place]) for row in answers.rows)
        for place, heading in enumerate(answers.headings)
    }
    return max(lengths, key=lambda heading: lengths[heading], default="")
