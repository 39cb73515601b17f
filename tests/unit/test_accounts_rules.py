"""The rules of sessions, codes, passwords, throttles and the start page's order."""

from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest

from participation.accounts.rules.roles import SCOPES, matrix
from participation.accounts.rules.secrets import (
    PasswordProblem,
    current_code,
    matching_step,
    new_mail_code,
    new_recovery_codes,
    password_problem,
    totp_secret_from,
    typed_recovery_code,
)
from participation.accounts.rules.sessions import device_name, is_alive, own_path
from participation.accounts.rules.throttling import ACCOUNT_FAILURES, ADDRESS_FAILURES
from participation.accounts.rules.waiting import When, sorted_waiting, when
from participation.accounts.views.event_words import thing_name
from participation.foundation.permissions import Permission, Role
from participation.foundation.providers import Address, StartItem

NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEH"


@pytest.mark.parametrize(
    ("is_strong", "idle", "age", "alive"),
    [
        (True, timedelta(minutes=59), timedelta(hours=1), True),
        (True, timedelta(minutes=60), timedelta(hours=1), False),
        (True, timedelta(0), timedelta(hours=12), False),
        (False, timedelta(hours=23), timedelta(days=2), True),
        (False, timedelta(hours=24), timedelta(days=2), False),
        (False, timedelta(0), timedelta(days=7), False),
    ],
)
def test_sessions_end_when_idle_or_too_old(
    is_strong: bool, idle: timedelta, age: timedelta, alive: bool
) -> None:
    assert is_alive(NOON - age, NOON - idle, is_strong, NOON) is alive


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "evil.example",
        " /start",
        "/start\r\nSet-Cookie: x=1",
        "/\t/evil.example",
        "/" + "a" * 400,
        "",
        None,
    ],
)
def test_next_leads_only_to_paths_of_this_site(evil: str | None) -> None:
    assert own_path(evil) == ""


def test_next_keeps_an_own_path_with_its_query() -> None:
    assert own_path("/activities?page=2&q=a%20b") == "/activities?page=2&q=a%20b"


def test_a_code_matches_now_and_one_step_around_it() -> None:
    step = int(NOON.timestamp()) // 30
    for offset in (-1, 0, 1):
        code = pyotp.TOTP(SECRET).at((step + offset) * 30)
        assert matching_step(SECRET, f"{code[:3]} {code[3:]}", NOON) == step + offset
    assert matching_step(SECRET, pyotp.TOTP(SECRET).at((step + 2) * 30), NOON) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "1234567"])
def test_what_cannot_be_a_code_is_not_one(typed: str) -> None:
    assert matching_step(SECRET, typed, NOON) is None


def test_a_secret_made_from_a_key_works_in_an_authenticator() -> None:
    secret = totp_secret_from("00112233445566778899aabbccddeeff")
    assert matching_step(secret, current_code(secret, NOON), NOON) is not None


def test_passwords_are_judged_by_length_and_commonness_only() -> None:
    assert password_problem("elva tecken") is PasswordProblem.TOO_SHORT
    assert password_problem("Välkommen2026") is PasswordProblem.COMMON
    assert password_problem("aaaaaaaaaaaaaaa") is PasswordProblem.COMMON
    assert password_problem("a" * 500 + "bcde" * 200) is PasswordProblem.TOO_LONG
    assert password_problem("Ebba Demolund", "ebba demolund") is PasswordProblem.ABOUT_YOU
    assert password_problem("tre gula cyklar") is None
    assert password_problem("🚲🚲🚲🚲 gula cyklar") is None


def test_recovery_codes_differ_and_survive_being_typed_by_hand() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == len(codes) == 8
    typed = codes[0].upper().replace("-", " ")
    assert typed_recovery_code(typed) == codes[0].replace("-", "")


def test_mail_codes_have_eight_digits() -> None:
    assert all(len(c) == 8 and c.isdecimal() for c in (new_mail_code() for _ in range(50)))


def test_throttle_windows_follow_each_other() -> None:
    ends = ACCOUNT_FAILURES.window_ends_at(NOON)
    assert ends > NOON
    assert ACCOUNT_FAILURES.window_number(ends) == ACCOUNT_FAILURES.window_number(NOON) + 1


def test_a_hospital_behind_one_address_stays_below_the_ceiling() -> None:
    assert 500 < ADDRESS_FAILURES.count < 10_000


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 11, 11), When.LATE),
        (date(2026, 11, 12), When.TODAY),
        (date(2026, 11, 15), When.THIS_WEEK),
        (date(2026, 11, 16), When.LATER),
        (None, When.ANY_TIME),
    ],
)
def test_things_stand_under_the_heading_of_their_date(due_on: date | None, expected: When) -> None:
    thursday = date(2026, 11, 12)
    assert when(due_on, thursday) is expected


def item(due_on: date | None, **more: object) -> StartItem:
    return StartItem(
        title="x",
        detail="",
        address=Address(endpoint="accounts.start"),
        action="x",
        due_on=due_on,
        **more,  # type: ignore[arg-type]
    )


def test_the_headings_number_is_the_sum_of_the_rooms_and_leaves_out_what_others_owe() -> None:
    today = date(2026, 11, 12)
    waiting = sorted_waiting(
        [
            ("activities", item(today, count=3)),
            ("commitments", item(date(2026, 11, 1))),
            ("commitments", item(date(2026, 11, 1), waits_for_others=True)),
        ],
        today,
    )
    assert waiting.per_room == {"activities": 3, "commitments": 1}
    assert waiting.total == 4
    assert waiting.count(When.LATE) == 1
    assert len(waiting.others) == 1
    assert list(waiting.groups) == [When.LATE, When.TODAY]


def test_devices_are_named_coarsely() -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit Safari/604.1"
    assert device_name(firefox) == "Firefox, Windows"
    assert device_name(safari) == "Safari, iPhone"
    assert device_name("<script>") == ""


def test_every_role_has_a_scope_and_a_column_in_the_matrix() -> None:
    assert set(SCOPES) == set(Role)
    head, *rows = matrix()
    assert len(head) == len(Role) + 1
    assert {row[0] for row in rows} == {p.value for p in Permission} - {"development"}


def test_what_a_logged_line_is_about_is_said_in_words() -> None:
    assert thing_name("council_seat") == "Plats i rådet"
    assert thing_name("something_new") == "something new"
