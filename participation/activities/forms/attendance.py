"""Forms of who was there."""

from participation.foundation.forms import Form, Hidden, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class NoteForm(Form):
    """One person's note: "yes", "no", or nothing to take it away."""

    present = Hidden()


class WalkInForm(Form):
    """Finds somebody of the bank who came without having been invited."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Name, e-mail or phone"), optional=True)


class PlainForm(Form):
    """Only the button and the token."""
