"""Minutes, who adjusts them, and what was decided."""

from collections.abc import Mapping, Sequence

from participation.council.models import AgendaItem, CouncilMeeting
from participation.council.rules.meetings import MOST_ADJUSTERS
from participation.foundation.forms import Day, Form, ManyOf, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_RECORD = 20_000


class DecisionForm(Form):
    """What was decided."""

    text = TextBlock(_l("What was decided?"), rows=3)
    point = OneOfList(_l("Under which point?"), [], optional=True)
    member = OneOfList(_l("Who in the council does it?"), [], optional=True)
    owner = TextLine(
        _l("Or somebody else"),
        hint=_l("A post or a unit, for example the coordinator."),
        optional=True,
    )
    due_on = Day(_l("By when?"), optional=True)


class AdjustersForm(Form):
    """Who reads the minutes and says that they are right."""

    members = ManyOf(
        _l("Who adjusts the minutes?"),
        [],
        hint=_l("At most three. When all of them have said that it is right, it is approved."),
        optional=True,
    )

    def validate_members(self, field: ManyOf) -> None:
        if field.data and len(field.data) > MOST_ADJUSTERS:
            raise ValueError(_("Choose at most three."))


class MinutesForm(Form):
    """What was said beside the points; `minutes_form` adds a field for each point."""

    minutes = TextBlock(
        _l("Before and beside the points"),
        hint=_l("For example who was there. Write what was said, not who said it."),
        max_length=LONGEST_RECORD,
        rows=4,
        optional=True,
    )

    def records(self, meeting: CouncilMeeting) -> Mapping[int, str]:
        """What was written under each point, by its number."""
        return {item.number: self[_field_of(item)].data or "" for item in meeting.agenda}


def minutes_form(meeting: CouncilMeeting, *, is_sent: bool) -> MinutesForm:
    """A form with a field for each point of a meeting; filled with what is written unless sent."""
    points = {
        _field_of(item): TextBlock(
            f"{place}. {item.title}", max_length=LONGEST_RECORD, rows=5, optional=True
        )
        for place, item in enumerate(meeting.agenda, start=1)
    }
    form_class = type("MinutesOfMeeting", (MinutesForm,), points)
    if is_sent:
        return form_class()  # type: ignore[no-any-return]
    written = {_field_of(item): item.record for item in meeting.agenda}
    return form_class(formdata=None, data={"minutes": meeting.minutes, **written})  # type: ignore[no-any-return]


def point_choices(agenda: Sequence[AgendaItem]) -> list[tuple[str, str]]:
    """The points a decision can belong to, and none of them."""
    points = [
        (str(item.number), f"{place}. {item.title}") for place, item in enumerate(agenda, start=1)
    ]
    return [("", _("No point")), *points]


def _field_of(item: AgendaItem) -> str:
    return f"record_{item.number}"
