"""Answer pages' forms, drawn from a questionnaire's content.

What was typed is judged by the kinds in rules/kinds.py; these forms only show fields, typed
values and messages. They carry no CSRF field of their own: the page gives the value that is
derived from the link (TRUST 46).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from wtforms import FormField

from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.html import plain
from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.answers import OTHER_LENGTH, Answers
from participation.questionnaires.rules.content import (
    OTHER_SUFFIX,
    Content,
    Option,
    Question,
    options_in_order,
)
from participation.questionnaires.rules.kinds import PLACE_MARK, kind_of, range_numbers
from participation.questionnaires.rules.naming import NAME_LENGTH
from participation.questionnaires.rules.piping import blank, filled
from participation.questionnaires.rules.rounds import (
    UNSAID,
    AnswersFor,
    way_labels,
    whom_question,
)
from participation.questionnaires.rules.typed import EXAMPLE_DAY
from participation.questionnaires.rules.words import (
    EASY,
    FIRST_LANGUAGE,
    Words,
    direction,
    language_name,
    tag,
)

PREFIX = "q_"
OTHER_FIELD = "__other"
PLACE = "place_"
LIKE_A_CODE = re.compile(r"[a-z0-9_\-.]{1,40}")


class AnswerForm(Form):
    """Parent of forms on answer routes: no cookie, so no cookie-bound CSRF field."""

    class Meta(Form.Meta):
        csrf = False


def _name_line(*, optional: bool = False) -> TextLine:
    return TextLine(
        _l("Your name"),
        hint=_l("First name and last name. It is stored with your answers."),
        missing=_l("Write your name. It is stored with your answers."),
        optional=optional,
        max_length=NAME_LENGTH,
        render={"autocomplete": "name"},
    )


def field_name(key: str) -> str:
    """The field of a question or of its "other, which?"."""
    if key.endswith(OTHER_SUFFIX):
        return PREFIX + key.removesuffix(OTHER_SUFFIX) + OTHER_FIELD
    return PREFIX + key


def first_control(question: Question) -> str:
    """What a link to the question points at: its control, or the first of several."""
    name, render = field_name(question.key), kind_of(question).render
    if render in {"radios", "ticks"}:
        return f"{name}-0"
    return f"{name}-{PLACE}{question.options[0].code}" if render == "places" else name


def typed_answers(form_data: Any, questions: Iterable[Question]) -> Mapping[str, Sequence[str]]:
    """What was sent, by question key."""
    typed: dict[str, Sequence[str]] = {}
    for question in questions:
        typed[question.key] = (
            [
                place
                for option in question.options
                for place in _typed_place(form_data, question, option)
            ]
            if kind_of(question).render == "places"
            else form_data.getlist(field_name(question.key))
        )
        if question.other is not None:
            typed[question.other_key] = form_data.getlist(field_name(question.other_key))
    return typed


def _typed_place(form_data: Any, question: Question, option: Option) -> list[str]:
    name = f"{field_name(question.key)}-{PLACE}{option.code}"
    return [option.code + PLACE_MARK + value for value in form_data.getlist(name) if value]


def typed_words(form_data: Any, content: Content | None) -> list[str]:
    """What somebody wrote in their own words, to give back when it cannot be saved.

    Without a questionnaire to compare with: everything that is no code of an alternative.
    """
    names = [name for name in form_data if name.startswith(PREFIX)]
    if content is not None:
        texts = {q.key for q in content.asked.values() if kind_of(q).is_text}
        names = [n for n in names if n.endswith(OTHER_FIELD) or n.removeprefix(PREFIX) in texts]
    typed = [plain(value).strip() for name in names for value in form_data.getlist(name)]
    is_known = content is not None
    return [words for words in typed if words and (is_known or not LIKE_A_CODE.fullmatch(words))]


class Speech:
    """In which words a page speaks: language and twin; and in which order it offers answers."""

    def __init__(
        self,
        locale: str,
        easy: bool,
        order: int = 0,
        answer: Callable[[str], str] | None = None,
        is_spoken: bool = True,
        *,
        unknown: Callable[[str], str] = blank,
    ) -> None:
        self.locale = locale
        self.easy = easy
        self.order = order
        self.is_spoken = is_spoken  # by some of the texts; otherwise the page says so once
        self.answer = answer or (lambda _key: "")  # what has been answered, to be said again
        self.unknown = unknown  # what is said where nobody knows the answer

    def __call__(self, words: Any) -> str:
        return filled(words.written(self.locale, easy=self.easy), self.answer, self.unknown)

    @property
    def language(self) -> str:
        """The language or twin asked for."""
        return EASY if self.easy and self.locale == FIRST_LANGUAGE else self.locale

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    def is_missing(self, words: Words) -> bool:
        """Not written in the language asked for: said in Swedish, and the page says so."""
        return bool(words) and not words.speaks(self.language)

    def tongue(self, words: Words) -> str:
        """The language code of what is said."""
        return FIRST_LANGUAGE if self.easy or not words.speaks(self.locale) else self.locale

    def tag(self, words: Words) -> str:
        """The same as HTML calls it."""
        return tag(self.tongue(words))

    def direction(self, words: Words) -> str:
        return direction(self.tongue(words))


def _hint(question: Question, say: Speech) -> str:
    """The author's help; and that an answer is needed, which is the exception here."""
    is_needed = question.required and not question.stem
    needed = _("This question needs an answer.") if is_needed else ""
    return f"{say(question.help)} {needed}".strip()


