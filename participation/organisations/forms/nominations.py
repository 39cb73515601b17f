"""Forms of nominations: asking an organisation, and nominating somebody."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from participation.activities.models import Activity
from participation.county.models import Organisation
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    EmailLine,
    Form,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.organisations.rules.states import MOST_NOMINATED, SUBJECT_LABELS


class AskForm(Form):
    """A coordinator asks an organisation to nominate people."""

    organisation = OneOfList(_l("User organisation"), [])
    subject = OneOf(_l("For what?"), list(SUBJECT_LABELS.items()))
    activity = OneOfList(_l("Which activity or training?"), [], optional=True)
    text = TextBlock(
        _l("What do you want them to know?"),
        rows=4,
        max_length=2_000,
        hint=_l("The task, and what kind of experience you look for."),
    )
    how_many = WholeNumber(_l("How many people?"), minimum=1, maximum=MOST_NOMINATED)
    due_on = Day(_l("Last day to nominate"))

    def offer(self, organisations: Sequence[Organisation], activities: Sequence[Activity]) -> None:
        """The organisations and activities there are."""
        self.organisation.choices = [
            ("", _("Choose")),
            *((one.public_id, one.name) for one in organisations),
        ]
        self.activity.choices = [
            ("", _("None in particular")),
            *((one.public_id, f"{one.title}, {format_day(one.starts_at)}") for one in activities),
        ]

    def validate_due_on(self, field: Any) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))


class NominationForm(Form):
    """Whom the organisation nominates."""

    name = TextLine(_l("Name"))
    email = EmailLine(_l("E-mail"), missing=_l("Write the e-mail address."))
    words = TextBlock(
        _l("Why this person?"),
        rows=3,
        max_length=1_000,
        optional=True,
        hint=_l("The person reads it first. Do not write about illness."),
    )
    has_asked = Tick(
        _l("I have asked the person"),
        must=_l("Ask the person before you nominate them."),
        hint=_l("They get a mail, and decide themselves before anybody else sees their name."),
    )
