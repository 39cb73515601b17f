"""The shape of a feedback meeting: when and where, why not, how it went."""

from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from participation.audits.models.meetings import PLACE_LENGTH
from participation.audits.rules.meeting import (
    KIND_LABELS,
    MOST_WHO_CAME,
    Kind,
    MeetingDraft,
    MeetingNotes,
)
from participation.foundation.clock import clocks_show, from_local
from participation.foundation.forms import (
    Clock,
    Day,
    Form,
    Hidden,
    TextBlock,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class MeetingForm(Form):
    """When and where."""

    day = Day(_l("Which day?"))
    starts = Clock(_l("Begins"))
    ends = Clock(_l("Ends"))
    place = TextLine(
        _l("Where?"),
        hint=_l("So that everybody finds it. It stands in mails: name no illness and nobody."),
        max_length=PLACE_LENGTH,
    )
    how = TextBlock(
        _l("Something of your own on the poster"),
        hint=_l("Coffee, a loop for hearing aids, whom to ask. In Swedish."),
        optional=True,
        rows=3,
        max_length=400,
    )
    was = Hidden()

    def validate_starts(self, field: Any) -> None:
        self._on_the_clocks(field)

    def validate_ends(self, field: Any) -> None:
        self._on_the_clocks(field)

    def _on_the_clocks(self, field: Any) -> None:
        if self.day.data and field.data and not clocks_show(self.day.data, field.data):
            raise ValidationError(_("The clocks go forward that night: this time does not exist."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and self.ends.data <= self.starts.data:
            self.add_error("ends", _("The meeting must end after it begins."))
            return False
        return valid

    def draft(self) -> MeetingDraft:
        """What was typed, for a form that is right."""
        day = self.day.data
        return MeetingDraft(
            starts_at=from_local(datetime.combine(day, self.starts.data)),
            ends_at=from_local(datetime.combine(day, self.ends.data)),
            place=self.place.data,
            how=self.how.data or "",
        )


class CancelMeetingForm(Form):
    """Why it is called off."""

    reason = TextLine(
        _l("Why is it called off?"),
        hint=_l("It stands in the mail to the team and the unit: name no illness and nobody."),
        max_length=300,
    )


def _count(kind: Kind) -> WholeNumber:
    return WholeNumber(KIND_LABELS[kind], minimum=0, maximum=MOST_WHO_CAME)


class MeetingNotesForm(Form):
    """How it went."""

    users = _count(Kind.USERS)
    next_of_kin = _count(Kind.NEXT_OF_KIN)
    staff = _count(Kind.STAFF)
    managers = _count(Kind.MANAGERS)
    said = TextBlock(
        _l("What was said?"),
        hint=_l("Of the group: “several”, “most”. No names, nobody who can be recognised."),
        rows=5,
        max_length=5_000,
    )
    changes = TextBlock(
        _l("What did it change about the proposals?"),
        hint=_l("Leave it empty if nothing changed."),
        optional=True,
        rows=3,
        max_length=2_000,
    )
    was = Hidden()

    def notes(self) -> MeetingNotes:
        """What was typed, for a form that is right."""
        return MeetingNotes(
            came={kind.value: self[kind.value].data for kind in Kind},
            said=self.said.data,
            changes=self.changes.data or "",
        )
