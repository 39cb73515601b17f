"""Handing a round out beside the mail: links and posters per unit."""

import re
import zlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.foundation.permissions import SYSTEM
from participation.foundation.printing import NoPdfHere, can_make_pdf, pdf_bytes
from participation.questionnaires.models import OpenLink, Response
from participation.questionnaires.queries.links import arrival, open_links
from participation.questionnaires.services import close_round
from participation.questionnaires.services.links import make_open_links
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def units_of(session: Session) -> list[Unit]:
    return list(session.scalars(select(Unit).order_by(Unit.id)))


def test_a_unit_gets_one_link_however_often_it_is_asked_for(
    session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    units = units_of(session)
    made = make_open_links(session, SYSTEM, survey_round, [one.id for one in units])
    assert len(made) == len(units)
    assert make_open_links(session, SYSTEM, survey_round, [units[0].id]) == []
    found = arrival(session, made[0].code.upper())
    assert found is not None
    assert (found.survey_round, found.unit) == (survey_round, units[0])
    assert arrival(session, "nosuch") is None


def test_answers_through_a_units_link_count_for_the_unit(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    unit = units_of(session)[0]
    link = make_open_links(session, SYSTEM, survey_round, [unit.id])[0]
    address, name, unit_id = f"/q/{link.code}", unit.name, unit.id
    session.commit()
    page = client.page(address)
    assert name in page
    csrf = re.search(r'name="csrf_token"[^>]*value="(\w+)"', page)
    assert csrf is not None
    begun = client.post(f"{address}/start", data={"csrf_token": csrf.group(1)})
    code = begun.location.split("/")[2]
    saved = {"csrf_token": _csrf(client, begun.location), "q_role": "me"}
    client.post(begun.location, data=saved)
    review = client.page(f"/a/{code}/review")
    sent = client.post(f"/a/{code}/send", data=_hidden(review))
    assert "Tack" in sent.text
    assert session.scalars(select(Response.unit_id)).one() == unit_id


def _csrf(client: CheckingClient, address: str) -> str:
    return _hidden(client.page(address))["csrf_token"]


def _hidden(page: str) -> dict[str, str]:
    inputs = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    return {
        re.findall(r'name="(\w+)"', one)[0]: re.findall(r'value="([^"]*)"', one)[0]
        for one in inputs
    }


def test_a_coordinator_makes_links_and_prints_a_poster_for_each_unit(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    names = [one.name for one in units_of(session)]
    session.commit()
    assert "Ingen verksamhet har en länk än" in as_coordinator.page(f"{here}/give-out")
    as_coordinator.submit(f"{here}/give-out", {})
    assert session.scalars(select(OpenLink)).all() == []
    session.commit()
    as_coordinator.submit(f"{here}/give-out", {"act": "all"})
    page = as_coordinator.page(f"{here}/posters?unit=all")
    assert all(name in page for name in names)
    assert page.count("data:image/svg+xml") == len(names)
    assert "Dina svar är konfidentiella" in page  # from the mode, never typed
    assert as_coordinator.get(f"{here}/posters?unit=nosuch").status_code == 404


def test_a_closed_round_hands_nothing_out(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    close_round(session, survey_round, SYSTEM)
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    session.commit()
    assert "Det går inte att dela ut något mer" in as_coordinator.page(f"{here}/give-out")
    assert as_coordinator.submit(f"{here}/give-out", {"act": "all"}).status_code == 409
    assert open_links(session, survey_round) == []


@pytest.mark.skipif(not can_make_pdf(), reason="the PDF library or Pango is not installed")
def test_a_poster_as_pdf_is_tagged_and_fetches_nothing(as_coordinator: CheckingClient) -> None:
    page = '<html lang="sv"><title>A</title><img src="http://127.0.0.1:9/x" alt="x"><h1>A</h1>'
    made = pdf_bytes(page)
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in _unpacked(made)


def _unpacked(pdf: bytes) -> bytes:
    """A PDF's objects, most of which lie packed in streams."""
    packed = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(part) for part in packed)


@pytest.mark.skipif(can_make_pdf(), reason="this machine makes PDFs")
def test_without_the_library_the_page_is_printed_by_the_browser(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    session.commit()
    assert as_coordinator.get(f"{here}/posters.pdf").status_code == 303
    with pytest.raises(NoPdfHere):
        pdf_bytes("<html></html>")
