"""Forms of coordinators: what an activity asks, deciding, approving, paying."""

from typing import Any

from wtforms.validators import ValidationError

from participation.assignments.forms.amounts import amount_error
from participation.assignments.rules.money import WrongAmount, ore_from
from participation.assignments.rules.states import CLAIM_LABELS, DECISION_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

ALL = [("", _l("All"))]


class TermsForm(Form):
    """What an activity asks of those who said yes."""

    needs_agreement = Tick(_l("An agreement on the assignment"))
    needs_declaration = Tick(_l("A declaration of ties"))
    gives_compensation = Tick(_l("Those who come are offered compensation"))
    extra_text = TextBlock(
        _l("What is special this time"),
        optional=True,
        rows=3,
        max_length=1_500,
        hint=_l("Stands in the agreement. Those who have agreed already keep their words."),
    )


class DecideForm(Form):
    decision = OneOf(
        _l("What do you decide?"), [(str(key), label) for key, label in DECISION_LABELS.items()]
    )
    reason = TextBlock(_l("Why?"), rows=3, max_length=1_000, hint=_l("The person reads this."))


class AnswerQuestionForm(Form):
    answer = TextBlock(
        _l("Your answer"), rows=4, max_length=2_000, hint=_l("The person reads this.")
    )


class ClaimFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    state = OneOfList(
        _l("State"),
        [*ALL, *((str(key), label) for key, label in CLAIM_LABELS.items())],
        optional=True,
    )
    organisation = OneOfList(_l("Organisation"), [], optional=True)


class BatchForm(Form):
    claims = ManyOf(_l("Claims"), [], missing=_l("Tick at least one claim."))


class ReturnForm(Form):
    reason = TextBlock(
        _l("What must be mended?"),
        rows=3,
        max_length=1_000,
        hint=_l("The person reads this and can send the claim again."),
    )


class AdjustForm(Form):
    """A new amount; zero is allowed here."""

    amount = TextLine(
        _l("New amount, in kronor"),
        missing=_l("Write the new amount."),
        max_length=30,
        render={"inputmode": "decimal", "autocomplete": "off"},
    )
    reason = TextBlock(_l("Why?"), rows=3, max_length=500, hint=_l("The person reads this."))

    def validate_amount(self, field: Any) -> None:
        if field.data and self._is_nothing():
            return
        try:
            ore_from(field.data or "")
        except WrongAmount as problem:
            message = _("Write zero or more.") if problem.reason == "low" else amount_error(problem)
            raise ValidationError(message) from problem

    @property
    def ore(self) -> int:
        """The validated amount in öre."""
        return 0 if self._is_nothing() else ore_from(self.amount.data)

    def _is_nothing(self) -> bool:
        typed = str(self.amount.data or "").replace(",", ".").strip()
        return bool(typed) and set(typed) <= set("0.") and typed.count(".") <= 1


class PaidForm(Form):
    paid_on = Day(_l("The day it was paid"))

    def validate_paid_on(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Choose a day that is not ahead."))


class PlainForm(Form):
    """Only the button and the token."""
