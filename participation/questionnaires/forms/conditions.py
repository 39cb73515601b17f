"""Who gets a question or a group: picked from the earlier answers, or written as an expression."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import StopValidation

from participation.foundation.forms import Form, ManyOf, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.conditions import (
    Picked,
    fits,
    is_measured,
    offers_answers,
    read_picked,
    takes_several,
)
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.words import FIRST_LANGUAGE

ALWAYS, ONLY_IF, UNLESS, BY_RULE = "always", "if", "unless", "rule"
PICK = "pick_"
ANY_ANSWER = "*"
ONE_OF, ALL_OF = "any", "all"


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
    """The fields of a condition; editor.js shows those that the way of choosing needs.

    `with_earlier` adds a field with the answers of each earlier question.
    """

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
    about = OneOfList(_l("Earlier question"), list, optional=True)
    how = OneOfList(
        _l("When several answers are ticked"),
        lambda: [(ONE_OF, _l("One of them is enough")), (ALL_OF, _l("All of them are needed"))],
        optional=True,
    )
    least = NumberLine(_l("At least"), optional=True, max_length=20)
    most = NumberLine(_l("At most"), optional=True, max_length=20)
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
    asked_before: Sequence[Question] = ()

    def validate_about(self, field: Any) -> None:
        if self.when.data in {ONLY_IF, UNLESS} and not field.data:
            raise StopValidation(_("Choose the earlier question."))
        if self.picks and PICK + self.picks.key in self and not self[PICK + self.picks.key].data:
            raise StopValidation(_("Tick which answers count."))

    def validate_most(self, field: Any) -> None:
        """Two limits that no number is between would hide the question from everybody."""
        low, high = self.least.number, self.most.number
        if self.picks and low is not None and high is not None and low > high:
            raise StopValidation(_("This is lower than “at least”."))

    def validate_relevant(self, field: Any) -> None:
        if self.when.data == BY_RULE and not field.data:
            raise StopValidation(_("Write the expression, or choose another way."))

    @property
    def picks(self) -> Question | None:
        """The earlier question that was chosen."""
        if self.when.data not in {ONLY_IF, UNLESS}:
            return None
        return next((one for one in self.asked_before if one.key == self.about.data), None)

    @property
    def answers(self) -> list[tuple[str, Any]]:
        """The answers that can be ticked: each earlier question's key, and its field."""
        return [(f.name.removeprefix(PICK), f) for f in self if f.name.startswith(PICK)]

    @property
    def several(self) -> list[str]:
        """Keys of the earlier questions that take several answers."""
        return [one.key for one in self.asked_before if takes_several(one)]

    @property
    def measured(self) -> list[str]:
        """Keys of the earlier questions that are answered with a number."""
        return [one.key for one in self.asked_before if is_measured(one)]

    @property
    def condition(self) -> str:
        """The condition that was picked or written; "" for everybody."""
        if self.when.data in {BY_RULE, ""}:
            return self.relevant.data or ""
        question = self.picks
        return self._picked(question).source if question is not None else ""

    def _picked(self, question: Question) -> Picked:
        ticked = self[PICK + question.key].data or [] if PICK + question.key in self else []
        codes = tuple(ticked) if ANY_ANSWER not in ticked else ()
        several = takes_several(question)
        return Picked(
            question.key,
            codes,
            several=several and bool(codes),
            all_of=several and len(codes) > 1 and self.how.data == ALL_OF,
            least=_plain(self.least) if is_measured(question) else "",
            most=_plain(self.most) if is_measured(question) else "",
            negated=self.when.data == UNLESS,
        )


def _plain(field: NumberLine) -> str:
    """The number as an expression writes it."""
    return number_as_typed(field.number).replace(",", ".")


def with_earlier(form: type[ConditionForm], earlier: Sequence[Question]) -> Any:
    """The form with what can be picked about the questions before."""
    fields = {PICK + one.key: _answers_field(one) for one in earlier if offers_answers(one)}
    return type(form.__name__, (form,), {**fields, "asked_before": tuple(earlier)})


def _answers_field(question: Question) -> Any:
    offered = [(option.code, option.text.said(FIRST_LANGUAGE)) for option in question.options]
    return ManyOf(
        _l("Which answers?"), [*offered, (ANY_ANSWER, _l("Any answer at all"))], optional=True
    )


def offer_questions(form: ConditionForm) -> None:
    """Fill the list of earlier questions."""
    offered = [(one.key, one.text.said(FIRST_LANGUAGE)) for one in form.asked_before]
    form.about.choices = [("", _("Choose")), *offered]


def condition_fields(source: str, earlier: Sequence[Question]) -> Data:
    """A condition as the form shows it."""
    if not source:
        return {"when": ALWAYS}
    picked = read_picked(source)
    if picked is None or not fits(picked, earlier):
        return {"when": BY_RULE, "relevant": source}
    return {
        "when": UNLESS if picked.negated else ONLY_IF,
        "about": picked.question,
        PICK + picked.question: list(picked.codes) or [ANY_ANSWER],
        "how": ALL_OF if picked.all_of else ONE_OF,
        "least": picked.least.replace(".", ","),
        "most": picked.most.replace(".", ","),
        "relevant": source,
    }
