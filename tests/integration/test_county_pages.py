"""The county's pages: groups with seats, documents with adoptions, organisations for staff."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from participation.county import queries
from participation.county.models import Group, Seat
from participation.county.services import SectionCounts, load_county
from participation.foundation.paths import PACKAGE
from participation.registry import FEATURES
from tests.support.client import CheckingClient

FILES = PACKAGE / "county" / "files"


class Unread:
    """Stands for the sections of features above."""

    shapes = ()

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, section: Any, known: Any) -> None:
        return None

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        return SectionCounts()


@pytest.fixture
def kalmar(session: Session) -> None:
    """The shipped county with its demo on top."""
    for name in ("kalmar.yaml", "kalmar-demo.yaml"):
        sections = [Unread(section.name) for section in FEATURES.collect("county_sections")]
        load_county(session, FILES / name, sections)
    session.commit()


@pytest.fixture
def visitor(app: Any) -> CheckingClient:
    return app.test_client()  # type: ignore[no-any-return]


@pytest.mark.usefixtures("kalmar")
@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_everybody_sees_the_groups_and_where_residents_sit(
    visitor: CheckingClient, language: str
) -> None:
    page = visitor.get(f"/groups?lang={language}")
    assert page.status_code == 200
    names = {"sv": "Psykisk hälsa", "en": "Mental health", "ar": "الصحة النفسية"}
    assert names[language] in page.text


@pytest.mark.usefixtures("kalmar")
def test_earlier_and_invented_groups_are_told_apart(visitor: CheckingClient) -> None:
    page = visitor.get("/groups")
    assert "Tidigare grupper" in page.text
    assert "Missbruk och beroende" in page.text
    assert "påhittat exempel" in page.text
    assert "12 platser för invånare" in page.text


@pytest.mark.usefixtures("kalmar")
def test_a_group_says_who_sits_there_and_who_appoints_them(
    visitor: CheckingClient, session: Session
) -> None:
    group = queries.group_by_key(session, "psykisk-halsa")
    page = visitor.get(f"/groups/{group.public_id}")
    assert page.status_code == 200
    assert "2 platser är för invånare med egen erfarenhet." in page.text
    appointer = queries.group_by_key(session, "invanarmedverkan")
    assert f"/groups/{appointer.public_id}" in page.text


@pytest.mark.usefixtures("kalmar")
def test_every_group_has_a_page(visitor: CheckingClient, session: Session) -> None:
    for group in queries.groups(session, include_earlier=True):
        assert visitor.get(f"/groups/{group.public_id}").status_code == 200, group.key


@pytest.mark.usefixtures("kalmar")
def test_an_unknown_group_is_not_found(visitor: CheckingClient) -> None:
    assert visitor.get("/groups/nothing").status_code == 404


@pytest.mark.usefixtures("kalmar")
@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_county_shows_who_adopted_what_and_that_figures_are_approximate(
    visitor: CheckingClient, language: str
) -> None:
    page = visitor.get(f"/county?lang={language}")
    assert page.status_code == 200
    assert "Ungefärliga tal" in page.text
    if language == "sv":
        assert "4 februari 2026" in page.text
        assert "Antagen av 13 organisationer" in page.text
        assert "Talen är ungefärliga" in page.text


def test_pages_say_so_while_nothing_is_loaded(visitor: CheckingClient) -> None:
    assert visitor.get("/groups").status_code == 200
    assert "Inget är inläst ännu" in visitor.get("/county").text


@pytest.mark.usefixtures("kalmar")
def test_the_footer_says_whom_to_call(visitor: CheckingClient) -> None:
    assert "010-000 00 00" in visitor.get("/groups").text


def test_staff_see_which_organisations_may_invite(as_coordinator: CheckingClient) -> None:
    page = as_coordinator.get("/organisations")
    assert page.status_code == 200
    assert "Inte känt att den är antagen" in page.text


def test_others_do_not_see_the_list_of_organisations(as_resident: CheckingClient) -> None:
    assert as_resident.get("/organisations").status_code == 403


def test_a_group_without_known_seats_says_so(
    client: CheckingClient, session: Session, county: Any
) -> None:
    page = client.get(f"/groups/{county.other_group.public_id}")
    assert "Vi vet inte vilka som sitter här" in page.text


def test_names_from_a_file_are_shown_as_text(
    client: CheckingClient, session: Session, county: Any
) -> None:
    group = session.get_one(Group, county.group.id)
    group.name = "<script>alert(1)</script>"
    group.description = "<img src=x onerror=alert(1)>"
    seat = queries.seats(session, group.id)[0]
    session.get_one(Seat, seat.id).label = "<b>fet</b>"
    session.commit()
    for path in ("/groups", f"/groups/{group.public_id}"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>fet" not in text


def test_shipped_files_are_found(tmp_path: Path) -> None:
    assert (FILES / "kalmar.yaml").is_file()
    assert (FILES / "kalmar-demo.yaml").is_file()


def queries_of(client: CheckingClient, path: str, session: Session) -> int:
    """How many statements the page sends to the database."""
    sent: list[str] = []
    engine = session.get_bind().engine

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in sent if statement.startswith("SELECT")])


def test_more_groups_do_not_mean_more_queries(
    client: CheckingClient, session: Session, county: Any
) -> None:
    pages = ("/groups", f"/groups/{county.group.public_id}", "/county")
    few = [queries_of(client, page, session) for page in pages for _again in range(2)][1::2]
    session.add_all(
        Group(layer="test", key=f"g{number}", name=f"G{number}", kind="working", position=number)
        for number in range(200)
    )
    session.commit()
    many = [queries_of(client, page, session) for page in pages]
    assert many == few
    assert max(many) <= 8
