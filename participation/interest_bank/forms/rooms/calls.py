"""The form that says what came of a call."""

from participation.foundation.forms import Form, OneOf
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.calls import CallOutcome


class CalledForm(Form):
    outcome = OneOf(
        _l("What came of it?"),
        [
            (CallOutcome.TALKED, _l("We have talked")),
            (CallOutcome.NO_ANSWER, _l("No answer")),
            (CallOutcome.NOT_NEEDED, _l("It is not needed any more")),
        ],
    )
