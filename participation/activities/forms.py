"""Forms of requests, activities, invitations and attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms.validators import ValidationError

from participation.activities.models import Activity, ParticipationRequest
from participation.activities.rules.details import ActivityDetails, RequestDetails
from participation.activities.rules.states import (
    ACTIVITY_STATE_LABELS,
    ANSWER_LABELS,
    CAN_BE_OPEN_TO_ALL,
    KIND_LABELS,
    MOST_SEATS,
    REQUEST_KINDS,
    REQUEST_STATE_LABELS,
    ActivityKind,
    Answer,
)
from participation.county.models import Area, Group, Municipality, Organisation, Unit
from participation.foundation.clock import from_local, to_local, today
from participation.foundation.forms import (
    Clock,
    Day,
    Form,
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

NONE = [("", _l("None in particular"))]
ALL = [("", _l("All"))]
MOST_ASKED_FOR = 100


@dataclass(frozen=True)
class Places:
    """The county's rows that forms offer; the view fetches them."""

    organisations: Sequence[Organisation]
    units: Sequence[Unit] = ()
    areas: Sequence[Area] = ()
    groups: Sequence[Group] = ()
    municipalities: Sequence[Municipality] = ()

    def offer(self, form: Form) -> None:
        """Fill the lists a form has."""
        rows = {
            "organisation_id": [("", _("Choose")), *_named(self.organisations)],
            "unit_id": [*NONE, *_named(self.units)],
            "area_id": [*NONE, *_named(self.areas)],
            "group_id": [*NONE, *_named(self.groups)],
            "wanted_municipalities": [
                (m.code, m.name) for m in sorted(self.municipalities, key=lambda place: place.name)
            ],
        }
        for name, offered in rows.items():
            if name in form:
                form[name].choices = offered

    def belongs(self, unit_id: int | None, organisation_id: int) -> bool:
        """Whether a chosen unit is the chosen organisation's."""
        return unit_id is None or any(
            unit.id == unit_id and unit.organisation_id == organisation_id for unit in self.units
        )


def _named(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]


def _id(value: str | None) -> int | None:
    return int(value) if value else None


class RequestForm(Form):
    """What an organisation wishes."""

    organisation_id = OneOfList(_l("Organisation"), [])
    unit_id = OneOfList(_l("Unit of the organisation"), [], optional=True)
    title = TextLine(
        _l("What is it about?"), hint=_l("A short name, for example: Better letters of invitation.")
    )
    kind = OneOfList(
        _l("What kind of participation?"), [(str(k), KIND_LABELS[k]) for k in REQUEST_KINDS]
    )
    task = TextBlock(
        _l("What will the participants do?"),
        hint=_l(
            "Tell what you want to know, how much time it takes, and what you will do with it."
        ),
    )
    people_count = WholeNumber(_l("How many people?"), minimum=1, maximum=MOST_ASKED_FOR)
    wanted_from = Day(_l("When, at the earliest?"), hint=_l("We need about four weeks to invite."))
    area_id = OneOfList(_l("Area"), [], optional=True)

    def validate_wanted_from(self, field: Any) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))

    def details(self) -> RequestDetails:
        return RequestDetails(
            organisation_id=int(self.organisation_id.data or 0),
            unit_id=_id(self.unit_id.data),
            title=self.title.data or "",
            task=self.task.data or "",
            kind=self.kind.data or "",
            people_count=self.people_count.data or 1,
            wanted_from=self.wanted_from.data or today(),
            area_id=_id(self.area_id.data),
        )


class DeclineForm(Form):
    reason = TextBlock(
        _l("Why not?"), rows=3, hint=_l("The organisation reads this."), max_length=1_000
    )


class MessageForm(Form):
    text = TextBlock(_l("Write to each other"), rows=3, max_length=2_000)


class RequestFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    state = OneOfList(
        _l("State"),
        [
            *ALL,
            *((str(s), label) for s, label in REQUEST_STATE_LABELS.items()),
        ],
        optional=True,
    )


