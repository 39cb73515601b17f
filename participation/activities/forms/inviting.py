"""Forms of inviting: narrowing who fits, and choosing them."""

from datetime import date, datetime, timedelta
from typing import Any

from wtforms.validators import ValidationError

from participation.activities.forms.offers import ALL
from participation.activities.rules.rounds import end_of_day
from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, ManyOf, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS, choices


class CandidateFilter(Form):
    """Narrows the list of people who fit, before choosing by hand."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Name, e-mail or phone"), optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    role = OneOfList(_l("Experience as"), [*ALL, *choices(SHORT_ROLE_LABELS)], optional=True)
    way = OneOfList(_l("Takes part"), [*ALL, *choices(WAY_LABELS)], optional=True)


class InviteForm(Form):
    members = ManyOf(
        _l("People to invite"), [], missing=_l("Choose at least one person in the table.")
    )
    reply_day = Day(_l("Last day to answer"))
    reason = TextBlock(
        _l("Why these people?"),
        rows=3,
        max_length=300,
        hint=_l("It is logged, and those you invite can read it."),
    )

    def __init__(self, activity_day: date, *more: Any, **data: Any) -> None:
        self.activity_day = activity_day
        super().__init__(*more, **data)

    def validate_reply_day(self, field: Any) -> None:
        if field.data is None:
            return
        if not today() <= field.data < self.activity_day:
            raise ValidationError(
                _(
                    "Choose a day from today to %(day)s.",
                    day=format_day(self.activity_day - timedelta(days=1)),
                )
            )

    def reply_by(self) -> datetime:
        """The first moment after the last day to answer."""
        assert self.reply_day.data is not None
        return end_of_day(self.reply_day.data)
