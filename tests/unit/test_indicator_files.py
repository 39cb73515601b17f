"""Files with values as people and Kolada write them: what is read, what is said of the rest."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from participation.foundation.tabular import UnreadableTable, read_table
from participation.indicators.rules.cells import (
    read_age_band,
    read_flag,
    read_number,
    read_period,
    read_sex,
)
from participation.indicators.rules.columns import guess_columns, is_understood
from participation.indicators.rules.importing import Key, Problem, Read
from participation.indicators.rules.kolada import is_json, read_kolada
from participation.indicators.rules.places import Place, Places
from participation.indicators.rules.tables import Known, read_sheet

PLACES = Places.of(("08", "Kalmar län"), [("0880", "Kalmar"), ("0840", "Mörbylånga")])
KNOWN = Known(
    keys={"trygghet": "trygghet", "stress": "stress", "n00945": "kpi", "egna": "egna"},
    kinds={"trygghet": "year", "stress": "school_year", "sip": "quarter", "kpi": "year"},
    counted=frozenset({"egna"}),
    places=PLACES,
)
OF_TRYGGHET = Known(KNOWN.keys, KNOWN.kinds, KNOWN.counted, PLACES, chosen="trygghet")


def read(text: str | bytes, known: Known = OF_TRYGGHET) -> Read:
    sheet = read_table(text if isinstance(text, bytes) else text.encode())
    return read_sheet(sheet, guess_columns(sheet.headings), known, lambda _done, _total: None)


def values(found: Read) -> dict[tuple[str, str, str], float]:
    """(period, municipality, gender) → value."""
    return {(k.period, k.municipality_code, k.sex): t.value for k, t in found.values.items()}


def problems(found: Read) -> list[tuple[int, Problem]]:
    return [(one.row, one.problem) for one in found.remarks]


def kolada(entries: Sequence[Mapping[str, Any]], known: Known = KNOWN) -> Read:
    content = json.dumps({"count": len(entries), "values": entries}).encode()
    assert is_json(content)
    return read_kolada(content, known, lambda _done, _total: None)


def entry(**differing: Any) -> dict[str, Any]:
    values = [{"gender": "T", "value": 61.5, "status": "", "count": 1}]
    found = {"kpi": "N00945", "municipality": "0880", "period": 2024, "values": values}
    return {**found, **differing}


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("written", "kind", "stored"),
    [
        ("2024", "year", "2024"),
        ("2024 kv 1", "quarter", "2024-Q1"),
        ("2024-Q1", "quarter", "2024-Q1"),
        ("2024K1", "quarter", "2024-Q1"),
        ("Kvartal 4 2024", "quarter", "2024-Q4"),
        ("HT2024", "half_year", "2024-H2"),
        ("vt 2024", "half_year", "2024-H1"),
        ("2024-H1", "half_year", "2024-H1"),
        ("2023/24", "school_year", "2023/24"),
        ("2023/2024", "school_year", "2023/24"),
        ("läsåret 1999/2000", "school_year", "1999/00"),
    ],
)
def test_a_period_is_understood_in_every_spelling(written: str, kind: str, stored: str) -> None:
    assert read_period(written) == (kind, stored)


@pytest.mark.parametrize(
    "written", ["", "24", "2024-Q5", "2023/25", "maj 2024", "2024-13-01", "3024"]
)
def test_what_is_no_period_is_not_guessed(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234\u202f567", 1_234_567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,5 %", 12.5),
        ("−3", -3),
        ("0", 0),
    ],
)
def test_a_number_is_read_as_swedes_write_it(written: str, number: float) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["tolv", "1,2,3", "nan", "inf", "1e400", "12 st", "%"])
def test_what_is_no_number_is_not_guessed(written: str) -> None:
    assert read_number(written) is None


def test_genders_ages_and_yes_or_no_have_many_words() -> None:
    assert [read_sex(t) for t in ("Totalt", "kvinnor", "Män", "flickor", "", "annat")] == [
        *("T", "K", "M", "K", "T"),
        None,
    ]
    assert [read_age_band(t) for t in ("18–29 år", "100+ år", "totalt ålder", "29-18")] == [
        *("18-29", "100+", ""),
        None,
    ]
    assert [read_flag(t) for t in ("ja", "Nej", "", "kanske")] == [True, False, False, None]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("0880", Place("0880")),
        ("880", Place("0880")),
        ("Kalmar", Place("0880")),
        ("Kalmar kommun", Place("0880")),
        ("Mörbylånga kommun", Place("0840")),
        ("0880 Kalmar", Place("0880")),
        ("0880 Mörbylånga", None),
        ("0008", Place()),
        ("08 Kalmar län", Place()),
        ("Region Kalmar län", Place()),
        ("Riket", Place(reference_label="Riket")),
        ("0000", Place(reference_label="Riket")),
        ("0180", None),
        ("Stockholm", None),
        ("99999", None),
    ],
)
def test_a_place_is_found_by_code_or_name(written: str, place: Place | None) -> None:
    assert PLACES.find(written) == place


# ---------------------------------------------------------------- tables


def test_a_long_table_has_one_value_a_row() -> None:
    found = read("Indikator;Kommun;År;Kön;Värde\nTrygghet;Kalmar;2024;K;61,5\n")
    assert found.values[Key("trygghet", "2024", "0880", "K", "", "")].value == 61.5
    assert not found.remarks


def test_a_wide_table_has_one_period_a_column() -> None:
    found = read("Kommun\tKön\t2023\t2024\nKalmar\tT\t1\t2\nMörbylånga\tT\t3\t..\n")
    assert values(found) == {
        ("2023", "0880", "T"): 1,
        ("2024", "0880", "T"): 2,
        ("2023", "0840", "T"): 3,
    }
    assert problems(found) == [(3, Problem.MISSING_VALUE)]


def test_a_population_table_has_ages_and_the_year_in_a_heading() -> None:
    found = read(
        '"region","ålder","kön","Folkmängd 2025"\n"0880 Kalmar","0-12 år","kvinnor","4 820"\n'
        '"0880 Kalmar","totalt ålder","män","35 900"\n'
    )
    assert {(k.period, k.sex, k.age_band): t.value for k, t in found.values.items()} == {
        ("2025", "K", "0-12"): 4820,
        ("2025", "M", ""): 35900,
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_file_is_read_in_the_code_and_with_the_signs_it_was_saved_with(
    encoding: str, delimiter: str
) -> None:
    text = (
        delimiter.join(("Kommun", "År", "Värde"))
        + "\n"
        + delimiter.join(("Mörbylånga", "2024", "7"))
    )
    assert values(read(text.encode(encoding))) == {("2024", "0840", "T"): 7}


def test_an_unknown_municipality_is_rejected_with_its_row() -> None:
    found = read("Kommun;År;Värde\nKalmar;2024;1\nAtlantis;2024;2\n;2024;3\n")
    assert problems(found) == [(3, Problem.UNKNOWN_PLACE), (4, Problem.UNKNOWN_PLACE)]
    assert found.remarks[0].cell == "Atlantis"
    assert found.remarks[0].heading == "Kommun"


def test_the_same_value_twice_counts_once() -> None:
    found = read("Kommun;År;Värde\nKalmar;2024;1,0\n0880;2024;1\n")
    assert values(found) == {("2024", "0880", "T"): 1}
    assert problems(found) == [(3, Problem.SAME_TWICE)]


def test_of_two_different_values_for_the_same_thing_neither_is_taken() -> None:
    found = read("Kommun;År;Värde\nKalmar;2024;1\nKalmar;2024;2\nKalmar;2024;1\n")
    assert not found.values
    assert [row for row, problem in problems(found) if problem is Problem.TWO_VALUES] == [2, 3, 4]


def test_a_period_in_two_columns_is_the_same_period() -> None:
    found = read("Kommun;2024;2024\nKalmar;1;2\n")
    assert not found.values
    assert {problem for _row, problem in problems(found)} == {Problem.TWO_VALUES}


@pytest.mark.parametrize("cell", ["..", ".", "–", "-", "x", "X", "…", ""])
def test_marks_for_no_figure_are_passed_over_and_no_fault(cell: str) -> None:
    found = read(f"Kommun;År;Värde\nKalmar;2024;{cell}\n")
    assert not found.values
    assert problems(found) == [(2, Problem.MISSING_VALUE)]
    assert not found.rejected


def test_a_gender_that_is_missing_is_no_fault() -> None:
    found = read("Kommun;År;Kön;Värde\nKalmar;2024;K;1\n")
    assert values(found) == {("2024", "0880", "K"): 1}
    assert not found.remarks


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Trygghet;Kalmar;2024;annat;1;", Problem.UNKNOWN_SEX),
        ("Trygghet;Kalmar;;T;1;", Problem.NO_PERIOD),
        ("Trygghet;Kalmar;maj;T;1;", Problem.UNKNOWN_PERIOD),
        ("Trygghet;Kalmar;2023/24;T;1;", Problem.WRONG_KIND_OF_PERIOD),
        ("Trygghet;Kalmar;2024;T;många;", Problem.NO_NUMBER),
        ("Trygghet;Kalmar;2024;T;1;halvt", Problem.BAD_COUNT),
        ("Lycka;Kalmar;2024;T;1;", Problem.UNKNOWN_INDICATOR),
        (";Kalmar;2024;T;1;", Problem.NO_INDICATOR),
        ("Egna;Kalmar;2024;T;1;", Problem.COUNTED_HERE),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_number(row: str, problem: Problem) -> None:
    found = read(f"Indikator;Kommun;År;Kön;Värde;Antal svar\n{row}\n", KNOWN)
    assert problems(found) == [(2, problem)]
    assert not found.values


def test_a_table_whose_headings_nobody_knows_is_not_understood() -> None:
    assert not is_understood(guess_columns(["A", "B"]), ["A", "B"])
    assert is_understood(guess_columns(["Ort", "2024-Q1"]), ["Ort", "2024-Q1"])


# ---------------------------------------------------------------- Kolada


def test_kolada_gives_a_value_for_each_gender_and_its_count_is_no_number_of_people() -> None:
    found = kolada(
        [
            entry(
                values=[
                    {"gender": "T", "value": 61.5, "status": "", "count": 1},
                    {"gender": "K", "value": 63.0, "status": "", "count": 1},
                    {"gender": "M", "value": None, "status": "Missing", "count": 0},
                ]
            )
        ]
    )
    assert values(found) == {("2024", "0880", "T"): 61.5, ("2024", "0880", "K"): 63.0}
    assert {told.count_behind for told in found.values.values()} == {None}
    assert problems(found) == [(1, Problem.MISSING_VALUE)]


def test_kolada_regions_are_the_county_and_the_nation_is_compared_with() -> None:
    found = kolada([entry(municipality="0008"), entry(municipality="0000")])
    assert [(k.municipality_code, k.reference_label) for k in found.values] == [
        ("", ""),
        ("", "Riket"),
    ]


@pytest.mark.parametrize("place", ["G123456", "0180", "", "kalmar"])
def test_kolada_groups_and_places_elsewhere_are_passed_over_with_a_word(place: str) -> None:
    found = kolada([entry(municipality=place)])
    assert not found.values
    assert problems(found) == [(1, Problem.OTHER_PLACE)]


def test_kolada_definitions_that_are_new_come_along() -> None:
    content = {
        "kpi": {"values": [{"id": "N15419", "title": "Elever, andel (%)", "description": "Vad"}]},
        "data": {"values": [entry(kpi="N15419"), entry()]},
    }
    found = read_kolada(json.dumps(content).encode(), KNOWN, lambda _done, _total: None)
    assert [(one.code, one.name) for one in found.defined] == [("N15419", "Elever, andel (%)")]
    assert {key.indicator for key in found.values} == {"kolada-n15419", "kpi"}


def test_a_kolada_indicator_that_nobody_has_defined_is_rejected() -> None:
    assert problems(kolada([entry(kpi="N99999")])) == [(1, Problem.UNKNOWN_INDICATOR)]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"{", "broken"), (b"[]", "empty"), (b'{"a": 1}', "empty")]
)
def test_json_that_is_not_koladas_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable) as refused:
        read_kolada(content, KNOWN, lambda _done, _total: None)
    assert refused.value.data["reason"] == reason


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_kolada_figures_that_are_none_are_refused(value: float) -> None:
    found = kolada([entry(values=[{"gender": "T", "value": value}])])
    assert found.values == {}
    assert [one.problem for one in found.remarks] == [Problem.NO_NUMBER]
