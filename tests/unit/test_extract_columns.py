"""Columns of an extract: no two share a name, whatever options are called."""

import pytest

from participation.questionnaires.rules.exchange.fhir_responses import answers_of_row
from participation.questionnaires.rules.extracts import (
    Column,
    ColumnKind,
    Source,
    columns_of,
    spss_syntax,
)
from participation.questionnaires.rules.reading import read_content
from tests.factories.questionnaires import questionnaire_data

SOURCE = Source(1, read_content(questionnaire_data()))


def test_an_option_called_other_and_the_words_beside_it_have_a_column_each() -> None:
    columns = {column.name: column for column in columns_of([SOURCE], with_texts=True)}
    assert columns["from_whom.other"].kind is ColumnKind.CHOSEN
    assert columns["from_whom.other_text"].kind is ColumnKind.TEXT
    assert columns["from_whom.other_text"].key == "from_whom.other"
    assert columns["from_whom.other"].key == "from_whom.other"


def test_a_row_is_read_back_with_its_choice_and_its_words() -> None:
    row = {"from_whom.care": "0", "from_whom.other": "1", "from_whom.other_text": "Grannen"}
    assert answers_of_row(SOURCE.content, row) == {
        "from_whom": "other",
        "from_whom.other": "Grannen",
    }


@pytest.mark.parametrize(
    ("names", "declared"),
    [
        (["visits", "Visits"], ["visits", "Visits_2"]),
        (["a-b", "a_b", "a b"], ["a_b", "a_b_2", "a_b_3"]),
        (["x" * 70, "x" * 71], ["x" * 64, "x" * 62 + "_2"]),
    ],
)
def test_names_that_spss_cannot_tell_apart_get_a_number(
    names: list[str], declared: list[str]
) -> None:
    columns = [Column(name, name, ColumnKind.TEXT, {}) for name in names]
    syntax = spss_syntax(columns, "svar.csv")
    lines = syntax.split("/VARIABLES=")[1].split("  .")[0].split()
    assert lines[::2] == declared


def test_syntax_is_marked_as_unicode_and_keeps_to_the_lines_spss_reads() -> None:
    column = Column("q", "ä'" * 300, ColumnKind.CODE, {f"v{n}": "ö'" * 200 for n in range(40)})
    syntax = spss_syntax([column], "svar.csv")
    assert syntax.startswith("\ufeff")
    lines = syntax.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 256
    assert all(line.count("'") % 2 == 0 for line in lines)
    assert len([line for line in lines if line.startswith("  'v")]) == 40
