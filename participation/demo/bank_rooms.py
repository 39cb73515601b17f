"""What coordinators have left in the bank: searches, notes, letters, pairs, lists taken in."""

from datetime import timedelta

from participation.demo.cast import COORDINATOR, SECOND_COORDINATOR
from participation.demo.year import Year
from participation.foundation.tabular import csv_bytes
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import ContactWay, ExperienceRole, Gender, Profile, Source
from participation.interest_bank.rules.calls import CallOutcome
from participation.interest_bank.rules.importing import ImportConsent
from participation.interest_bank.services.assisting import sign_up_for
from participation.interest_bank.services.calls import ask_for_call, settle_call
from participation.interest_bank.services.duplicates import suspect
from participation.interest_bank.services.glass import break_glass
from participation.interest_bank.services.importing import (
    check_file,
    confirm_import,
    mail_taken_over,
    note_check,
    receive_file,
    take_in,
)
from participation.interest_bank.services.notes import write_note
from participation.interest_bank.services.saved_searches import save_search

SEARCHES = (
    (COORDINATOR, "Unga vuxna i Kalmar", {"ages": "18-29", "municipality": "0880"}, True),
    (COORDINATOR, "Aldrig tillfrågade", {"asked": "never", "sort": "oldest"}, False),
    (
        SECOND_COORDINATOR,
        "Närstående som kan på video",
        {"role": "next_of_kin", "way": "online"},
        True,
    ),
)
NOTED = "Maj Provberg"
NOTES = (
    (SECOND_COORDINATOR, "Vill helst bli uppringd efter klockan 16. Läser mejl på helgen."),
    (COORDINATOR, "Berättade på dialogen i våras att hon gärna är med om texter och kallelser."),
)
WITHOUT_EMAIL = (
    ("Algot Pennberg", 1941, Gender.MAN, "0884", Source.PHONE, "+46701740681"),
    ("Signe Blankettgren", 1948, Gender.WOMAN, "0821", Source.PAPER, "+46701740682"),
)
CALLS = (
    ("Ingvar", "+46701740691", "Helst före lunch", "", "sv"),
    ("سلمى", "+46701740692", "", "العربية", "ar"),
    ("Ulla", "+46701740693", "", "", "sv"),
)
HEADINGS = ("Förnamn", "Efternamn", "E-post", "Mobil", "Hemkommun", "Födelseår", "Roll")
LIST_WITH_FAULTS = (
    ("Inga", "Listberg", "inga.listberg@example.org", "070-174 06 83", "Nybro", "1958", "Patient"),
    ("Folke", "Radström", "folke.radstrom@example", "", "Emmaboda", "1962", "Anhörig"),
    ("Berta", "Cellgren", "", "070-174 06 84", "Kalmar kommun", "1949", "Närstående"),
    ("Otto", "Kolumnsson", "otto.kolumnsson@example.org", "", "Växjö", "1971", "Patient"),
    ("Inga", "Listberg", "inga.listberg@example.org", "", "Nybro", "1958", "Patient"),
    ("Karl", "Arksten", "karl.arksten@example.org", "", "Torsås", "58", "Vän"),
)
GOOD_LIST = (
    ("Lisa", "Arkivlund", "lisa.arkivlund@example.org", "", "Västervik", "1984", "Patient"),
    ("Nils", "Pärmgren", "nils.parmgren@example.org", "", "Borgholm", "1969", "Närstående"),
    ("Vera", "Flikström", "vera.flikstrom@example.org", "", "Mönsterås", "1977", "Brukare"),
)


def fill_rooms(year: Year) -> None:
    """Everything a coordinator's side of the bank shows; last, so that the year stays as it is."""
    _save_searches(year)
    _write_notes(year)
    _sign_up_by_phone(year)
    _sign_up_twice(year)
    _ask_for_calls(year)
    _open_protected(year)
    _take_lists_in(year)


def _save_searches(year: Year) -> None:
    for number, (name, title, chosen, is_shared) in enumerate(SEARCHES):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=40 - number)):
            save_search(year.session, year.actor(name), title, chosen, is_shared=is_shared)


