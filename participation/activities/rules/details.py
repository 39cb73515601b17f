"""What people write down about a request and an activity. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class RequestDetails:
    """An organisation's wish, as its contact person writes it; a draft may lack most of it.

    `people_count` and `wanted_from` are None in a draft only; empty `wanted_*` means any.
    """

    organisation_id: int
    unit_id: int | None
    title: str
    task: str
    kind: str
    people_count: int | None
    wanted_from: date | None
    area_id: int | None
    purpose: str = ""
    experience_text: str = ""
    wanted_roles: tuple[str, ...] = ()
    wanted_ways: tuple[str, ...] = ()
    place: str = ""
    time_text: str = ""
    compensation_text: str = ""
    paid_by: str = ""
    use_text: str = ""
    answer_by: date | None = None
    contact_text: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityDetails:
    """An activity as a coordinator writes it. Times are aware; empty `wanted_*` means any."""

    organisation_id: int
    unit_id: int | None
    group_id: int | None
    area_id: int | None
    kind: str
    title: str
    description: str
    place: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    compensation_text: str
    contact_text: str
    accessibility_text: str
    is_open_to_all: bool
    wanted_roles: tuple[str, ...]
    wanted_municipalities: tuple[str, ...]
    wanted_ways: tuple[str, ...]
    course_id: int | None = None  # what a training teaches
    link: str | None = None
    time_text: str = ""
    draw_on: date | None = None  # the day the seats are drawn; None: in the order of the answers


# A change of one of these must reach the calendars of those who said yes.
IN_CALENDARS = ("title", "place", "link", "starts_at", "ends_at")


def changes_calendars(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return any(before[name] != after[name] for name in IN_CALENDARS)
