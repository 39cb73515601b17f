"""Forms of activities: making, changing, calling off, and the list."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wtforms.validators import ValidationError

from participation.activities.forms.offers import ALL, id_chosen, ids_shown
from participation.activities.models import Activity, ParticipationRequest
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.series import MOST_OCCASIONS, REPEAT_LABELS
from participation.activities.rules.states import (
    ACTIVITY_STATE_LABELS,
    CAN_BE_OPEN_TO_ALL,
    KIND_LABELS,
    MOST_SEATS,
    ActivityKind,
)
from participation.foundation.clock import clocks_show, from_local, to_local, today
from participation.foundation.forms import (
    Clock,
    Day,
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS, choices

SCOPE_LABELS = {
    "this": _l("This occasion only"),
    "following": _l("This one and those that follow"),
}


class ActivityForm(Form):
    """An activity as a coordinator writes it."""

    organisation_id = OneOfList(_l("Organisation"), [])
    unit_id = OneOfList(_l("Unit of the organisation"), [], optional=True)
    group_id = OneOfList(_l("Group that gets the result"), [], optional=True)
    kind = OneOfList(_l("Kind"), choices(KIND_LABELS))
    course_id = OneOfList(_l("Course that the training teaches"), [], optional=True)
    title = TextLine(_l("Name"), hint=_l("Shown on the page behind the link, never in mails."))
    description = TextBlock(
        _l("What will the participants do?"), hint=_l("Write to the person you invite.")
    )
    day = Day(_l("Day"))
    starts = Clock(_l("Begins"))
    ends = Clock(_l("Ends"))
    repeats = OneOfList(
        _l("Comes back"), [("", _l("No, once")), *choices(REPEAT_LABELS)], optional=True
    )
    occasions = WholeNumber(_l("How many times?"), minimum=2, maximum=MOST_OCCASIONS, optional=True)
    scope = OneOf(_l("What do you change?"), choices(SCOPE_LABELS), default="this", optional=True)
    place = TextLine(
        _l("Place"),
        max_length=300,
        hint=_l("Stands in mails and calendars: write the address, not the name of a clinic."),
    )
    link = TextLine(
        _l("Link to a video meeting"),
        max_length=500,
        optional=True,
        hint=_l("Begins with https://. Only those who come see it."),
        render={"type": "url", "inputmode": "url"},
    )
    time_text = TextLine(
        _l("Time it takes"),
        max_length=200,
        optional=True,
        hint=_l("For example: two hours, and half an hour of reading before."),
    )
    seats = WholeNumber(_l("Seats"), minimum=1, maximum=MOST_SEATS)
    draw_on = Day(
        _l("Day the seats are drawn by lot"),
        optional=True,
        hint=_l(
            "Leave empty to give seats in the order people say yes. With a day, a yes is a place "
            "in the draw, and nobody need hurry."
        ),
    )
    compensation_text = TextBlock(
        _l("Compensation"), optional=True, rows=3, default=lambda: _("Fee and travel are paid.")
    )
    accessibility_text = TextBlock(_l("Accessibility"), optional=True, rows=3)
    contact_text = TextBlock(_l("Whom to ask"), rows=2, hint=_l("Name and phone number."))
    is_open_to_all = Tick(
        _l("Open to everybody, with a public page"),
        hint=_l("For theme dialogues and trainings only."),
    )
    area_id = OneOfList(_l("Area people know something about"), [], optional=True)
    wanted_roles = ManyOf(_l("Experience as"), choices(SHORT_ROLE_LABELS), optional=True)
    wanted_municipalities = ManyOf(_l("Lives in"), [], optional=True)
    wanted_ways = ManyOf(_l("Takes part"), choices(WAY_LABELS), optional=True)
    loaded = Hidden(max_length=1_000)

    def validate_starts(self, field: Any) -> None:
        self._on_the_clocks(field)

    def _on_the_clocks(self, field: Any) -> None:
        if self.day.data and field.data and not clocks_show(self.day.data, field.data):
            raise ValidationError(_("The clocks go forward that night: this time does not exist."))

    def validate_link(self, field: Any) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(_("Write the whole link, beginning with https://"))

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.repeats.data and not self.occasions.data and not self.occasions.errors:
            self.add_error("occasions", _("Write how many times, all in all."))
            return False
        return holds

    def validate_ends(self, field: Any) -> None:
        self._on_the_clocks(field)
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

    def validate_draw_on(self, field: Any) -> None:
        if not field.data:
            return
        if self.repeats.data:
            raise ValidationError(_("Plan the series first, then set a day for each occasion."))
        if self.day.data and field.data >= self.day.data:
            raise ValidationError(_("The draw must come before the day of the activity."))

    def validate_course_id(self, field: Any) -> None:
        if field.data and self.kind.data != ActivityKind.TRAINING:
            raise ValidationError(_("Only a training teaches a course."))

    def validate_is_open_to_all(self, field: Any) -> None:
        if field.data and self.kind.data not in CAN_BE_OPEN_TO_ALL:
            raise ValidationError(_("Only theme dialogues and trainings can be open to everybody."))

    def details(self) -> ActivityDetails:
        """Raises AssertionError unless the form was validated."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        assert day is not None
        assert starts is not None
        assert ends is not None
        return ActivityDetails(
            organisation_id=int(self.organisation_id.data or 0),
            unit_id=id_chosen(self.unit_id.data),
            group_id=id_chosen(self.group_id.data),
            area_id=id_chosen(self.area_id.data),
            course_id=id_chosen(self.course_id.data),
            kind=self.kind.data or "",
            title=self.title.data or "",
            description=self.description.data or "",
            place=self.place.data or "",
            starts_at=from_local(datetime.combine(day, starts)),
            ends_at=from_local(datetime.combine(day, ends)),
            seats=self.seats.data or 1,
            compensation_text=self.compensation_text.data or "",
            contact_text=self.contact_text.data or "",
            accessibility_text=self.accessibility_text.data or "",
            is_open_to_all=bool(self.is_open_to_all.data),
            wanted_roles=tuple(self.wanted_roles.data or ()),
            wanted_municipalities=tuple(self.wanted_municipalities.data or ()),
            wanted_ways=tuple(self.wanted_ways.data or ()),
            link=self.link.data or None,
            time_text=self.time_text.data or "",
            draw_on=self.draw_on.data,
        )


class ActivityFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Words in the name"), optional=True)
    kind = OneOfList(_l("Kind"), [*ALL, *choices(KIND_LABELS)], optional=True)
    state = OneOfList(_l("State"), [*ALL, *choices(ACTIVITY_STATE_LABELS)], optional=True)


class CancelForm(Form):
    reason = TextBlock(
        _l("Why is it called off?"), rows=3, max_length=500, hint=_l("Those invited read this.")
    )


def activity_data(activity: Activity) -> dict[str, Any]:
    """An activity as ActivityForm shows it."""
    names = [
        "kind",
        "title",
        "description",
        "place",
        "link",
        "time_text",
        "seats",
        "draw_on",
        "compensation_text",
        "accessibility_text",
        "contact_text",
        "is_open_to_all",
        "wanted_roles",
        "wanted_municipalities",
        "wanted_ways",
    ]
    starts, ends = to_local(activity.starts_at), to_local(activity.ends_at)
    return {
        **{name: getattr(activity, name) for name in names},
        **ids_shown(activity, "organisation_id", "unit_id", "group_id", "area_id", "course_id"),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
    }


def data_to_copy(activity: Activity) -> dict[str, Any]:
    """An activity to plan once more: everything but its days."""
    return {**activity_data(activity), "day": None, "draw_on": None}


def is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and "." in parts.netloc and " " not in text


def data_from_request(request: ParticipationRequest) -> dict[str, Any]:
    """What a request already says about the activity that is made of it."""
    known = {str(kind) for kind in ActivityKind}
    described = (
        request.task,
        request.purpose,
        _("Time: %(text)s", text=request.time_text) if request.time_text else "",
    )
    return {
        **ids_shown(request, "organisation_id", "unit_id", "area_id"),
        "kind": request.kind if request.kind in known else ActivityKind.OTHER,
        "title": request.title,
        "description": "\n\n".join(filter(None, described)),
        "day": max(request.wanted_from or today(), today()),
        "seats": request.people_count,
        "place": request.place,
        "contact_text": request.contact_text,
        "wanted_roles": request.wanted_roles,
        "wanted_ways": request.wanted_ways,
        **({"compensation_text": request.compensation_text} if request.compensation_text else {}),
    }
