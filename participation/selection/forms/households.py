"""The form that notes people who have said that they live together."""

import re
from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.forms import Form, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

FEWEST, MOST = 2, 10


class DeclaredHouseholdForm(Form):
    codes = TextLine(
        _l("Codes of those who live together"),
        hint=_l("As the bank shows them, with a space between: K-4F2 K-9T7."),
    )

    def validate_codes(self, field: Any) -> None:
        if not FEWEST <= len(self.written()) <= MOST:
            raise ValidationError(_("Write two codes or more."))

    def written(self) -> list[str]:
        return list(dict.fromkeys(re.findall(r"[^\s,;]+", self.codes.data or "")))
