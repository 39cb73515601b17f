"""Writing a statement, agreeing on it, sending it, following it up."""

from typing import Any

from wtforms.validators import ValidationError

from participation.council.models import TITLE_LENGTH
from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class StatementForm(Form):
    """What the council says to a group."""

    group = OneOfList(_l("To which group?"), [])
    title = TextLine(
        _l("Title"), hint=_l("Say what you want, in one sentence."), max_length=TITLE_LENGTH
    )
    text = TextBlock(
        _l("The statement"),
        hint=_l("What have you seen, and what shall be different? Name no person."),
        rows=8,
    )


class AgreeForm(Form):
    """In which meeting the council agreed on the words."""

    meeting = OneOfList(_l("In which meeting did the council agree on it?"), [])


class SendForm(Form):
    """By when the group shall answer."""

    due_on = Day(_l("Answer by"))

    def validate_due_on(self, field: Any) -> None:
        if field.data is not None and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))


class FollowUpForm(Form):
    """What became of the group's answer."""

    text = TextBlock(
        _l("What became of it?"),
        hint=_l("Has the group done what it said? Does it show? Everybody can read it."),
        rows=5,
    )