def _write_notes(year: Year) -> None:
    for number, (name, text) in enumerate(NOTES):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=30 - 9 * number)):
            write_note(year.session, year.actor(name), year.members[NOTED], text)


def _sign_up_by_phone(year: Year) -> None:
    for number, (name, born, gender, town, source, phone) in enumerate(WITHOUT_EMAIL):
        day = year.calendar.today - timedelta(days=6 - 2 * number)
        with year.calendar.stand_at(day):
            sign_up_for(
                year.session,
                year.coordinator,
                _profile(name, born, gender, town, phone),
                None,
                source=source,
                agreed_on=day,
            )


def _ask_for_calls(year: Year) -> None:
    """One who has been tried once, one who waits, one who is called already."""
    asked = []
    for number, (name, phone, suits, language, locale) in enumerate(CALLS):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=5 - 2 * number)):
            asked.append(
                ask_for_call(
                    year.session,
                    name=name,
                    phone=phone,
                    suits=suits,
                    language=language,
                    locale=locale,
                )
            )
    with year.calendar.stand_at(year.calendar.today - timedelta(days=1), 14):
        settle_call(year.session, year.coordinator, asked[0], CallOutcome.NO_ANSWER)
        settle_call(year.session, year.coordinator, asked[2], CallOutcome.TALKED)


def _sign_up_twice(year: Year) -> None:
    """Somebody who is in the bank called and did not say so; the nightly look found it."""
    twin = next(m for name, m in sorted(year.members.items()) if _is_ordinary(m))
    assert twin.birth_year is not None
    assert twin.municipality_code is not None
    day = year.calendar.today - timedelta(days=4)
    with year.calendar.stand_at(day):
        sign_up_for(
            year.session,
            year.coordinator,
            _profile(twin.name, twin.birth_year, Gender(twin.gender), twin.municipality_code, None),
            f"hemma.{twin.public_id}@example.org",
            source=Source.PHONE,
            agreed_on=day,
        )
        suspect(year.session)


def _is_ordinary(member: BankMember) -> bool:
    return member.is_in_bank and not member.is_protected and member.source == Source.WEB


def _profile(name: str, born: int, gender: Gender, town: str, phone: str | None) -> Profile:
    return Profile(
        name=name,
        phone=phone,
        municipality_code=town,
        birth_year=born,
        gender=gender,
        gender_text=None,
        roles=(ExperienceRole.PATIENT,),
        area_ids=(),
        experience_text=None,
        ways=("on_site", "phone"),
        times=("weekday_morning",),
        languages=("sv",),
        needs=("travel",),
        needs_text=None,
        yearly_ceiling=2,
        preferred_contact=ContactWay.CALL if phone else ContactWay.EMAIL,
    )


def _open_protected(year: Year) -> None:
    protected = next(m for _name, m in sorted(year.members.items()) if m.is_protected)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=3)):
        break_glass(
            year.session,
            year.coordinator,
            protected,
            "Mötet i kväll är flyttat och mejlet studsade: måste ringa.",
        )


def _take_lists_in(year: Year) -> None:
    for file_name, rows, days_ago in (
        ("Intressenter Västervik 2023.csv", GOOD_LIST, 2),
        ("Gamla banken.csv", LIST_WITH_FAULTS, 1),
    ):
        with year.calendar.stand_at(year.calendar.today - timedelta(days=days_ago)):
            taken = receive_file(
                year.session, year.coordinator, file_name, csv_bytes(HEADINGS, rows)
            )
            note_check(
                year.session, taken, check_file(year.session, taken, lambda _done, _total: None)
            )
            if taken.wrong_count:
                continue
            confirm_import(
                year.session,
                year.coordinator,
                taken,
                consent=ImportConsent.INVITE,
                confirm_days=30,
                reason=None,
            )
            take_in(year.session, year.coordinator, taken)
            mail_taken_over(year.session, taken)
