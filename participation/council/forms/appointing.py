"""Who takes a seat or leaves it, and who represents residents in a group."""

from participation.council.rules.places import KIND_LABELS
from participation.foundation.forms import Day, Form, OneOf, OneOfList, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class SeatForm(Form):
    """Who takes the seat."""

    member = OneOf(
        _l("Who takes the seat?"), [], missing=_l("Choose somebody, or search for another name.")
    )
    since = Day(_l("From which day?"))


class VacateForm(Form):
    """A seat becomes empty."""

    on = Day(_l("Empty from which day?"))
    reason = TextLine(
        _l("Why?"),
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
