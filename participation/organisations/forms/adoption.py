"""What is written down about an organisation's decision on the participation model."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from participation.county.services import AdoptionDecision
from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class AdoptionForm(Form):
    """The decision to adopt the model."""

    since = Day(_l("Day of the decision"))
    decided_by = TextLine(
        _l("Who decided?"), max_length=200, hint=_l("For example: the social welfare board.")
    )
    diary_number = TextLine(_l("Diary number"), optional=True, max_length=60)
    note = TextBlock(
        _l("Note"), optional=True, rows=3, max_length=500, hint=_l("Everybody can read it.")
    )

    def validate_since(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Choose today or a day that has been."))

    def decision(self) -> AdoptionDecision:
        return AdoptionDecision(
            since=self.since.data,
            decided_by=self.decided_by.data or "",
            diary_number=self.diary_number.data or "",
            note=self.note.data or "",
        )


class EndAdoptionForm(Form):
    """The decision to leave the model."""

    until = Day(_l("Last day"), default=today)
    because = TextBlock(_l("Why?"), rows=3, max_length=500, hint=_l("Only coordinators read it."))

    def __init__(self, since: date | None, *more: Any, **data: Any) -> None:
        self.since_day = since
        super().__init__(*more, **data)

    def validate_until(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Choose today or a day that has been."))
        if field.data and self.since_day and field.data < self.since_day:
            raise ValidationError(_("Choose a day after the adoption."))
