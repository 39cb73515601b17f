"""When a plan action waits for a new status, and how often its group is asked."""

from datetime import date

from participation.plans.rules.plans import PlanStatus

STATUS_LASTS_MONTHS = 6
ENDED = (PlanStatus.DONE, PlanStatus.DECLINED)  # nothing more is to be told


def too_old_before(day: date) -> date:
    """What was told before this day is not new any more.

    >>> too_old_before(date(2026, 8, 31))
    datetime.date(2026, 2, 28)
    """
    months = day.year * 12 + day.month - 1 - STATUS_LASTS_MONTHS
    year, month = divmod(months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))


def quarter(day: date) -> str:
    """The quarter that a reminder belongs to.

    >>> quarter(date(2026, 11, 28))
    '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"
