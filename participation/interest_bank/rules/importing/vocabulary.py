"""The words of an import: its states, fields, what can be wrong and what follows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.profile import Profile

MOST_PROBLEMS = 1_000
LONGEST_NAME = 60  # as at sign-up
LONGEST_TEXT = 2_000
LONGEST_VALUE_SHOWN = 60
CONFIRM_DAYS = (14, 30, 60)


class ImportState(StrEnum):
    """uploaded → checked (again after each change of columns) → running → done → undone."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    UNREADABLE = "unreadable"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class ImportConsent(StrEnum):
    """Invite: everybody must say yes by the mailed link. Paper: they have said yes already."""

    INVITE = "invite"
    PAPER = "paper"


class Field(StrEnum):
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    MUNICIPALITY = "municipality"
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"
    ROLES = "roles"
    AREAS = "areas"
    EXPERIENCE = "experience"
    WAYS = "ways"
    TIMES = "times"
    LANGUAGES = "languages"
    NEEDS = "needs"
    CONTACT = "contact"


FIELD_LABELS: Mapping[str, Any] = {
    Field.NAME: _l("Name"),
    Field.FIRST_NAME: _l("First name"),
    Field.LAST_NAME: _l("Last name"),
    Field.EMAIL: _l("E-mail"),
    Field.PHONE: _l("Phone"),
    Field.MUNICIPALITY: _l("Municipality"),
    Field.BIRTH_YEAR: _l("Year of birth"),
    Field.GENDER: _l("Gender"),
    Field.ROLES: _l("Experience as"),
    Field.AREAS: _l("Areas"),
    Field.EXPERIENCE: _l("Experience in own words"),
    Field.WAYS: _l("Takes part"),
    Field.TIMES: _l("Times"),
    Field.LANGUAGES: _l("Languages"),
    Field.NEEDS: _l("Needs"),
    Field.CONTACT: _l("Wants to be reached by"),
}


class Problem(StrEnum):
    MISSING_NAME = "missing_name"
    MISSING_CONTACT = "missing_contact"
    BAD_EMAIL = "bad_email"
    BAD_PHONE = "bad_phone"
    MISSING_MUNICIPALITY = "missing_municipality"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    BAD_YEAR = "bad_year"
    TOO_YOUNG = "too_young"
    PERSONAL_NUMBER = "personal_number"
    UNKNOWN_CHOICE = "unknown_choice"
    BROKEN_LETTERS = "broken_letters"
    TOO_LONG = "too_long"
    TWICE_IN_FILE = "twice_in_file"
    ALREADY_MEMBER = "already_member"
    LOOKS_LIKE = "looks_like"


PROBLEM_LABELS: Mapping[str, Any] = {
    Problem.MISSING_NAME: _l("The name is missing"),
    Problem.MISSING_CONTACT: _l("Neither e-mail nor phone: nobody could reach the person"),
    Problem.BAD_EMAIL: _l("The e-mail address cannot be right"),
    Problem.BAD_PHONE: _l("The phone number cannot be right"),
    Problem.MISSING_MUNICIPALITY: _l("The municipality is missing"),
    Problem.UNKNOWN_MUNICIPALITY: _l("No municipality of the county has that name or code"),
    Problem.BAD_YEAR: _l("The year of birth must be four digits"),
    Problem.TOO_YOUNG: _l("May be under 13: a guardian has to say yes first"),
    Problem.PERSONAL_NUMBER: _l("A personal identity number. We do not keep those; take it out"),
    Problem.UNKNOWN_CHOICE: _l("Not one of our alternatives"),
    Problem.BROKEN_LETTERS: _l("Letters like å, ä or ö are broken: save the file as UTF-8"),
    Problem.TOO_LONG: _l("The text is too long"),
    Problem.TWICE_IN_FILE: _l("Stands on an earlier row too"),
    Problem.ALREADY_MEMBER: _l("Is in the bank already"),
    Problem.LOOKS_LIKE: _l("Looks like somebody in the bank"),
}


class Outcome(StrEnum):
    """What will happen with a row."""

    STOPS = "stops"  # must be corrected: nothing is imported until it is
    SKIPPED = "skipped"  # left out, nothing to correct
    IMPORTED = "imported"  # taken in, and worth a look
    TAKEN_WITHOUT = "taken_without"  # taken in without this value


OUTCOME_LABELS: Mapping[str, Any] = {
    Outcome.STOPS: _l("Must be corrected"),
    Outcome.SKIPPED: _l("Left out"),
    Outcome.IMPORTED: _l("Taken in; listed among possible duplicates"),
    Outcome.TAKEN_WITHOUT: _l("Taken in without this value"),
}
OUTCOMES: Mapping[Problem, Outcome] = {
    **dict.fromkeys(Problem, Outcome.STOPS),
    Problem.UNKNOWN_CHOICE: Outcome.TAKEN_WITHOUT,
    Problem.TWICE_IN_FILE: Outcome.SKIPPED,
    Problem.ALREADY_MEMBER: Outcome.SKIPPED,
    Problem.LOOKS_LIKE: Outcome.IMPORTED,
}


@dataclass(frozen=True)
class Remark:
    """One thing about one cell; `row` as the sheet program numbers it."""

    row: int
    column: str
    problem: Problem
    value: str = ""

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[self.problem]


@dataclass(frozen=True)
class Row:
    """One person out of the file, ready to be taken in."""

    number: int
    email: str | None
    profile: Profile


@dataclass(frozen=True)
class Places:
    """What the county knows: names and codes of municipalities, names and keys of areas, folded."""

    municipalities: Mapping[str, str]  # folded name or code → code
    areas: Mapping[str, int]  # folded name or key → id
