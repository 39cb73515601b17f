"""The form that opens protected contact details."""

from participation.foundation.forms import Form, TextBlock
from participation.foundation.i18n import lazy_gettext as _l


class GlassForm(Form):
    reason = TextBlock(
        _l("Why do you need to know?"),
        hint=_l("The person and the data protection officer read your words."),
        missing=_l("Write why. Without a reason nothing is opened."),
        max_length=300,
        rows=3,
    )
