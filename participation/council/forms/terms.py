"""A new term."""

from typing import Any

from participation.council.rules.places import SEATS
from participation.council.rules.terms import Renewal
from participation.foundation.forms import Day, Form, OneOf, TextLine, WholeNumber
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MOST_SEATS, MOST_ALTERNATES = 40, 20


class TermForm(Form):
    """A new term of the council."""

    name = TextLine(_l("What is the term called?"), hint=_l("For example 2026–2028."))
    starts_on = Day(_l("First day"))
    ends_on = Day(_l("Last day"))
    seats = WholeNumber(_l("How many seats?"), minimum=1, maximum=MOST_SEATS, default=SEATS)
    alternates = WholeNumber(
        _l("How many alternates?"),
        minimum=0,
        maximum=MOST_ALTERNATES,
        default=4,
        hint=_l("They step in when a seat becomes empty, the first in order first."),
    )
    renewal = OneOf(
        _l("When the term ends"),
        [
            (Renewal.WHOLE, _l("All seats become empty")),
            (Renewal.HALF, _l("Half of the seats: those who have sat longest make room")),
        ],
        default=Renewal.WHOLE,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.ends_on.data <= self.starts_on.data:
            self.add_error("ends_on", _("The last day must come after the first."))
            return False
        return bool(valid)
