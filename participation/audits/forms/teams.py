"""The shape of a team."""

from participation.foundation.forms import (
    Form,
    OneOf,
    Tick,
)
from participation.foundation.i18n import lazy_gettext as _l


class AuditorForm(Form):
    """Who joins the team."""

    member = OneOf(
        _l("Who joins the team?"), [], missing=_l("Choose somebody, or search for another name.")
    )


class DeclareForm(Form):
    """An auditor declares that they have no ties."""

    has_no_ties = Tick(
        _l("I have no ties to the unit"),
        hint=_l(
            "I have not lived there, been helped there or worked there, and nobody close to me has."
        ),
        must=_l("Tick the box if it is true. If it is not, tell the coordinator."),
    )
