"""A published round is read in another language by its codes; numbers never change."""

from participation.disclosure.rules.breakdowns import (
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.foundation.i18n import use_locale
from participation.questionnaires.rules.reading import read_content
from participation.results.rules.speaking import Reading

SCALE = [
    {"code": "often", "text": {"sv": "Ofta", "en": "Often"}},
    {"code": "seldom", "text": {"sv": "Sällan", "en": "Seldom"}},
    {"code": "never", "text": {"sv": "Aldrig"}},
]
CONTENT = read_content(
    {
        "key": "moten",
        "title": {"sv": "Möten", "en": "Meetings"},
        "intro": {"sv": "Hej"},
        "closing": {"sv": "Tack"},
        "audience": ["patient", "next_of_kin"],
        "questions": [
            {
                "key": "heard",
                "kind": "scale",
                "text": {"sv": "Blir du hörd?", "en": "Are you heard?"},
                "options": SCALE,
            }
        ],
    }
)
READING = Reading(CONTENT, "en")


def cell(*codes: str, label: str = "på svenska", count: int | None = 7) -> ShownCell:
    return ShownCell(codes=codes, label=label, count=count)


def test_question_and_answers_are_said_in_the_readers_language() -> None:
    table = ShownTable(
        key="heard",
        title="Blir du hörd?",
        kind=TableKind.SCALE,
        n=14,
        cells=(cell("often", "seldom"), cell("never", count=None), cell("gone")),
    )
    with use_locale("en"):
        said = READING.table(table)
        assert READING.title("Möten 2026", "2026") == "Meetings 2026"
    assert said.title == "Are you heard?"
    assert [one.label for one in said.cells] == ["Often or seldom", "Aldrig", "på svenska"]
    assert [one.count for one in said.cells] == [7, None, 7]
    assert READING.table(table.__class__(**{**table.__dict__, "key": "old"})).title == table.title


def test_groups_are_named_by_their_codes_those_put_together_too_as_far_as_they_are_known() -> None:
    shown = ShownBreakdown(
        attribute="role",
        title="Vem som svarar",
        subject="role",
        groups=(
            ShownGroup(codes=("next_of_kin",), label="Närstående"),
            ShownGroup(codes=("child", "patient"), label="Övriga: Barn och patient"),
            ShownGroup(codes=("child", "gone"), label="Övriga"),
        ),
        tables=(
            ShownGrouped(
                key="heard",
                columns=(cell("often", count=None),),
                rows=(ShownRow(n=9, counts=(9,)), *[ShownRow(n=None, counts=None)] * 2),
            ),
        ),
    )
    with use_locale("en"):
        said = READING.breakdown(shown)
    assert [group.label for group in said.groups] == [
        "Next of kin",
        "Others: Child or young person and patient",
        "Övriga",
    ]
    assert [column.label for column in said.tables[0].columns] == ["Often"]
    assert said.tables[0].rows == shown.tables[0].rows
