"""The residents' perspective on the page, on paper, in a sheet program and easy to read."""

import re
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.follow_up.queries.perspective import resident_perspective, resident_sheet
from participation.follow_up.queries.subjects import subject
from participation.foundation.clock import today
from participation.foundation.permissions import SYSTEM
from participation.foundation.printing import can_make_pdf
from participation.results.models import Finding
from participation.results.services import withdraw_finding
from tests.factories.commitments import make_commitment
from tests.factories.follow_up import make_indicator, make_told_finding, tell_another
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

Book = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def page(county: SmallCounty) -> str:
    return f"/groups/{county.group.public_id}/resident-perspective"


@pytest.fixture
def everything(session: Session, county: SmallCounty) -> None:
    """A finding with its number, a late promise, an indicator with a line."""
    make_told_finding(session, group_ids=(county.group.id,), area_id=county.area.id)
    make_commitment(
        session, county.group, title="Öppna en kväll", due_on=today() - timedelta(days=12)
    )
    make_indicator(session, county.group.id, {"2024": 61.5, "2025": 64}, source="Mätningen")
    session.commit()


def unpacked(pdf: bytes) -> bytes:
    """A PDF's objects, most of which lie packed in streams."""
    packed = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(zlib.decompressobj().decompress(part) for part in packed)


def book(client: CheckingClient, address: str) -> Book:
    answer = client.get(address)
    assert answer.status_code == 200
    workbook = load_workbook(BytesIO(answer.data), read_only=True)
    return {one.title: list(one.iter_rows(values_only=True)) for one in workbook.worksheets}


@pytest.mark.usefixtures("everything")
def test_three_findings_stand_first_then_promises_then_figures(
    client: CheckingClient, page: str
) -> None:
    html = client.page(page)
    said = ["<h1>Hälften får ofta", "45 svar, osäkerhet", "12 dagar försenat", "Siffrorna bakom"]
    places = [html.index(text) for text in said]
    assert places == sorted(places)
    assert "1 löfte svarar mot det. 1 löfte är försenat." in html
    assert "Trygghet. Bättre än 2024 (61,5)." in html


