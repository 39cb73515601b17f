"""Planning one meeting, or the year's."""

from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from participation.council.rules.meetings import MOST_MEETINGS, Rhythm
from participation.foundation.clock import clocks_show, from_local
from participation.foundation.forms import (
    Clock,
    Day,
    Form,
    OneOf,
    OneOfList,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


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

    def validate_starts(self, field: Any) -> None:
        if self.day.data and field.data and not clocks_show(self.day.data, field.data):
            raise ValidationError(_("The clocks go forward that night: this time does not exist."))

    validate_ends = validate_starts

    def span(self) -> tuple[datetime, datetime]:
        """Beginning and end in UTC."""
        day = self.day.data
        return (
            from_local(datetime.combine(day, self.starts.data)),
            from_local(datetime.combine(day, self.ends.data)),
        )


class SeriesForm(MeetingForm):
    """The meetings of a year: the first one, and how they follow on each other."""

    rhythm = OneOf(
        _l("How often?"),
        [
            (Rhythm.EVERY_TWO_WEEKS, _l("Every second week")),
            (Rhythm.EVERY_MONTH, _l("Every month, the same weekday")),
            (Rhythm.EVERY_TWO_MONTHS, _l("Every second month, the same weekday")),
            (Rhythm.EVERY_QUARTER, _l("Every third month, the same weekday")),
        ],
        default=Rhythm.EVERY_TWO_MONTHS,
    )
    count = WholeNumber(_l("How many meetings?"), minimum=2, maximum=MOST_MEETINGS, default=5)
