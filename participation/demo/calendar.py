"""The demo's time: its texts are written as if one certain day were today, and move along."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from participation.foundation.clock import LOCAL_ZONE, from_local, frozen_at

DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Calendar:
    """`as_of`: the day the texts were written for; `loaded_at`: the real moment of loading."""

    as_of: date
    loaded_at: datetime

    @property
    def shift(self) -> timedelta:
        """Whole weeks, to the nearest: weekdays stay, and nothing written as coming is past.

        Worked example: written for 12 November and loaded on the 22nd → everything one week later.
        """
        days = (self.today - self.as_of).days
        return timedelta(weeks=round(days / DAYS_IN_WEEK))

    def moved(self, content: Any) -> Any:
        """The same content with every date in it moved."""
        if isinstance(content, dict):
            return {key: self.moved(value) for key, value in content.items()}
        if isinstance(content, list):
            return [self.moved(value) for value in content]
        return content + self.shift if isinstance(content, date) else content

    @property
    def today(self) -> date:
        """The day of loading."""
        return self.loaded_at.astimezone(LOCAL_ZONE).date()

    def weeks_back(self, weeks: int) -> date:
        """The same weekday, `weeks` earlier."""
        return self.today - timedelta(weeks=weeks)

    def at(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """A moment of a (moved) day by Swedish clocks, in UTC."""
        return from_local(datetime.combine(day, time(hour, minute)))

    def starts_at(self, written: str) -> datetime:
        """ "2026-10-07T13:30" as it stands in the texts, moved, in UTC."""
        return from_local(datetime.fromisoformat(written) + self.shift)

    @contextmanager
    def stand_at(self, day: date, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
        """Let the clock stand still on that day, never later than the moment of loading."""
        moment = min(self.at(day, hour, minute), self.loaded_at)
        with frozen_at(moment):
            yield moment
