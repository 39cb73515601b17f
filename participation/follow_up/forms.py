"""Forms of follow-up."""

from participation.foundation.forms import Day, Form, Hidden, OneOfList, TextBlock, TextLine, Tick
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
