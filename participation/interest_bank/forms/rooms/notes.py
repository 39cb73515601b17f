"""The form for a note about a person."""

from participation.foundation.forms import Form, TextBlock
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_NOTE = 2_000


class NoteForm(Form):
    text = TextBlock(
        _l("New note"),
        hint=_l("Write what you would say to the person: they can read it."),
        missing=_l("Write something first."),
        max_length=LONGEST_NOTE,
        rows=4,
    )
