"""The shape of input on the pages of reports."""

from collections.abc import Sequence
from typing import Any

from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, ManyOf, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import lazy_gettext as _l
from participation.reports.models import TITLE_LENGTH
from participation.reports.rules.kinds import PART_NAMES

LONGEST_INTRODUCTION = 3_000


class ReportForm(Form):
    """Who reads, which period, what; title and introduction if somebody wants to."""

    reader = OneOfList(_l("Who is it for?"), [])
    period_from = Day(_l("From"))
    period_to = Day(_l("To and including"))
    parts = ManyOf(
        _l("What should it hold?"),
        [],
        hint=_l("Choose nothing, and it holds what such a report usually holds."),
        optional=True,
    )
    order = TextLine(
        _l("Another order"),
        hint=_l("Numbers of the parts above, such as 1, 7, 2. The rest follow."),
        optional=True,
        max_length=60,
    )
    title = TextLine(
        _l("Title"),
        hint=_l("Empty: “Report for …”."),
        optional=True,
        max_length=TITLE_LENGTH,
    )
    introduction = TextBlock(
        _l("Introduction in your own words"),
        optional=True,
        max_length=LONGEST_INTRODUCTION,
        rows=4,
    )

    def offer(self, readers: Sequence[tuple[str, str]]) -> None:
        """Whom it can be for, and the parts with their numbers."""
        self.reader.choices = list(readers)
        self.parts.choices = [
            (key.value, f"{number}. {name}")
            for number, (key, name) in enumerate(PART_NAMES.items(), 1)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.period_to.data < self.period_from.data:
            self.add_error("period_to", _l("The period ends before it begins."))
        elif self.period_from.data > today():
            self.add_error("period_from", _l("The period has not begun yet."))
        return not self.errors

    def in_order(self) -> list[str]:
        """The chosen parts in the order that was asked for."""
        chosen = list(self.parts.data or ())
        every = [key.value for key in PART_NAMES]
        numbers = [
            int(one) for one in (self.order.data or "").replace(",", " ").split() if one.isdecimal()
        ]
        first = [every[n - 1] for n in numbers if 0 < n <= len(every) and every[n - 1] in chosen]
        return [*dict.fromkeys(first), *(one for one in chosen if one not in first)]


class WordsForm(Form):
    """What is searched for in a list."""

    words = TextLine(_l("Words in the title"), optional=True)
