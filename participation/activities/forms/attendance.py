"""The form of who was there."""

from participation.foundation.forms import Form, ManyOf
from participation.foundation.i18n import lazy_gettext as _l


class AttendanceForm(Form):
    present = ManyOf(_l("Who was there?"), [], optional=True)


class PlainForm(Form):
    """Only the button and the token."""
