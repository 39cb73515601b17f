"""XLSForm in and out: what is read, what is refused with its row, and that nothing crashes it."""

import io
import string
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from participation.foundation.tabular import xlsx_bytes
from participation.questionnaires.rules.answers import Answers, take_answers
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.exchange.columns import language_code
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.report import FormSource, Reading, Weight
from participation.questionnaires.rules.exchange.xlsform_reading import read_xlsform
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.writing import content_data
from tests.factories.questionnaires import questionnaire_data

SURVEY = ["type", "name", "label::Svenska (sv)", "relevant", "constraint", "appearance"]
CHOICES = ["list_name", "name", "label::Svenska (sv)"]
KINDS = (
    *("single", "multiple", "scale", "yes_no", "battery", "number", "range", "ranking"),
    *("date", "short_text", "long_text", "information", "consent"),
)
YES_NO = [["jn", "ja", "Ja"], ["jn", "nej", "Nej"]]


def book(rows: list[list[Any]], choices: list[list[Any]] | None = None, **more: Any) -> bytes:
    headings = more.get("headings", SURVEY)
    listed = [row + [""] * (len(headings) - len(row)) for row in rows]
    return xlsx_bytes(
        [("survey", headings, listed), ("choices", CHOICES, YES_NO if choices is None else choices)]
    )


def read(rows: list[list[Any]], **more: Any) -> Reading:
    return read_xlsform(book(rows, **more), "Enkät.xlsx")


def stops(found: Reading) -> list[str]:
    return [f"{one.where}: {one.message}" for one in found.findings if one.weight is Weight.STOP]


def asked(found: Reading) -> Content:
    assert found.data is not None, stops(found)
    return read_content(found.data)


def test_a_form_with_every_kind_is_the_same_when_it_comes_back() -> None:
    data = questionnaire_data()
    data["questions"] += [
        {
            "key": "order",
            "kind": "ranking",
            "text": {"sv": "Ordna", "ar": "رتب"},
            "options": [{"code": code, "text": {"sv": code.upper()}} for code in "abc"],
        },
        {
            "key": "since",
            "kind": "date",
            "text": {"sv": "Sedan när?"},
            "constraint": ". >= '2000-01-01'",
            "constraint_message": {"sv": "Så länge har vi inte funnits."},
        },
        {"key": "score", "kind": "range", "minimum": 0, "maximum": 10, "text": {"sv": "0–10?"}},
        {"key": "times", "kind": "number", "step": 1, "text": {"sv": "Hur ofta?"}},
        {"key": "ok", "kind": "consent", "text": {"sv": "Går det bra?"}},
    ]
    data["questions"][-3]["step"] = 1
    content = read_content(data)
    again = read_xlsform(write_xlsform(content, "stod"))
    assert [one for one in again.findings if one.weight is not Weight.NOTE] == []
    assert again.data == content_data(content)


def test_the_title_stands_in_one_column_as_others_read_it_and_in_each_language_beside_it() -> None:
    book = load_workbook(io.BytesIO(write_xlsform(read_content(questionnaire_data()), "stod")))
    head, row = book["settings"].iter_rows(values_only=True)
    settings_row = dict(zip(head, row, strict=True))
    assert settings_row["form_title"] == "Stöd i vardagen"
    assert settings_row["x_form_title::العربية (ar)"] == "الدعم"
    assert not any(str(name).startswith("form_title::") for name in head)


def test_types_become_kinds() -> None:
    found = asked(
        read(
            [
                ["text", "a", "Kort"],
                ["text", "b", "Långt", "", "", "multiline"],
                ["integer", "c", "Hel"],
                ["decimal", "d", "Bråk"],
                ["date", "e", "Dag"],
                ["select_one jn", "f", "En"],
                ["select one from jn", "g", "En likert", "", "", "likert"],
                ["select_multiple jn or_other", "h", "Flera"],
                ["rank jn", "i", "Ordna"],
                ["range", "j", "Skala"],
                ["note", "k", "Läs detta"],
                ["acknowledge", "l", "Samtycke"],
            ]
        )
    )
    kinds = {question.key: question.kind for question in found.questions}
    assert kinds == {
        "a": "short_text",
        "b": "long_text",
        "c": "number",
        "d": "number",
        "e": "date",
        "f": "single",
        "g": "scale",
        "h": "multiple",
        "i": "ranking",
        "j": "range",
        "k": "information",
        "l": "consent",
    }
    assert found.asked["c"].step == 1
    assert found.asked["d"].step is None
    assert found.asked["h"].other is not None
    assert (found.asked["j"].minimum, found.asked["j"].maximum) == (1, 10)


