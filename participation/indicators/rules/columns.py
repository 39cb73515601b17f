"""Which column of a table holds what, guessed by its heading; and which are periods. Pure."""

import re
from collections.abc import Mapping, Sequence

from participation.indicators.rules.cells import Period, read_period
from participation.indicators.rules.importing import Field

_WORDS: Mapping[Field, str] = {
    Field.INDICATOR: "indikator|indikator (namn eller kod)|indicator|nyckeltal|kpi|mått|"
    "nyckeltals-id|indikatorns namn",
    Field.PERIOD: "period|år|year|tid|kvartal|läsår|mätperiod|halvår|termin|date|datum",
    Field.MUNICIPALITY: "kommun|kommun (namn eller kod)|municipality|region|kommunkod|"
    "kommunnamn|ort|geografi|område",
    Field.SEX: "kön|gender|sex",
    Field.AGE_BAND: "ålder|age|åldersgrupp|åldersintervall|ålder i år",
    Field.VALUE: "värde|value|utfall|resultat|mätvärde|andel|andel (%)|procent",
    Field.COUNT_BEHIND: "antal bakom värdet|antal svar|antal svarande|antal bakom|n|"
    "underlag|count_behind|antal personer bakom|bygger på",
    Field.PRELIMINARY: "preliminär|preliminary|prel|prel.|preliminärt",
    Field.BREAK: "brott|tidsseriebrott|break|break_before|brott i serien|ny mätmetod|"
    "mätt på nytt sätt|mätt på ett nytt sätt",
    Field.NOTE: "anmärkning|note|kommentar|notering|remark",
}
FIELD_OF: Mapping[str, Field] = {
    word: found for found, words in _WORDS.items() for word in words.split("|")
}
_DOUBLE = re.compile(r" \(\d+\)$")


def period_of_heading(heading: str) -> Period | None:
    """The period a heading is, or ends with: "2024-Q1", "Folkmängd 2025", "2024 (2)"."""
    bare = _DOUBLE.sub("", heading)
    words = bare.split()
    for start in range(len(words)):
        found = read_period(" ".join(words[start:]))
        if found is not None:
            return found
    return None


def period_headings(headings: Sequence[str]) -> dict[str, Period]:
    """The headings that are periods: a wide table has one column for each."""
    found = {heading: period_of_heading(heading) for heading in headings}
    return {heading: period for heading, period in found.items() if period is not None}


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, for the headings we know. The first of several alike counts.

    >>> guess_columns(["Kommun", "År", "Värde"])
    {'municipality': 'Kommun', 'period': 'År', 'value': 'Värde'}
    """
    columns: dict[str, str] = {}
    for heading in headings:
        known = FIELD_OF.get(" ".join(heading.split()).casefold())
        if known is not None:
            columns.setdefault(str(known), heading)
    return columns


def is_wide(columns: Mapping[str, str], headings: Sequence[str]) -> bool:
    """Whether every period has a column of its own."""
    return Field.PERIOD not in columns and bool(period_headings(headings))


def is_understood(columns: Mapping[str, str], headings: Sequence[str]) -> bool:
    """Whether the columns say enough: what the value is and of when."""
    return is_wide(columns, headings) or {Field.PERIOD, Field.VALUE} <= set(columns)