def _choices(question: Question, say: Speech) -> list[tuple[str, str]]:
    return [(option.code, say(option.text)) for option in options_in_order(question, say.order)]


def _radios(question: Question, say: Speech) -> Any:
    return OneOf(
        say(question.text), _choices(question, say), hint=_hint(question, say), optional=True
    )


def _ticks(question: Question, say: Speech) -> Any:
    return ManyOf(
        say(question.text), _choices(question, say), hint=_hint(question, say), optional=True
    )


def _number(question: Question, say: Speech) -> Any:
    return TextLine(
        say(question.text),
        hint=_hint(question, say),
        optional=True,
        render={"inputmode": "decimal", "autocomplete": "off"},
    )


def _steps(question: Question, say: Speech) -> Any:
    numbers = [(_plain_number(n), format_number(n)) for n in range_numbers(question)]
    return OneOfList(
        say(question.text),
        [("", _("Choose a number")), *numbers],
        hint=_hint(question, say),
        optional=True,
    )


def _plain_number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else str(number)


def _day(question: Question, say: Speech) -> Any:
    """A line of text: a browser's own date field sends nothing at all for 31 February."""
    example = _("Year, month and day, for example %(day)s.", day=EXAMPLE_DAY)
    return TextLine(
        say(question.text),
        hint=f"{_hint(question, say)} {example}".strip(),
        optional=True,
        render={"dir": "ltr", "autocomplete": "off"},
    )


def _places(question: Question, say: Speech) -> Any:
    """One list of places per option, named by its words."""
    places = [(str(place), format_number(place)) for place in range(1, len(question.options) + 1)]
    offered = [("", _("No place")), *places]
    fields = {
        PLACE + option.code: OneOfList(say(option.text), offered, optional=True)
        for option in options_in_order(question, say.order)
    }
    hint = _hint(question, say) or _("1 is the most important. You may leave some out.")
    return FormField(
        type("PlacesForm", (AnswerForm,), fields), label=say(question.text), description=hint
    )


def _line(question: Question, say: Speech) -> Any:
    return TextLine(
        say(question.text),
        hint=_hint(question, say),
        optional=True,
        render={"autocomplete": "off"},
    )


def _block(question: Question, say: Speech) -> Any:
    return TextBlock(say(question.text), hint=_hint(question, say), optional=True, rows=7)


def _tick(question: Question, say: Speech) -> Any:
    return Tick(_("Yes, I agree"), hint=_hint(question, say))


