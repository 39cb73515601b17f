"""Weeks: the finest time that is kept of an interview. Pure."""

import re
from datetime import date, timedelta

WEEKS_BACK = 12


def week_of(day: date) -> str:
    """The ISO week of a day.

    >>> week_of(date(2026, 1, 12))
    '2026-W03'
    """
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def is_week(text: str) -> bool:
    """Whether `text` is a week that exists."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    if match is None:
        return False
    try:
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return False
    return True


def recent_weeks(today: date, back: int = WEEKS_BACK) -> list[tuple[str, date]]:
    """This week and those before it, newest first, each with its Monday."""
    monday = today - timedelta(days=today.weekday())
    return [
        (week_of(start), start)
        for start in (monday - timedelta(weeks=count) for count in range(back))
    ]


def monday_of(week: str) -> date:
    """The Monday a week begins with. Raises ValueError for no week."""
    if not is_week(week):
        raise ValueError("expected a week such as 2026-W03")
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
