"""Who gets a question or a group: picked from the earlier answers, or written as an expression."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import StopValidation

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.conditions import (
    LEAST,
    MOST,
    from_picked,
    pickable,
    read_simple,
)
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.editing import Data

ALWAYS, ONLY_IF, UNLESS, BY_RULE = "always", "if", "unless", "rule"


class NumberLine(TextLine):
    """A number, with a decimal comma where it is needed."""

    @property
    def number(self) -> float | None:
        """What was typed; None when it is empty or no number."""
        try:
            return float((self.data or "").replace(",", ".").replace(" ", ""))
        except ValueError:
            return None

    def pre_validate(self, form: Any) -> None:
        if self.data and self.number is None:
            raise StopValidation(_("Write a number with digits, for example 3."))


def number_as_typed(number: float | None) -> str:
    """A number as a `NumberLine` shows it."""
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else str(number).replace(".", ",")


class ConditionForm(Form):
    """The fields of a condition; editor.js shows those that the way of choosing needs."""

    when: Any = OneOfList(
        _l("Who gets the question?"),
        lambda: [
            (ALWAYS, _l("Everybody")),
            (ONLY_IF, _l("Only those who answered")),
            (UNLESS, _l("Not those who answered")),
            (BY_RULE, _l("By an expression of my own")),
        ],
        optional=True,
    )
    answer = OneOfList(_l("Earlier answer"), list, optional=True)
    answer_number = NumberLine(
        _l("Number"), hint=_l("For “or more” and “or less”."), optional=True, max_length=20
    )
    relevant = TextLine(
        _l("Expression"),
        hint=_l(
            "For example ${answers_as} = 'next_of_kin' and ${visits} >= 2. You can use and, or, "
            "not(…) and selected(${question}, 'code')."
        ),
        optional=True,
        max_length=1_000,
        render={"dir": "ltr", "spellcheck": "false", "autocomplete": "off"},
    )

    def validate_answer(self, field: Any) -> None:
        """A condition needs its answer, and a number where it says "or more"."""
        if self.when.data not in {ONLY_IF, UNLESS}:
            return
        if not field.data:
            raise StopValidation(_("Choose the earlier answer."))
        if field.data.endswith((LEAST, MOST)) and self.answer_number.number is None:
            raise StopValidation(_("Write the number."))

    def validate_relevant(self, field: Any) -> None:
        if self.when.data == BY_RULE and not field.data:
            raise StopValidation(_("Write the expression, or choose another way."))

    def offer(self, earlier: Sequence[Question]) -> None:
        """Fill the list with what can be asked about the questions before."""
        self.answer.choices = {
            "": [("", _("Choose"))],
            **{words: list(offered) for words, offered in pickable(earlier)},
        }

    @property
    def condition(self) -> str:
        """The condition that was picked or written; "" for everybody."""
        if self.when.data in {BY_RULE, ""}:
            return self.relevant.data or ""
        if self.when.data not in {ONLY_IF, UNLESS}:
            return ""
        number = number_as_typed(self.answer_number.number).replace(",", ".")
        simple = from_picked(self.answer.data or "", number, negated=self.when.data == UNLESS)
        return simple.source if simple else ""


def condition_fields(source: str) -> Data:
    """A condition as the form shows it."""
    if not source:
        return {"when": ALWAYS}
    simple = read_simple(source)
    if simple is None:
        return {"when": BY_RULE, "relevant": source}
    number = simple.value if simple.operator in {LEAST, MOST} else ""
    when = UNLESS if simple.negated else ONLY_IF
    return {"when": when, "answer": simple.picked, "answer_number": number, "relevant": source}
