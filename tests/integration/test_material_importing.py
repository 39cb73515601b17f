"""Texts are pasted or sent, shown as they would come in, and taken in for their owner alone."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse, encode_multipart

from participation.coding.forms import importing
from participation.coding.forms.importing import MOST_BYTES
from participation.coding.models import Material, MaterialImport, MaterialText
from participation.coding.rules.intake import Division
from participation.coding.services.importing import receive_document, take_in_words
from participation.foundation.documents import Paragraph, docx_bytes
from participation.foundation.permissions import Actor, Grant, Role
from participation.foundation.tabular import xlsx_bytes
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.unit.test_documents import HOSTILE

PASTED = "Jag väntade länge.\nDet var tyst.\n\nTack till receptionen."


def send(client: CheckingClient, content: bytes, name: str) -> str:
    sent = client.submit("/coding/materials/new", data={"file": (io.BytesIO(content), name)})
    return str(sent.location)


def texts(session: Session) -> list[MaterialText]:
    return list(session.scalars(select(MaterialText).order_by(MaterialText.text)))


def test_a_pasted_text_becomes_its_owners_material(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    sent = as_coordinator.submit("/coding/materials/new", data={"text": PASTED})
    page = as_coordinator.get(sent.location).text
    assert "2 personer" in page
    assert "Tack till receptionen." in page
    taken = as_coordinator.submit(
        f"{sent.location}/confirm", data={"title": "Brevlådan", "how": "blank_lines"}
    )
    assert "/review" in taken.location
    assert [t.text for t in texts(session)] == [
        "Jag väntade länge.\nDet var tyst.",
        "Tack till receptionen.",
    ]
    assert len({t.source_ref for t in texts(session)}) == 2
    material = session.scalars(select(Material)).one()
    assert material.owner_account_id is not None
    assert session.scalar(select(MaterialImport)) is None
    other = sign_in(Role.COORDINATOR, name="Olof Ägarsson")
    assert other.get(taken.location).status_code == 404


def test_a_document_is_taken_in_once(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    content = docx_bytes([Paragraph("Ett svar."), Paragraph("Ett till.")])
    choice = {"title": "Möte", "how": "paragraphs"}
    for _again in range(2):
        answer = as_coordinator.submit(f"{send(as_coordinator, content, 'a.docx')}/confirm", choice)
    assert "redan" in answer.text
    assert len(texts(session)) == 2


def test_a_list_of_answers_brings_what_is_known_and_tells_what_is_not(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    rows = [["Patient", "Väntan var lång."], ["Trollkarl", "Allt var bra."]]
    address = send(as_coordinator, xlsx_bytes([("Svar", ["Roll", "Svar"], rows)]), "svar.xlsx")
    assert "Trollkarl" in as_coordinator.get(address).text
    taken = as_coordinator.submit(
        f"{address}/confirm", data={"title": "Svar", "text": "Svar", "role": "Roll"}
    )
    assert "Trollkarl" in as_coordinator.get(taken.location).text
    assert [(t.text, t.respondent_role) for t in texts(session)] == [
        ("Allt var bra.", None),
        ("Väntan var lång.", "patient"),
    ]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7", "a.docx", "varken"),
        (b"PK\x03\x04x", "a.docx", "trasig"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "lösenord"),
        (b" ", "a.txt", "inga ord"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(
    as_coordinator: CheckingClient, county: SmallCounty, content: bytes, name: str, said: str
) -> None:
    page = as_coordinator.submit(
        "/coding/materials/new", data={"file": (io.BytesIO(content), name)}
    )
    assert said in page.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("swelling", "mer än vi kan ta in"),
        ("entities", "inget skrivprogram"),
        ("climbing", "inget skrivprogram"),
        ("macros", "utan makron"),
        ("renamed", "trasig"),
        ("truncated", "trasig"),
        ("damaged", "trasig"),
        ("behind a password", "lösenord"),
        ("bottomless", "inget skrivprogram"),
        ("without words", "inga ord"),
    ],
)
def test_a_hostile_document_is_refused_at_the_field_and_nothing_waits(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, name: str, said: str
) -> None:
    make, _reason = HOSTILE[name]
    page = as_coordinator.submit(
        "/coding/materials/new", data={"file": (io.BytesIO(make()), "a.docx")}
    )
    assert said in page.text
    assert session.scalar(select(MaterialImport)) is None


def test_five_megabytes_of_text_come_in_as_pieces_and_nothing_is_lost(
    session: Session, county: SmallCounty
) -> None:
    words = "\n".join("Personalen var snäll men väntan var lång. " * 200 for _ in range(580))
    content = words.encode()
    assert 4_900_000 < len(content) <= MOST_BYTES
    owner = Actor(account_id=make_account(session).id, grants=(Grant(Role.COORDINATOR),))
    found = receive_document(session, owner, "samtal.txt", content)
    take_in_words(session, owner, found, title="Samtal", how=Division.WHOLE)
    taken = texts(session)
    assert len({text.source_ref for text in taken}) == 1
    assert sum(len(text.text.split()) for text in taken) == len(words.split())


def test_a_file_over_five_megabytes_is_refused_at_the_field(
    as_coordinator: CheckingClient, county: SmallCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 100)
    page = as_coordinator.submit(
        "/coding/materials/new", data={"file": (io.BytesIO(b"Hej. " * 100), "samtal.txt")}
    )
    assert "högst 5 MB" in page.text


def paste(client: CheckingClient, typed: str) -> TestResponse:
    """As a browser sends a form with a file field; whole in memory, without files of our own."""
    told = {"csrf_token": client.csrf_token(), "text": typed, "file": (io.BytesIO(b""), "")}
    boundary, body = encode_multipart(told)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/coding/materials/new", data=body, content_type=kind)


def test_five_megabytes_that_were_pasted_are_given_back_to_shorten(
    as_coordinator: CheckingClient, county: SmallCounty
) -> None:
    typed = "Jag väntade. " * 385_000
    page = paste(as_coordinator, typed)
    assert page.status_code == 200
    assert "högst 200000 tecken" in page.text
    assert typed.strip() in page.text
    more = paste(as_coordinator, typed * 2)
    assert more.status_code == 413
    assert "högst 6 MB" in more.text, "the limit that was passed, not the one of files"


def test_nothing_is_sent_without_words(as_coordinator: CheckingClient, county: SmallCounty) -> None:
    assert "Klistra in" in as_coordinator.submit("/coding/materials/new", data={}).text


def test_nobody_else_sees_what_waits_and_it_can_be_given_up(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    address = as_coordinator.submit("/coding/materials/new", data={"text": PASTED}).location
    other = sign_in(Role.COORDINATOR, name="Olof Ägarsson")
    assert other.get(address).status_code == 404
    assert other.submit(f"{address}/drop").status_code == 404
    as_coordinator.submit(f"{address}/drop")
    assert session.scalar(select(MaterialImport)) is None