def test_groups_give_their_condition_and_heading_to_what_is_in_them() -> None:
    found = asked(
        read(
            [
                ["select_one jn", "Q1", "Har du stöd?"],
                ["begin group", "g", "Om stödet", "${Q1} = 'ja'"],
                ["text", "q2", "Vilket?", "${Q1} != 'nej'"],
                ["end group"],
            ]
        )
    )
    (question,) = found.questions[1:]
    assert [group.title.said("sv") for group in found.path(question.group)] == ["Om stödet"]
    assert question.relevant is not None
    assert question.relevant.source == "(${q1} = 'ja') and (${q1} != 'nej')"


def test_a_likert_table_becomes_one_battery() -> None:
    found = asked(
        read(
            [
                ["begin_group", "respect", "Hur ofta?", "", "", "field-list"],
                ["select_one jn", "head", "", "", "", "label"],
                ["select_one jn", "r1", "Jag blir sedd", "", "", "list-nolabel"],
                ["select_one jn", "r2", "Jag blir hörd", "", "", "list-nolabel"],
                ["end_group"],
            ]
        )
    )
    (battery,) = found.questions
    assert (battery.kind, battery.key, battery.text.said("sv")) == (
        "battery",
        "respect",
        "Hur ofta?",
    )
    assert [row.key for row in battery.rows] == ["r1", "r2"]


def test_a_constraint_refuses_an_answer_in_its_own_words() -> None:
    headings = [*SURVEY, "constraint_message::Svenska (sv)"]
    rows = [["integer", "age", "Ålder?", "", ". >= 18 and . <= 110 and (. != 99)", "", "Inte 99."]]
    found = asked(read(rows, headings=headings))
    question = found.asked["age"]
    assert (question.minimum, question.maximum) == (18, 110)
    answers = Answers()
    assert take_answers(answers, [question], {"age": ["99"]}) == {"age": "Inte 99."}
    assert take_answers(answers, [question], {"age": ["45"]}) == {}
    assert answers.closed == {"age": 45}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["begin_repeat", "r", "Barn"], "Upprepade"),
        (["calculate", "c", "Summa"], "Beräkningar"),
        (["geopoint", "g", "Var?"], "karta"),
        (["image", "i", "Bild"], "Bilder"),
        (["select_one nowhere", "s", "Välj"], "nowhere"),
        (["select_one_from_file x.csv", "s", "Välj"], "annan fil"),
        (["banana", "b", "Vad?"], "banana"),
        (["text", "", "Utan namn"], "Namnet saknas"),
        (["text", "t", ""], "Texten saknas"),
        (["text", "t", "Vad?", "${later} = 1"], "later"),
        (["text", "t", "Vad?", "${t} = 1"], "senare"),
        (["text", "t", "Vad?", "pulldata('x')"], "pulldata"),
        (["text", "t", "Vad?", "((((("], "slutar för tidigt"),
        (["end_group"], "inte har börjat"),
    ],
)
def test_what_does_not_fit_is_told_with_sheet_and_row(row: list[str], says: str) -> None:
    found = read([["text", "first", "Hej"], row])
    assert found.data is None
    assert any(says in one and "survey" in one and "3" in one for one in stops(found)), stops(found)


def test_names_that_stand_twice_and_circles_are_refused() -> None:
    twice = read([["text", "a", "En"], ["text", "a", "Två"]])
    assert "rad 3" in stops(twice)[0]
    circle = read([["text", "a", "En", "${b} = 1"], ["text", "b", "Två", "${a} = 1"]])
    assert circle.data is None
    bad_choice = read([["select_one jn", "a", "En"]], choices=[["jn", "", "Ja"]])
    assert "choices" in stops(bad_choice)[0]


