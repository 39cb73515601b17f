"""Reading the rows of an existing bank, one after another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participation.interest_bank.rules.importing.cells import Cells
from participation.interest_bank.rules.importing.columns import folded
from participation.interest_bank.rules.importing.vocabulary import (
    Field,
    Outcome,
    Places,
    Problem,
    Remark,
    Row,
)
from participation.interest_bank.rules.options import ContactWay, ExperienceRole, Gender
from participation.interest_bank.rules.profile import Profile


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
        told = Cells(number, cells, self.columns, self.remarks)
        before = len(self.remarks)
        name = told.name()
        email, phone = told.email(), told.phone()
        if not email and not phone and not told.failed("email", "phone", since=before):
            told.remark(Field.EMAIL, Problem.MISSING_CONTACT)
        profile = self._profile(told, name, email, phone)
        if any(one.outcome is Outcome.STOPS for one in self.remarks[before:]):
            return None
        if self._stands_twice(told, email, f"{phone} {folded(name)}" if phone else None):
            return None
        return Row(number, email, profile)

    def _profile(self, told: Cells, name: str, email: str | None, phone: str | None) -> Profile:
        return Profile(
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

    def _stands_twice(self, told: Cells, email: str | None, phone_and_name: str | None) -> bool:
        for value, name in ((email, Field.EMAIL), (phone_and_name, Field.PHONE)):
            if value and value in self._seen:
                told.remark(name, Problem.TWICE_IN_FILE, str(self._seen[value]))
                return True
        for value in (email, phone_and_name):
            if value:
                self._seen[value] = told.number
        return False
