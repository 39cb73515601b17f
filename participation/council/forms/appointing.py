"""Who takes a seat or leaves it, and who represents residents in a group."""

from participation.council.rules.places import KIND_LABELS
from participation.council.rules.succession import NOTED_BY_HAND, VACANCY_LABELS
from participation.foundation.forms import Day, Form, OneOf, OneOfList, TextLine
from participation.foundation.i18n import lazy_gettext as _l

ASK, SEAT = "ask", "seat"


class SeatForm(Form):
    """Who is asked about the seat, or takes it."""

    member = OneOf(_l("Who?"), [], missing=_l("Choose somebody, or search for another name."))
    how = OneOf(
        _l("Has the person said yes?"),
        [
            (ASK, _l("No: ask by mail. The person gets a link and 14 days to answer.")),
            (SEAT, _l("Yes: the person takes the seat.")),
        ],
    )
    since = Day(_l("From which day?"))


class StepInForm(Form):
    """Which alternate steps in; the first in order is chosen beforehand."""

    alternate = OneOf(_l("Who steps in?"), [])


class VacateForm(Form):
    """A seat becomes empty."""

    kind = OneOf(_l("Why?"), [(kind, VACANCY_LABELS[kind]) for kind in NOTED_BY_HAND])
    on = Day(_l("Empty from which day?"))
    reason = TextLine(
        _l("Do you want to add something?"),
        hint=_l("A few words for yourselves. It is never shown outside. No illness."),
        optional=True,
        max_length=300,
    )


class RepresentationForm(Form):
    """Who represents residents in a group."""

    group = OneOfList(_l("In which group?"), [])
    kind = OneOf(_l("Ordinary or alternate?"), [(k, label) for k, label in KIND_LABELS.items()])
    person = OneOf(_l("Who?"), [], missing=_l("Choose somebody, or search for another name."))
    from_on = Day(_l("From which day?"))
