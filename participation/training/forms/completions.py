"""That somebody has completed a course, written by hand, or that they had not."""

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, OneOf, TextBlock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class CompletionForm(Form):
    """Who has completed the course, when, and how we know."""

    member = OneOf(_l("Who?"), [])
    completed_on = Day(_l("Completed on"))
    reason = TextBlock(
        _l("How do we know?"),
        rows=2,
        max_length=300,
        hint=_l("For example: has a certificate from 2024."),
    )

    def validate_completed_on(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Choose today or a day that has been."))


class WithdrawCompletionForm(Form):
    reason = TextBlock(_l("Why?"), rows=2, max_length=300, hint=_l("It is logged."))
