"""What happens by itself: series, rounds, reminders, placeholders, evaluation."""

import doctest
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.activities.rules import (
    evaluation,
    placeholders,
    reminders,
    rounds,
    series,
)
from participation.activities.rules.placeholders import filled, named_in, unknown_placeholders
from participation.activities.rules.reminders import goes_at, is_due
from participation.activities.rules.rounds import (
    Halt,
    NextRound,
    RoundSettings,
    Standing,
    next_round,
)
from participation.activities.rules.series import (
    Repeats,
    moved_along,
    occasion_days,
    occasion_times,
)
from participation.foundation.clock import from_local, to_local

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SETTINGS = RoundSettings(people_each=6, most_rounds=2, reply_days=7, lead_days=3)
NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 11, 23, 0, tzinfo=UTC)


def standing(**overrides: object) -> Standing:
    return Standing(
        **{
            "starts_at": NOON + timedelta(days=30),
            "is_still_to_come": True,
            "free_seats": 2,
            "last_reply_by": MIDNIGHT,
            **overrides,
        }  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("module", [evaluation, placeholders, reminders, rounds, series])
def test_the_examples_in_the_rules_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# ---------------------------------------------------------------- series


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    repeats=st.sampled_from(list(Repeats)),
    count=st.integers(2, 24),
)
def test_occasions_keep_their_weekday_and_come_one_a_period(
    first: date, repeats: Repeats, count: int
) -> None:
    days = occasion_days(first, repeats, count)
    assert days[0] == first or first.day > 28
    assert len(days) == count
    assert {day.weekday() for day in days} == {first.weekday()}
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    allowed = {Repeats.TWO_WEEKS: {14}, Repeats.MONTH: {28, 35}, Repeats.QUARTER: {84, 91, 98}}
    assert set(gaps) <= allowed[repeats]


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)), clock=st.sampled_from([time(18), time(9)])
)
def test_six_in_the_evening_stays_six_in_the_evening(first: date, clock: time) -> None:
    starts_at = from_local(datetime.combine(first, clock))
    days = occasion_days(first, Repeats.MONTH, 12)
    for starts, ends in occasion_times(starts_at, starts_at + timedelta(hours=2), days):
        assert to_local(starts).time() == clock
        assert ends - starts == timedelta(hours=2)


def test_moving_one_occasion_moves_the_others_by_as_many_days_and_to_its_time() -> None:
    before = datetime(2026, 10, 15, 18, 0, tzinfo=STOCKHOLM)
    after = datetime(2026, 10, 14, 17, 30, tzinfo=STOCKHOLM)
    winter = datetime(2026, 11, 19, 18, 0, tzinfo=STOCKHOLM)
    moved = moved_along(winter.astimezone(UTC), before, after)
    assert moved == datetime(2026, 11, 18, 17, 30, tzinfo=STOCKHOLM)


# ---------------------------------------------------------------- rounds


def test_a_round_goes_out_when_the_last_day_has_passed_and_seats_are_free() -> None:
    found = next_round(SETTINGS, standing(), NOON)
    # Seven days to answer, to the end of the 19th by Swedish clocks.
    assert found == NextRound(NOON, datetime(2026, 11, 19, 23, 0, tzinfo=UTC))


def test_before_the_last_day_the_rule_says_when_it_will_be() -> None:
    last = MIDNIGHT + timedelta(days=4)
    found = next_round(SETTINGS, standing(last_reply_by=last), NOON)
    assert isinstance(found, NextRound)
    assert found.goes_at == last


@pytest.mark.parametrize(
    ("settings", "overrides", "halt"),
    [
        (None, {}, Halt.OFF),
        (SETTINGS, {"is_still_to_come": False}, Halt.OVER),
        (SETTINGS, {"starts_at": NOON}, Halt.OVER),
        (SETTINGS, {"is_stopped": True}, Halt.STOPPED),
        (SETTINGS, {"sent_count": 2}, Halt.ALL_SENT),
        (SETTINGS, {"last_reply_by": None}, Halt.NOT_BEGUN),
        (SETTINGS, {"free_seats": 0}, Halt.FULL),
        (SETTINGS, {"starts_at": NOON + timedelta(days=4)}, Halt.TOO_LATE),
    ],
)
def test_why_no_round_goes_out(
    settings: RoundSettings | None, overrides: dict[str, object], halt: Halt
) -> None:
    assert next_round(settings, standing(**overrides), NOON) is halt


