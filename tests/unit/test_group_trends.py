"""Groups over the years: what of two published breakdowns can stand side by side."""

from dataclasses import replace

from participation.disclosure.rules.breakdowns import (
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.foundation.i18n import use_locale
from participation.results.rules.group_trends import GroupTrend, GroupWave, group_trend

CELLS = tuple(
    ShownCell(codes=(code,), label=label, count=50)
    for code, label in (("often", "Ofta"), ("seldom", "Sällan"))
)
WHOLE = ShownTable(key="q", title="Stöd?", kind=TableKind.SCALE, n=100, cells=CELLS)


def wave(label: str, *groups: tuple[str, int, int] | str) -> GroupWave:
    """Groups with how many said often and seldom; a name alone is hidden."""
    rows = tuple(
        ShownRow(n=None, counts=None)
        if isinstance(one, str)
        else ShownRow(n=one[1] + one[2], counts=(one[1], one[2]))
        for one in groups
    )
    names = [one if isinstance(one, str) else one[0] for one in groups]
    shown = ShownBreakdown(
        attribute="role",
        title="Vem",
        subject="role",
        groups=tuple(ShownGroup(codes=(name,), label=name) for name in names),
        tables=(ShownGrouped(key="q", columns=CELLS, rows=rows),),
    )
    return GroupWave(label, (WHOLE,), shown)


def told(newest: GroupWave, *earlier: GroupWave) -> GroupTrend | None:
    with use_locale("en"):
        return group_trend(newest, "q", earlier, newest.shown)


def test_each_group_stands_beside_itself_with_its_uncertainty() -> None:
    found = told(wave("2026", ("kin", 40, 10), "patient"), wave("2025", ("kin", 30, 20)))
    assert found is not None
    assert (found.answer, found.labels) == ("Ofta", ("2026", "2025"))
    assert found.lines == (
        ("kin", "80 % (67–89)", "60 % (46–72)"),
        ("patient", "hidden", "–"),
    )


def test_other_words_or_other_columns_are_not_compared() -> None:
    newest, old = wave("2026", ("kin", 40, 10)), wave("2025", ("kin", 30, 20))
    reworded = replace(old, tables=(replace(WHOLE, title="Hjälp?"),))
    merged = replace(old.shown.tables[0], columns=CELLS[:1])
    assert told(newest, reworded) is None
    assert told(newest, replace(old, shown=replace(old.shown, tables=(merged,)))) is None
    assert told(newest) is None
