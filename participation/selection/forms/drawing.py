"""Forms of sealing, checking, seeding and ending a draw, and of somebody leaving."""

from datetime import datetime, timedelta
from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.clock import clocks_show, from_local, now, today
from participation.foundation.forms import Clock, Day, Form, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

DEFAULT_DAYS = 3


class PublishForm(Form):
    seed_source = TextBlock(
        _l("Where does the seed come from?"),
        rows=3,
        max_length=500,
        hint=_l(
            "Something public that nobody can steer, for example: the seven numbers of Lotto 1 on "
            "Saturday, in the order they were drawn."
        ),
    )
    due_day = Day(_l("The day it becomes known"), default=lambda: today() + timedelta(DEFAULT_DAYS))
    due_clock = Clock(_l("The time"))

    def validate_due_clock(self, field: Any) -> None:
        if not self.due_day.data or not field.data:
            return
        if not clocks_show(self.due_day.data, field.data):
            raise ValidationError(_("The clocks go forward that night: this time does not exist."))
        if self.due_at() <= now():
            raise ValidationError(_("Choose a time that has not come yet."))

    def due_at(self) -> datetime:
        return from_local(datetime.combine(self.due_day.data, self.due_clock.data))


class ObserverForm(Form):
    role = TextLine(
        _l("Who checked (their role)"),
        hint=_l("For example: the municipal federation's auditor. No name is published."),
    )
    found = TextBlock(_l("What they found"), rows=2, max_length=500)
    checked_on = Day(_l("Day of the check"), default=today)

    def validate_checked_on(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Choose a day that has been."))


class SeedForm(Form):
    value = TextLine(
        _l("The seed, exactly as it became known"),
        max_length=200,
        hint=_l("Numbers with a space between, in the order stated."),
    )
    again = TextLine(_l("The seed once more"), max_length=200)
    witnessed_by = TextLine(
        _l("Who witnessed it (their role)"),
        max_length=200,
        hint=_l("Published. Name a role, not a person."),
    )

    def validate_again(self, field: Any) -> None:
        if " ".join((field.data or "").split()) != " ".join((self.value.data or "").split()):
            raise ValidationError(_("The two are not the same. Look at the source again."))


class CancelForm(Form):
    reason = TextBlock(
        _l("Why is the draw cancelled?"),
        rows=3,
        max_length=300,
        hint=_l("Everybody can read it if the draw has been published."),
    )


class LeaveForm(Form):
    reason = TextBlock(
        _l("Why do they leave?"),
        rows=2,
        max_length=200,
        optional=True,
        hint=_l("Only in the event log. Write nothing about health."),
    )
