"""Numbers and rankings on their way to the gate: round classes, open at both ends."""

from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import TableKind, Thresholds
from participation.foundation.i18n import use_locale
from participation.questionnaires.queries import QuestionTotal, RoundTotals
from participation.questionnaires.queries.totals import OptionTotal
from participation.questionnaires.rules.words import Words
from participation.results.rules.numbers import class_label, in_classes
from participation.results.rules.round_tables import chart, round_tables


def totals(kind: str, **counts: int) -> RoundTotals:
    options = tuple(
        OptionTotal(code.strip("_"), Words({"sv": code.strip("_")}), count)
        for code, count in counts.items()
    )
    answered = sum(counts.values())
    question = QuestionTotal("q", kind, Words({"sv": "Fråga"}), answered, options)
    return RoundTotals(1, answered, (question,), {})


def test_numbers_stand_in_round_classes_and_neither_end_is_told() -> None:
    found = in_classes({float(value): 2 for value in range(3, 48)})
    assert [code for code, _count in found] == [":10", "10:20", "20:30", "30:40", "40:"]
    assert sum(count for _code, count in found) == 90
    with use_locale("en"):
        labels = [class_label(code) for code, _count in found]
    assert labels == ["under 10", "10–19", "20–29", "30–39", "40 or more"]
    assert "47" not in str(found)
    assert "3:" not in str(found).replace("30:", "")


def test_few_different_numbers_stand_for_themselves() -> None:
    assert in_classes({0.0: 9, 7.0: 20, 10.0: 6}) == [("0", 9), ("7", 20), ("10", 6)]


def test_a_number_question_is_published_with_its_middle_and_no_bar() -> None:
    (table,) = round_tables(totals("range", _0=10, _5=25, _10=15))
    assert table.kind is TableKind.SCALE
    with use_locale("en"):
        drawn = chart(shown_table(table, Thresholds()))
    assert not drawn.is_bar
    assert drawn.note.startswith("The middle answer: 5.")
    assert drawn.rows[1] == ("5", "25", "50 %")


def test_of_a_ranking_how_many_put_each_answer_first_is_published() -> None:
    (table,) = round_tables(totals("ranking", time=30, respect=20))
    with use_locale("en"):
        drawn = chart(shown_table(table, Thresholds()))
    assert (table.kind, table.n) == (TableKind.CHOICE, 50)
    assert drawn.note == "How many put each answer first."
    few = shown_table(round_tables(totals("ranking", time=30, respect=2, rest=9))[0], Thresholds())
    assert [cell.count for cell in few.cells] == [30, None, None]
