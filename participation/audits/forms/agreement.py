"""The shape of an agreement about an audit."""

from typing import Any

from participation.audits.rules.agreement import (
    MILESTONE_LABELS,
    Milestone,
    is_follow_up_in_time,
    out_of_order,
)
from participation.foundation.forms import Day, Form, Hidden, TextBlock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class AgreementForm(Form):
    """What those who lead and the unit agree on, and by when."""

    scope = TextBlock(
        _l("What is examined"),
        hint=_l("How many people there are, and in which languages and ways they talk."),
        rows=3,
    )
    access = TextBlock(
        _l("What the unit sees to"),
        hint=_l("A room of its own, somebody to call on the spot, time for those who talk."),
        rows=3,
    )
    secrecy = TextBlock(
        _l("What is said stays between the auditors"),
        hint=_l("The law or the agreement that holds, and what happens if somebody is in danger."),
        rows=3,
    )
    report_reading = TextBlock(
        _l("Who reads the report before it is handed over"),
        hint=_l("Facts may be corrected. What people said is not changed."),
        rows=2,
    )
    information = Day(MILESTONE_LABELS[Milestone.INFORMATION])
    interviews_from = Day(MILESTONE_LABELS[Milestone.INTERVIEWS_FROM])
    interviews_to = Day(MILESTONE_LABELS[Milestone.INTERVIEWS_TO])
    report = Day(MILESTONE_LABELS[Milestone.REPORT])
    facts = Day(
        MILESTONE_LABELS[Milestone.FACTS],
        hint=_l("Ten working days after the report are usual."),
    )
    feedback = Day(MILESTONE_LABELS[Milestone.FEEDBACK])
    follow_up = Day(MILESTONE_LABELS[Milestone.FOLLOW_UP])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        early = out_of_order(self.plan)
        if early is not None:
            self.add_error(early.value, _("This day comes before the one above."))
        elif not is_follow_up_in_time(self.plan):
            self.add_error(
                "follow_up", _("The follow-up is six to twelve months after the feedback meeting.")
            )
        return not self.errors

    @property
    def plan(self) -> dict[Milestone, Any]:
        """The day of each milestone."""
        return {milestone: self[milestone.value].data for milestone in Milestone}


class AcceptForm(Form):
    """The unit says yes to the words it read."""

    written = Hidden(max_length=40)
