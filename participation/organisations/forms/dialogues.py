"""Forms of dialogues between user organisations and groups."""

from collections.abc import Sequence

from participation.activities.models import Activity
from participation.county.models import Group
from participation.foundation.forms import Day, Form, OneOfList, TextBlock, TextLine, Tick
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class DialogueForm(Form):
    """A theme to take up with a group."""

    group = OneOfList(_l("Group"), [])
    theme = TextLine(_l("What is it about?"), max_length=200)
    text = TextBlock(_l("What do you want to talk about?"), max_length=4_000)

    def offer(self, groups: Sequence[Group]) -> None:
        """The groups there are."""
        self.group.choices = [("", _("Choose")), *((one.public_id, one.name) for one in groups)]


class LineForm(Form):
    text = TextBlock(_l("Write to each other"), rows=3, max_length=4_000)


class MeetingForm(Form):
    meets_on = Day(_l("Day"), optional=True)
    where = TextLine(_l("Where and when"), optional=True, max_length=300)


class StatementForm(Form):
    """What the group must answer."""

    title = TextLine(_l("What do you want to know or change?"), max_length=200)
    details = TextBlock(_l("Tell more"), max_length=4_000)
    is_public = Tick(
        _l("Everybody may read it, with the answer"),
        hint=_l("It then stands on the organisation's public page."),
    )


class TogetherForm(Form):
    activity = OneOfList(_l("Activity that you arrange together"), [])

    def offer(self, activities: Sequence[Activity]) -> None:
        """The activities that are still to come."""
        self.activity.choices = [
            ("", _("Choose")),
            *((one.public_id, f"{one.title}, {format_day(one.starts_at)}") for one in activities),
        ]