def test_a_group_keeps_names_apart_and_a_closing_row_may_say_the_name_again() -> None:
    rows = [
        ["begin_group", "home", "Hemma"],
        ["text", "other", "Annat?"],
        ["end_group", "home"],
        ["begin_group", "work", "På jobbet"],
        ["text", "other", "Annat?"],
        ["end_group", "work"],
    ]
    found = read(rows)
    assert [*asked(found).asked] == ["other", "other_2"]
    assert any("other → other_2" in one.message for one in found.findings)
    doubtful = read([*rows, ["text", "why", "Varför?", "${other} = 'x'"]])
    assert "flera frågor" in stops(doubtful)[0]


def test_choices_may_have_any_name_and_conditions_follow() -> None:
    choices = [["tid", "mån–fre 8:00", "Vardagar"], ["tid", "lör", "Lördagar"]]
    rows = [
        ["select_one tid", "when", "När?"],
        ["text", "why", "Varför?", "${when} = 'lör' or 'mån–fre 8:00' = ${when}"],
        ["text", "who", "Vem?", "selected(${when}, \"lör\") and ${why} != 'lör'"],
    ]
    found = asked(read(rows, choices=choices))
    codes = [option.code for option in found.asked["when"].options]
    conditions = [q.relevant.source for q in found.questions if q.relevant]
    assert codes == ["manfre_8_00", "lor"]
    assert conditions == [
        "${when} = 'lor' or 'manfre_8_00' = ${when}",
        "selected(${when}, 'lor') and ${why} != 'lör'",
    ]


def test_a_list_nobody_uses_stops_nothing_and_words_are_found_where_they_can_be() -> None:
    choices = [*YES_NO, ["unused", "", "Utan namn"], ["", "", "En kommentar"], ["few", "a", ""]]
    choices += [["few", "b", "B"]]
    rows = [["select_one jn", "a", "En"], ["select_one few", "b", "Två"]]
    found = read(rows, choices=choices)
    assert [option.text.said("sv") for option in asked(found).asked["b"].options] == ["a", "B"]
    headings = ["type", "name", "label", "hint"]
    hinted = asked(read([["text", "a", "", "Hur mår du?"]], headings=headings))
    assert hinted.asked["a"].text.said("sv") == "Hur mår du?"
    assert not hinted.asked["a"].help


@pytest.mark.parametrize(
    "heading", ["bind:relevant", "bind: relevant", "bind::relevant", "Relevance", " relevant "]
)
def test_old_spellings_of_a_condition_are_never_passed_over(heading: str) -> None:
    rows = [["text", "a", "En", ""], ["text", "b", "Två", "${a} != ''"]]
    found = asked(read(rows, headings=["type", "name", "label::sv-SE", heading]))
    assert found.asked["b"].relevant is not None


def test_a_limit_we_cannot_keep_is_left_out_and_a_condition_we_cannot_keep_stops() -> None:
    limit = read([["text", "a", "En", "", "regex(., '[0-9]+')"]])
    assert asked(limit).asked["a"].constraint is None
    assert [one.where for one in limit.findings if one.weight is Weight.LEFT_OUT]
    assert stops(read([["text", "a", "En"], ["text", "b", "Två", "${a} + 1 > 2"]]))


