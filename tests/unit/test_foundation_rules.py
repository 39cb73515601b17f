"""The foundation's pure parts: clock, languages, configuration, keys, permissions, search."""

import doctest
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation import clock, crypto, html, i18n, paging
from participation.foundation.config import DEVELOPMENT_KEY, Config
from participation.foundation.errors import ConfigurationError
from participation.foundation.eventlog.rules import CONTENT, GENESIS, first_broken_line, line_hash
from participation.foundation.permissions import Actor, Grant, Permission, Role
from participation.foundation.search import rules as search_rules
from participation.foundation.search.rules import fts5_query, question_stems, snippet, tsquery


@pytest.mark.parametrize("module", [html, search_rules])
def test_worked_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# ---------------------------------------------------------------- clock


def test_summer_time_moves_the_clock_not_the_moment() -> None:
    before, after = (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    assert clock.to_local(before).hour == clock.to_local(after).hour == 2
    assert clock.from_local(datetime(2026, 3, 29, 12, 0)) == datetime(
        2026, 3, 29, 10, 0, tzinfo=UTC
    )


def test_the_hour_left_out_in_spring_is_on_no_clock() -> None:
    assert not clock.clocks_show(date(2027, 3, 28), time(2, 30))
    assert clock.clocks_show(date(2027, 3, 28), time(3, 0))
    assert clock.clocks_show(date(2027, 10, 31), time(2, 30))


def test_today_is_the_date_in_sweden() -> None:
    with clock.frozen_at(datetime(2026, 11, 11, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 12)


# ---------------------------------------------------------------- languages


def test_swedish_is_the_default_and_an_unknown_language_means_swedish() -> None:
    assert i18n.gettext("Take part") == "Var med"
    with i18n.use_locale("xx"):
        assert i18n.gettext("Take part") == "Var med"
    with i18n.use_locale("en"):
        assert i18n.gettext("Take part") == "Take part"


@pytest.mark.parametrize(("code", "direction"), [("sv", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_text_direction(code: str, direction: str) -> None:
    assert i18n.text_direction(code) == direction


def test_dates_and_numbers_follow_the_language() -> None:
    day = date(2026, 11, 12)
    assert i18n.format_day(day) == "12 november 2026"
    assert i18n.format_weekday(day) == "torsdag 12 november"
    assert i18n.format_partial_day("2018-09") == "september 2018"
    assert i18n.format_share(0.493) == "49 %"
    assert i18n.format_number(12345.5) == "12\xa0345,5"
    with i18n.use_locale("en"):
        assert i18n.format_number(12345.5) == "12,345.5"


@pytest.mark.parametrize(
    ("code", "text"), [("sv", "22 nov. 2026 17:08"), ("en", "Nov 22, 2026, 5:08\u202fPM")]
)
def test_a_moment_has_no_seconds(code: str, text: str) -> None:
    with i18n.use_locale(code):
        assert i18n.format_moment(datetime(2026, 11, 22, 16, 8, 31, tzinfo=UTC)) == text


def test_labels_in_a_list_begin_with_a_small_letter_but_short_forms_and_names_do_not() -> None:
    assert i18n.format_labels(["På plats", "På länk", "Skriftligt"]) == (
        "På plats, på länk och skriftligt"
    )
    assert i18n.format_labels([]) == ""
    assert i18n.mid_sentence("BUP") == "BUP"
    with i18n.use_locale("en"):
        assert i18n.mid_sentence("I am next of kin") == "I am next of kin"
        assert i18n.format_labels(["Swedish", "Arabic"], are_names=True) == "Swedish and Arabic"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+46701740605", "070-174 06 05"), ("+4722864400", "+47 22 86 44 00"), ("ring mig",) * 2],
)
def test_phone_numbers_are_shown_as_people_write_them(stored: str, shown: str) -> None:
    assert i18n.format_phone(stored) == shown


# ---------------------------------------------------------------- configuration


def test_development_starts_without_any_setting() -> None:
    assert Config.from_environment({}).is_development


def test_production_refuses_each_unsafe_setting() -> None:
    with pytest.raises(ConfigurationError) as refused:
        Config.from_environment({"PARTICIPATION_ENV": "production"})
    for name in (
        "SECRET_KEY",
        "CONTACT_KEYS",
        "INDEX_KEY",
        "PUBLIC_URL",
        "SMTP_URL",
        "COOKIE_PREFIX",
    ):
        assert f"PARTICIPATION_{name}" in str(refused.value)


OWN_KEY = DEVELOPMENT_KEY.replace("ZGV2", "c2Fm")
SAFE_SETTINGS = {
    "PARTICIPATION_ENV": "production",
    "PARTICIPATION_SECRET_KEY": "x" * 40,
    "PARTICIPATION_CONTACT_KEYS": f"k1:{OWN_KEY}",
    "PARTICIPATION_INDEX_KEY": OWN_KEY,
    "PARTICIPATION_PUBLIC_URL": "https://medskapa.example.org",
    "PARTICIPATION_SMTP_URL": "smtp://localhost",
    "PARTICIPATION_COOKIE_PREFIX": "__Host-",
    "PARTICIPATION_DATABASE_URL": "postgresql+psycopg:///participation",
}


def test_production_starts_with_safe_settings() -> None:
    assert Config.from_environment(SAFE_SETTINGS).is_production


def test_a_demo_never_runs_in_production() -> None:
    with pytest.raises(ConfigurationError, match="PARTICIPATION_DEMO is 1"):
        Config.from_environment({**SAFE_SETTINGS, "PARTICIPATION_DEMO": "1"})
    assert Config.from_environment({"PARTICIPATION_DEMO": "1"}).is_demo


def test_an_installation_hides_single_cells_unless_it_chooses_rows() -> None:
    assert Config.from_environment({}).hides_cells
    assert not Config.from_environment({"PARTICIPATION_HIDE_CELLS": "0"}).hides_cells


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="INDEX_KEY must be at least 32 bytes"):
        Config.from_environment({"PARTICIPATION_INDEX_KEY": "c2hvcnQ="})


# ---------------------------------------------------------------- keys


def test_a_value_moved_to_another_column_does_not_open() -> None:
    ring = crypto.KeyRing({"a": b"0" * 32}, b"1" * 32)
    stored = ring.encrypt("tuva@example.org", "accounts.email")
    assert "tuva" not in stored
    assert ring.decrypt(stored, "accounts.email") == "tuva@example.org"
    with pytest.raises(ConfigurationError):
        ring.decrypt(stored, "bank_members.phone")


def test_an_older_key_still_opens_after_rotation() -> None:
    old = crypto.KeyRing({"a": b"0" * 32}, b"1" * 32)
    both = crypto.KeyRing({"b": b"2" * 32, "a": b"0" * 32}, b"1" * 32)
    assert both.decrypt(old.encrypt("x", "c"), "c") == "x"
    assert both.encrypt("x", "c").startswith("b.")


def test_one_address_has_one_index_however_it_is_spelt() -> None:
    assert crypto.email_index(" Tuva@Example.org") == crypto.email_index("tuva@example.org")
    assert crypto.phone_index("+46 70-174 06 01") == crypto.phone_index("+46701740601")


def test_link_tokens_hold_160_bits_and_differ() -> None:
    tokens = {crypto.new_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(len(token) == 32 for token in tokens)


# ---------------------------------------------------------------- permissions


def test_a_strong_role_counts_only_after_a_strong_sign_in() -> None:
    weak = Actor(1, "Ebba", (Grant(Role.COORDINATOR),), is_strong=False)
    strong = Actor(1, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)
    assert not weak.can(Permission.READ_BANK)
    assert weak.needs_strong_sign_in_for(Permission.READ_BANK)
    assert strong.can(Permission.READ_BANK)


def test_a_scoped_role_reaches_its_own_organisation_only() -> None:
    actor = Actor(1, "Kim", (Grant(Role.CONTACT_PERSON, organisation_id=7),), is_strong=True)
    scope = actor.scope(Permission.FILE_REQUEST)
    assert scope.has_organisation(7)
    assert not scope.has_organisation(8)
    assert not scope.everywhere


# ---------------------------------------------------------------- the log's chain


class Line:
    """A stored line of the log."""

    def __init__(self, previous: str, number: int) -> None:
        self.at = datetime(2026, 11, 12, number, tzinfo=UTC)
        self.actor, self.actor_role, self.action = "a", "coordinator", "seen"
        self.object_kind, self.object_id, self.subject = "member", str(number), None
        self.reason, self.data = "", {"n": number}
        self.previous_hash = previous
        content = {name: getattr(self, name) for name in CONTENT}
        self.hash = line_hash(previous, self.at, content)


def _chain(length: int) -> list[Line]:
    lines: list[Line] = []
    for number in range(length):
        lines.append(Line(lines[-1].hash if lines else GENESIS, number))
    return lines


def test_a_whole_chain_has_no_broken_line() -> None:
    assert first_broken_line(_chain(5)) is None


@pytest.mark.parametrize("position", [0, 2, 4])
def test_a_changed_line_breaks_the_chain_where_it_stands(position: int) -> None:
    lines = _chain(5)
    lines[position].data = {"n": "changed"}
    assert first_broken_line(lines) == position


def test_a_removed_line_breaks_the_chain() -> None:
    lines = _chain(5)
    del lines[2]
    assert first_broken_line(lines) == 2


# ---------------------------------------------------------------- paging and search


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=100))
def test_pages_cover_every_row_exactly_once(total: int, per_page: int) -> None:
    shown = 0
    pages = paging.Page(items=[], number=1, per_page=per_page, total=total).pages
    for number in range(1, pages + 1):
        page = paging.Page(items=[], number=number, per_page=per_page, total=total)
        shown += page.last_shown - page.first_shown + 1 if total else 0
    assert shown == total


@pytest.mark.parametrize("odd", [None, "", "0", "-1", "x", "1e9", "99999999999", "٣٤x"])
def test_an_odd_page_number_means_the_first_page(odd: str | None) -> None:
    assert paging.page_number(odd) == 1


def test_any_inflection_finds_the_same_stem() -> None:
    assert question_stems("väntetiderna") == question_stems("väntetider")


@given(st.text(max_size=60))
def test_typed_text_never_becomes_query_syntax(typed: str) -> None:
    asked = question_stems(typed)
    if asked:
        assert fts5_query(asked).count('"') == 2 * len(asked)
        assert tsquery(asked).count("'") == 2 * len(asked)


def test_a_snippet_shows_the_word_that_was_asked_for() -> None:
    body = "ord " * 100 + "kallelser " + "ord " * 100
    piece = snippet(body, question_stems("kallelse"))
    assert "kallelser" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")


# ---------------------------------------------------------------- html


def test_control_characters_and_direction_overrides_disappear_and_line_breaks_stay() -> None:
    assert html.plain("a\x00b\u202ec\nd\x1b[31m") == "abc\nd[31m"


def test_rich_text_keeps_harmless_tags_only() -> None:
    cleaned = html.clean_html('<p onclick="x()">Hej <b>du</b> <a href="javascript:x">x</a></p>')
    assert str(cleaned) == "<p>Hej du <a>x</a></p>"
