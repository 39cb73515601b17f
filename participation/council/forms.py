"""The shape of input on the council's pages."""

from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from participation.council.rules.places import KIND_LABELS
from participation.foundation.clock import from_local, today
from participation.foundation.forms import (
    Clock,
    Day,
    Form,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

TITLE_LENGTH = 200


class TermForm(Form):
    """A new term of the council."""

    name = TextLine(_l("What is the term called?"), hint=_l("For example 2026–2028."))
    starts_on = Day(_l("First day"))
    ends_on = Day(_l("Last day"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.ends_on.data <= self.starts_on.data:
            self.add_error("ends_on", _("The last day must come after the first."))
            return False
        return bool(valid)


class MeetingForm(Form):
    """When and where the council meets."""

    title = TextLine(_l("What is the meeting called?"))
    day = Day(_l("Day"))
    starts = Clock(_l("Begins"))
    ends = Clock(_l("Ends"))
    place = TextLine(
        _l("Where?"), hint=_l("Address, lift, hearing loop. Or: by video."), max_length=300
    )
    organisation = OneOfList(_l("Who arranges it?"), [])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.ends.data <= self.starts.data:
            self.add_error("ends", _("The meeting must end after it begins."))
            return False
        return bool(valid)

    def span(self) -> tuple[datetime, datetime]:
        """Beginning and end in UTC."""
        day = self.day.data
        return (
            from_local(datetime.combine(day, self.starts.data)),
            from_local(datetime.combine(day, self.ends.data)),
        )


class AgendaForm(Form):
    """One more point of the agenda."""

    title = TextLine(_l("Point"), max_length=TITLE_LENGTH)
    text = TextBlock(
        _l("What is it about?"),
        hint=_l("Plain words, so that everybody can prepare."),
        optional=True,
        rows=3,
    )


class DecisionForm(Form):
    """What was decided."""

    text = TextBlock(_l("What was decided?"), rows=3)
    owner = TextLine(_l("Who does it?"), optional=True)
    due_on = Day(_l("By when?"), optional=True)


class MinutesForm(Form):
    """What was said."""

    minutes = TextBlock(
        _l("Minutes"),
        hint=_l("Write what was said, not who said it."),
        max_length=20_000,
        rows=12,
    )


class StatementForm(Form):
    """What the council says to a group."""

    group = OneOfList(_l("To which group?"), [])
    title = TextLine(
        _l("Title"), hint=_l("Say what you want, in one sentence."), max_length=TITLE_LENGTH
    )
    text = TextBlock(
        _l("The statement"),
        hint=_l("What have you seen, and what shall be different? Name no person."),
        rows=8,
    )


class SendForm(Form):
    """By when the group shall answer."""

    due_on = Day(_l("Answer by"))

    def validate_due_on(self, field: Any) -> None:
        if field.data is not None and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))


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
