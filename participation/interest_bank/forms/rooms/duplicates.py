"""Forms about two entries that may be one person."""

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.forms import Form, OneOf, TextLine, Tick
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class ReasonForm(Form):
    """Why a coordinator opens two people's details side by side."""

    reason = TextLine(
        _l("Why do you compare them?"),
        hint=_l("Both can read it in their log."),
        missing=_l("Write why, in a few words."),
        max_length=200,
    )


class DecideForm(Form):
    decision = OneOf(
        _l("What do you say?"),
        [("first", ""), ("second", ""), ("not_same", "")],
        missing=_l("Choose one."),
    )
    reason = TextLine(
        _l("How do you know?"),
        hint=_l("For example: I called and asked."),
        missing=_l("Write how you know, in a few words."),
        max_length=200,
    )
    sure = Tick(_l("I know that merging cannot be undone"))

    def offer(self, first_code: str, second_code: str) -> "DecideForm":
        """Name the two entries as the page does."""
        self.decision.choices = [
            ("first", _("One person: keep %(code)s", code=first_code)),
            ("second", _("One person: keep %(code)s", code=second_code)),
            ("not_same", _("Two people: leave both as they are")),
        ]
        return self

    def validate_sure(self, field: Any) -> None:
        if self.decision.data in {"first", "second"} and not self.sure.data:
            raise ValidationError(_("Tick the box if the two are to become one."))
