"""A document as it would stand in a plan: lines, what they came from, and where there is doubt."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from participation.plans.rules.plan_file import LONG
from participation.plans.rules.plan_lines import SourceLine
from participation.plans.rules.plan_vocabulary import K, LineKind, label_of, led_by_label


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
