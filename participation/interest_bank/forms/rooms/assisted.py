"""The same questions as on the web, on one page, for a coordinator who fills them in."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.clock import today
from participation.foundation.forms import Day, EmailLine, Hidden, OneOf, Tick
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.forms.reach import ReachStep
from participation.interest_bank.forms.steps import ExperienceStep, HowStep, WhoStep
from participation.interest_bank.rules import Profile, Source

OLDEST_CONSENT_DAYS = 366
HOW_TOLD = [(str(Source.PHONE), _l("On the phone")), (str(Source.PAPER), _l("On a paper form"))]


class AssistedForm(WhoStep, ExperienceStep, HowStep, ReachStep):
    """All four steps; the person speaks, or has written, and the coordinator types."""

    told_how = OneOf(_l("How did the person tell?"), HOW_TOLD, default=Source.PHONE)
    email: Any = EmailLine(_l("E-mail"), optional=True)
    said_yes = Tick(
        _l("The person has said yes to join, after hearing or reading the information"),
        must=_l("Without a yes nobody is signed up."),
    )
    said_on = Day(_l("Which day?"), default=today)
    not_the_same = Hidden()

    def validate_said_on(self, field: Any) -> None:
        if field.data is None:
            return
        if not 0 <= (today() - field.data).days <= OLDEST_CONSENT_DAYS:
            raise ValidationError(_("Write the day of the call or on the form, within a year."))

    def validate(self, extra_validators: Any = None) -> bool:
        holds = super().validate(extra_validators)
        if not self.email.data and not self.phone.data and not self.phone.errors:
            self.add_error("phone", _("Write an e-mail address or a phone number."))
            return False
        if self.preferred_contact.data == "email" and not self.email.data:
            self.add_error("preferred_contact", _("The person has no e-mail. Choose another way."))
            return False
        return holds

    def profile(self) -> Profile:
        """Everything told, from all four steps."""
        steps = (WhoStep, ExperienceStep, HowStep, ReachStep)
        return Profile(**{name: value for s in steps for name, value in s.told(self).items()})

    @property
    def agreed_on(self) -> date:
        day: date = self.said_on.data
        return day
