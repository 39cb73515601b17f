"""The shape of reports."""

from participation.foundation.forms import (
    Form,
    OneOf,
    TextBlock,
    TextLine,
)
from participation.foundation.i18n import lazy_gettext as _l

TITLE_LENGTH = 200

POINT_KINDS = (("strength", _l("A strength")), ("shortcoming", _l("A shortcoming")))


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
