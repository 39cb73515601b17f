"""The form that says how somebody was told."""

from participation.foundation.forms import Form, OneOf
from participation.foundation.i18n import lazy_gettext as _l


class ToldForm(Form):
    how = OneOf(
        _l("How was the person told?"),
        [
            ("called", _l("I have called")),
            ("posted", _l("I have posted the letter")),
            ("not_needed", _l("It is not needed any more")),
        ],
    )
