"""The pages of coding: review, grid, one text, codes."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import Material, MaterialText
from participation.coding.rules.passages import shown_mark
from participation.coding.services import apply_code
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import SignIn
from tests.factories.coding import (
    code_of,
    make_codebook,
    make_material,
    make_reviewed_material,
    texts_of,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

FRAGMENT = {"X-Fragment": "row"}
MOST_QUERIES = 10


@pytest.fixture
def material(session: Session, county: SmallCounty) -> Material:
    make_codebook(session)
    made = make_reviewed_material(session, ["Hej 👋 du", "Jag fick börja om.", "Bra."])
    session.commit()
    return made


def read_texts(session: Session, material: Material) -> Sequence[MaterialText]:
    """The texts as they are now; ends the reading, so that the client may write."""
    session.expire_all()
    texts = texts_of(session, material)
    session.commit()
    return texts


def first_text(session: Session, material: Material) -> MaterialText:
    return read_texts(session, material)[0]


def test_the_list_says_what_waits(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    make_material(session, ["Viljar ringde."], question_key="other")
    session.commit()
    page = as_coordinator.get("/coding").text
    assert "0 av 3 kodade" in page
    assert "1 text att läsa igenom" in page


def test_the_list_is_empty_in_words(as_coordinator: CheckingClient) -> None:
    assert "Inga texter än" in as_coordinator.get("/coding").text


def test_only_those_who_code_come_in(
    as_contact_person: CheckingClient, as_group_member: CheckingClient, material: Material
) -> None:
    assert as_contact_person.get(f"/coding/materials/{material.public_id}").status_code == 403
    assert as_group_member.get("/coding").status_code == 403


def test_another_organisations_coder_finds_nothing(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    make_codebook(session)
    theirs = make_reviewed_material(session, organisation_id=county.region.id)
    text = first_text(session, theirs)
    session.commit()
    outsider = sign_in(Role.COORDINATOR, name="Otto Utanför", organisation=county.torsas)
    for path in (
        f"/coding/materials/{theirs.public_id}",
        f"/coding/materials/{theirs.public_id}/review",
        f"/coding/texts/{text.public_id}",
    ):
        assert outsider.get(path).status_code == 404
    put = outsider.submit(f"/coding/texts/{text.public_id}/code", data={"number": "1"})
    assert put.status_code == 404


def test_the_grid_shows_rows_with_codes_and_filters(
    as_coordinator: CheckingClient, material: Material
) -> None:
    page = as_coordinator.get(f"/coding/materials/{material.public_id}").text
    assert "0 av 3 kodade" in page
    assert "Börja om från början" in page
    assert "👋" in page
    narrowed = as_coordinator.get(
        f"/coding/materials/{material.public_id}?contains=b%C3%B6rja"
    ).text
    assert "👋" not in narrowed
    odd = f"/coding/materials/{material.public_id}?role=%3Cscript%3E&area=x&state=zz&page=-3"
    assert as_coordinator.get(odd).status_code == 200


def test_another_question_of_the_same_round_is_one_choice_away(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    other = make_reviewed_material(session, ["Ja."], question_key="help", question="Vad hjälpte?")
    session.commit()
    answer = as_coordinator.get(
        f"/coding/materials/{material.public_id}?question={other.public_id}&state=order"
    )
    assert answer.status_code == 303
    assert answer.location.endswith(f"/{other.public_id}?state=order")


def test_a_code_on_a_passage_comes_back_as_a_row(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    text = next(t for t in read_texts(session, material) if "👋" in t.text)
    answer = as_coordinator.submit(
        f"/coding/texts/{text.public_id}/code",
        data={"number": "1", "start": "6", "end": "8", "shown": shown_mark(text.text)},
        headers=FRAGMENT,
    )
    news = answer.get_json()
    assert 'data-numbers="1"' in news["row"]
    assert "data-done" in news["row"]
    assert 'data-start="6" data-end="8">du' in news["row"]


def test_without_script_a_code_is_put_on_the_whole_text(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    text = first_text(session, material)
    address = f"/coding/texts/{text.public_id}"
    assert "Sätt koden" in as_coordinator.get(address).text
    answer = as_coordinator.submit(f"{address}/code", data={"number": "2"}, follow_redirects=True)
    assert "2 Samma människa" in answer.text or "Samma människa" in answer.text
    assert "Inte kodat" not in answer.text


def test_a_code_the_book_does_not_have_is_refused(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    address = f"/coding/texts/{first_text(session, material).public_id}/code"
    assert as_coordinator.submit(address, data={"number": "99"}).status_code == 404
    refused = as_coordinator.submit(address, data={"number": "x"}, headers=FRAGMENT)
    assert refused.status_code == 422


def test_undo_set_aside_and_hide_answer_the_script(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    text = next(t for t in read_texts(session, material) if "börja" in t.text)
    place = {"start": "0", "end": "3", "shown": shown_mark(text.text)}
    session.commit()
    base = f"/coding/texts/{text.public_id}"
    aside = as_coordinator.submit(f"{base}/aside", data={"aside": "yes"}, headers=FRAGMENT)
    assert "Inget att koda" in aside.get_json()["row"]
    undone = as_coordinator.submit(f"/coding/materials/{material.public_id}/undo", headers=FRAGMENT)
    assert undone.get_json()["message"] == "Ångrat."
    empty = as_coordinator.submit(f"/coding/materials/{material.public_id}/undo", headers=FRAGMENT)
    assert "inget mer" in empty.get_json()["message"]
    hidden = as_coordinator.submit(f"{base}/mask", data=place, headers=FRAGMENT)
    assert "dolt" in hidden.get_json()["row"]


def test_a_text_is_read_and_what_is_ticked_is_hidden(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    material = make_material(session, ["Viljar på Mirrekullen ringde 070-174 06 58."])
    session.commit()
    address = f"/coding/materials/{material.public_id}/review"
    page = as_coordinator.get(address).text
    assert "1. Viljar" in page
    text = first_text(session, material)
    answer = as_coordinator.submit(
        f"/coding/texts/{text.public_id}/review",
        data={"masks": ["0-6-name", "29-42-phone"], "words": "mirrekullen"},
    )
    assert answer.status_code == 303
    assert first_text(session, material).text == "[namn] på [dolt] ringde [telefon]."
    assert "Nu kan texterna kodas" in as_coordinator.get(address).text


@pytest.mark.parametrize("masks", [["x"], ["0-99999-name"], ["", "x"], [""], ["0-6-name", ""]])
def test_a_mask_that_nobody_offered_is_an_error_and_hides_nothing(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, masks: list[str]
) -> None:
    material = make_material(session, ["Viljar på Mirrekullen ringde 070-174 06 58."])
    session.commit()
    text = first_text(session, material)
    answer = as_coordinator.submit(f"/coding/texts/{text.public_id}/review", {"masks": masks})
    assert answer.status_code == 200
    assert 'id="masks-error"' in answer.text
    assert "Viljar" in first_text(session, material).text


def test_words_that_are_not_in_the_text_are_pointed_out(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    material = make_material(session, ["Viljar ringde."])
    session.commit()
    text = first_text(session, material)
    answer = as_coordinator.submit(
        f"/coding/texts/{text.public_id}/review", data={"words": "Mirre"}
    )
    assert "”Mirre” står inte i texten." in answer.text
    assert "Mirre</textarea>" in answer.text


def test_texts_without_finds_are_read_together(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    material = make_material(session, ["Bra.", "Bättre."])
    session.commit()
    address = f"/coding/materials/{material.public_id}/review"
    assert "Inget hittades i de här" in as_coordinator.get(address).text
    ids = " ".join(t.public_id for t in read_texts(session, material))
    answer = as_coordinator.submit(f"{address}/clean", data={"texts": ids}, follow_redirects=True)
    assert "2 texter kan nu kodas." in answer.text


def test_a_text_of_another_material_is_not_accepted_with_a_page(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    read = make_material(session, ["Bra."])
    other = make_material(session, ["Oläst."], question_key="other")
    session.commit()
    (foreign,) = read_texts(session, other)
    address = f"/coding/materials/{read.public_id}/review/clean"
    answer = as_coordinator.submit(address, data={"texts": foreign.public_id})
    assert answer.status_code == 404
    session.refresh(foreign)
    assert foreign.reviewed_at is None


def test_a_code_has_a_page_with_its_passages(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    code = code_of(session, 1)
    session.commit()
    assert "Inga utdrag än" in as_coordinator.get(f"/coding/codes/{code.public_id}").text
    text = first_text(session, material)
    as_coordinator.submit(f"/coding/texts/{text.public_id}/code", data={"number": "1"})
    page = as_coordinator.get(f"/coding/codes/{code.public_id}").text
    assert "1 utdrag" in page
    assert "Närstående" in page


def test_codes_and_codebooks_can_be_added(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    material = make_reviewed_material(session)
    session.commit()
    empty = as_coordinator.get(f"/coding/materials/{material.public_id}").text
    assert "Inga koder än" in empty
    started = as_coordinator.submit(
        f"/coding/codebooks/new?material={material.public_id}", data={"title": "Ny kodbok 2026"}
    )
    assert "/codes/new" in started.location
    missing = as_coordinator.submit(started.location, data={"name": ""}).text
    assert "Vad heter koden?" in missing
    added = as_coordinator.submit(
        started.location, data={"name": "Väntan", "theme": "Praktiskt"}, follow_redirects=True
    )
    assert "Koden har nummer 1." in added.text
    twice = as_coordinator.submit(started.location, data={"name": "Väntan", "theme": "Praktiskt"})
    assert "redan en kod" in twice.text


def test_the_grid_asks_the_database_equally_often_for_few_and_many(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, engine: Engine
) -> None:
    make_codebook(session)
    addresses = []
    for rows, key in ((2, "few"), (50, "many")):
        made = make_reviewed_material(
            session,
            [f"Text {n}" for n in range(rows)],
            question_key=key,
            source_public_id=f"round2026{key[:3]}",
        )
        addresses.append(f"/coding/materials/{made.public_id}")
    session.commit()
    counts = []
    as_coordinator.get(addresses[0])  # the footer's contact is remembered from here on
    for address in addresses:
        with counted_queries(engine) as queries:
            as_coordinator.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_tables_hide_small_numbers_and_the_file_is_noted(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_codebook(session)
    made = make_reviewed_material(session, [f"Vi väntade {n}" for n in range(23)])
    roles = ["patient"] * 12 + ["next_of_kin"] * 9 + ["professional"] * 2
    for text, role in zip(texts_of(session, made), roles, strict=True):
        text.respondent_role = role
    me = next(a for a in session.scalars(select(Account)) if a.display_name == "Ebba Demolund")
    actor = Actor(account_id=me.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
    for text in texts_of(session, made)[:3]:
        apply_code(session, actor, text, code_of(session, 1), start=0, end=2)
    session.commit()
    address = f"/coding/materials/{made.public_id}/tables"
    page = as_coordinator.get(address).text
    assert "Patient (12)" in page
    assert "Övriga (11)" in page  # nine and two
    assert page.count('<td class="num">dolt</td>') == 2
    answer = as_coordinator.submit(address, data={"by": "codes", "codes": "mine"})
    assert answer.mimetype == "text/csv"
    assert "1 Börja om från början;dolt" in answer.get_data(as_text=True)
    assert (
        session.scalars(select(EventLogEntry.action).order_by(EventLogEntry.id.desc())).first()
        == "table_taken_out"
    )


def test_words_are_found_in_what_was_read_through_and_nowhere_else(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_reviewed_material(session, ["ÅTERIGEN fick jag vänta."])
    make_material(session, ["Lisa fick återigen vänta."], question_key="unread")
    session.commit()
    page = as_coordinator.get("/coding/search?q=återigen").text
    assert "1 text" in page
    assert "<mark>ÅTERIGEN</mark> fick jag" in page
    assert "Lisa" not in page
    assert "Inget hittades" in as_coordinator.get("/coding/search?q=zzz").text
