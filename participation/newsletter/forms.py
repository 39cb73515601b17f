"""Forms of the newsletter."""

from participation.foundation.forms import EmailLine, Form, TextBlock, TextLine
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_ITEM = 1_000


class SubscribeForm(Form):
    """One address, and nothing else."""

    email = EmailLine(_l("E-mail"))


class IssueForm(Form):
    """What stands first in an issue."""

    title = TextLine(_l("Title"), hint=_l("It is the subject of the mail too."))
    greeting = TextBlock(
        _l("Greeting"),
        hint=_l("A few sentences of your own. Leave it empty if the news speak for themselves."),
        optional=True,
        rows=4,
    )


class ItemForm(Form):
    """Other words for an item."""

    title = TextLine(_l("Title"))
    text = TextBlock(_l("Text"), optional=True, max_length=LONGEST_ITEM, rows=4)


class CorrectionForm(Form):
    """What was wrong in what was sent."""

    correction = TextBlock(
        _l("What was wrong?"),
        hint=_l("It stands first on the issue's page. Leave it empty to take it away."),
        optional=True,
        max_length=LONGEST_ITEM,
        rows=3,
    )
