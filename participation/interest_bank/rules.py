"""Words and rules of the interest bank: states, choices, ages, fill-in. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import phonenumbers

from participation.foundation.i18n import lazy_gettext as _l

# TRUST, law: under this age a guardian approves. Which age is the controllers' decision.
AGE_WITHOUT_GUARDIAN = 13
OLDEST_BIRTH_YEAR = 1900
CONFIRMATION_LASTS = timedelta(days=7)
# Somebody who never confirmed is forgotten after this many days.
UNCONFIRMED_DAYS = 14
HIGHEST_CEILING = 12
LONGEST_PAUSE_DAYS = 2 * 366
# Counts below this are not shown in the table of who is in the bank.
SMALLEST_SHOWN_COUNT = 5
NOTICE_VERSION = "2026-11"
TOKEN_PURPOSE = "bank confirmation"  # noqa: S105 - a name, not a secret


class MemberState(StrEnum):
    """unconfirmed → active ⇄ paused; every state → left; left → unconfirmed by a new sign-up."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


MOVES: Mapping[MemberState, frozenset[MemberState]] = {
    MemberState.UNCONFIRMED: frozenset({MemberState.ACTIVE, MemberState.LEFT}),
    MemberState.ACTIVE: frozenset({MemberState.PAUSED, MemberState.LEFT}),
    MemberState.PAUSED: frozenset({MemberState.ACTIVE, MemberState.PAUSED, MemberState.LEFT}),
    MemberState.LEFT: frozenset({MemberState.UNCONFIRMED}),
}
IN_THE_BANK = (MemberState.ACTIVE, MemberState.PAUSED)


def may_move(current: str, wanted: MemberState) -> bool:
    return wanted in MOVES[MemberState(current)]


class ExperienceRole(StrEnum):
    """From which side somebody knows care and support (glossary: not a permission role)."""

    PATIENT = "patient"
    SERVICE_USER = "service_user"
    NEXT_OF_KIN = "next_of_kin"


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Way(StrEnum):
    """How somebody wants to take part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    PHONE = "phone"
    WRITING = "writing"


class TimeOfDay(StrEnum):
    WEEKDAY_MORNING = "weekday_morning"
    WEEKDAY_AFTERNOON = "weekday_afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


class Need(StrEnum):
    """What makes it possible to take part."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETER = "interpreter"
    EASY_READ = "easy_read"
    BREAKS = "breaks"
    COMPANION = "companion"
    TRAVEL = "travel"


