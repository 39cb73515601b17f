"""Forms of own words in mails: the invitation's, and reminders with their time."""

import hashlib
from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from participation.activities.models import Reminder
from participation.activities.rules.placeholders import named_in, unknown_placeholders
from participation.activities.rules.reminders import (
    AUDIENCE_LABELS,
    FIRST_HOUR,
    LAST_HOUR,
    MOST_DAYS_BEFORE,
    Audience,
)
from participation.foundation.forms import Form, Hidden, OneOf, OneOfList, TextBlock, WholeNumber
from participation.foundation.i18n import format_and, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import choices

MOST_SIGNS = 1_500


class _OwnWords(Form):
    """`seen` tells which words the preview showed: others are shown before they are saved."""

    seen = Hidden()
    words: Any

    def __init__(self, never_named: Sequence[str], *more: Any, **data: Any) -> None:
        self.never_named = never_named
        super().__init__(*more, **data)

    def validate_words(self, field: Any) -> None:
        unknown = unknown_placeholders(field.data or "")
        if unknown:
            raise ValidationError(
                ngettext(
                    "%(names)s is not one of the words in braces below.",
                    "%(names)s are not among the words in braces below.",
                    len(unknown),
                    names=format_and(unknown),
                )
            )
        named = named_in(field.data or "", self.never_named)
        if named:
            raise ValidationError(
                _(
                    "Mails never tell what it is about. Take away: %(names)s.",
                    names=format_and(named),
                )
            )

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256((self.words.data or "").encode()).hexdigest()[:32]

    @property
    def was_seen(self) -> bool:
        return bool(self.seen.data == self.fingerprint)


class WordsForm(_OwnWords):
    words = TextBlock(
        _l("Your own words in the invitation"), optional=True, rows=6, max_length=MOST_SIGNS
    )


class ReminderForm(_OwnWords):
    audience = OneOf(_l("Who gets it?"), choices(AUDIENCE_LABELS), default=Audience.UNANSWERED)
    days_before = WholeNumber(
        _l("How many days before?"), minimum=0, maximum=MOST_DAYS_BEFORE, default=2
    )
    hour = OneOfList(
        _l("Time of day"),
        [(str(hour), f"{hour:02}:00") for hour in range(FIRST_HOUR, LAST_HOUR + 1)],
        default="9",
    )
    words = TextBlock(_l("Your own words"), rows=6, max_length=MOST_SIGNS)


def reminder_data(reminder: Reminder) -> dict[str, Any]:
    """A reminder as ReminderForm shows it."""
    return {
        "audience": reminder.audience,
        "days_before": reminder.days_before,
        "hour": str(reminder.hour),
        "words": reminder.words,
    }