def test_texts_for_people_are_plain_words() -> None:
    found = read(
        [
            ["note", "n", "Se <a href='https://example.org' target='_blank'>här</a>"],
            ["text", "a", "**Hur** mår _du_? <span style='color:red'>Svara</span> fritt: ____"],
            ["select_one jn", "snake_case_name", "2 * 3 * 4 är <50"],
        ],
        choices=[["jn", "ja", "*Ja*"], ["jn", "nej", "[Nej](https://example.org)"]],
        headings=["type", "name", "label"],
    )
    texts = [question.text.said("sv") for question in asked(found).questions]
    assert texts == [
        "Se här (https://example.org)",
        "Hur mår du? Svara fritt: ____",
        "2 * 3 * 4 är <50",
    ]
    words = [option.text.said("sv") for option in asked(found).questions[2].options]
    assert words == ["Ja", "Nej (https://example.org)"]
    assert any("Fet stil" in one.message for one in found.findings)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        *(("Svenska (sv)", "sv"), ("sv-SE", "sv"), ("swedish", "sv"), ("Lättläst", "sv_easy")),
        *(("English(en)", "en"), ("eng", "en"), ("Deutsch", "de"), ("franska", "fr")),
        *(("suomi (fi)", "fi"), ("Somali", "so"), ("sr-Latn", "sr_Latn"), ("العربية", "ar")),
        *(("Kalmar", "Kalmar"), ("", "")),
    ],
)
def test_languages_are_known_by_code_and_by_name(heading: str, code: str) -> None:
    assert language_code(heading) == code


def test_a_language_nobody_knows_is_told_once() -> None:
    headings = ["type", "name", "label::Kalmar", "hint::Kalmar", "label::English (en)"]
    found = read([["text", "a", "Vafö?", "Jo", "Why?"]], headings=headings)
    told = [one.message for one in found.findings if "Kalmar" in one.message]
    assert len(told) == 1
    only = read([["text", "a", "Vafö?"]], headings=headings[:3])
    assert asked(only).asked["a"].text.said("sv") == "Vafö?"
    assert not [one for one in only.findings if one.weight is Weight.LEFT_OUT]


def test_an_english_form_comes_in_with_its_own_words_and_says_so() -> None:
    headings = ["type", "name", "label::English (en)", "label::Français (fr)"]
    found = read([["text", "a", "How are you?", "Ça va ?"]], headings=headings)
    assert asked(found).questions[0].text.by_language == {
        "en": "How are you?",
        "fr": "Ça va ?",
        "sv": "How are you?",
    }
    assert "svenska" in " ".join(one.message for one in found.findings)


def test_broken_files_are_refused_in_words() -> None:
    swelling = io.BytesIO()
    with zipfile.ZipFile(swelling, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 45 * 1024 * 1024)
    for content in (
        b"",
        b"hello",
        b"PK\x03\x04 not really",
        book([["text", "a", "A"]])[:-400],
        swelling.getvalue(),
        xlsx_bytes([("Blad1", ["x"], [["y"]])]),
        xlsx_bytes([("survey", [], [])]),
    ):
        found = read_xlsform(content)
        assert found.data is None
        assert len(stops(found)) == 1


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\xd0\xcf\x11\xe0 old", "form.xls", "gammal Excel"),
        (b"type,name,label", "form.csv", "ett enda blad"),
        (b"<Questionnaire/>", "form.xml", "JSON"),
        (b"\x00\x01", "form", ".xlsx"),
    ],
)
def test_other_files_are_refused_with_what_to_do(content: bytes, name: str, says: str) -> None:
    source, found = read_form(content, name)
    assert source is FormSource.UNKNOWN
    assert says in stops(found)[0]


def test_a_sheet_that_is_formatted_to_its_end_is_read() -> None:
    sheets = Workbook(write_only=False)
    sheet = sheets.active
    assert sheet is not None
    sheet.title = "Survey"
    sheet.append(["type", "name", "label"])
    sheet.append(["text", "a", "Hur mår du?"])
    sheet.cell(row=60_000, column=30).number_format = "0.00"
    target = io.BytesIO()
    sheets.save(target)
    assert [*asked(read_xlsform(target.getvalue())).asked] == ["a"]


def test_thousands_of_rows_formulas_merged_cells_and_odd_values_do_no_harm() -> None:
    long = read([["text", f"q{number}", "Fråga"] for number in range(5_200)])
    assert "5 000" in stops(long)[0].replace("\u00a0", " ")
    many = read([["text", f"q{number}", "Fråga"] for number in range(300)])
    assert "200" in stops(many)[0]
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Survey "
    sheet.append(["type", "name", "label", "required", "x_max_length"])
    sheet.append(["text", "a", '=CONCAT("A","B")', True, 1.5])
    sheet.append([True, 3.5, None])
    sheet.append(["note", "n", "Slaget samman"])
    sheet.merge_cells("A4:C4")
    target = io.BytesIO()
    workbook.save(target)
    assert stops(read_xlsform(target.getvalue()))


