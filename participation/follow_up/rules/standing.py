"""How a figure stands: against the value before it and against its target, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.definitions import TargetKind, reaches
from participation.indicators.rules.reading import against_target
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
class Target:
    """A number to reach, at least or at most, and by when."""

    value: float
    kind: str = TargetKind.AT_LEAST
    by: str | None = None


@dataclass(frozen=True)
class Standing:
    """The newest value that is told, where it has gone, and how it stands against a target.

    `before`: what it is compared with. `reaches` None: there is no target.
    """

    newest: Point
    way: Way
    before: Point | None = None
    target: Target | None = None
    decimals: int | None = None

    @property
    def reaches(self) -> bool | None:
        if self.target is None or self.newest.value is None:
            return None
        return reaches(self.newest.value, self.target.value, self.target.kind)

    @property
    def in_words(self) -> str:
        """ "Better than 2024 (61.5). 6 is left to the target: at least 70." """
        return " ".join(filter(None, [self.way_in_words, self._target_in_words]))

    @property
    def way_in_words(self) -> str:
        """ "Better than 2024 (61.5)." """
        if self.way is Way.FIRST or self.before is None:
            return _("The first value.")
        value = format_number(self.before.value or 0, self.decimals)
        values = {"period": self.before.period, "value": value}
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
        if self.target is None:
            return ""
        wanted = self.target
        return against_target(self.newest, wanted.value, wanted.kind, wanted.by, self.decimals or 0)


def standing(
    points: Sequence[Point],
    better: str,
    target: Target | None = None,
    decimals: int | None = None,
) -> Standing | None:
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
    is_broken = before is not None and any(
        point.has_break_before for point in points[points.index(before) + 1 :]
    )
    way = _way(before, newest, better, is_broken=is_broken)
    return Standing(newest, way, before, target, decimals)


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
