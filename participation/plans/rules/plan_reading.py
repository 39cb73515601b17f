"""A document as it would stand in a plan: lines, what they came from, and where there is doubt."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from participation.plans.rules.plan_file import FORMS, LONG
from participation.plans.rules.plan_lines import SourceLine
from participation.plans.rules.plan_vocabulary import (
    K,
    LineKind,
    cleaned,
    label_of,
    led_by_label,
)


class Doubt(StrEnum):
    """Why a person should look at a line."""

    GUESSED = "guessed"
    UNKNOWN = "unknown"
    JOINED = "joined"
    TOO_LONG = "too_long"
    OTHER_FORM = "other_form"
    NO_PLACE = "no_place"
    STATUS = "status"
    FINDING = "finding"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class ReadLine:
    """A line of the document as it would stand in the plan.

    `numbers`: the lines it came from, the first first. `label`: the words before it that told what
    it is.
    """

    numbers: tuple[int, ...]
    kind: LineKind
    text: str
    doubt: Doubt | None = None
    label: str = ""


@dataclass(frozen=True)
class PlanReading:
    """A document as a plan. `labels`: lines that only announce what stands under them."""

    form: str
    lines: tuple[ReadLine, ...]
    labels: tuple[tuple[int, str], ...]

    @property
    def title(self) -> str:
        return next((line.text for line in self.lines if line.kind is K.TITLE), "")

    @property
    def doubts(self) -> list[ReadLine]:
        return [line for line in self.lines if line.doubt]


_VOTES = {
    K.LONG_TERM_GOAL: "goals",
    K.SHORT_TERM_GOAL: "goals",
    K.FOCUS_AREA: "goals",
    K.IMPROVEMENT_AREA: "areas",
    K.ONGOING_AREA: "areas",
    K.PURPOSE: "areas",
    K.TIME_FRAME: "areas",
}


def form_of(lines: Sequence[SourceLine]) -> str:
    """The form that more lines speak of; improvement areas where none or as many do."""
    votes: Counter[str] = Counter()
    for line in lines:
        for text in line.cells or (line.text,):
            led = led_by_label(text)
            kind = label_of(text) or (led[0] if led else None)
            if kind in _VOTES:
                votes[_VOTES[kind]] += 1
    return "goals" if votes["goals"] > votes["areas"] else "areas"


def cut(lines: Sequence[ReadLine]) -> Iterator[ReadLine]:
    """No line of a plan is longer than the plan can hold: the rest stands as lines of its own."""
    for line in lines:
        rest = line.text
        while len(rest) > LONG:
            end = rest.rfind(" ", 1, LONG) + 1 or LONG
            yield replace(line, text=rest[:end].strip(), doubt=Doubt.TOO_LONG)
            rest = rest[end:].strip()
        if rest:
            doubt = Doubt.TOO_LONG if rest != line.text else line.doubt
            yield replace(line, text=rest, doubt=doubt)


_YEARS = re.compile(r"\b(20\d\d)(?:\s*[–—/-]\s*(20\d\d|\d\d))?\b")


def years_of(reading: PlanReading) -> tuple[int, int] | None:
    """The first years a document names, its title first.

    >>> years_of(PlanReading("areas", (ReadLine((1,), K.TITLE, "Plan 2025–26"),), ()))
    (2025, 2026)
    """
    for line in sorted(reading.lines, key=lambda one: one.kind is not K.TITLE):
        found = _YEARS.search(line.text)
        if found:
            first = int(found[1])
            last = int(found[1][:-2] + found[2][-2:]) if found[2] else first
            return first, max(first, last)
    return None


_OTHER_FORM = {
    "areas": {
        K.FOCUS_AREA: K.IMPROVEMENT_AREA,
        K.LONG_TERM_GOAL: K.GOAL,
        K.SHORT_TERM_GOAL: K.GOAL,
        K.INDICATOR: K.GOAL,
        K.RESPONSIBLE: K.LEFT_OUT,
    },
    "goals": {
        K.IMPROVEMENT_AREA: K.FOCUS_AREA,
        K.ONGOING_AREA: K.FOCUS_AREA,
        K.GOAL: K.LONG_TERM_GOAL,
        K.SUPPORTED_GOAL: K.SHORT_TERM_GOAL,
        K.PURPOSE: K.LEFT_OUT,
        K.TIME_FRAME: K.LEFT_OUT,
    },
}


def in_form(lines: Sequence[ReadLine], form: str) -> list[ReadLine]:
    """The lines as the other form would have them; what it has no place for is left out."""
    kinds = _OTHER_FORM[form]
    return [
        replace(line, kind=kinds[line.kind], doubt=Doubt.OTHER_FORM) if line.kind in kinds else line
        for line in lines
    ]


JOINED = "joined"


def as_chosen(lines: Sequence[ReadLine], kinds: Sequence[str]) -> list[ReadLine]:
    """The lines as a person has chosen: a line that goes with the one above becomes part of it.

    >>> read = [ReadLine((1,), K.GOAL, "Fler får"), ReadLine((2,), K.GOAL, "svar")]
    >>> [(line.numbers, line.text) for line in as_chosen(read, ["goal", "joined"])]
    [((1, 2), 'Fler får svar')]
    """
    chosen: list[ReadLine] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind == JOINED and chosen:
            above = chosen[-1]
            numbers = (*above.numbers, *line.numbers)
            chosen[-1] = replace(above, numbers=numbers, text=f"{above.text} {line.text}")
        elif kind in (JOINED, line.kind):
            chosen.append(line)
        else:
            chosen.append(replace(line, kind=LineKind(kind), doubt=None))
    return chosen


def kept_as_text(reading: PlanReading) -> str:
    """What a page carries along between two presses."""
    lines = [[list(o.numbers), o.kind, o.text, o.doubt or "", o.label] for o in reading.lines]
    return json.dumps([reading.form, lines, reading.labels], ensure_ascii=False)


def read_again(text: str) -> PlanReading:
    """What a page carried along. Raises ValueError: it was not written by `kept_as_text`."""
    try:
        form, lines, labels = json.loads(text)
        found = tuple(
            ReadLine(
                tuple(map(int, numbers)),
                LineKind(kind),
                cleaned(str(words)),
                Doubt(doubt) if doubt else None,
                cleaned(str(label)),
            )
            for numbers, kind, words, doubt, label in lines
        )
        if form not in FORMS or not all(one.numbers and one.text for one in found):
            raise ValueError(form)
        return PlanReading(form, found, tuple((int(at), str(label)) for at, label in labels))
    except (TypeError, RecursionError) as problem:
        raise ValueError from problem