words = st.text(string.ascii_letters + "åäö ,.?!&<>=-'\"", min_size=1, max_size=30).filter(
    lambda said: bool(said.strip()) and not said.strip().startswith("_x")
)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)


@st.composite
def texts(draw: st.DrawFn) -> dict[str, str]:
    said = {"sv": draw(words).strip()}
    for language in ("en", "ar", "sv_easy", "fi", "sr_Latn"):
        if draw(st.booleans()):
            said[language] = draw(words).strip()
    return said


@st.composite
def options(draw: st.DrawFn) -> list[dict[str, Any]]:
    codes = draw(
        st.lists(
            st.from_regex(r"[A-Za-z0-9_\-]{1,8}", fullmatch=True),
            min_size=2,
            max_size=5,
            unique=True,
        )
    )
    return [
        {"code": code, "text": draw(texts()), "is_dont_know": draw(st.booleans())} for code in codes
    ]


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    questions: list[dict[str, Any]] = []
    for position, key in enumerate(names):
        kind = draw(st.sampled_from(KINDS))
        question: dict[str, Any] = {"key": key, "kind": kind, "text": draw(texts())}
        if kind in {"single", "multiple", "scale", "yes_no", "battery", "ranking"}:
            question["options"] = draw(options())
        if kind == "battery":
            question["rows"] = [{"key": f"{key}_r{n}", "text": draw(texts())} for n in (1, 2)]
        if kind == "range":
            question |= {"minimum": 0, "maximum": draw(st.integers(1, 20)), "step": 1}
        if kind == "number":
            question |= {
                "minimum": draw(st.none() | st.integers(-50, 0)),
                "maximum": draw(st.none() | st.integers(1, 50)),
                "step": draw(st.sampled_from([None, 1, 0.5])),
                "constraint": draw(st.sampled_from(["", ". != 7", "(. > 1) or (. < -1)"])),
            }
        if position and draw(st.booleans()):
            question["relevant"] = f"${{{questions[0]['key']}}} = 'x'"
        if kind != "information":
            question["required"] = draw(st.booleans())
        questions.append(question)
    questions.append({"key": "zz_last_one", "kind": "short_text", "text": draw(texts())})
    row_keys = {row["key"] for q in questions for row in q.get("rows", [])}
    return {
        "title": draw(texts()),
        "intro": draw(texts()),
        "questions": [q for q in questions if q["key"] not in row_keys],
    }


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_any_questionnaire_survives_the_way_out_and_in(data: dict[str, Any]) -> None:
    content = read_content(data)
    again = read_xlsform(write_xlsform(content, "runt"))
    assert again.data == content_data(content), stops(again)


cells = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(
        [
            "text",
            "select_one jn",
            "select_one",
            "begin_group",
            "end_group",
            "range",
            "rank jn",
            "note",
            "a",
            "b",
            "${a} = 1",
            ". >",
            "yes",
            "label",
            "list-nolabel",
            "table-list",
            "start=1 end=x",
            "start=9 end=1",
            "or_other",
            "begin repeat",
            "integer",
            "date",
        ]
    ),
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(cells, min_size=6, max_size=6), max_size=8))
def test_no_sheet_crashes_the_reading(rows: list[list[Any]]) -> None:
    safe = [[str(c) if isinstance(c, float | int) else c for c in row] for row in rows]
    headings = ["type", "name", "label", "relevant", "parameters", "appearance"]
    found = read_xlsform(xlsx_bytes([("survey", headings, safe), ("choices", CHOICES, YES_NO)]))
    assert (found.data is None) == bool(stops(found))


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 4_000))
def test_no_bytes_crash_the_reading(noise: bytes, position: int) -> None:
    whole = book([["text", "a", "A"]])
    found = read_xlsform(whole[:position] + noise + whole[position + len(noise) :])
    assert (found.data is None) == bool(stops(found))
