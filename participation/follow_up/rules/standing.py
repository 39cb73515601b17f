"""How a figure stands: against the value before it and against its target, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.series import Point


class Way(StrEnum):
    """Where a value has gone since the one before it."""

    FIRST = "first"
    BROKEN = "broken"  # measured in a new way: nothing to compare with
    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"  # of what is neither better high nor low
    LOWER = "lower"


@dataclass(frozen=True)
class Standing:
    """The newest value that is told, where it has gone, and whether it reaches the target.

    `before`: what it is compared with. `reaches` None: there is no target.
    """

    newest: Point
    way: Way
    before: Point | None = None
    reaches: bool | None = None

    @property
    def in_words(self) -> str:
        """ "Better than 2024 (61.5). The target is not reached." """
        return " ".join(filter(None, [self._way_in_words, self._target_in_words]))

    @property
    def _way_in_words(self) -> str:
        if self.way is Way.FIRST or self.before is None:
            return _("The first value.")
        values = {"period": self.before.period, "value": format_number(self.before.value or 0)}
        return {
            Way.BROKEN: _("Counted in a new way: not to be compared with %(period)s.", **values),
            Way.SAME: _("The same as %(period)s.", **values),
            Way.BETTER: _("Better than %(period)s (%(value)s).", **values),
            Way.WORSE: _("Worse than %(period)s (%(value)s).", **values),
            Way.HIGHER: _("Higher than %(period)s (%(value)s).", **values),
            Way.LOWER: _("Lower than %(period)s (%(value)s).", **values),
        }[self.way]

    @property
    def _target_in_words(self) -> str:
        if self.reaches is None:
            return ""
        return _("The target is reached.") if self.reaches else _("The target is not reached.")


@dataclass(frozen=True)
class Target:
    """A number to reach: at least it, or at most it."""

    value: float
    is_ceiling: bool = False

    def is_reached(self, value: float) -> bool:
        return value <= self.value if self.is_ceiling else value >= self.value


def standing(points: Sequence[Point], better: str, target: Target | None = None) -> Standing | None:
    """The newest value beside the one before it; None when no value is told.

    `better`: "higher", "lower", else neither.

    >>> both = standing([Point("2023", 58.0), Point("2024", 51.0)], "higher", Target(60))
    >>> both.way.value, both.reaches
    ('worse', False)
    """
    told = [point for point in points if point.value is not None]
    if not told:
        return None
    newest = told[-1]
    before = told[-2] if len(told) > 1 else None
    reaches = target.is_reached(newest.value or 0) if target else None
    is_broken = before is not None and any(
        point.has_break_before for point in points[points.index(before) + 1 :]
    )
    return Standing(newest, _way(before, newest, better, is_broken=is_broken), before, reaches)


def _way(before: Point | None, newest: Point, better: str, *, is_broken: bool) -> Way:
    if before is None:
        return Way.FIRST
    if is_broken:
        return Way.BROKEN
    change = (newest.value or 0) - (before.value or 0)
    if not change:
        return Way.SAME
    if better not in {"higher", "lower"}:
        return Way.HIGHER if change > 0 else Way.LOWER
    return Way.BETTER if (change > 0) == (better == "higher") else Way.WORSE
