"""Forms of drawing for an activity: how many, and by when those who were drawn answer."""

from typing import Any

from participation.activities.forms.inviting import InviteForm
from participation.activities.rules.states import MOST_SEATS
from participation.foundation.forms import Form, WholeNumber
from participation.foundation.i18n import lazy_gettext as _l


class NewDrawForm(Form):
    people = WholeNumber(_l("How many are drawn"), minimum=1, maximum=MOST_SEATS)
    alternates = WholeNumber(
        _l("Alternates"),
        minimum=0,
        maximum=MOST_SEATS,
        hint=_l("They step in when somebody who was drawn says no."),
    )


class InviteDrawnForm(InviteForm):
    """As when inviting by hand, but the lot has chosen and gives the reason."""

    members: Any = None
    reason: Any = None
