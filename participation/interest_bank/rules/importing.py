"""Reading rows of an existing bank: what columns mean, what is wrong, what will happen. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from email_validator import EmailNotValidError, validate_email

from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.ages import OLDEST_BIRTH_YEAR, PROPOSED_AGES
from participation.interest_bank.rules.identity import as_phone_number
from participation.interest_bank.rules.options import (
    ContactWay,
    ExperienceRole,
    Gender,
    Need,
    TimeOfDay,
    Way,
)
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


def folded(text: str) -> str:
    """Lower case without accents, signs as single spaces.

    >>> folded("  E-post (privat): ")
    'e post privat'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


# Folded headings, Swedish and English, that people give their columns.
_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("namn", "name", "hela namnet", "for och efternamn", "full name", "person"),
    Field.FIRST_NAME: ("fornamn", "first name", "tilltalsnamn"),
    Field.LAST_NAME: ("efternamn", "last name", "surname"),
    Field.EMAIL: (
        "e post",
        "epost",
        "mejl",
        "mail",
        "e mail",
        "email",
        "e postadress",
        "mejladress",
    ),
    Field.PHONE: ("telefon", "mobil", "mobilnummer", "telefonnummer", "tel", "phone", "mobile"),
    Field.MUNICIPALITY: ("kommun", "bostadsort", "ort", "hemkommun", "municipality", "kommunkod"),
    Field.BIRTH_YEAR: ("fodelsear", "fodd", "fodelsedatum", "ar", "birth year", "year of birth"),
    Field.GENDER: ("kon", "gender", "sex"),
    Field.ROLES: ("roll", "erfarenhet som", "patient narstaende", "role", "experience as"),
    Field.AREAS: ("omrade", "omraden", "erfarenhetsomrade", "area", "areas", "intresseomrade"),
    Field.EXPERIENCE: (
        "erfarenhet",
        "beskrivning",
        "anteckning",
        "ovrigt",
        "experience",
        "fritext",
    ),
    Field.WAYS: ("deltar", "satt", "medverkar", "takes part", "ways"),
    Field.TIMES: ("tider", "nar", "times"),
    Field.LANGUAGES: ("sprak", "language", "languages"),
    Field.NEEDS: ("behov", "anpassning", "needs"),
    Field.CONTACT: ("kontaktsatt", "onskad kontakt", "contact"),
}
_CHOICES: Mapping[Field, Mapping[str, str]] = {
    Field.GENDER: {
        "kvinna": Gender.WOMAN, "k": Gender.WOMAN, "woman": Gender.WOMAN, "female": Gender.WOMAN,
        "man": Gender.MAN, "m": Gender.MAN, "male": Gender.MAN,
        "annat": Gender.OTHER, "ickebinar": Gender.OTHER, "icke binar": Gender.OTHER,
        "other": Gender.OTHER, "vill inte saga": Gender.UNDISCLOSED, "": Gender.UNDISCLOSED,
    },
    Field.ROLES: {
        "patient": ExperienceRole.PATIENT,
        "brukare": ExperienceRole.SERVICE_USER, "service user": ExperienceRole.SERVICE_USER,
        "narstaende": ExperienceRole.NEXT_OF_KIN, "anhorig": ExperienceRole.NEXT_OF_KIN,
        "next of kin": ExperienceRole.NEXT_OF_KIN,
    },
    Field.WAYS: {
        "pa plats": Way.ON_SITE, "mote": Way.ON_SITE, "fysiskt": Way.ON_SITE,
        "in person": Way.ON_SITE,
        "video": Way.ONLINE, "digitalt": Way.ONLINE, "teams": Way.ONLINE, "online": Way.ONLINE,
        "telefon": Way.PHONE, "phone": Way.PHONE,
        "skriftligt": Way.WRITING, "enkat": Way.WRITING, "writing": Way.WRITING,
    },
    Field.TIMES: {
        "formiddag": TimeOfDay.WEEKDAY_MORNING, "vardag formiddag": TimeOfDay.WEEKDAY_MORNING,
        "eftermiddag": TimeOfDay.WEEKDAY_AFTERNOON,
        "vardag eftermiddag": TimeOfDay.WEEKDAY_AFTERNOON,
        "kvall": TimeOfDay.EVENING, "kvallar": TimeOfDay.EVENING, "evening": TimeOfDay.EVENING,
        "helg": TimeOfDay.WEEKEND, "helger": TimeOfDay.WEEKEND, "weekend": TimeOfDay.WEEKEND,
    },
    Field.LANGUAGES: {
        "svenska": "sv", "sv": "sv", "swedish": "sv", "engelska": "en", "en": "en",
        "english": "en", "arabiska": "ar", "ar": "ar", "arabic": "ar", "somaliska": "so",
        "persiska": "fa", "dari": "fa", "ukrainska": "uk", "tigrinja": "ti", "finska": "fi",
        "teckensprak": "sgn", "svenskt teckensprak": "sgn",
    },
    Field.NEEDS: {
        "rullstol": Need.STEP_FREE, "inga trappor": Need.STEP_FREE, "horslinga": Need.HEARING_LOOP,
        "teckensprakstolk": Need.SIGN_LANGUAGE, "tolk": Need.INTERPRETER,
        "lattlast": Need.EASY_READ, "pauser": Need.BREAKS, "raster": Need.BREAKS,
        "stodperson": Need.COMPANION, "ledsagare": Need.COMPANION, "resa": Need.TRAVEL,
        "fardtjanst": Need.TRAVEL,
    },
    Field.CONTACT: {
        "e post": ContactWay.EMAIL, "mejl": ContactWay.EMAIL, "email": ContactWay.EMAIL,
        "sms": ContactWay.SMS, "telefon": ContactWay.CALL, "ring": ContactWay.CALL,
        "phone": ContactWay.CALL,
    },
}  # fmt: skip
_PERSONAL_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+ ]\d{4}\b|\b(?:19|20)\d{10}\b")
_BROKEN = re.compile("Ã[¥¤¶…„–]|\ufffd")


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Which heading each field stands under, as far as the headings say it: field → heading.

    >>> guess_columns(["Förnamn", "E-post", "Hemkommun", "Skonummer"])
    {'first_name': 'Förnamn', 'email': 'E-post', 'municipality': 'Hemkommun'}
    """
    by_folded: dict[str, str] = {}
    for heading in headings:
        by_folded.setdefault(folded(heading), heading)
    found: dict[str, str] = {}
    for name, known in _HEADINGS.items():
        hit = next((by_folded[word] for word in known if word in by_folded), None)
        if hit is None:
            words = (w for w in by_folded if any(w.startswith(f"{k} ") for k in known))
            hit = by_folded.get(next(words, ""))
        if hit is not None and hit not in found.values():
            found[str(name)] = hit
    return found


@dataclass
class Reader:
    """Reads rows one after another and remembers who stood there already."""

    columns: Mapping[str, str]
    places: Places
    year: int
    remarks: list[Remark] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, number: int, cells: Mapping[str, str]) -> Row | None:
        """The person on a row, or None when something must be corrected or it stands twice."""
        told = _Cells(number, cells, self.columns, self.remarks)
        before = len(self.remarks)
        name = told.name()
        email, phone = told.email(), told.phone()
        if not email and not phone and not told.failed("email", "phone", since=before):
            told.remark(Field.EMAIL, Problem.MISSING_CONTACT)
        profile = Profile(
            name=name,
            phone=phone,
            municipality_code=told.municipality(self.places),
            birth_year=told.birth_year(self.year),
            gender=Gender(told.one_of(Field.GENDER) or Gender.UNDISCLOSED),
            gender_text=None,
            roles=tuple(ExperienceRole(role) for role in told.some_of(Field.ROLES)),
            area_ids=told.areas(self.places),
            experience_text=told.text(Field.EXPERIENCE),
            ways=told.some_of(Field.WAYS),
            times=told.some_of(Field.TIMES),
            languages=told.some_of(Field.LANGUAGES) or ("sv",),
            needs=told.some_of(Field.NEEDS),
            needs_text=None,
            yearly_ceiling=None,
            preferred_contact=ContactWay(
                told.one_of(Field.CONTACT) or (ContactWay.EMAIL if email else ContactWay.CALL)
            ),
        )
        if any(one.outcome is Outcome.STOPS for one in self.remarks[before:]):
            return None
        if self._stands_twice(told, email, f"{phone} {folded(name)}" if phone else None):
            return None
        return Row(number, email, profile)

    def _stands_twice(self, told: "_Cells", email: str | None, phone_and_name: str | None) -> bool:
        for value, name in ((email, Field.EMAIL), (phone_and_name, Field.PHONE)):
            if value and value in self._seen:
                told.remark(name, Problem.TWICE_IN_FILE, str(self._seen[value]))
                return True
        for value in (email, phone_and_name):
            if value:
                self._seen[value] = told.number
        return False


@dataclass(frozen=True)
class _Cells:
    """The cells of one row by field, with the remarks made about them."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    remarks: list[Remark]

    def remark(self, name: Field, problem: Problem, value: str = "") -> None:
        column = self.columns.get(name, "")
        self.remarks.append(Remark(self.number, column, problem, value[:LONGEST_VALUE_SHOWN]))

    def failed(self, *names: str, since: int) -> bool:
        columns = {self.columns.get(name) for name in names}
        return any(one.column in columns for one in self.remarks[since:])

    def value(self, name: Field) -> str:
        """The cell's text; a personal identity number or broken letters are told and left out."""
        text = self.cells.get(self.columns.get(name, ""), "").strip()
        if name is not Field.PHONE and _PERSONAL_NUMBER.search(text):
            self.remark(name, Problem.PERSONAL_NUMBER)
            return ""
        if _BROKEN.search(text):
            self.remark(name, Problem.BROKEN_LETTERS, text)
        return text

    def name(self) -> str:
        parts = (self.value(one) for one in (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME))
        whole = " ".join(part for part in parts if part)
        if not whole:
            self.remark(Field.NAME, Problem.MISSING_NAME)
        elif len(whole) > LONGEST_NAME:
            self.remark(Field.NAME, Problem.TOO_LONG, whole)
        return whole

    def email(self) -> str | None:
        text = self.value(Field.EMAIL)
        if not text:
            return None
        if re.fullmatch(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9-]+\.)+[a-z]{2,}", text):
            return text  # what nearly every address looks like; the thorough check is slow
        try:
            checked = validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            self.remark(Field.EMAIL, Problem.BAD_EMAIL, text)
            return None
        return checked.normalized

    def phone(self) -> str | None:
        text = self.value(Field.PHONE)
        if not text:
            return None
        # Sheet programs drop the zero that a Swedish number begins with.
        typed = f"0{text}" if re.fullmatch(r"[1-9]\d{7,8}", text) else text
        number = as_phone_number(typed)
        if number is None or not 8 <= len(number) <= 16:
            self.remark(Field.PHONE, Problem.BAD_PHONE, text)
            return None
        return number

    def municipality(self, places: Places) -> str:
        text = self.value(Field.MUNICIPALITY)
        if not text:
            self.remark(Field.MUNICIPALITY, Problem.MISSING_MUNICIPALITY)
            return ""
        name = folded(text).removesuffix(" kommun")
        # "Kalmars kommun"; and sheet programs drop the zero a code begins with, too.
        spellings = (name, name.removesuffix("s"), f"0{text}")
        code = next(filter(None, map(places.municipalities.get, spellings)), None)
        if code is None:
            self.remark(Field.MUNICIPALITY, Problem.UNKNOWN_MUNICIPALITY, text)
        return code or ""

    def birth_year(self, year: int) -> int:
        text = self.value(Field.BIRTH_YEAR)
        found = re.fullmatch(r"(\d{4})(?:-\d\d-\d\d)?(?:T.*)?", text)
        if found is None or not OLDEST_BIRTH_YEAR <= int(found[1]) <= year:
            if not self.failed("birth_year", since=max(0, len(self.remarks) - 1)):
                self.remark(Field.BIRTH_YEAR, Problem.BAD_YEAR, text)
            return 0
        if year - int(found[1]) - 1 < PROPOSED_AGES.guardian_below:
            self.remark(Field.BIRTH_YEAR, Problem.TOO_YOUNG, text)
        return int(found[1])

    def text(self, name: Field) -> str | None:
        text = self.value(name)
        if len(text) > LONGEST_TEXT:
            self.remark(name, Problem.TOO_LONG, text)
        return text or None

    def one_of(self, name: Field) -> str | None:
        return next(iter(self.some_of(name)), None)

    def some_of(self, name: Field) -> tuple[str, ...]:
        return tuple(self._known(name, _CHOICES[name]))

    def areas(self, places: Places) -> tuple[int, ...]:
        return tuple(sorted(self._known(Field.AREAS, places.areas)))

    def _known(self, name: Field, known: Mapping[str, Any]) -> Iterable[Any]:
        found: dict[Any, None] = {}
        for part in re.split(r"[,;/\n]| och | and ", self.value(name)):
            word = folded(part)
            if not word:
                continue
            if word in known:
                found[known[word]] = None
            else:
                self.remark(name, Problem.UNKNOWN_CHOICE, part.strip())
        return found
