"""The words of every choice, as a form and a page show them."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.options import (
    Assignment,
    ContactWay,
    ExperienceRole,
    Gender,
    Need,
    OpeningReason,
    Source,
    TimeOfDay,
    Way,
)
from participation.interest_bank.rules.states import MemberState

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
ASSIGNMENT_LABELS: dict[str, Any] = {
    Assignment.AUDIT: _l("Examine a unit together with others (user-directed audit)"),
    Assignment.COUNCIL: _l("Sit in the development council"),
    Assignment.PANEL: _l("Answer short questionnaires now and then"),
}
TIME_LABELS: dict[str, Any] = {
    TimeOfDay.WEEKDAY_MORNING: _l("Weekday mornings"),
    TimeOfDay.WEEKDAY_AFTERNOON: _l("Weekday afternoons"),
    TimeOfDay.EVENING: _l("Evenings"),
    TimeOfDay.WEEKEND: _l("Weekends"),
}
NEED_LABELS: dict[str, Any] = {
    Need.STEP_FREE: _l("No stairs (wheelchair or walker)"),
    Need.HEARING_LOOP: _l("Hearing loop"),
    Need.SIGN_LANGUAGE: _l("Sign language interpreter"),
    Need.INTERPRETER: _l("Interpreter to my language"),
    Need.EASY_READ: _l("Texts in easy Swedish"),
    Need.BREAKS: _l("Several breaks"),
    Need.COMPANION: _l("A support person with me"),
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
    MemberState.AWAITING: _l("Waits for a guardian"),
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

# The same choices in words for children and young people.
YOUNG_ROLE_LABELS: dict[str, Any] = {
    ExperienceRole.PATIENT: _l("I have been to a doctor, a nurse or a hospital"),
    ExperienceRole.SERVICE_USER: _l("I get help or support, at school or at home"),
    ExperienceRole.NEXT_OF_KIN: _l("Somebody in my family is ill or needs help"),
}
YOUNG_WAY_LABELS: dict[str, Any] = {
    Way.ON_SITE: _l("Meet others"),
    Way.ONLINE: _l("Talk by video"),
    Way.PHONE: _l("Talk on the phone"),
    Way.WRITING: _l("Write"),
}
YOUNG_NEED_LABELS: dict[str, Any] = {
    Need.COMPANION: _l("Have somebody with me"),
    Need.BREAKS: _l("Take many breaks"),
    Need.EASY_READ: _l("Short and easy texts"),
    Need.STEP_FREE: _l("No stairs"),
    Need.TRAVEL: _l("Help to get there"),
    Need.SIGN_LANGUAGE: _l("Sign language"),
}
YOUNG_GENDER_LABELS: dict[str, Any] = {
    Gender.WOMAN: _l("Girl"),
    Gender.MAN: _l("Boy"),
    Gender.OTHER: _l("Something else"),
    Gender.UNDISCLOSED: _l("I do not want to say"),
}
SOURCE_LABELS: dict[str, Any] = {
    Source.WEB: _l("On the web"),
    Source.PHONE: _l("By phone, with a coordinator"),
    Source.PAPER: _l("On a paper form"),
    Source.IMPORT: _l("From an earlier list"),
}


def choices(labels: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Labels as a form wants them, in their order."""
    return [(str(value), label) for value, label in labels.items()]
