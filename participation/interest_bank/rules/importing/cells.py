"""The cells of one row: read field by field, with remarks about what is wrong. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

from participation.interest_bank.rules.ages import OLDEST_BIRTH_YEAR, PROPOSED_AGES
from participation.interest_bank.rules.identity import as_phone_number
from participation.interest_bank.rules.importing.choices import CHOICES
from participation.interest_bank.rules.importing.columns import folded
from participation.interest_bank.rules.importing.vocabulary import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_VALUE_SHOWN,
    Field,
    Places,
    Problem,
    Remark,
)

_PERSONAL_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+ ]\d{4}\b|\b(?:19|20)\d{10}\b")
_BROKEN = re.compile("Ã[¥¤¶…„–]|\ufffd")


@dataclass(frozen=True)
class Cells:
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
        return tuple(self._known(name, CHOICES[name]))

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
