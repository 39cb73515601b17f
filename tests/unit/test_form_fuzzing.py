"""Good forms with something broken in them: a report or a refusal, never a crash or half a form."""

import io
import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from participation.foundation.tabular import xlsx_bytes
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.report import Reading, Weight
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.writing import content_data
from tests.factories.questionnaires import questionnaire_data
from tests.unit.test_xlsform import contents

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it mends
RICH = {
    "help": {"sv": "Svara som du vill.", "en": "As you like.", "ar": "كما تريد"},
    "provenance": "own.access.1",
    "relevant": "selected(${from_whom}, 'care') and ${visits} > 2",
}
MORE: list[dict[str, Any]] = [
    {
        "key": "since",
        "kind": "date",
        "text": {"sv": "Sedan när?", "sv_easy": "När?"},
        "constraint": ". >= '2000-01-01'",
        "constraint_message": {"sv": "Så länge har vi inte funnits."},
        **RICH,
    },
    {"key": "score", "kind": "range", "minimum": 0, "maximum": 9, "step": 3, "text": {"sv": "?"}},
    {"key": "half", "kind": "number", "minimum": -1, "step": 0.5, "text": {"sv": "½"}, **RICH},
    {
        "key": "how_good",
        "kind": "scale",
        "text": {"sv": "Hur bra?"},
        "background": "age_band",
        "option_set": "good",
        "required": True,
        "options": [
            {"code": "1", "value": 0, "text": {"sv": "Dåligt", "ar": "سيئ"}},
            {"code": "2", "value": 2.5, "text": {"sv": "Bra"}, "is_not_applicable": True},
        ],
        **RICH,
    },
    {
        "key": "repeats",
        "kind": "multiple",
        "shuffled": True,
        "text": {"sv": "Du sa ${visits|några besök}. Vilka?", "fi": "Sanoit ${visits}. Mitkä?"},
        "help": {"sv": "${from_whom|Ingen} hjälper dig."},
        "options": [
            {"code": "a", "text": {"sv": "Som ${visits|sagt}"}},
            {"code": "b", "text": {"sv": "Andra"}},
        ],
    },
    {
        "key": "mood",
        "kind": "single",
        "faces": "glad_last",
        "text": {"sv": "Hur var det?"},
        "options": [
            {"code": "1", "text": {"sv": "Dåligt"}},
            {"code": "2", "text": {"sv": "Bra"}},
            {"code": "3", "text": {"sv": "Vet inte"}, "is_dont_know": True},
        ],
    },
    {"key": "ok", "kind": "consent", "required": True, "text": {"sv": "Går det bra?"}, **RICH},
    {"key": "read", "kind": "information", "text": {"sv": "Läs detta."}, **RICH},
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.sampled_from([0.1, -0.0, 1e300, 1e-300]),
    st.sampled_from(
        [
            *(
                "",
                " ",
                "\u202e\u0645\u0631\u062d\u0628\u0627",
                "\ud83d\ude00" * 9,
                "\x00\x0b",
                "e\u0301" * 50,
                "\ud800",
            ),
            *("${", "${role}", "${zz} = 1", "not(" * 40, "=1+1", "'", "_x0041_", "<script>"),
            *("select_one", "begin_group", "end_group", "begin_repeat", "calculate", "choice"),
            *("5" * 400, "x" * 9_999, "true", "2020-02-31", "1e400", "NaN"),
        ]
    ),
)


def rich_data() -> dict[str, Any]:
    """Everything the exchange carries, once."""
    data = questionnaire_data(minutes=7)
    more = deepcopy(MORE)
    for place, group in ((0, "outer"), (1, "inner"), (2, "inner"), (3, "outer")):
        more[place]["group"] = group
    groups = [
        {"key": "outer", "title": {"sv": "Ute", "en": "Out"}, "relevant": "${visits} >= 1"},
        {"key": "inner", "title": {"sv": "Inne"}, "inside": "outer"},
    ]
    return {**data, "groups": groups, "questions": [*data["questions"], *more]}


GOOD = read_content(rich_data())
GOOD_BOOK = write_xlsform(GOOD, "stod")
GOOD_JSON = json.loads(write_fhir(GOOD, "stod", version=1, is_published=True))
SHEETS = {
    sheet.title: [[*row] for row in sheet.iter_rows(values_only=True)]
    for sheet in load_workbook(io.BytesIO(GOOD_BOOK)).worksheets
}