class ActivityForm(Form):
    """An activity as a coordinator writes it."""

    organisation_id = OneOfList(_l("Organisation"), [])
    unit_id = OneOfList(_l("Unit of the organisation"), [], optional=True)
    group_id = OneOfList(_l("Group that gets the result"), [], optional=True)
    kind = OneOfList(_l("Kind"), choices(KIND_LABELS))
    title = TextLine(_l("Name"), hint=_l("Shown on the page behind the link, never in mails."))
    description = TextBlock(
        _l("What will the participants do?"), hint=_l("Write to the person you invite.")
    )
    day = Day(_l("Day"))
    starts = Clock(_l("Begins"))
    ends = Clock(_l("Ends"))
    place = TextLine(
        _l("Place or link"),
        max_length=300,
        hint=_l("Stands in mails and calendars: write the address, not the name of a clinic."),
    )
    seats = WholeNumber(_l("Seats"), minimum=1, maximum=MOST_SEATS)
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

    def validate_ends(self, field: Any) -> None:
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

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
            unit_id=_id(self.unit_id.data),
            group_id=_id(self.group_id.data),
            area_id=_id(self.area_id.data),
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
        )


def activity_data(activity: Activity) -> dict[str, Any]:
    """An activity as ActivityForm shows it."""
    names = [
        "kind",
        "title",
        "description",
        "place",
        "seats",
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
        **_ids(activity, "organisation_id", "unit_id", "group_id", "area_id"),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
    }


def data_from_request(request: ParticipationRequest) -> dict[str, Any]:
    """What a request already says about the activity that is made of it."""
    known = {str(kind) for kind in ActivityKind}
    return {
        **_ids(request, "organisation_id", "unit_id", "area_id"),
        "kind": request.kind if request.kind in known else ActivityKind.OTHER,
        "title": request.title,
        "description": request.task,
        "day": max(request.wanted_from, today()),
        "seats": request.people_count,
    }


def request_data(request: ParticipationRequest) -> dict[str, Any]:
    """A request as RequestForm shows it."""
    return {
        **_ids(request, "organisation_id", "unit_id", "area_id"),
        **{
            name: getattr(request, name)
            for name in ("title", "task", "kind", "people_count", "wanted_from")
        },
    }


def _ids(row: Any, *names: str) -> dict[str, str]:
    return {name: str(getattr(row, name) or "") for name in names}


class ActivityFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    state = OneOfList(_l("State"), [*ALL, *choices(ACTIVITY_STATE_LABELS)], optional=True)


class CandidateFilter(Form):
    """Narrows the list of people who fit, before choosing by hand."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Name, e-mail or phone"), optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    role = OneOfList(_l("Experience as"), [*ALL, *choices(SHORT_ROLE_LABELS)], optional=True)
    way = OneOfList(_l("Takes part"), [*ALL, *choices(WAY_LABELS)], optional=True)


class InviteForm(Form):
    members = ManyOf(
        _l("People to invite"), [], missing=_l("Choose at least one person in the table.")
    )
    reply_day = Day(_l("Last day to answer"))
    reason = TextBlock(
        _l("Why these people?"),
        rows=3,
        max_length=300,
        hint=_l("It is logged, and those you invite can read it."),
    )

    def __init__(self, activity_day: date, *more: Any, **data: Any) -> None:
        self.activity_day = activity_day
        super().__init__(*more, **data)

    def validate_reply_day(self, field: Any) -> None:
        if field.data is None:
            return
        if not today() <= field.data < self.activity_day:
            raise ValidationError(_("Choose a day from today to the day before the activity."))

    def reply_by(self) -> datetime:
        """The first moment after the last day to answer."""
        assert self.reply_day.data is not None
        return from_local(datetime.combine(self.reply_day.data + timedelta(days=1), time()))


class AnswerForm(Form):
    answer = OneOf(
        _l("What do you say?"), choices(ANSWER_LABELS), missing=_l("Choose one of the answers.")
    )
    words = TextBlock(
        _l("Do you want to add something?"),
        optional=True,
        rows=3,
        max_length=1_000,
        hint=_l("You need not say why you say no."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.answer.data == Answer.MORE and not self.words.data:
            self.add_error("words", _("Write what you want to know."))
            return False
        return holds


class AttendanceForm(Form):
    present = ManyOf(_l("Who was there?"), [], optional=True)


class CancelForm(Form):
    reason = TextBlock(
        _l("Why is it called off?"), rows=3, max_length=500, hint=_l("Those invited read this.")
    )


class PlainForm(Form):
    """Only the button and the token."""