class ContactWay(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    CALL = "call"


class ConsentPurpose(StrEnum):
    """What a person agreed to. Membership: being asked. Experiences: health and the like."""

    MEMBERSHIP = "membership"
    EXPERIENCES = "experiences"


class OpeningReason(StrEnum):
    """Why a coordinator opens somebody's page; stands in the event log."""

    ACTIVITY = "activity"
    CONTACTED_US = "contacted_us"
    CORRECTION = "correction"
    OTHER = "other"


ROLE_LABELS: dict[str, Any] = {
    ExperienceRole.PATIENT: _l("I am or have been a patient"),
    ExperienceRole.SERVICE_USER: _l("I have or have had support from the municipality"),
    ExperienceRole.NEXT_OF_KIN: _l("I am next of kin to somebody"),
}
SHORT_ROLE_LABELS: dict[str, Any] = {
    ExperienceRole.PATIENT: _l("Patient"),
    ExperienceRole.SERVICE_USER: _l("Service user"),
    ExperienceRole.NEXT_OF_KIN: _l("Next of kin"),
}
GENDER_LABELS: dict[str, Any] = {
    Gender.WOMAN: _l("Woman"),
    Gender.MAN: _l("Man"),
    Gender.OTHER: _l("With my own words"),
    Gender.UNDISCLOSED: _l("I would rather not say"),
}
WAY_LABELS: dict[str, Any] = {
    Way.ON_SITE: _l("In person"),
    Way.ONLINE: _l("By video"),
    Way.PHONE: _l("By phone"),
    Way.WRITING: _l("In writing"),
}
TIME_LABELS: dict[str, Any] = {
    TimeOfDay.WEEKDAY_MORNING: _l("Weekday mornings"),
    TimeOfDay.WEEKDAY_AFTERNOON: _l("Weekday afternoons"),
    TimeOfDay.EVENING: _l("Evenings"),
    TimeOfDay.WEEKEND: _l("Weekends"),
}
NEED_LABELS: dict[str, Any] = {
    Need.STEP_FREE: _l("No stairs"),
    Need.HEARING_LOOP: _l("Hearing loop"),
    Need.SIGN_LANGUAGE: _l("Sign language interpreter"),
    Need.INTERPRETER: _l("Interpreter to my language"),
    Need.EASY_READ: _l("Texts in easy Swedish"),
    Need.BREAKS: _l("Several breaks"),
    Need.COMPANION: _l("Somebody with me"),
    Need.TRAVEL: _l("Help with the journey"),
}
CONTACT_LABELS: dict[str, Any] = {
    ContactWay.EMAIL: _l("By e-mail"),
    ContactWay.SMS: _l("By text message"),
    ContactWay.CALL: _l("Call me"),
}
# Codes are ISO 639-1; names are how the county's residents know them.
LANGUAGE_LABELS: dict[str, Any] = {
    "sv": _l("Swedish"),
    "en": _l("English"),
    "ar": _l("Arabic"),
    "so": _l("Somali"),
    "fa": _l("Persian or Dari"),
    "uk": _l("Ukrainian"),
    "ti": _l("Tigrinya"),
    "fi": _l("Finnish"),
    "sgn": _l("Swedish sign language"),
}
STATE_LABELS: dict[str, Any] = {
    MemberState.UNCONFIRMED: _l("Not confirmed"),
    MemberState.ACTIVE: _l("Can be asked"),
    MemberState.PAUSED: _l("Resting"),
    MemberState.LEFT: _l("Has left"),
}
REASON_LABELS: dict[str, Any] = {
    OpeningReason.ACTIVITY: _l("It is about an activity"),
    OpeningReason.CONTACTED_US: _l("The person has contacted us"),
    OpeningReason.CORRECTION: _l("Something needs to be corrected"),
    OpeningReason.OTHER: _l("Something else, which I write down"),
}


def choices(labels: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Labels as a form wants them, in their order."""
    return [(str(value), label) for value, label in labels.items()]


def needs_guardian(birth_year: int, today: date) -> bool:
    """Whether somebody born that year may still be under 13 today.

    Only the year is asked for, so the youngest possible age counts.
    Source: TRUST.md, law (default: under 13 a guardian approves).

    >>> needs_guardian(2013, date(2026, 11, 22)), needs_guardian(2012, date(2026, 11, 22))
    (True, False)
    """
    return today.year - birth_year - 1 < AGE_WITHOUT_GUARDIAN


def age_in(year: int, birth_year: int) -> int:
    """The age somebody reaches during `year`."""
    return year - birth_year


def as_phone_number(typed: str) -> str | None:
    """A typed phone number in E.164, Swedish where no country is given; None for anything else."""
    if not re.fullmatch(r"[+\d][\d\s()-]{4,}", typed):
        return None
    try:
        number = phonenumbers.parse(typed, "SE")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def member_code(public_id: str) -> str:
    """The short code that stands for a person before a name is needed: "K-7F3X"."""
    return f"K-{public_id[:4].upper()}"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What somebody tells when joining; the same shape changes it later."""

    name: str
    phone: str | None
    municipality_code: str
    birth_year: int
    gender: Gender
    gender_text: str | None
    roles: tuple[ExperienceRole, ...]
    area_ids: tuple[int, ...]
    experience_text: str | None
    ways: tuple[str, ...]
    times: tuple[str, ...]
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    needs_text: str | None
    yearly_ceiling: int | None
    preferred_contact: ContactWay

    @property
    def tells_experiences(self) -> bool:
        """Whether there is anything that needs the consent to experiences."""
        return bool(self.area_ids or self.experience_text)


@dataclass(frozen=True)
class Band:
    """One row of the table bank against county: `count` None means "fewer than five"."""

    label: str
    count: int | None
    share: float | None
    county_share: float


def shown_count(count: int) -> int | None:
    """A small count is hidden, but "nobody" may be said."""
    return None if 0 < count < SMALLEST_SHOWN_COUNT else count


def bands(counted: Iterable[tuple[str, int, int]]) -> list[Band]:
    """(label, people in the bank, residents) as shares of both; small counts hidden.

    >>> [(b.count, b.share, b.county_share) for b in bands([("A", 30, 60), ("B", 2, 40)])]
    [(30, 0.9375, 0.6), (None, None, 0.4)]
    """
    rows = list(counted)
    in_bank = sum(count for _label, count, _residents in rows) or 1
    in_county = sum(residents for _label, _count, residents in rows) or 1
    return [
        Band(
            label,
            shown_count(count),
            None if shown_count(count) is None else count / in_bank,
            residents / in_county,
        )
        for label, count, residents in rows
    ]
