"""Forms of follow-up."""

from typing import Any

from wtforms.validators import ValidationError

from participation.commitments.rules import is_far_ahead
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    Hidden,
    ManyOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_TEXT = 1_000


class FeedbackForm(Form):
    """One matter of "you said – we did"."""

    commitment = Hidden()
    title = TextLine(
        _l("Title"), hint=_l("What it is about, in a few words: “Letters one can understand”.")
    )
    area = OneOfList(_l("Area"), [], optional=True)
    voice_text = TextBlock(
        _l("What did people say?"),
        hint=_l("One sentence in their own words, without names, places or diagnoses."),
        max_length=LONGEST_TEXT,
        rows=3,
    )
    voice_where = TextLine(
        _l("Where was it said?"),
        hint=_l("For example “Theme dialogue in Nybro” or “23 next of kin in the questionnaire”."),
        optional=True,
        max_length=300,
    )
    voice_on = Day(_l("When was it said?"))
    is_checked = Tick(
        _l("I have checked that nobody can be recognised"),
        must=_l("Check that nobody can be recognised, then tick the box."),
    )


class CheckForm(Form):
    """What those who said it think of the result."""

    check_text = TextBlock(
        _l("Does it ring true to those who said it?"), max_length=LONGEST_TEXT, rows=3
    )
    check_on = Day(_l("When did they answer?"))


class PutForm(Form):
    """Which groups are to answer a finding, and when."""

    groups = ManyOf(_l("Which groups are to answer?"), [])
    due_on = Day(_l("Answer by"))
    meeting_on = Day(_l("Meeting"), hint=_l("When the group meets, if you know it."), optional=True)

    def validate_due_on(self, field: Any) -> None:
        """A day ahead, and not after a mistyped year."""
        self._must_come(field)

    def validate_meeting_on(self, field: Any) -> None:
        self._must_come(field)

    def _must_come(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))
        if is_far_ahead(field.data, today()):
            raise ValidationError(_("The day is more than ten years ahead. Is the year right?"))


class CarryForm(Form):
    """Which plan actions carry an answer."""

    actions = ManyOf(_l("Which plan actions carry the answer?"), [])