FIELDS: Mapping[str, Callable[[Question, Speech], Any]] = {
    "radios": _radios,
    "ticks": _ticks,
    "number": _number,
    "steps": _steps,
    "day": _day,
    "places": _places,
    "line": _line,
    "block": _block,
    "tick": _tick,
}


def answer_form(
    questions: Sequence[Question],
    answers: Answers,
    say: Speech,
    typed: Any = None,
    wrong: Mapping[str, str] | None = None,
) -> Any:
    """A form of these questions: what was typed now, else what is in the draft; with messages."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for question in questions:
        name = field_name(question.key)
        fields[name] = FIELDS[kind_of(question).render](question, say)
        data[name] = _shown(question, answers)
        if question.other is not None:
            other = field_name(question.other_key)
            fields[other] = TextLine(
                _("If you chose “%(option)s”: which?", option=say(question.other.text)),
                optional=True,
                max_length=OTHER_LENGTH,
            )
            data[other] = answers.texts.get(question.other_key, "")
    form = type("ScreenForm", (AnswerForm,), fields)(formdata=typed, data=data)
    for key, message in (wrong or {}).items():
        _refuse(form[field_name(key)], message)
    return form


def _refuse(field: Any, message: str) -> None:
    """The message at the field; at the first list of places where options are put in order."""
    if field.type == "FormField":
        field = next(iter(field.form))
    field.errors = [message]


def _shown(question: Question, answers: Answers) -> Any:
    stored = answers.of(question)
    render = kind_of(question).render
    if render == "places":
        ranked = str(stored or "").split()
        return {PLACE + code: str(place) for place, code in enumerate(ranked, start=1)}
    if render == "ticks":
        return str(stored).split(" ") if stored is not None else []
    if render == "tick":
        return stored is not None
    return "" if stored is None and render in {"number", "line", "day", "block"} else _text(stored)


def _text(stored: Any) -> str | None:
    return None if stored is None else str(stored)


class NameForm(AnswerForm):
    """Who answers, in a round with names."""

    name = _name_line()


def start_form(
    audience: Sequence[str],
    typed: Any = None,
    *,
    asks_name: bool = False,
    is_optional: bool = False,
    name: str = "",
) -> Any:
    """ "Whom do you answer for?"; no field for a questionnaire to professionals.

    `asks_name`: who answers, too; on a paper it may be left out. `name`: as we know it.
    """
    ways = way_labels(audience)
    fields: dict[str, Any] = {"name": _name_line(optional=is_optional)} if asks_name else {}
    if ways:
        fields["answers_for"] = OneOf(
            whom_question(audience),
            [(way.value, label) for way, label in ways.items()],
            optional=True,
        )
    return type("StartForm", (AnswerForm,), fields)(formdata=typed, data={"name": name})


def whom_form(audience: Sequence[str], given: str, typed: Any = None) -> Any:
    """The same question once more, where not saying it is a choice too."""
    offered = [(way.value, label) for way, label in way_labels(audience).items()]
    unsaid = (AnswersFor.NOT_STATED.value, UNSAID)
    field = OneOf(whom_question(audience), [*offered, unsaid], optional=True)
    made = type("WhomForm", (AnswerForm,), {"answers_for": field})
    return made(formdata=typed, data={"answers_for": given})


class ReceiptForm(AnswerForm):
    receipt = TextLine(
        _l("Your receipt code"),
        hint=_l("You got it when you had sent your answers. 16 letters and digits in four groups."),
        missing=_l("Write your receipt code."),
        render={
            "dir": "ltr",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )


class CodeForm(AnswerForm):
    code = TextLine(
        _l("Your code"),
        hint=_l("16 letters and digits in four groups. Small or large letters do not matter."),
        missing=_l("Write your code."),
        render={
            "dir": "ltr",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )


class KioskForm(AnswerForm):
    code = TextLine(
        _l("The tablet's code"),
        hint=_l("Six letters and digits. The coordinator has it."),
        missing=_l("Write the code."),
        render={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )
