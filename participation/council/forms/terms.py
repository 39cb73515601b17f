"""A new term."""

from typing import Any

from participation.foundation.forms import Day, Form, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class TermForm(Form):
    """A new term of the council."""

    name = TextLine(_l("What is the term called?"), hint=_l("For example 2026–2028."))
    starts_on = Day(_l("First day"))
    ends_on = Day(_l("Last day"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.ends_on.data <= self.starts_on.data:
            self.add_error("ends_on", _("The last day must come after the first."))
            return False
        return bool(valid)
