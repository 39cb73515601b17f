"""Codebooks and projects go to other programs and come back as they were."""

import io
import subprocess
import sys
import zipfile
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.coding.rules.exchange import (
    LeftOut,
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSet,
    QdaUser,
    UnreadableProject,
    planned,
    read_codebook,
    read_project,
    reading,
    write_codebook,
    write_project,
)
from participation.coding.rules.exchange.keeping import kept, opened
from participation.coding.rules.exchange.positions import (
    COUNTINGS,
    Counting,
    line_feeds,
    places,
    shifted,
)
from tests.support import hostile_files
from tests.support.qda import assert_valid_codebook, assert_valid_project, packed
from tests.support.qda_projects import ANY_TEXT, projects

GUIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(20)]


def code(number: int, *below: QdaCode, is_codable: bool = True, name: str = "") -> QdaCode:
    return QdaCode(
        guid=GUIDS[number], name=name or f"Kod {number}", is_codable=is_codable, codes=below
    )


@settings(max_examples=40)
@given(projects())
def test_a_project_is_valid_under_the_published_schema_and_reads_back_unchanged(
    project: QdaProject,
) -> None:
    written = write_project(project)
    assert_valid_project(written)
    assert read_project(written) == project
    assert write_project(read_project(written)) == written


@settings(max_examples=40)
@given(projects())
def test_a_codebook_is_valid_and_reads_back_unchanged(project: QdaProject) -> None:
    written = write_codebook(project)
    assert_valid_codebook(written)
    assert read_codebook(written).codes == project.codes


def test_sets_of_codes_travel_in_both_kinds_of_file() -> None:
    group = QdaSet(guid=GUIDS[5], name="Bemötande", description="<m>", members=(GUIDS[1],))
    project = QdaProject(title="x", codes=(code(1),), sets=(group,))
    assert_valid_codebook(write_codebook(project))
    assert_valid_project(write_project(project))
    assert read_codebook(write_codebook(project)).sets == (group,)
    assert read_project(write_project(project)).sets == (group,)


def test_ten_thousand_codes_are_read() -> None:
    many = QdaProject(
        title="x", codes=tuple(QdaCode(guid=str(UUID(int=n + 1)), name="k") for n in range(10_000))
    )
    assert len(read_codebook(write_codebook(many)).codes) == 10_000


def test_more_passages_than_anybody_codes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CODINGS", 1_000)
    guid = GUIDS[3]
    selection = f'<PlainTextSelection guid="{guid}" startPosition="0" endPosition="1"/>'
    source = f'<TextSource guid="{guid}"><PlainTextContent>ab</PlainTextContent>'
    swollen = f"<Project><Sources>{source}{selection * 1_001}</TextSource></Sources></Project>"
    with pytest.raises(UnreadableProject) as refused:
        read_project(packed(swollen))
    assert refused.value.reason == "too_big"


@given(ANY_TEXT)
def test_positions_follow_when_line_ends_become_one_sign(text: str) -> None:
    place = shifted(text)
    assert place(len(text)) == len(line_feeds(text))
    for start in range(len(text)):
        if text[start] not in "\r\n":
            assert line_feeds(text)[place(start)] == text[start]


# ---------------------------------------------------------------- other programs

FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<Project name="Bemötande" origin="ATLAS.ti Win 23" xmlns="urn:QDA-XML:project:1.0">
<Users><User guid="{{{user}}}" name="Kim"/></Users>
<CodeBook><Codes><Code guid="{{{upper}}}" name="tid" isCodable="true"/></Codes></CodeBook>
<Variables><Variable guid="{variable}" name="Kommun" typeOfVariable="Text"/></Variables>
<Cases><Case guid="{case}" name="1"><VariableValue><VariableRef targetGUID="{variable}"/>
<TextValue>Kalmar</TextValue></VariableValue><SourceRef targetGUID="{source}"/></Case></Cases>
<Sources><TextSource guid="{source}" name="a" plainTextPath="internal://{path}">
<PlainTextSelection guid="{case}" name="{name}" startPosition="{start}" endPosition="{end}"
 creatingUser="{user}"><Coding guid="{case}"><CodeRef targetGUID="{upper}"/></Coding>
