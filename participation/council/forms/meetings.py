"""Planning a meeting, its agenda, minutes and decisions."""

from datetime import datetime
from typing import Any

from participation.council.models import TITLE_LENGTH
from participation.foundation.clock import from_local
from participation.foundation.forms import Clock, Day, Form, OneOfList, TextBlock, TextLine
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