def whole_or_refused(content: bytes, name: str) -> Reading:
    """The file's reading, which holds all of a form, or nothing and the reasons for it."""
    _source, found = read_form(content, name)
    refused = [one for one in found.findings if one.weight is Weight.STOP]
    assert bool(refused) == (found.data is None)
    assert all(one.message for one in found.findings)
    if found.data is not None:
        json.dumps(found.data).encode()
        assert content_data(read_content(found.data)) == found.data
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents(), st.lists(st.sampled_from(MORE), max_size=3, unique_by=lambda one: one["key"]))
def test_all_that_is_carried_comes_back_from_both_formats(
    data: dict[str, Any], more: list[dict[str, Any]]
) -> None:
    taken = {question["key"] for question in data["questions"]}
    own = [
        {**one, "key": f"{one['key']}_more", "relevant": "", "text": {"sv": "Mer?"}}
        for one in more
        if one["key"] not in taken
    ]
    content = read_content(
        {**data, "audience": ["patient"], "questions": [*data["questions"], *own]}
    )
    for file in (
        write_xlsform(content, "x"),
        write_fhir(content, "x", version=1, is_published=True),
    ):
        assert whole_or_refused(file, "x").data == content_data(content)


def test_the_richest_form_comes_back_from_both_formats() -> None:
    for file in (GOOD_BOOK, json.dumps(GOOD_JSON).encode()):
        found = whole_or_refused(file, "stod")
        assert found.data == content_data(GOOD)
        assert [one.message for one in found.findings if one.weight is not Weight.NOTE] == []


# -- workbooks -------------------------------------------------------------------------------------


def _drop_column(rows: list[list[Any]], at: int, _odd: Any) -> None:
    for row in rows:
        del row[at % len(row)]


def _twice_a_column(rows: list[list[Any]], at: int, _odd: Any) -> None:
    for row in rows:
        row.append(row[at % len(row)])


def _other_heading(rows: list[list[Any]], at: int, odd: Any) -> None:
    rows[0][at % len(rows[0])] = odd


