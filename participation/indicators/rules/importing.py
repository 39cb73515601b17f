"""What taking values in from a file is made of: states, rows, what is wrong with one. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from participation.foundation.i18n import lazy_gettext as _l

MOST_REMARKS = 200  # that are kept to be shown; all are counted
MOST_CHANGES = 200


class ImportState(StrEnum):
    UPLOADED = "uploaded"
    CHECKED = "checked"
    UNREADABLE = "unreadable"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class Field(StrEnum):
    """What a column can hold."""

    INDICATOR = "indicator"
    PERIOD = "period"
    MUNICIPALITY = "municipality"
    SEX = "sex"
    AGE_BAND = "age_band"
    VALUE = "value"
    COUNT_BEHIND = "count_behind"
    PRELIMINARY = "preliminary"
    BREAK = "has_break"
    NOTE = "note"


FIELD_LABELS: dict[str, Any] = {
    Field.INDICATOR: _l("Indicator (name or code)"),
    Field.PERIOD: _l("Period"),
    Field.MUNICIPALITY: _l("Municipality (name or code)"),
    Field.SEX: _l("Gender"),
    Field.AGE_BAND: _l("Age"),
    Field.VALUE: _l("Value"),
    Field.COUNT_BEHIND: _l("How many it rests on"),
    Field.PRELIMINARY: _l("Preliminary"),
    Field.BREAK: _l("Measured in a new way"),
    Field.NOTE: _l("Remark"),
}


class Problem(StrEnum):
    """Why a value is not taken in. The last three are no faults: the value is passed over."""

    NO_INDICATOR = "no_indicator"
    UNKNOWN_INDICATOR = "unknown_indicator"
    COUNTED_HERE = "counted_here"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_SEX = "unknown_sex"
    UNKNOWN_AGE = "unknown_age"
    NO_PERIOD = "no_period"
    UNKNOWN_PERIOD = "unknown_period"
    WRONG_KIND_OF_PERIOD = "wrong_kind_of_period"
    NO_NUMBER = "no_number"
    BAD_COUNT = "bad_count"
    BAD_FLAG = "bad_flag"
    TOO_LONG = "too_long"
    TWO_VALUES = "two_values"
    MISSING_VALUE = "missing_value"
    OTHER_PLACE = "other_place"
    SAME_TWICE = "same_twice"


IGNORED = frozenset({Problem.MISSING_VALUE, Problem.OTHER_PLACE, Problem.SAME_TWICE})

PROBLEM_LABELS: dict[str, Any] = {
    Problem.NO_INDICATOR: _l("It does not say which indicator it is."),
    Problem.UNKNOWN_INDICATOR: _l("There is no such indicator in the register."),
    Problem.COUNTED_HERE: _l("The platform counts this indicator itself."),
    Problem.UNKNOWN_PLACE: _l("This is no municipality of the county."),
    Problem.UNKNOWN_SEX: _l("Write T, K or M, or all, women or men."),
    Problem.UNKNOWN_AGE: _l("Write the ages as 18–29, 80+ or 37."),
    Problem.NO_PERIOD: _l("The period is missing."),
    Problem.UNKNOWN_PERIOD: _l("We do not understand the period. Write 2024, 2024-Q1 or 2023/24."),
    Problem.WRONG_KIND_OF_PERIOD: _l("The indicator is followed by another kind of period."),
    Problem.NO_NUMBER: _l("This is no number."),
    Problem.BAD_COUNT: _l("How many it rests on must be a whole number."),
    Problem.BAD_FLAG: _l("Write yes or no."),
    Problem.TOO_LONG: _l("The remark is longer than 500 characters."),
    Problem.TWO_VALUES: _l("Two different values for the same thing. Neither is taken in."),
    Problem.MISSING_VALUE: _l("No value there"),
    Problem.OTHER_PLACE: _l("Groups of municipalities and other counties"),
    Problem.SAME_TWICE: _l("The same value stands twice; it counts once"),
}


class Key(NamedTuple):
    """What a value is of. `indicator`: its key in the register, or of one the file brings along."""

    indicator: str
    period: str
    municipality_code: str
    sex: str
    age_band: str
    reference_label: str


class Told(NamedTuple):
    """What a file says about one value. None: the file does not say."""

    value: float
    count_behind: int | None = None
    is_preliminary: bool | None = None
    has_break_before: bool | None = None
    note: str | None = None


@dataclass(frozen=True)
class Remark:
    """Something about one row: where, what, and what stood in the cell."""

    row: int
    problem: Problem
    cell: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Defined:
    """An indicator that a file brings along with its definition."""

    key: str
    code: str
    name: str
    description: str


@dataclass
class Read:
    """What a file holds: values by what they are of, the row of each, and remarks."""

    values: dict[Key, Told] = field(default_factory=dict)
    rows: dict[Key, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    defined: list[Defined] = field(default_factory=list)
    row_count: int = 0
    refused: set[Key] = field(default_factory=set)

    def remark(self, row: int, problem: Problem, cell: str = "", heading: str = "") -> None:
        self.remarks.append(Remark(row, problem, cell[:80], heading[:80]))

    def put(self, row: int, key: Key, told: Told) -> None:
        """Keep one value. The same key twice: the same value counts once, two values neither."""
        if key in self.refused:
            self.remark(row, Problem.TWO_VALUES, f"{told.value:g}")
            return
        earlier = self.values.get(key)
        if earlier is None:
            self.values[key], self.rows[key] = told, row
        elif earlier == told:
            self.remark(row, Problem.SAME_TWICE, f"{told.value:g}")
        else:
            self.remark(self.rows.pop(key), Problem.TWO_VALUES, f"{earlier.value:g}")
            self.remark(row, Problem.TWO_VALUES, f"{told.value:g}")
            self.refused.add(key)
            del self.values[key]

    @property
    def rejected(self) -> list[Remark]:
        return [one for one in self.remarks if one.problem not in IGNORED]

    @property
    def ignored(self) -> list[Remark]:
        return [one for one in self.remarks if one.problem in IGNORED]
