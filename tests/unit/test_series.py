"""Next year's round: its days and name, and which questions can no longer be compared."""

from datetime import date

from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.series import breaks, next_round
from tests.factories.questionnaires import questionnaire_data

OPENS, CLOSES = date(2024, 10, 7), date(2024, 10, 27)


def test_the_next_round_is_a_year_later_on_the_same_weekday() -> None:
    found = next_round("2024", OPENS, CLOSES, date(2024, 12, 1))
    assert (found.label, found.opens_on, found.closes_on) == (
        "2025",
        date(2025, 10, 6),
        date(2025, 10, 26),
    )


def test_a_series_that_has_rested_goes_on_after_today() -> None:
    found = next_round("Hösten 2024", OPENS, CLOSES, date(2026, 11, 12))
    assert found.label == "Hösten 2027"
    assert found.opens_on.year == 2027
    assert next_round("Första", OPENS, CLOSES, date(2024, 12, 1)).label == "Första 2025"


def test_what_has_changed_is_told_question_by_question() -> None:
    data = questionnaire_data()
    before = read_content(data)
    assert breaks(before, before) == []
    data = questionnaire_data()
    questions = {question["key"]: question for question in data["questions"]}
    questions["from_whom"]["text"] = {"sv": "Vem ger stöd?"}
    questions["municipality"]["options"] = questions["municipality"]["options"][:1] * 1 + [
        {"code": "0881", "text": {"sv": "Nybro"}}
    ]
    data["questions"].remove(questions["kin_let_in"])
    told = dict(breaks(before, read_content(data)))
    assert told["Får du vara med?"] == "ställs inte längre"
    assert told["Varifrån kommer stödet?"] == "ställs på ett annat sätt"
    assert told["Var bor du?"] == "har andra svar att välja mellan"
