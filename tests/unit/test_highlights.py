"""The top of a long release: which three things stand there, and why."""

from dataclasses import replace

from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import ShownTable, TableKind, Thresholds
from participation.foundation.i18n import use_locale
from participation.results.rules.highlights import highlights
from tests.factories.disclosure import table


def shown(*counts: int, key: str, kind: TableKind = TableKind.CHOICE) -> ShownTable:
    return shown_table(table(*counts, key=key, title=key, kind=kind), Thresholds())


LONG = [
    shown(50, 50, key="even"),
    shown(70, 30, key="seventy"),
    shown(20, 60, 10, 10, key="scale", kind=TableKind.SCALE),
    shown(60, 40, key="sixty"),
    shown(90, 10, key="who"),
    shown(10, 40, key="few"),
    shown(55, 45, key="last"),
]


def test_three_questions_with_the_largest_share_at_the_low_end_come_first() -> None:
    with use_locale("en"):
        found = highlights(LONG, {"who"})
    assert [(one.question, one.percent, one.n) for one in found] == [
        ("scale", 80, 100),
        ("few", 80, 50),
        ("seventy", 70, 100),
    ]
    assert found[0].answer == "Alltid or oftast"
    assert (found[0].low, found[0].high, found[0].position) == (71, 87, 3)


def test_a_short_release_has_no_top_and_what_is_hidden_takes_no_part() -> None:
    assert highlights(LONG[:5], ()) == []
    hidden = replace(LONG[2], cells=tuple(replace(one, count=None) for one in LONG[2].cells))
    with use_locale("en"):
        questions = [one.question for one in highlights([hidden, *LONG[3:], *LONG[:2]], {"who"})]
    assert questions == ["few", "seventy", "sixty"]
