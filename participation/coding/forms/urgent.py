"""The shape of what is said about a flagged text."""

from participation.coding.forms.review import LONGEST_MEMO
from participation.coding.rules.urgent import OUTCOME_LABELS
from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOf,
    TextBlock,
)
from participation.foundation.i18n import lazy_gettext as _l


class UrgentContactsForm(Form):
    """Who gets a mail when a text is flagged."""

    people = ManyOf(
        _l("Who is responsible?"),
        [],
        hint=_l("Choose two or more, so that somebody is always there. None: all coordinators."),
        optional=True,
    )


class UrgentDoneForm(Form):
    """What became of a flagged text."""

    outcome = OneOf(
        _l("What became of it?"),
        lambda: [(one.value, label) for one, label in OUTCOME_LABELS.items()],
        missing=_l("Choose what became of it."),
    )
    note = TextBlock(
        _l("What was done"),
        hint=_l("Whom you called, and what was agreed. Only those who code can read it."),
        optional=True,
        max_length=LONGEST_MEMO,
        rows=3,
    )
