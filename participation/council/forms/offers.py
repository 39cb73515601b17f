"""What somebody answers who is asked to take a seat."""

from participation.foundation.forms import Form, OneOf, TextBlock
from participation.foundation.i18n import lazy_gettext as _l

YES, NO = "yes", "no"


class OfferForm(Form):
    """Yes or no to a seat."""

    answer = OneOf(
        _l("Do you want the seat?"),
        [(YES, _l("Yes, I want to sit in the council")), (NO, _l("No, not this time"))],
        missing=_l("Choose yes or no."),
    )
    reason = TextBlock(
        _l("Do you want to say why?"),
        hint=_l("You need not. Only the coordinators read it."),
        optional=True,
        rows=2,
    )
