"""The interest bank: people spread like the county's population, with names nobody has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from participation.accounts.services.demo import DemoPerson, make_demo_accounts
from participation.county.queries import population
from participation.demo.apportion import apportion
from participation.demo.cast import RESIDENT, address_of
from participation.demo.year import Year
from participation.interest_bank.rules import (
    LANGUAGE_LABELS,
    Assignment,
    ContactWay,
    ExperienceRole,
    Gender,
    Need,
    Profile,
    TimeOfDay,
    Way,
)
from participation.interest_bank.services import (
    Newcomer,
    enrol_members,
    pause_membership,
    set_protection,
    withdraw_membership,
)

MEMBERS = 334
YOUNGEST, OLDEST = 18, 91
PAUSED, LEFT, PROTECTED = 11, 6, 2
JOINED_WITHIN = timedelta(days=700)
# Age from which a name's generation fits.
GENERATIONS = ((65, "older"), (30, "adult"), (0, "young"))
FICTION_PHONES = range(5, 100)  # 070-174 06 05 to 99 belong to nobody

Item = TypeVar("Item")


@dataclass(frozen=True)
class Person:
    """Who somebody is, before what they tell the bank is made up."""

    name: str
    municipality_code: str
    birth_year: int
    gender: Gender
    origin: str = "sv"
    area: str | None = None
    role: str | None = None


def fill_bank(year: Year) -> None:
    """Known people first (the resident, council, auditors), then the rest by the population."""
    known = list(_known_people(year))
    everybody = [*known, *_unknown_people(year, MEMBERS - len(known))]
    joined = [_joined_at(year) for _ in everybody]
    _open_accounts(year, everybody, joined)
    newcomers = [
        Newcomer(
            account=year.accounts[person.name],
            profile=_profile(year, person),
            locale=year.accounts[person.name].locale,
            at=at,
        )
        for person, at in zip(everybody, joined, strict=True)
    ]
    members = enrol_members(year.session, newcomers)
    year.members.update({m.name: m for m in members})
    _rest_and_leave(year, {person.name for person in known})


def _open_accounts(year: Year, people: Sequence[Person], joined: Sequence[datetime]) -> None:
    missing = [
        DemoPerson(
            email=address_of(person.name), name=person.name, locale=_locale(year, person), at=at
        )
        for person, at in zip(people, joined, strict=True)
        if person.name not in year.accounts
    ]
    for account in make_demo_accounts(year.session, missing):
        year.accounts[account.display_name] = account


def _locale(year: Year, person: Person) -> str:
    return "ar" if person.origin == "ar" and year.chance.random() < 0.5 else "sv"


def _known_people(year: Year) -> Iterator[Person]:
    yield Person(RESIDENT, "0880", 1991, Gender.WOMAN, area="psykisk-halsa", role="next_of_kin")
    for seat in (*year.texts.council["members"], *year.texts.council["alternates"]):
        yield Person(
            name=seat["name"],
            municipality_code=seat["municipality"],
            birth_year=seat["birth_year"],
            gender=Gender(seat["gender"]),
            origin=_origin(year, seat["name"]),
            area=seat["area"],
            role=seat["role"],
        )
    for number, auditor in enumerate(year.texts.audit["team"]):
        gender = Gender.MAN if number == 0 else Gender.WOMAN
        origin = _origin(year, auditor["name"])
        yield Person(auditor["name"], "0880", 1975 + number, gender, origin, "beroende")


def _unknown_people(year: Year, count: int) -> Iterator[Person]:
    taken = set(year.accounts)
    for (code, sex, youngest, oldest), in_band in _spread(year, count).items():
        for _ in range(in_band):
            # Turning 18 this year may still mean 17; the young come in through young.py.
            age = max(year.chance.randint(youngest, oldest), YOUNGEST + 1)
            first = _first_name(year, sex, age)
            surname = year.chance.choice(year.texts.people["surnames"])
            while f"{first['name']} {surname}" in taken:
                surname = year.chance.choice(year.texts.people["surnames"])
            name = f"{first['name']} {surname}"
            taken.add(name)
            birth_year = year.calendar.today.year - age
            yield Person(name, code, birth_year, _gender(year, sex), first["origin"])


def _spread(year: Year, count: int) -> dict[tuple[str, str, int, int], int]:
    """How many from each municipality, sex and age band (youngest and oldest)."""
    weights = {
        (
            band.municipality_code,
            band.sex,
            max(band.age_from, YOUNGEST),
            band.age_to or OLDEST,
        ): band.count
        for band in population(year.session)
        if band.age_from >= YOUNGEST
    }
    return apportion(count, weights)


def _gender(year: Year, sex: str) -> Gender:
    draw = year.chance.random()
    if draw < 0.02:
        return Gender.UNDISCLOSED
    if draw < 0.03:
        return Gender.OTHER
    return Gender.WOMAN if sex == "K" else Gender.MAN


def _first_name(year: Year, sex: str, age: int) -> dict[str, str]:
    generation = next(name for from_age, name in GENERATIONS if age >= from_age)
    fitting = {"woman" if sex == "K" else "man", "any"}
    found: dict[str, str] = year.chance.choice(
        [
            first
            for first in year.texts.people["first_names"]
            if first["gender"] in fitting and first["generation"] == generation
        ]
    )
    return found


def _origin(year: Year, name: str) -> str:
    first_name = name.split(maxsplit=1)[0]
    for first in year.texts.people["first_names"]:
        if first["name"] == first_name:
            return str(first["origin"])
    return "sv"


def _joined_at(year: Year) -> datetime:
    """Most were there before the year's first activity, so that they could be invited."""
    today, chance = year.calendar.today, year.chance
    joined = today - JOINED_WITHIN * chance.random() ** 1.3
    if chance.random() < 0.6:
        joined = min(joined, today - timedelta(days=375))
    joined = min(joined, today - timedelta(days=20))
    return year.calendar.at(joined, chance.randint(8, 21), chance.randrange(60))


