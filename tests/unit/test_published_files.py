"""Published tables as files: the page's cells, hidden ones as hidden."""

from participation.disclosure.rules.breakdowns import (
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.results.rules.published_files import grouped_rows, headings, total_rows

YES = ShownCell(codes=("yes",), label="Ja", count=30)
NO = ShownCell(codes=("no",), label="Nej", count=None)
TABLE = ShownTable(key="q", title="=Hörd?", kind=TableKind.CHOICE, n=40, cells=(YES, NO))


def test_a_hidden_cell_has_neither_number_nor_share() -> None:
    yes, no = total_rows([TABLE])
    assert yes == ("=Hörd?", "", "Alla", "Ja", 30, 40, 75.0, "")
    assert no == ("=Hörd?", "", "Alla", "Nej", None, 40, None, "dolt")
    assert len(headings()) == len(yes)


def test_a_breakdown_has_a_row_for_each_group_and_answer() -> None:
    shown = ShownBreakdown(
        attribute="role",
        title="Vem svarar",
        subject="role",
        groups=tuple(ShownGroup(codes=(g,), label=g) for g in ("A", "B", "C")),
        tables=(
            ShownGrouped(
                key="q",
                columns=(YES, NO),
                rows=(
                    ShownRow(n=20, counts=(10, 10)),
                    ShownRow(n=None, counts=None),
                    ShownRow(n=0, counts=(0, 0)),
                ),
            ),
        ),
    )
    rows = grouped_rows([TABLE], shown, "Vem svarar")
    assert [row[2:] for row in rows] == [
        ("A", "Ja", 10, 20, 50.0, ""),
        ("A", "Nej", 10, 20, 50.0, ""),
        ("B", "Ja", None, None, None, "dolt"),
        ("B", "Nej", None, None, None, "dolt"),
    ]
