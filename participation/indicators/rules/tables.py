"""Tables of values, one a row or one period a column, as `Read`. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from participation.foundation.tabular import Line, Sheet
from participation.indicators.rules.cells import (
    is_no_value,
    read_age_band,
    read_flag,
    read_number,
    read_period,
    read_sex,
)
from participation.indicators.rules.columns import is_wide, period_headings
from participation.indicators.rules.importing import Field, Key, Problem, Read, Told
from participation.indicators.rules.places import Place, Places

Step = Callable[[int, int], None]  # rows read, rows in all
AT_ONCE = 5_000
LONGEST_NOTE = 500


class Refused(Exception):
    """A cell that cannot be read: why, and what stood there."""

    def __init__(self, problem: Problem, field_name: Field, cell: str) -> None:
        super().__init__(problem)
        self.problem, self.field, self.cell = problem, field_name, cell


@dataclass(frozen=True)
class Known:
    """What the register holds. `keys`: names, keys and codes in small letters → key."""

    keys: Mapping[str, str]
    kinds: Mapping[str, str]  # key → kind of period
    counted: frozenset[str]  # keys of those that the platform counts itself
    places: Places
    chosen: str = ""  # key of the indicator that the file is of, when it does not say


@dataclass
class _Reader:
    columns: Mapping[str, str]
    known: Known
    read: Read
    # The same few words stand in row after row.
    places: dict[str, Place | None] = field(default_factory=dict)

    def cell(self, line: Line, wanted: Field) -> str:
        return line.cells.get(self.columns.get(wanted, ""), "")

    def key_of(self, line: Line, period: str) -> Key:
        indicator = self._indicator(line)
        place = self._place(line)
        sex = read_sex(self.cell(line, Field.SEX))
        if sex is None:
            raise Refused(Problem.UNKNOWN_SEX, Field.SEX, self.cell(line, Field.SEX))
        age_band = read_age_band(self.cell(line, Field.AGE_BAND))
        if age_band is None:
            raise Refused(Problem.UNKNOWN_AGE, Field.AGE_BAND, self.cell(line, Field.AGE_BAND))
        stored = period_as_stored(self.known, indicator, period)
        return Key(indicator, stored, place.municipality_code, sex, age_band, place.reference_label)

    def told(self, line: Line, cell: str) -> Told | None:
        """What stands in the cell; None where it says that there is no figure."""
        if is_no_value(cell):
            return None
        value = read_number(cell)
        if value is None:
            raise Refused(Problem.NO_NUMBER, Field.VALUE, cell)
        return Told(
            value,
            self._count(line),
            self._flag(line, Field.PRELIMINARY),
            self._flag(line, Field.BREAK),
            self._note(line),
        )

    def _indicator(self, line: Line) -> str:
        said = self.cell(line, Field.INDICATOR)
        if Field.INDICATOR not in self.columns:
            if not self.known.chosen:
                raise Refused(Problem.NO_INDICATOR, Field.INDICATOR, "")
            return self.known.chosen
        return known_indicator(self.known, said)

    def _place(self, line: Line) -> Place:
        if Field.MUNICIPALITY not in self.columns:
            return Place()
        said = self.cell(line, Field.MUNICIPALITY)
        if said not in self.places:
            self.places[said] = self.known.places.find(said) if said else None
        place = self.places[said]
        if place is None:
            raise Refused(Problem.UNKNOWN_PLACE, Field.MUNICIPALITY, said)
        return place

    def _count(self, line: Line) -> int | None:
        said = self.cell(line, Field.COUNT_BEHIND)
        if is_no_value(said):
            return None
        number = read_number(said)
        if number is None or number < 0 or number != int(number):
            raise Refused(Problem.BAD_COUNT, Field.COUNT_BEHIND, said)
        return int(number)

    def _flag(self, line: Line, wanted: Field) -> bool | None:
        if wanted not in self.columns:
            return None
        said = self.cell(line, wanted)
        found = read_flag(said)
        if found is None:
            raise Refused(Problem.BAD_FLAG, wanted, said)
        return found

    def _note(self, line: Line) -> str | None:
        said = self.cell(line, Field.NOTE)
        if len(said) > LONGEST_NOTE:
            raise Refused(Problem.TOO_LONG, Field.NOTE, said)
        return said or None


def known_indicator(known: Known, said: str) -> str:
    """The key of an indicator by its name, key or code. Raises Refused."""
    if not said:
        raise Refused(Problem.NO_INDICATOR, Field.INDICATOR, "")
    key = known.keys.get(said.strip().casefold())
    if key is None:
        raise Refused(Problem.UNKNOWN_INDICATOR, Field.INDICATOR, said)
    if key in known.counted:
        raise Refused(Problem.COUNTED_HERE, Field.INDICATOR, said)
    return key


def period_as_stored(known: Known, indicator: str, said: str) -> str:
    """The period as it is stored, when the indicator is followed by its kind. Raises Refused."""
    if not said:
        raise Refused(Problem.NO_PERIOD, Field.PERIOD, "")
    period = read_period(said)
    if period is None:
        raise Refused(Problem.UNKNOWN_PERIOD, Field.PERIOD, said)
    if period.kind != known.kinds.get(indicator, "year"):
        raise Refused(Problem.WRONG_KIND_OF_PERIOD, Field.PERIOD, said)
    return period.text


def read_sheet(sheet: Sheet, columns: Mapping[str, str], known: Known, step: Step) -> Read:
    """Every value of a table, long or wide; what is wrong is remarked with its row."""
    reader = _Reader(columns, known, Read(row_count=len(sheet.lines)))
    wide = period_headings(sheet.headings) if is_wide(columns, sheet.headings) else {}
    for number, line in enumerate(sheet.lines, start=1):
        for heading, period, cell in _cells(reader, line, {h: p.text for h, p in wide.items()}):
            _take(reader, line, heading, period, cell)
        if number % AT_ONCE == 0:
            step(number, len(sheet.lines))
    return reader.read


def _cells(reader: _Reader, line: Line, wide: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Heading, period and cell of each value in a row."""
    if not wide:
        yield (
            reader.columns.get(Field.VALUE, ""),
            reader.cell(line, Field.PERIOD),
            reader.cell(line, Field.VALUE),
        )
    for heading, period in wide.items():
        yield heading, period, line.cells.get(heading, "")


def _take(reader: _Reader, line: Line, heading: str, period: str, cell: str) -> None:
    try:
        key = reader.key_of(line, period)
        told = reader.told(line, cell)
    except Refused as refused:
        where = reader.columns.get(refused.field, heading)
        reader.read.remark(line.number, refused.problem, refused.cell, where)
        return
    if told is None:
        reader.read.remark(line.number, Problem.MISSING_VALUE, cell, heading)
    else:
        reader.read.put(line.number, key, told)