def _profile(year: Year, person: Person) -> Profile:
    chance = year.chance
    note = _note(year, person)
    areas = {note["area"]} if note else set()
    if person.area:
        areas.add(person.area)
    if not areas or chance.random() < 0.4:
        areas |= set(chance.sample(_area_keys(year), chance.choice((1, 1, 2))))
    first_role = person.role or (note["role"] if note else chance.choice(list(ExperienceRole)))
    roles = {ExperienceRole(first_role)}
    if chance.random() < 0.2:
        roles.add(chance.choice(list(ExperienceRole)))
    return Profile(
        name=person.name,
        phone=f"+467017406{chance.choice(FICTION_PHONES):02}" if chance.random() < 0.7 else None,
        municipality_code=person.municipality_code,
        birth_year=person.birth_year,
        gender=person.gender,
        gender_text="ickebinär" if person.gender is Gender.OTHER else None,
        roles=tuple(sorted(roles)),
        area_ids=tuple(sorted(year.area_ids[key] for key in areas)),
        experience_text=note["text"] if note else None,
        ways=_some(year, Way, (75, 60, 35, 30)) or (Way.ON_SITE,),
        times=_some(year, TimeOfDay, (45, 50, 45, 25)) or (TimeOfDay.EVENING,),
        languages=_languages(person),
        needs=_some(year, Need, (9, 6, 1, 4, 7, 16, 5, 12)),
        needs_text=None,
        assignments=_assignments(person),
        yearly_ceiling=chance.choice((None, None, None, 2, 3, 4, 6)),
        preferred_contact=chance.choice(
            (ContactWay.EMAIL, ContactWay.EMAIL, ContactWay.SMS, ContactWay.CALL)
        ),
    )


def _assignments(person: Person) -> tuple[Assignment, ...]:
    """Every fourth can imagine the council, every sixth audits, two of five short questions."""
    audits = (Assignment.AUDIT,) if person.birth_year % 6 == 1 else ()
    council = (Assignment.COUNCIL,) if person.birth_year % 4 == 0 else ()
    panel = (Assignment.PANEL,) if person.birth_year % 5 < 2 else ()
    return (*audits, *council, *panel)


def _note(year: Year, person: Person) -> dict[str, Any] | None:
    """Own words, for about every fourth; words that are not theirs to say give way to others."""
    notes: Sequence[dict[str, Any]] = year.texts.people["experience_notes"]
    if person.area or year.chance.random() > 0.25:
        return None
    drawn = year.chance.choice(notes)
    position = notes.index(drawn)
    age = year.calendar.today.year - person.birth_year
    return next(
        note
        for note in (*notes[position:], *notes[:position])
        if note["area"] == drawn["area"] and can_say(note, person.gender, age)
    )


def can_say(note: Mapping[str, Any], gender: Gender, age: int) -> bool:
    """Whether a note's words ("Mamma till …", "82 år …") fit somebody's gender and age."""
    youngest, oldest = note.get("ages", (0, 200))
    fits_gender = "gender" not in note or gender == Gender(note["gender"])
    return fits_gender and bool(youngest <= age <= oldest)


def _area_keys(year: Year) -> list[str]:
    """Those that the notes are about, so that the demo's activities find people who fit."""
    return sorted({note["area"] for note in year.texts.people["experience_notes"]})


def _languages(person: Person) -> tuple[str, ...]:
    own = [person.origin] if person.origin in LANGUAGE_LABELS and person.origin != "sv" else []
    return ("sv", *own)


def _some(year: Year, values: type[Item], percents: tuple[int, ...]) -> tuple[Item, ...]:
    pairs = zip(values, percents, strict=True)  # type: ignore[call-overload]
    return tuple(value for value, percent in pairs if year.chance.randrange(100) < percent)


def _rest_and_leave(year: Year, known: set[str]) -> None:
    others = sorted(year.members.keys() - known)
    chosen = year.chance.sample(others, PAUSED + LEFT + PROTECTED)
    paused, left, protected = (
        chosen[:PAUSED],
        chosen[PAUSED : PAUSED + LEFT],
        chosen[PAUSED + LEFT :],
    )
    today = year.calendar.today
    for number, name in enumerate(paused):
        with year.calendar.stand_at(today - timedelta(days=18 - number)):
            until = None if number % 3 == 0 else today + timedelta(days=30 * (number + 1))
            member = year.members[name]
            pause_membership(year.session, year.actor(name), member, until)
    for number, name in enumerate(left):
        with year.calendar.stand_at(today - timedelta(days=15 - number)):
            withdraw_membership(year.session, year.actor(name), year.members.pop(name))
    for name in protected:
        with year.calendar.stand_at(today - timedelta(days=17)):
            set_protection(
                year.session, year.coordinator, year.members[name], True, "Skyddad folkbokföring"
            )
