"""Memos of coders, and codebooks to begin from."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Codebook, Material, Memo
from participation.coding.providers import CoderData
from participation.coding.queries.memos import memos_of_code, memos_of_material, memos_of_text
from participation.coding.rules.starting import draft_of, shipped_books
from participation.coding.services import forget_material
from participation.coding.services.double import draw_sample
from participation.coding.services.memos import write_memo
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def material(session: Session, county: SmallCounty) -> Material:
    make_codebook(session)
    made = make_reviewed_material(session, ["Hej du", "Jag fick börja om."])
    session.commit()
    return made


def someone(session: Session, name: str) -> Actor:
    account = make_account(session, name)
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def test_a_memo_on_an_answer_is_counted_in_the_grid_and_taken_away_by_its_author(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    text = texts_of(session, material)[0].public_id
    session.commit()
    answer = as_coordinator.submit(
        f"/coding/texts/{text}/memos",
        data={"words": "Två saker på en gång", "number": "1"},
        headers={"X-Fragment": "row"},
    )
    assert "1 anteckning" in answer.get_json()["row"]
    stored = session.scalars(select(Memo)).one()
    address = f"/coding/memos/{stored.public_id}/remove"
    session.commit()
    page = as_coordinator.get(f"/coding/materials/{material.public_id}/memos").text
    assert "Två saker på en gång" in page
    assert "1 Börja om från början" in page
    as_coordinator.submit(address, data={})
    assert session.scalar(select(func.count(Memo.id))) == 0


def test_anothers_memo_is_not_seen_while_two_code_blind_and_not_taken_away(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    otto, eva = someone(session, "Otto Annan"), someone(session, "Eva Tredje")
    text = texts_of(session, material)[0]
    write_memo(session, otto, "Mitt intryck", text=text)
    assert len(memos_of_text(session, eva, text)) == 1
    draw_sample(session, eva, material, second_account_id=otto.account_id or 0, size=9)
    assert memos_of_text(session, eva, text) == []
    assert memos_of_material(session, eva, material) == []
    assert len(memos_of_text(session, otto, text)) == 1
    address = f"/coding/memos/{session.scalars(select(Memo)).one().public_id}/remove"
    session.commit()
    assert as_coordinator.submit(address, data={}).status_code == 404


def test_a_memo_on_a_code_is_read_by_its_author_and_by_whoever_codes_the_whole_county(
    session: Session, material: Material, county: SmallCounty
) -> None:
    otto, eva = someone(session, "Otto Annan"), someone(session, "Eva Tredje")
    elsewhere = Actor(
        account_id=someone(session, "Nils Granne").account_id,
        grants=(Grant(Role.COORDINATOR, organisation_id=county.kalmar.id),),
        is_strong=True,
    )
    code = code_of(session, 1)
    write_memo(session, otto, "Det här sa någon i Nybro", code=code)
    write_memo(session, elsewhere, "Min egen", code=code)
    assert len(memos_of_code(session, otto, code)) == 2
    assert [line.memo.words for line in memos_of_code(session, elsewhere, code)] == ["Min egen"]
    write_memo(session, otto, "Om hela underlaget", material=material)
    draw_sample(session, eva, material, second_account_id=otto.account_id or 0, size=9)
    assert memos_of_code(session, eva, code) == []
    assert memos_of_material(session, eva, material) == []
    assert len(memos_of_material(session, otto, material)) == 1


def test_an_auditor_writes_no_memo_on_a_code_of_a_book_they_may_not_change(
    as_auditor: CheckingClient, session: Session, material: Material
) -> None:
    code = code_of(session, 1).public_id
    session.commit()
    assert "Spara anteckningen" not in as_auditor.get(f"/coding/codes/{code}").text
    assert as_auditor.submit(f"/coding/codes/{code}/memos", {"words": "Hm"}).status_code == 404


@pytest.mark.parametrize("what", ["texts", "codes", "materials"])
def test_a_memo_that_is_too_long_is_given_back_with_the_reason_at_its_field(
    as_coordinator: CheckingClient, session: Session, material: Material, what: str
) -> None:
    found = {
        "texts": texts_of(session, material)[0].public_id,
        "codes": code_of(session, 1).public_id,
        "materials": material.public_id,
    }[what]
    session.commit()
    words = "Lång anteckning " * 251
    page = as_coordinator.submit(f"/coding/{what}/{found}/memos", {"words": words, "number": ""})
    assert "Skriv högst 4000 tecken" in page.text
    assert words.strip() in page.text
    if what == "texts":
        answer = as_coordinator.submit(
            f"/coding/texts/{found}/memos", {"words": words}, headers={"X-Fragment": "row"}
        )
        assert "4000" in answer.get_json()["message"]


def test_memos_go_with_the_voice_and_with_their_author(
    session: Session, material: Material
) -> None:
    otto = someone(session, "Otto Annan")
    first, second = texts_of(session, material)
    write_memo(session, otto, "Om den första", text=first)
    write_memo(session, otto, "Om den andra", text=second)
    forget_material(session, first.source_ref)
    (section,) = CoderData().sections(session, otto.account_id or 0)
    assert [words for _day, words in section.rows] == ["Om den andra"]
    CoderData().erase(session, otto.account_id or 0)
    assert session.scalar(select(func.count(Memo.id))) == 0


def test_a_codebook_begins_from_the_dimensions_of_the_patient_survey(
    as_coordinator: CheckingClient, session: Session
) -> None:
    answer = as_coordinator.submit(
        "/coding/codebooks/new", data={"title": "Vår kodbok", "begin_from": "patient_survey"}
    )
    assert answer.status_code == 303
    book = session.scalars(select(Codebook)).one()
    codes = session.scalars(select(Code).order_by(Code.number)).all()
    assert book.title == "Vår kodbok"
    assert [code.number for code in codes] == list(range(1, 17))
    assert codes[0].name == "Väntan"


def test_every_starting_book_says_everything_in_both_languages() -> None:
    for book in shipped_books().values():
        swedish, english = draft_of(book, "sv"), draft_of(book, "en")
        said = [(c.name, c.memo) for theme in swedish.themes for c in theme.codes]
        assert len(said) == sum(len(theme.codes) for theme in english.themes)
        assert all(name and memo for name, memo in said)
