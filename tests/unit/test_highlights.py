"""The top of a long release: which three things stand there, and why."""

from dataclasses import replace

from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import ShownTable, TableKind, Thresholds
from participation.foundation.i18n import use_locale
from participation.results.rules.highlights import Pick, highlights
from tests.factories.disclosure import table


def shown(*counts: int, key: str, kind: TableKind = TableKind.SCALE) -> ShownTable:
    return shown_table(table(*counts, key=key, title=key, kind=kind), Thresholds())


LONG = [
    shown(25, 25, 25, 25, key="even"),
    shown(50, 20, 15, 15, key="seventy"),
    shown(20, 60, 10, 10, key="eighty"),
    shown(10, 10, 40, 40, key="twenty"),
    shown(90, 10, key="who"),
    shown(95, 5, key="chosen", kind=TableKind.CHOICE),
    shown(0, 30, 35, 35, key="thirty"),
]


def test_the_most_and_the_fewest_on_the_upper_steps_stand_at_the_top() -> None:
    with use_locale("en"):
        found = highlights(LONG, {"who"})
    assert [(one.pick, one.question, one.percent) for one in found] == [
        (Pick.MOST, "eighty", 80),
        (Pick.FEWEST, "twenty", 20),
    ]
    assert found[0].answer == "Alltid or oftast"
    assert (found[0].low, found[0].high, found[0].position) == (71, 87, 3)


def test_the_largest_change_that_is_more_than_chance_comes_third() -> None:
    before = [shown(40, 45, 10, 5, key="even"), shown(50, 15, 20, 15, key="seventy")]
    found = highlights(LONG, {"who"}, before)
    assert [one.pick for one in found] == [Pick.MOST, Pick.FEWEST, Pick.CHANGED]
    assert (found[2].question, found[2].percent, found[2].before) == ("even", 50, 85)
    assert len(highlights(LONG, {"who"}, before[1:])) == 2
    other_words = [replace(before[0], title="Otherwise")]
    assert len(highlights(LONG, {"who"}, other_words)) == 2


def test_a_short_release_has_no_top_and_what_is_hidden_takes_no_part() -> None:
    assert highlights(LONG[:5], ()) == []
    hidden = replace(LONG[2], cells=tuple(replace(one, count=None) for one in LONG[2].cells))
    found = highlights([hidden, *LONG[3:], *LONG[:2]], {"who"})
    assert [one.question for one in found] == ["seventy", "twenty"]