</PlainTextSelection></TextSource>{more}</Sources></Project>"""


def foreign(**values: object) -> str:
    known: dict[str, object] = {
        "user": GUIDS[1],
        "upper": GUIDS[10].upper(),
        "variable": GUIDS[2],
        "case": GUIDS[3],
        "source": GUIDS[4],
        "path": "A.TXT",
        "name": "",
        "start": 0,
        "end": 3,
        "more": "",
    }
    return FOREIGN.format(**{**known, **values})


def passage_of(content: bytes) -> str:
    (text,) = read_project(content).texts
    (coding,) = text.codings
    return text.text[coding.start : coding.end]


def test_braces_upper_case_and_a_coder_named_around_the_passage_are_understood() -> None:
    project = read_project(packed(foreign(), a_txt="\ufeffTid fanns inte."))
    (text,) = project.texts
    assert text.text == "Tid fanns inte."
    assert text.values == (("Kommun", "Kalmar"),)
    assert text.codings == (QdaCoding(start=0, end=3, code=GUIDS[10], user=GUIDS[1]),)
    assert project.users == (QdaUser(guid=GUIDS[1], name="Kim"),)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Hej 👋 tid.", 6, 9),  # code points, as the standard says
        ("Hej 👋 tid.", 7, 10),  # UTF-16 units
        ("Hej\r\n👋 tid.", 6, 9),  # one sign for a line's end
        ("Hej\r\n👋 tid.", 7, 10),  # two
        ("Hej\r\n👋 tid.", 8, 11),  # two, and UTF-16 units
    ],
)
def test_however_the_other_program_counted_the_passage_is_the_one_it_named(
    text: str, start: int, end: int
) -> None:
    assert passage_of(packed(foreign(name="tid", start=start, end=end), a_txt=text)) == "tid"


def test_what_has_no_place_here_is_counted_and_the_rest_comes_in() -> None:
    more = (
        f'<PictureSource guid="{GUIDS[6]}"/><VideoSource guid="{GUIDS[7]}"/>'
        f'<TextSource guid="{GUIDS[8]}" plainTextPath="relative:///c:/a.txt"/>'
        f'<PDFSource guid="{GUIDS[9]}"><Representation guid="{GUIDS[9]}">'
        "<PlainTextContent>Från en PDF</PlainTextContent></Representation></PDFSource>"
    )
    project = read_project(packed(foreign(more=more, end=99), a_txt="Kort"))
    assert [text.text for text in project.texts] == ["Kort", "Från en PDF"]
    assert project.codings == 0
    assert project.left_out == {
        LeftOut.PICTURES: 1,
        LeftOut.SOUND: 1,
        LeftOut.MISSING_TEXTS: 1,
        LeftOut.OUTSIDE: 1,
    }


def test_a_project_without_a_codebook_brings_its_texts_and_says_which_codes_were_unknown() -> None:
    xml = foreign().replace("<CodeBook>", "<Old>").replace("</CodeBook>", "</Old>")
    project = read_project(packed(xml, a_txt="Tid"))
    assert project.codes == ()
    assert project.left_out == {LeftOut.UNKNOWN_CODES: 1}


def archive(**names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in names.items():
            made.writestr(name, content)
    return target.getvalue()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project>&b;</Project>'
DEEP = (
    "<CodeBook><Codes>"
    + f'<Code guid="{GUIDS[1]}" name="x" isCodable="true">' * 200
    + "</Code>" * 200
    + "</Codes></CodeBook>"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "wrong_type"),
        (b"PK\x03\x04rubbish", "broken"),
        (archive(**{"project.qde": BOMB}), "broken"),
        (archive(**{"project.qde": "<Project"}), "broken"),
        (archive(**{"project.qde": "<Html/>"}), "wrong_type"),
        (archive(**{"project.qde": "<Project/>"}), "nothing"),
        (archive(**{"a.txt": "x"}), "no_project"),
        (archive(**{"project.qde": "<Project/>", "b/other.qde": "<Project/>"}), "two_projects"),
        (archive(**{"project.qde": "<Project/>", "../../etc/x.txt": "x"}), "unsafe"),
        (archive(**{"project.qde": "<Project/>", "C:/x.txt": "x"}), "unsafe"),
        (archive(**{"project.qde": "<Project/>", "big.txt": "0" * 63_000_000}), "too_big"),
    ],
)
def test_a_hostile_or_broken_project_is_refused_whole(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableProject) as refused:
        read_project(content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b" ", "empty"),
        (b"<Project/>", "wrong_type"),
        (b"<CodeBook/>", "nothing"),
        (BOMB.encode(), "broken"),
        (DEEP.encode(), "too_big"),
    ],
)
def test_a_hostile_or_broken_codebook_is_refused_whole(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableProject) as refused:
        read_codebook(content)
    assert refused.value.reason == reason


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_more_than_be_refused(content: bytes) -> None:
    for read in (read_codebook, read_project):
        with pytest.raises(UnreadableProject):
            read(content)
    with pytest.raises(UnreadableProject):
        read_project(archive(**{"project.qde": content.decode("latin-1")}))


# ---------------------------------------------------------------- plans


def test_headings_become_themes_and_codes_keep_their_order_below_each_other() -> None:
    project = QdaProject(
        title="x",
        codes=(
            code(1, code(2, code(3)), is_codable=False, name="Vården"),
            code(4, code(5), name="Bemötande"),
            code(6),
        ),
    )
    themes = planned(project, "Utan tema")
    assert [(t.name, [(c.name, c.below) for c in t.codes]) for t in themes] == [
        ("Vården", [("Kod 2", ""), ("Kod 3", GUIDS[2])]),
        ("Bemötande", [("Bemötande", ""), ("Kod 5", GUIDS[4])]),
        ("Utan tema", [("Kod 6", "")]),
    ]


def test_codes_without_a_tree_go_under_the_group_somebody_put_them_in() -> None:
    group = QdaSet(guid=GUIDS[9], name="Tillgång", members=(GUIDS[2], GUIDS[7]))
    themes = planned(
        QdaProject(title="x", codes=(code(1), code(2)), sets=(group, group)), "Utan tema"
    )
    assert [(t.name, [c.name for c in t.codes]) for t in themes] == [
        ("Tillgång", ["Kod 2"]),
        ("Utan tema", ["Kod 1"]),
    ]


def test_a_name_of_any_length_fits_its_column() -> None:
    (theme,) = planned(QdaProject(title="x", codes=(code(1, name="å\n" * 300),)), "Utan tema")
    assert len(theme.codes[0].name) == 200
    assert "\n" not in theme.codes[0].name


def test_small_files_that_ask_for_much_are_refused_soon_and_in_little_room() -> None:
    """Measured in a process of its own: seconds of work, and how many megabytes it grew."""
    measured = subprocess.run(
        [sys.executable, "-m", hostile_files.__name__],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    lines = [line.split("|") for line in measured.stdout.splitlines()]
    assert {name for name, _s, _mb, why in lines if why == "read"} == {
        "one text for all",
        "long passages",
        "one cell",
    }
    for name, seconds, megabytes, _why in lines:
        assert float(seconds) < 2, name  # one second here; others may run beside it
        assert int(megabytes) < 200, name


def test_texts_of_the_same_name_keep_their_own_words() -> None:
    sources = "".join(
        f'<TextSource guid="{GUIDS[n]}" plainTextPath="internal://{path}"/>'
        for n, path in enumerate(("a/1.txt", "b/1.txt", "A/1.txt", "1.txt", "c/1.txt", "a/1.txt"))
    )
    project = read_project(
        archive(
            **{
                "project.qde": f"<Project><Sources>{sources}</Sources></Project>",
                "Sources/a/1.txt": "Ett.",
                "sources/b/1.txt": "Två.",
                "Sources/1.txt": "Tre.",
            }
        )
    )
    assert [(one.guid, one.text) for one in project.texts] == [
        (GUIDS[0], "Ett."),
        (GUIDS[1], "Två."),
        (GUIDS[3], "Tre."),
    ]
    assert project.left_out == {LeftOut.MISSING_TEXTS: 3}


@pytest.mark.parametrize("counting", COUNTINGS)
def test_a_place_outside_a_text_is_nowhere_however_it_is_counted(counting: Counting) -> None:
    place = places("a\U0001f44bb\r\nc", counting)
    assert place(-1) == place(99) == -1
    assert place(0) == 0


def test_places_in_utf16_units_are_those_of_the_encoded_text() -> None:
    text = "a\U0001f44b\U0001f44bb\U0001f44b"
    place = places(text, Counting(utf16=True, returns=False))
    for letters in range(len(text) + 1):
        assert place(len(text[:letters].encode("utf-16-le")) // 2) == letters
    assert place(2) == 2  # inside a sign: the next one


@settings(max_examples=30)
@given(projects())
def test_a_project_that_is_kept_is_the_same_when_it_is_opened(project: QdaProject) -> None:
    assert opened(kept(project)) == project
    assert kept(opened(kept(project))) == kept(project)
