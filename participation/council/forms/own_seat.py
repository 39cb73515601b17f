"""How a member is shown to everybody."""

from participation.foundation.forms import Form, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class ShownForm(Form):
    """How a member wants to be shown on the public page."""

    name = TextLine(
        _l("The name everybody may see"),
        hint=_l("Your whole name, your first name, or another name you use."),
    )
    about = TextLine(
        _l("A line about you"),
        hint=_l("For example: Next of kin, Västervik. Tell only what you want everybody to know."),
        optional=True,
    )
