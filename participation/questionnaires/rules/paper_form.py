"""What a questionnaire looks like on paper: numbered single questions, boxes and lines."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.condition_words import in_words
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.faces import moods
from participation.questionnaires.rules.kinds import kind_of, range_numbers
from participation.questionnaires.rules.piping import blank
from participation.questionnaires.rules.typed import EXAMPLE_DAY
from participation.questionnaires.rules.words import Words

Say = Callable[[Words], str]
LINES_FOR_OWN_WORDS = 6
MOST_IN_A_ROW = 11  # numbers to cross, 0–10; a longer scale is written
_SIMPLE = re.compile(r"\$\{(\w+)\}\s*=\s*'([^']*)'")
_ORDERED = frozenset({"places"})
_NUMBERS = frozenset({"number", "steps"})
_WRITTEN = frozenset({"number", "line", "day", "steps"})


@dataclass(frozen=True)
class Box:
    """A box to cross with its words; `mood` of the face beside them, None without a face."""

    text: str
    mood: int | None = None


@dataclass(frozen=True)
class PaperQuestion:
    """One question as it is printed: what stands above it, boxes to cross, lines to write on."""

    number: int
    text: str
    help: str
    boxes: tuple[Box, ...]
    lines: int
    how: str  # "You may choose several."
    only_if: str
    above: tuple[str, ...]  # information and a shared stem, printed before the question
    is_row: bool = False  # the boxes are numbers, side by side


def paper_questions(content: Content, say: Say) -> Iterator[PaperQuestion]:
    """Every question in order. A battery is printed as single questions, never as a grid."""
    numbers = {key: number for number, key in enumerate(content.asked, start=1)}
    group = ""
    above: list[str] = []
    for screen in content.screens:
        above += [say(one.title) for one in content.begun(screen.group, group)]
        group = screen.group
        if screen.questions or screen.relevant is None:  # else it concerns only some
            above += [say(one.text) for one in screen.information]
        if screen.battery is not None:
            above += [say(screen.battery.text), say(screen.battery.help)]
        source = screen.relevant.source if screen.relevant else ""
        only_if = _only_if(content, source, say, numbers)
        for question in screen.questions:
            shown = tuple(filter(None, above))
            yield _on_paper(question, say, numbers[question.key], only_if, shown)
            above = []


def answer_elsewhere(content: Content) -> Callable[[str], str]:
    """What a text that repeats an earlier answer says on paper: "(your answer to question 3)"."""
    numbers = {key: number for number, key in enumerate(content.asked, start=1)}

    def said(key: str) -> str:
        if key not in numbers:
            return blank(key)
        return _("(your answer to question %(number)s)", number=numbers[key])

    return said


def _on_paper(
    question: Question, say: Say, number: int, only_if: str, above: tuple[str, ...]
) -> PaperQuestion:
    render = kind_of(question).render
    faces = moods(question)
    boxes = [
        Box(_box(say(option.text), has_text=option.has_text), faces.get(option.code))
        for option in question.options
    ]
    if render == "tick":
        boxes = [Box(_("Yes, I agree"))]
    row = _row(question) if render == "steps" else ()
    return PaperQuestion(
        number=number,
        text=say(question.text),
        help=say(question.help),
        boxes=row or tuple(boxes),
        lines={"block": LINES_FOR_OWN_WORDS}.get(render, int(render in _WRITTEN and not row)),
        how=_how(question, render, is_row=bool(row)),
        only_if=only_if,
        above=above,
        is_row=bool(row),
    )


def _box(text: str, *, has_text: bool) -> str:
    return _("%(option)s, which? ……………………", option=text) if has_text else text


def _row(question: Question) -> tuple[Box, ...]:
    """The numbers of a short scale, to cross; none of a long one."""
    numbers = range_numbers(question)
    return (
        tuple(Box(format_number(one)) for one in numbers) if len(numbers) <= MOST_IN_A_ROW else ()
    )


def _how(question: Question, render: str, *, is_row: bool) -> str:
    if render == "ticks":
        return _("You may choose several.")
    if render in _ORDERED:
        return _("Write 1 in the box of what matters most, then 2, and so on.")
    if is_row:
        return _("Cross one number.")
    if render == "day":
        return _("Year, month and day, for example %(day)s.", day=EXAMPLE_DAY)
    return _span(question) if render in _NUMBERS else ""


def _span(question: Question) -> str:
    """Between which numbers an answer lies, as the form on the web takes it."""
    low, high = question.minimum, question.maximum
    if low is None and high is None:
        return _("Write a number.")
    if high is None:
        return _("Write a number, at least %(low)s.", low=format_number(low or 0))
    if low is None:
        return _("Write a number, at most %(high)s.", high=format_number(high))
    return _(
        "Write a number from %(low)s to %(high)s.",
        low=format_number(low),
        high=format_number(high),
    )


def _only_if(content: Content, source: str, say: Say, numbers: dict[str, int]) -> str:
    """A condition in words where it is one answer to one question, else a plain hint."""
    if not source:
        return ""
    simple = _SIMPLE.fullmatch(source.strip())
    asked = content.asked.get(simple.group(1)) if simple else None
    option = asked.option(simple.group(2)) if asked and simple else None
    if asked is None or option is None:
        named = in_words(source, content.asked, lambda one: _number_of(one, numbers), say)
        if named:
            return _("Only if %(condition)s.", condition=named)
        return _("Skip this question if it does not concern you.")
    return _(
        "Only if you answered “%(option)s” to question %(number)s.",
        option=say(option.text),
        number=numbers[asked.key],
    )


def _number_of(question: Question, numbers: dict[str, int]) -> str:
    return _("question %(number)s", number=numbers[question.key])
