"""The shape of input on the pages of audits."""

from typing import Any

from participation.audits.rules.weeks import recent_weeks
from participation.coding.rules.drafts import ROLE_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

TITLE_LENGTH = 200
POINT_KINDS = (("strength", _l("A strength")), ("shortcoming", _l("A shortcoming")))


class OrderForm(Form):
    """A unit wants to be examined."""

    unit = OneOfList(_l("Which unit?"), [])
    title = TextLine(
        _l("What shall the audit be called?"),
        hint=_l("For example: How is it to live here?"),
        max_length=TITLE_LENGTH,
    )
    question = TextBlock(_l("What do you want to know?"), rows=3)
    target_group = TextBlock(_l("Whom shall the auditors talk with?"), rows=2)
    period_from = Day(_l("Interviews from"))
    period_to = Day(_l("Interviews to"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.period_to.data < self.period_from.data:
            self.add_error("period_to", _("The last day must come after the first."))
            return False
        return bool(valid)


class StepForm(Form):
    """One step of an audit's way."""

    note = TextBlock(_l("A note about the step"), optional=True, rows=2, max_length=1_000)


class AuditorForm(Form):
    """Who joins the team."""

    member = OneOf(
        _l("Who joins the team?"), [], missing=_l("Choose somebody, or search for another name.")
    )


class DeclareForm(Form):
    """An auditor declares that they have no ties."""

    has_no_ties = Tick(
        _l("I have no ties to the unit"),
        hint=_l(
            "I have not lived there, been helped there or worked there, and nobody close to me has."
        ),
        must=_l("Tick the box if it is true. If it is not, tell the coordinator."),
    )


class QuestionForm(Form):
    """One more question of the guide."""

    text = TextBlock(
        _l("Question"), hint=_l("Open, short, about one thing."), rows=2, max_length=500
    )
    follow_up = TextBlock(_l("Ask further"), optional=True, rows=2, max_length=500)


def _weeks() -> list[tuple[str, str]]:
    return [
        (week, _("Week %(number)s, from %(day)s", number=int(week[6:]), day=format_day(monday)))
        for week, monday in recent_weeks(today())
    ]


class InterviewForm(Form):
    """Notes of one interview."""

    respondent_role = OneOf(
        _l("Who did you talk with?"),
        [(role, label) for role, label in ROLE_LABELS.items() if role != "professional"],
    )
    held_week = OneOfList(_l("Which week?"), _weeks)
    notes = TextBlock(
        _l("Your notes"),
        hint=_l(
            "Write what was said, in the person's own words where you can. "
            "No names, no dates, nothing that points to somebody."
        ),
        max_length=20_000,
        rows=14,
    )


class ReportForm(Form):
    """The report's words in whole."""

    summary = TextBlock(_l("In short"), hint=_l("What matters most, in a few sentences."), rows=5)
    method = TextBlock(_l("How the audit was done"), optional=True, rows=5)
    independence = TextBlock(
        _l("Independence"),
        hint=_l("Who read the report, and what could be changed."),
        optional=True,
        rows=3,
    )
    team_note = TextBlock(_l("About the team"), optional=True, rows=2)


class PointForm(Form):
    """A strength or a shortcoming."""

    kind = OneOf(_l("What is it?"), POINT_KINDS)
    title = TextLine(_l("In one sentence"), max_length=TITLE_LENGTH)
    text = TextBlock(
        _l("What did people say?"), hint=_l("So that nobody can be recognised."), rows=4
    )


class ProposalForm(Form):
    """What the auditors propose."""

    title = TextLine(_l("The proposal in one sentence"), max_length=TITLE_LENGTH)
    text = TextBlock(_l("What shall be done?"), rows=3)


class FollowUpForm(Form):
    """What became of it."""

    who = TextLine(_l("Who was there?"), hint=_l("In numbers and roles, no names."), max_length=300)
    text = TextBlock(_l("What has become of the proposals?"), rows=6)
    remaining = TextBlock(_l("What remains?"), optional=True, rows=3)
