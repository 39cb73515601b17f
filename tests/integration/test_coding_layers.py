"""Every coder has a layer of their own: what one puts, another neither sees unasked nor changes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding import queries
from participation.coding.models import Code, Excerpt, Material
from participation.coding.rules.filters import Layer, TextFilter
from participation.coding.rules.passages import shown_mark
from participation.coding.services import apply_code, mask_passage, redo, set_aside, take_up, undo
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import SignIn, make_account
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.support.county import SmallCounty

FRAGMENT = {"X-Fragment": "row"}


def coder_named(session: Session, name: str) -> Actor:
    account = make_account(session, name)
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def ebba(session: Session, county: SmallCounty) -> Actor:
    return coder_named(session, "Ebba Demolund")


@pytest.fixture
def otto(session: Session, county: SmallCounty) -> Actor:
    return coder_named(session, "Otto Annan")


@pytest.fixture
def material(session: Session, county: SmallCounty) -> Material:
    make_codebook(session)
    return make_reviewed_material(session, ["Jag fick börja om.", "Bra."])


def test_a_coder_sees_their_own_passages_and_may_ask_for_all(
    session: Session, ebba: Actor, otto: Actor, material: Material
) -> None:
    text = texts_of(session, material)[0]
    put = apply_code(session, ebba, text, code_of(session, 1), start=0, end=3)
    apply_code(session, otto, text, code_of(session, 2), start=0, end=3)

    def numbers(actor: Actor, layer: Layer) -> list[int]:
        lines = queries.excerpts_of_texts(session, actor, [text.id], layer)[text.id]
        return [line.number for line in lines]

    assert numbers(ebba, Layer.MINE) == [1]
    assert numbers(otto, Layer.MINE) == [2]
    assert numbers(ebba, Layer.ALL) == [1, 2]
    assert numbers(ebba, Layer.AGREED) == []
    with pytest.raises(NotFound):
        queries.excerpt(session, otto, put.public_id, Layer.MINE)


def test_what_one_sets_aside_is_done_for_the_material_and_open_to_the_other(
    session: Session, ebba: Actor, otto: Actor, material: Material
) -> None:
    first, second = texts_of(session, material)
    set_aside(session, ebba, first)
    take_up(session, otto, first)  # not theirs
    assert queries.materials(session, otto)[0].coded == 1
    standing = queries.standings(session, otto, [first.id, second.id])
    assert (standing[first.id].is_aside, standing[first.id].others) == (False, 1)
    assert (standing[second.id].is_aside, standing[second.id].others) == (False, 0)
    mine = queries.grid_page(session, otto, material, TextFilter(state="coded_by_me"), 1)
    assert list(mine.items) == []


def test_what_was_undone_can_be_done_again_until_something_new_is_done(
    session: Session, ebba: Actor, material: Material
) -> None:
    first, second = texts_of(session, material)
    apply_code(session, ebba, first, code_of(session, 1), start=0, end=3)
    apply_code(session, ebba, first, code_of(session, 2), start=0, end=3)
    set_aside(session, ebba, second)
    for _step in range(3):
        undo(session, ebba, material)
    assert session.scalars(select(Excerpt)).all() == []
    assert redo(session, ebba, material) is first
    assert redo(session, ebba, material) is first
    assert redo(session, ebba, material) is second
    assert redo(session, ebba, material) is None
    assert queries.standings(session, ebba, [second.id])[second.id].is_aside
    undo(session, ebba, material)
    apply_code(session, ebba, second, code_of(session, 1), start=0, end=3)
    assert redo(session, ebba, material) is None


def test_passages_that_become_the_same_when_words_are_hidden_stay_once(
    session: Session, ebba: Actor, county: SmallCounty
) -> None:
    make_codebook(session)
    (text,) = texts_of(session, make_reviewed_material(session, ["Ivar Ek och du i rad"]))
    code = code_of(session, 1)
    for start, end in ((0, 4), (5, 7), (8, 11), (12, 14), (15, 16)):
        apply_code(session, ebba, text, code, start=start, end=end)
    mask_passage(session, ebba, text, 0, 7)
    found = session.execute(select(Excerpt.start, Excerpt.end).order_by(Excerpt.start))
    assert [text.text[start:end] for start, end in found] == ["[dolt]", "och", "du", "i"]


def test_the_other_coders_page_says_only_that_a_colleague_was_there(
    sign_in: SignIn, session: Session, material: Material, ebba: Actor
) -> None:
    text = texts_of(session, material)[0]
    put = apply_code(session, ebba, text, code_of(session, 1), start=0, end=3)
    session.commit()
    otto = sign_in(Role.COORDINATOR, name="Otto Annan")
    address = f"/coding/materials/{material.public_id}"
    page = otto.get(address).text
    assert "Klar hos en kollega" in page
    assert "ms-span" not in page
    assert 'data-count="1">0<' in page
    everything = otto.get(f"{address}?codes=all").text
    assert "ms-span" in everything
    assert "Ebba Demolund" in everything
    assert otto.submit(f"/coding/excerpts/{put.public_id}/remove").status_code == 404


def test_a_code_that_was_retired_meanwhile_is_refused_with_a_sentence(
    sign_in: SignIn, session: Session, material: Material
) -> None:
    text = texts_of(session, material)[0]
    book = {code.number: code for code in session.scalars(select(Code))}
    book[1].is_retired = True
    book[2].merged_into_id = book[12].id
    session.commit()
    client = sign_in(Role.COORDINATOR, name="Otto Annan")
    address = f"/coding/texts/{text.public_id}/code"
    retired = client.submit(address, data={"number": "1"}, headers=FRAGMENT)
    assert retired.status_code == 409
    assert "används inte längre" in retired.get_json()["message"]
    merged = client.submit(address, data={"number": "2"}, headers=FRAGMENT)
    assert "Övergångar" in merged.get_json()["message"]
    plain = client.submit(address, data={"number": "1", "shown": shown_mark(text.text)})
    assert plain.status_code == 409
    assert "används inte längre" in plain.text
    assert text.text in plain.text, "on the text's own page, with the codes there are now"
    declined = client.submit(
        f"/coding/texts/{text.public_id}/decline", {"number": "1"}, headers=FRAGMENT
    )
    assert "används inte längre" in declined.get_json()["message"]
    memos, memo = f"/coding/texts/{text.public_id}/memos", {"number": "1", "words": "Ofta så."}
    noted = client.submit(memos, memo, headers=FRAGMENT)
    assert "används inte längre" in noted.get_json()["message"]
    kept = client.submit(memos, memo)
    assert "används inte längre" in kept.text
    assert "Ofta så.</textarea>" in kept.text
    assert session.scalars(select(Excerpt)).all() == []
