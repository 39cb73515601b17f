"""The inventory: lists are read row by row, and narrowed by what somebody looks for."""

from participation.foundation.providers import SurveyEntry
from participation.foundation.tabular import csv_bytes, read_table
from participation.inventory.rules import Known, Wanted, headings, narrowed, read_surveys

KNOWN = Known({"exempelkommunen": 1}, {"skola": 7}, frozenset({("gammal", 1)}))
ENTRIES = [
    SurveyEntry(key="a", title="Hemtjänst", organisation="B", targets=("older",), latest="2024"),
    SurveyEntry(
        key="b", title="Elevhälsa", organisation="A", area="Skola", latest="2026", needs=("Stress",)
    ),
]


def table(*rows: str) -> bytes:
    heads = "Enkät;Organisation;För vem;Område;Senaste år;Frågor;Länk"
    return "\n".join([heads, *rows]).encode()


def test_a_list_without_faults_becomes_drafts() -> None:
    row = "Elevhälsan;exempelkommunen;Barn och unga, Närstående;Skola;2025;Mår du bra? | Sover du?;"
    read = read_surveys(read_table(table(row, "Gammal;Exempelkommunen;;;;;")), KNOWN)
    assert not read.problems
    (draft,) = read.drafts
    assert (draft.organisation_id, draft.area_id, draft.last_year) == (1, 7, 2025)
    assert draft.targets == ("children", "next_of_kin")
    assert draft.questions == ("Mår du bra?", "Sover du?")
    assert read.known == 1


def test_everything_that_is_wrong_is_told_by_row() -> None:
    rows = (
        ";Exempelkommunen;;;;;",
        "Två;Ingen alls;Marsmän;Hemma;i fjol;;http://x",
        "Tre;;;;;;",
    )
    told = [(p.row, p.message) for p in read_surveys(read_table(table(*rows)), KNOWN).problems]
    assert [row for row, _message in told] == [2, 3, 3, 3, 3, 3, 4]
    assert "”Marsmän” är ingen målgrupp" in told[2][1]
    missing = read_surveys(read_table(b"Namn;Vem\nA;B\n"), KNOWN)
    assert [p.row for p in missing.problems] == [1, 1]


def test_a_list_that_is_written_out_can_be_read_in_again() -> None:
    names = list(headings().values())
    assert len(set(names)) == len(names)
    row = ["Ny", "Exempelkommunen", "Äldre", "", "", "Varje år", "", "", "", "Hur mår du?", ""]
    assert len(read_surveys(read_table(csv_bytes(names, [row])), KNOWN).drafts) == 1


def test_a_list_is_narrowed_and_ordered() -> None:
    def keys(**wanted: str) -> list[str]:
        return [entry.key for entry in narrowed(ENTRIES, Wanted(**wanted))]

    assert keys() == ["b", "a"]
    assert keys(sort="organisation") == ["b", "a"]
    assert keys(sort="latest") == ["b", "a"]
    assert keys(target="older") == ["a"]
    assert keys(area="Skola", organisation="A") == ["b"]
    assert keys(words="stress ELEV") == ["b"]
    assert keys(words="stress hemtjänst") == []