def _other_cell(rows: list[list[Any]], at: int, odd: Any) -> None:
    row = rows[at % len(rows)]
    row[at // 7 % len(row)] = odd


def _drop_row(rows: list[list[Any]], at: int, _odd: Any) -> None:
    del rows[at % len(rows)]


def _twice_a_row(rows: list[list[Any]], at: int, _odd: Any) -> None:
    rows.insert(at % len(rows), rows[at // 5 % len(rows)][:])


def _other_order(rows: list[list[Any]], at: int, _odd: Any) -> None:
    rows[1:] = rows[1:][at % 3 :: -1] + rows[1:][at % 3 + 1 :]


DAMAGES: list[Callable[[list[list[Any]], int, Any], None]] = [
    _drop_column,
    _twice_a_column,
    _other_heading,
    _other_cell,
    _drop_row,
    _twice_a_row,
    _other_order,
]
damages = st.tuples(
    st.sampled_from(sorted(SHEETS)), st.sampled_from(DAMAGES), st.integers(0, 400), ODD
)


def _book_of(sheets: dict[str, list[list[Any]]]) -> bytes:
    def cell(value: Any) -> Any:
        text = str(value) if isinstance(value, int | float | bool) else value or ""
        return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text

    made = [(name, [[cell(one) for one in row] for row in rows]) for name, rows in sheets.items()]
    return xlsx_bytes([(name, rows[0] if rows else [], rows[1:]) for name, rows in made])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(damages, min_size=1, max_size=4))
def test_a_damaged_sheet_is_reported_on_or_refused(found: list[Any]) -> None:
    sheets = {name: [row[:] for row in rows] for name, rows in SHEETS.items()}
    for name, damage, at, odd in found:
        rows = sheets[name]
        if rows and all(rows):
            damage(rows, at, odd)
    whole_or_refused(_book_of(sheets), "stod.xlsx")


def _with_member(name: str, content: bytes) -> bytes:
    """The good workbook with one of its members replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.namelist():
            after.writestr(member, content if member == name else before.read(member))
        if name not in before.namelist():
            after.writestr(name, content)
    return target.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><worksheet>&c;&d;</worksheet>"""
MEMBERS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")


@pytest.mark.parametrize("member", [*MEMBERS, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"<worksheet>",
        ENTITIES,
        b"<a>" * 5_000 + b"</a>" * 5_000,
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
    ],
    ids=["empty", "binary", "open", "entities", "deep", "encoding"],
)
def test_a_broken_member_of_the_archive_is_refused_or_told(member: str, content: bytes) -> None:
    found = whole_or_refused(_with_member(member, content), "stod.xlsx")
    assert "root:" not in str(found)


def test_an_archive_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = _with_member("xl/worksheets/sheet1.xml", b" " * (41 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert whole_or_refused(bomb, "stod.xlsx").data is None


# -- resources -------------------------------------------------------------------------------------


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inside = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    return [path, *(place for name, one in inside for place in _places(one, (*path, name)))]


PLACES = [place for place in _places(GOOD_JSON) if place]


def _change(root: Any, place: tuple[Any, ...], how: str, odd: Any) -> None:
    """Change one place, if it still is there."""
    *above, last = place
    node = root
    try:
        for name in above:
            node = node[name]
        before = node[last]
    except (KeyError, IndexError, TypeError):
        return
    if not isinstance(node, dict | list):
        return
    if how == "drop":
        del node[last]
    elif how == "twice" and isinstance(node, list):
        node.append(deepcopy(before))
    else:
        changed = {"wrap": [before], "nest": {"item": [before]}, "odd": odd}
        node[last] = changed.get(how, odd)


changes = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(["drop", "twice", "wrap", "nest", "odd"]), ODD
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(changes, min_size=1, max_size=4))
def test_a_damaged_resource_is_reported_on_or_refused(found: list[Any]) -> None:
    root = deepcopy(GOOD_JSON)
    for place, how, odd in found:
        _change(root, place, how, odd)
    whole_or_refused(json.dumps(root).encode(), "stod.json")


def _asks(link: str, about: str) -> dict[str, Any]:
    condition = {"question": about, "operator": "=", "answerString": "x"}
    return {"linkId": link, "type": "string", "text": link, "enableWhen": [condition]}


def _nested(depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": "q", "type": "string", "text": "Fråga"}
    for level in range(depth):
        item = {"linkId": f"g{level}", "type": "group", "item": [item]}
    return item


@pytest.mark.parametrize(
    "items",
    [
        [_asks("a", "a")],
        [_asks("a", "b"), _asks("b", "a")],
        [_asks("a", "b"), _asks("b", "c"), _asks("c", "a")],
        [_nested(300)],
        [{"linkId": str(n), "type": "display", "text": "x"} for n in range(2_100)],
        [{"linkId": "a", "type": "integer", "text": "a", "maxLength": 10**400, "repeats": 1}],
    ],
    ids=["itself", "circle", "long circle", "deep", "many", "huge"],
)
def test_circles_depths_and_crowds_are_refused_by_path(items: list[Any]) -> None:
    resource = {"resourceType": "Questionnaire", "status": "draft", "title": "T", "item": items}
    found = whole_or_refused(json.dumps(resource).encode(), "t.json")
    assert found.data is None
    assert all(
        one.where.startswith("$.item") for one in found.findings if one.weight is Weight.STOP
    )


@pytest.mark.parametrize(
    "content",
    [
        b'{"resourceType": "Questionnaire", "item": ' + b"[" * 100_000,
        b'{"resourceType": "Questionnaire", "status": ' + b"9" * 10_000 + b"}",
        b'{"resourceType": "Questionnaire", "status": NaN, "item": [1e999, Infinity]}',
        b'{"resourceType": "Questionnaire", "item": [{"text": "\\ud800", "linkId": "\\u0000"}]}',
        b"\xef\xbb\xbf{}",
        b'{"resourceType": "Bundle", "entry": [{"resource": 7}, null, {}]}',
    ],
    ids=["deep", "long number", "no numbers", "half signs", "nothing", "bundle"],
)
def test_json_that_only_looks_like_a_form_is_refused(content: bytes) -> None:
    assert whole_or_refused(content, "t.json").data is None