@given(days=st.integers(0, 90), reply_days=st.integers(2, 60), lead_days=st.integers(1, 60))
def test_nobody_gets_less_than_a_day_and_the_lead_time_is_kept(
    days: int, reply_days: int, lead_days: int
) -> None:
    settings = RoundSettings(
        people_each=1, most_rounds=1, reply_days=reply_days, lead_days=lead_days
    )
    starts_at = NOON + timedelta(days=days)
    found = next_round(settings, standing(starts_at=starts_at), NOON)
    if isinstance(found, NextRound):
        assert found.reply_by - found.goes_at >= timedelta(hours=24)
        assert (to_local(starts_at).date() - to_local(found.reply_by).date()).days >= lead_days
        assert to_local(found.reply_by).time() == time()


def test_an_occasion_in_the_night_without_that_hour_still_ends_after_it_begins() -> None:
    first = (from_local(datetime(2027, 2, 28, 2, 30)), from_local(datetime(2027, 2, 28, 3, 30)))
    ((starts_at, ends_at),) = occasion_times(*first, [date(2027, 3, 28)])
    assert ends_at - starts_at == timedelta(hours=1)


def test_the_end_of_a_day_follows_the_clocks() -> None:
    spring, autumn = date(2027, 3, 28), date(2026, 10, 25)
    for day, hours in ((spring, 23), (autumn, 25)):
        length = rounds.end_of_day(day) - rounds.end_of_day(day - timedelta(days=1))
        assert length == timedelta(hours=hours)


# ---------------------------------------------------------------- reminders


def test_a_reminder_goes_at_its_hour_by_swedish_clocks_across_the_change() -> None:
    starts_at = datetime(2026, 10, 26, 17, 0, tzinfo=UTC)  # the day after the change
    assert goes_at(2, 9, starts_at) == datetime(2026, 10, 24, 7, 0, tzinfo=UTC)
    assert goes_at(1, 9, starts_at) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


def test_the_last_day_to_answer_is_day_zero() -> None:
    reply_by = rounds.end_of_day(date(2026, 11, 12))
    assert to_local(goes_at(0, 9, reply_by)).date() == date(2026, 11, 12)
    assert to_local(goes_at(2, 9, reply_by)).date() == date(2026, 11, 10)


def test_a_reminder_that_comes_too_late_stays_away() -> None:
    anchor = NOON + timedelta(days=2)
    assert not is_due(NOON - timedelta(seconds=1), NOON, anchor)
    assert is_due(NOON, NOON, anchor)
    assert not is_due(NOON + timedelta(hours=13), NOON, anchor)
    assert not is_due(NOON + timedelta(hours=1), NOON, NOON + timedelta(minutes=30))


# ---------------------------------------------------------------- placeholders


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Hej {namn}! {Svara  Senast}", []),
        ("{epost}", ["{epost}"]),
        ("{{ config }}", ["{ config }"]),
        ("{namn.__class__}", ["{namn.__class__}"]),
        ("{}", ["{}"]),
        ("en { ensam klammer", []),
    ],
)
def test_only_known_names_may_stand_in_braces(text: str, unknown: list[str]) -> None:
    assert unknown_placeholders(text) == unknown


@given(st.text(), st.text())
def test_a_value_is_put_in_as_it_is_and_never_read_again(before: str, value: str) -> None:
    plain = before.replace("{", "").replace("}", "")
    assert filled(plain + "{namn}", {"namn": value}) == plain + value


def test_words_that_mails_must_not_hold_are_found_whole() -> None:
    assert named_in("Vi talar om PSYKISK HÄLSA.", ["Psykisk hälsa"]) == ["Psykisk hälsa"]
    assert named_in("Äldreboendet", ["Äldre"]) == []


# ---------------------------------------------------------------- evaluation


@given(
    st.lists(
        st.fixed_dictionaries(
            {name: st.sampled_from(list(evaluation.Thought)) for name in evaluation.QUESTIONS}
        ),
        max_size=30,
    )
)
def test_no_exact_count_of_one_to_four_is_ever_shown(answers: list[dict[str, str]]) -> None:
    found = evaluation.totals(answers)
    assert bool(found) == (len(answers) >= 5)
    for total in found.values():
        assert total.counts is None or min(total.counts.values()) >= 5
