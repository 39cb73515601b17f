"""Rounds of a series side by side: what is compared, what is a break, and what may be chance."""

from dataclasses import replace

from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.foundation.i18n import use_locale
from participation.results.rules.trends import Trend, Wave, trend


def table(often: int | None, seldom: int | None, **changes: object) -> ShownTable:
    made = ShownTable(
        key="respect",
        title="Jag möts med respekt",
        kind=TableKind.SCALE,
        n=(often or 0) + (seldom or 0),
        cells=(
            ShownCell(codes=("often",), label="Ofta", count=often),
            ShownCell(codes=("seldom",), label="Sällan", count=seldom),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def beside(new: ShownTable, *older: ShownTable | None) -> Trend:
    waves = [Wave(str(2025 - years), one) for years, one in enumerate(older)]
    with use_locale("en"):
        return trend("2026", new, waves)


def test_the_same_question_stands_beside_itself_with_its_uncertainty() -> None:
    told = beside(table(112, 28), table(96, 64))
    assert told.labels == ("2026", "2025")
    assert told.lines[0] == (
        "Ofta",
        "80 % (73–86)",
        "60 % (52–67)",
        "+20, more than chance",
    )
    assert [label for label, _size, _shares in told.bars] == ["2026", "2025"]
    assert "Ofta" in told.sentence


def test_a_change_that_can_be_chance_is_called_that() -> None:
    assert beside(table(25, 20), table(24, 21)).lines[0][-1] == "+3, can be chance"


def test_other_words_are_a_break_and_nothing_older_is_compared() -> None:
    told = beside(table(25, 20), table(25, 20), table(9, 31, title="Jag möts väl"), table(25, 20))
    assert told.labels == ("2026", "2025")
    assert told.breaks[0].startswith("2024: the question was “Jag möts väl”")


def test_other_answers_to_choose_from_are_a_break() -> None:
    cells = (
        ShownCell(codes=("often",), label="Ofta", count=25),
        ShownCell(codes=("never",), label="Aldrig", count=20),
    )
    told = beside(table(25, 20), table(25, 20, cells=cells))
    assert not told.waves
    assert "other answers" in told.breaks[0]


def test_merged_steps_and_hidden_rounds_are_breaks() -> None:
    assert "other steps" in beside(table(25, 20), table(9, 8, is_merged=True)).breaks[0]
    assert "too few" in beside(table(25, 20), table(None, None, n=None, cells=())).breaks[0]


def test_a_hidden_answer_is_neither_shown_nor_worked_out() -> None:
    told = beside(table(25, 20), table(None, None, n=41))
    assert told.lines[0] == ("Ofta", "56 % (41–69)", "hidden", "–")
    assert told.sentence == ""
    assert [shares for _label, _size, shares in told.bars] == [[56, 44], []]


def test_a_question_asked_for_the_first_time_stands_alone() -> None:
    assert beside(table(25, 20)) == Trend()


def test_a_round_that_shows_nothing_leaves_a_row_between_the_years() -> None:
    told = beside(table(112, 28), None, table(96, 64), None)
    assert told.labels == ("2026", "2024")
    with use_locale("en"):
        assert told.bars == [
            ("2026", "140 answers", [80, 20]),
            ("2025", "no results", []),
            ("2024", "160 answers", [60, 40]),
        ]
        partly = beside(table(112, 28), table(96, None, n=160))
        assert partly.bars[1] == ("2025", "hidden in part", [])
    assert beside(table(112, 28), None).waves == ()
