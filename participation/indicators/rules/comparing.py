"""What a file would change: new, changed, the same. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from participation.indicators.rules.importing import MOST_CHANGES, Key, Told

_ALIKE = 1e-9


class Held(NamedTuple):
    """What is in the register now."""

    value: float
    count_behind: int | None
    is_preliminary: bool
    has_break_before: bool
    note: str | None
    is_current: bool = True


@dataclass(frozen=True)
class Change:
    """One value that would be another."""

    key: Key
    row: int
    old: float
    new: float


@dataclass
class Comparison:
    """How many values are new, changed and the same, and the first changes."""

    new: int = 0
    changed: int = 0
    same: int = 0
    changes: list[Change] = field(default_factory=list)
    to_write: dict[Key, Held] = field(default_factory=dict)


def compare(
    into: Comparison,
    told: Mapping[Key, Told],
    held: Mapping[Key, Held],
    rows: Mapping[Key, int],
) -> None:
    """Add what `told` would do to what is `held`. Only what the file says is compared."""
    for key, one in told.items():
        earlier = held.get(key)
        result = _told_over(one, earlier)
        if earlier is None or not earlier.is_current:
            into.new += 1
        elif result == earlier or (
            result._replace(value=earlier.value) == earlier
            and abs(result.value - earlier.value) < _ALIKE
        ):
            into.same += 1
            continue
        else:
            into.changed += 1
            if len(into.changes) < MOST_CHANGES:
                into.changes.append(Change(key, rows.get(key, 0), earlier.value, one.value))
        into.to_write[key] = result


def _told_over(one: Told, earlier: Held | None) -> Held:
    """The value as it will be: what the file does not say stays as it was."""
    before = earlier or Held(one.value, None, False, False, None)
    return Held(
        one.value,
        before.count_behind if one.count_behind is None else one.count_behind,
        before.is_preliminary if one.is_preliminary is None else one.is_preliminary,
        before.has_break_before if one.has_break_before is None else one.has_break_before,
        before.note if one.note is None else one.note,
    )
