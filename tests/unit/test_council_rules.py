"""What counts as held, young and late in the council."""

from datetime import date

import pytest

from participation.council.rules.places import Held, days_late, is_young, reference_day

TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(("year", "day"), [(2025, date(2025, 12, 31)), (2026, TODAY), (2027, None)])
def test_a_year_is_counted_on_its_last_day_or_today(year: int, day: date | None) -> None:
    assert reference_day(year, TODAY) == day


def test_a_place_is_held_through_its_last_day() -> None:
    place = Held(since=date(2026, 4, 1), until=date(2026, 10, 31))
    assert place.on(date(2026, 4, 1))
    assert place.on(date(2026, 10, 31))
    assert not place.on(date(2026, 11, 1))
    assert not place.on(date(2026, 3, 31))


@pytest.mark.parametrize(("born", "young"), [(2001, True), (2000, False), (None, False)])
def test_young_is_at_most_25_in_the_year(born: int | None, young: bool) -> None:
    assert is_young(born, TODAY) is young


def test_an_answer_is_late_from_the_day_after_until_it_comes() -> None:
    assert days_late(TODAY, None, TODAY) == 0
    assert days_late(date(2026, 11, 2), None, TODAY) == 10
    assert days_late(date(2026, 11, 2), date(2026, 11, 3), TODAY) == 0
    assert days_late(None, None, TODAY) == 0
