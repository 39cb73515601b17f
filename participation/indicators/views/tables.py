"""Tables of one indicator's page: every value, and what values were before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import format_day, format_number
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.multiples import Multiples
from participation.indicators.rules.outline import Outline
from participation.indicators.rules.series import Point
from participation.indicators.rules.words import SEX_WORDS

Column = str | tuple[str, str]


@dataclass(frozen=True)
class ShownTable:
    """A row for each series, a column for each period."""

    caption: str
    columns: list[Column]
    rows: list[list[str]]


def value_tables(outline: Outline, unit: str, decimals: int) -> list[ShownTable]:
    """What the charts show, in figures."""
    drawn = ((_("The whole county"), outline.county), (_("Municipality"), outline.places))
    return [
        _table(f"{heading}, {unit}", heading, shown, decimals) for heading, shown in drawn if shown
    ]


def _table(caption: str, heading: str, shown: Multiples, decimals: int) -> ShownTable:
    columns: list[Column] = [heading, *((period, "num") for period in shown.periods)]
    rows = [[one.label, *(_cell(point, decimals) for point in one.points)] for one in shown.drawn]
    return ShownTable(caption, columns, rows)


def _cell(point: Point, decimals: int) -> str:
    if point.value is None:
        return "–"
    broken = "*" if point.has_break_before else ""
    return f"{format_number(point.value, decimals)}{broken}{' p' if point.is_preliminary else ''}"


def age_tables(found: Sequence[Any], names: Mapping[str, str], decimals: int) -> list[ShownTable]:
    """A table for each sex: a row for each place, a column for each age, youngest first."""
    ages = sorted({row.age_band for row in found}, key=_age_from)
    tables: list[ShownTable] = []
    for sex in dict.fromkeys(row.sex for row in found):
        places: dict[str, dict[str, str]] = {}
        for row in found:
            if row.sex == sex:
                shown = "–" if row.value is None else format_number(row.value, decimals)
                places.setdefault(row.municipality_code, {})[row.age_band] = shown
        rows = [
            [names.get(code) or _("The whole county"), *(cells.get(age, "–") for age in ages)]
            for code, cells in places.items()
        ]
        columns: list[Column] = [_("Municipality"), *((age, "num") for age in ages)]
        caption = _("%(who)s, %(period)s", who=SEX_WORDS[sex], period=found[0].period)
        tables.append(ShownTable(caption, columns, rows))
    return tables


def _age_from(band: str) -> int:
    return int(band.split("-", maxsplit=1)[0].rstrip("+"))


def correction_rows(
    revisions: Sequence[Any], names: Mapping[str, str], decimals: int
) -> list[list[str]]:
    """When, where, of whom, which period, what it was, what it is, why."""
    return [
        [
            format_day(one.replaced_at, "medium"),
            one.reference_label or names.get(one.municipality_code) or _("The whole county"),
            str(SEX_WORDS[one.sex]),
            one.period,
            format_number(one.value, decimals),
            format_number(one.now, decimals) if one.is_current else "–",
            _("A file was taken back") if one.is_undoing else _("A newer file"),
        ]
        for one in revisions
    ]
