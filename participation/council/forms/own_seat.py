"""How a member is shown to everybody, and how they leave."""

from participation.foundation.forms import Form, TextLine, Tick
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
    shows_municipality = Tick(_l("Show my municipality too"))


class ShownNameForm(Form):
    """The name everybody may see beside a group."""

    name = TextLine(
        _l("The name everybody may see"),
        hint=_l("Your whole name, your first name, or another name you use."),
    )


class LeaveForm(Form):
    """A member leaves the council."""

    reason = TextLine(
        _l("Do you want to say why?"),
        hint=_l("You need not. Only the coordinators read it. No illness."),
        optional=True,
        max_length=300,
    )