def test_only_what_residents_say_stands_here(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    finding, _release = make_told_finding(
        session, group_ids=(county.group.id,), perspective_key="staff"
    )
    session.commit()
    html = client.page(page)
    assert f"<h1>{finding.title}" not in html
    assert "Inga lärdomar än" in html


@pytest.mark.usefixtures("everything")
def test_an_area_has_the_same_page_and_files(client: CheckingClient, county: SmallCounty) -> None:
    own = f"/areas/{county.area.key}/resident-perspective"
    for address in (own, f"{own}/easy", f"{own}/print"):
        assert "Hälften får ofta" in client.page(address)
    assert book(client, f"{own}/tables.xlsx")["Lärdomar"][1][1].startswith("Hälften")  # type: ignore[union-attr]


@pytest.mark.usefixtures("everything")
def test_the_tables_hold_what_the_page_shows_and_nothing_else(
    client: CheckingClient, page: str
) -> None:
    html = client.page(page)
    sheets = book(client, f"{page}/tables.xlsx")
    (finding,) = sheets["Lärdomar"][1:]
    assert finding[:2] == (1, "Hälften får ofta börja om från början")
    assert f"<b>{finding[2]}</b>" in html
    assert f"{finding[6]} svar, osäkerhet {finding[4]}–{finding[5]}." in html
    chart = re.search(r'<table class="ms-table"><caption>”Jag.*?</table>', html, re.DOTALL)
    assert chart is not None
    shown = re.findall(r'<td class="num">(.*?)</td>', chart[0])
    told = [row for row in sheets["Svar"][1:] if row[2] == "Alla"]
    assert shown[: len(told) + 1] == [told[0][3], *(str(row[5]) for row in told)]
    assert [row[3] for row in sheets["Indikatorer"][1:]] == [61.5, 64]
    assert [row[0] for row in sheets["Löften"][1:]] == ["Öppna en kväll", "Svara på lärdom 1"]


@pytest.mark.usefixtures("everything")
def test_the_tables_tell_which_publications_the_numbers_come_from(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    about = subject(session, group=county.group.public_id)
    numbers = resident_perspective(session, about, (), today()).release_numbers
    session.commit()
    sheets = book(client, f"{page}/tables.xlsx")
    assert len(numbers) == 2
    assert [row[11] for row in sheets["Lärdomar"][1:]] == [max(numbers)]
    assert {row[7] for row in sheets["Svar"][1:]} == {min(numbers)}


def test_hidden_answers_stay_hidden_in_the_chart_and_in_the_tables(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    make_told_finding(session, group_ids=(county.group.id,))
    session.commit()
    rows = book(client, f"{page}/tables.xlsx")["Svar"][1:]
    for row in rows:
        is_hidden = row[5] is None
        assert is_hidden == (row[6] == "dolt"), row
    sizes = [str(row[3]) for row in rows]
    assert not any(re.match(r"[1-4] svar", size) for size in sizes)


@pytest.mark.usefixtures("everything")
def test_a_withdrawn_finding_leaves_every_page_and_file(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    finding = session.scalars(select(Finding)).one()
    title = finding.title
    assert title in client.page(f"{page}/print")
    withdraw_finding(session, SYSTEM, finding, "Fel")
    session.commit()
    for face in ("", "/easy", "/print"):
        assert title not in client.page(page + face)
    told = book(client, f"{page}/tables.xlsx")
    assert told["Lärdomar"][1:] == []
    assert told["Svar"][1:] == []
    assert title not in client.page(f"/groups/{county.group.public_id}/follow-up")
    assert title not in client.page("/follow-up")


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
@pytest.mark.usefixtures("everything")
def test_the_paper_is_one_tagged_page(client: CheckingClient, page: str) -> None:
    answer = client.get(f"{page}.pdf")
    assert answer.content_type == "application/pdf"
    objects = unpacked(answer.data)
    assert b"/StructTreeRoot" in objects
    assert len(re.findall(rb"/Type /Page\b", objects)) == 1


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_the_paper_is_one_page_with_long_words_and_many_promises_too(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    long = "Det tar lång tid innan någon som jag har träffat förut svarar när jag ringer " * 2
    _finding, release = make_told_finding(session, group_ids=(county.group.id,))
    for number in range(3):
        tell_another(session, release, f"{number} {long}"[:200], county.group.id)
    for number in range(12):
        make_commitment(session, county.group, title=f"{number} {long}")
    for number in range(8):
        make_indicator(session, county.group.id, {"2024": 1, "2025": 2}, key=f"tal-{number}")
    session.commit()
    objects = unpacked(client.get(f"{page}.pdf").data)
    assert len(re.findall(rb"/Type /Page\b", objects)) == 1


@pytest.mark.usefixtures("everything")
def test_the_easy_page_speaks_in_short_sentences(client: CheckingClient, page: str) -> None:
    html = client.page(f"{page}/easy")
    assert "56 av 100 svarade så här." in html
    assert "45 personer har svarat." in html
    assert "Det är försenat." in html
    assert "osäkerhet" not in html


def test_the_findings_own_easy_words_stand_on_the_easy_page_alone(
    client: CheckingClient, session: Session, county: SmallCounty, page: str
) -> None:
    words = "Många börjar om.\nDe orkar inte."
    make_told_finding(session, group_ids=(county.group.id,), easy_text=words)
    session.commit()
    html = client.page(f"{page}/easy")
    assert html.index("Många börjar om.") < html.index("De orkar inte.")
    assert "Många börjar om." not in client.page(page)


def test_an_empty_area_is_honest_everywhere(client: CheckingClient, county: SmallCounty) -> None:
    own = f"/areas/{county.area.key}/resident-perspective"
    assert "Inga lärdomar än" in client.page(own)
    assert "Här är inget publicerat än." in client.page(f"{own}/easy")
    assert "Inget från invånare är publicerat här än." in client.page(f"{own}/print")
    assert book(client, f"{own}/tables.xlsx")["Lärdomar"][1:] == []


def test_the_page_asks_as_often_for_two_hundred_as_for_two(
    session: Session, engine: Engine, county: SmallCounty
) -> None:
    public_id = county.group.public_id

    def asked() -> list[int]:
        session.commit()
        counts = []
        for read in (resident_perspective, resident_sheet):
            session.expunge_all()
            with counted_queries(engine) as queries:
                read(session, subject(session, group=public_id), (), today())
            counts.append(len(queries))
        return counts

    def add(numbers: range) -> None:
        for number in numbers:
            make_commitment(session, county.group, title=f"Löfte {number}")
            values = {"2024": number, "2025": number + 1.0}
            make_indicator(session, county.group.id, values, key=f"tal-{number}")

    make_told_finding(session, group_ids=(county.group.id,))
    add(range(2))
    few = asked()
    add(range(2, 200))
    assert asked() == few
