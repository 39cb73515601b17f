"""Two people code the same sample blind, compare, and settle what counts."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding import queries
from participation.coding.models import CodingAssignment, CodingRound, Excerpt, Material
from participation.coding.queries.codebooks import quotable_excerpt, quotable_excerpts
from participation.coding.queries.double import done_by, sample, theme_figures, waiting_rounds
from participation.coding.queries.layers import in_layer
from participation.coding.rules.filters import Layer, TextFilter
from participation.coding.services import apply_code, forget_material, set_aside
from participation.coding.services.double import (
    compare,
    differing,
    draw_sample,
    open_again,
    settle,
)
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import SignIn, make_account
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.support.county import SmallCounty

SIZE = 10


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
    return make_reviewed_material(session, [f"Jag fick börja om {n}." for n in range(15)])


@pytest.fixture
def drawn(session: Session, ebba: Actor, otto: Actor, material: Material) -> CodingRound:
    assert otto.account_id is not None
    return draw_sample(session, ebba, material, second_account_id=otto.account_id, size=SIZE)


def code_all(session: Session, actor: Actor, drawn: CodingRound, numbers: list[int]) -> None:
    """The n-th text of the sample gets the n-th number; 0 sets it aside."""
    for text, number in zip(sample(session, drawn), numbers, strict=True):
        if number:
            apply_code(session, actor, text, code_of(session, number), start=0, end=3)
        else:
            set_aside(session, actor, text)


def counted(session: Session, actor: Actor, material: Material) -> dict[int, int]:
    lines = queries.code_lines(
        session, material.codebook_id, [material.id], in_layer(actor, Layer.ALL)
    )
    return {line.code.number: line.texts for line in lines}


def test_the_sample_is_of_the_size_asked_for_and_one_at_a_time(
    session: Session, ebba: Actor, otto: Actor, material: Material, drawn: CodingRound
) -> None:
    assert len(session.scalars(select(CodingAssignment)).all()) == SIZE
    with pytest.raises(Conflict):
        draw_sample(session, ebba, material, second_account_id=otto.account_id or 0, size=SIZE)
    assert [(found.id, left) for found, left in waiting_rounds(session, otto)] == [
        (material.id, SIZE)
    ]
    page = queries.grid_page(session, otto, material, TextFilter(state="sample"), 1)
    assert page.total == SIZE


def test_nothing_of_the_others_work_is_seen_before_both_are_done(
    session: Session, ebba: Actor, otto: Actor, material: Material, drawn: CodingRound
) -> None:
    code_all(session, ebba, drawn, [1] * SIZE)
    ids = [text.id for text in sample(session, drawn)]
    for layer in Layer:
        seen = queries.excerpts_of_texts(session, otto, ids, layer)
        assert not any(seen.values()), layer
    assert set(counted(session, otto, material).values()) == {0}
    assert {x.others for x in queries.standings(session, otto, ids).values()} == {0}
    found = queries.excerpts_of_codes(session, otto, [code_of(session, 1).id])
    assert session.execute(found).all() == []
    coded = queries.grid_page(session, otto, material, TextFilter(state="order", code_number=1), 1)
    assert list(coded.items) == []
    with pytest.raises(Conflict):
        compare(session, otto, drawn)
    code_all(session, otto, drawn, [1] * SIZE)
    compare(session, otto, drawn)
    assert counted(session, otto, material)[1] == SIZE


def test_both_are_compared_and_what_they_settle_is_what_findings_count(
    session: Session, ebba: Actor, otto: Actor, material: Material, drawn: CodingRound
) -> None:
    code_all(session, ebba, drawn, [1, 1, 1, 1, 1, 2, 2, 0, 0, 0])
    code_all(session, otto, drawn, [1, 1, 1, 1, 0, 2, 1, 0, 0, 0])
    compare(session, ebba, drawn)
    by_name = {figure["name"]: figure for figure in drawn.figures}
    one = by_name["1 Börja om från början"]
    assert (one["texts"], one["yes"], one["differing"]) == (SIZE, (5, 5), 2)
    assert one["kappa"] == pytest.approx(0.6)
    assert theme_figures(session, material.codebook_id or 0)
    places = differing(session, drawn)
    assert len(places) == 3
    kept = next(place for place in places if place[1] == code_of(session, 2).id)
    settle(session, ebba, drawn, [kept])

    def voices(number: int) -> int:
        codes = [code_of(session, number).id]
        return queries.voice_spread(session, [material.id], codes).count

    assert (voices(1), voices(2)) == (4, 2)
    outside = [t for t in texts_of(session, material) if t.id not in {p[0] for p in places}]
    rest = next(t for t in outside if t not in sample(session, drawn))
    apply_code(session, otto, rest, code_of(session, 1), start=0, end=3)
    assert voices(1) == 5  # outside the sample any coder counts
    open_again(session, ebba, drawn)
    assert voices(1) == 7
    settle(session, ebba, drawn, list(places))
    assert (voices(1), voices(2)) == (7, 2)


def test_what_two_rejected_is_no_more_to_quote_than_to_count(
    session: Session, ebba: Actor, otto: Actor, material: Material, drawn: CodingRound
) -> None:
    code_all(session, ebba, drawn, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    code_all(session, otto, drawn, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    compare(session, ebba, drawn)
    code = code_of(session, 1)

    def quotable() -> list[int]:
        rows = session.execute(quotable_excerpts(session, ebba, [code.id], [material.id]))
        return [row[0].text_id for row in rows]

    agreed_on, rejected = [text.id for text in sample(session, drawn)[:2]]
    assert set(quotable()) == {agreed_on, rejected}
    settle(session, ebba, drawn, [])
    assert quotable() == [agreed_on]
    own = select(Excerpt).where(Excerpt.layer == "own")
    by_text = {one.text_id: one for one in session.scalars(own.order_by(Excerpt.id.desc()))}
    assert quotable_excerpt(session, ebba, by_text[agreed_on].public_id)
    with pytest.raises(NotFound):
        quotable_excerpt(session, ebba, by_text[rejected].public_id)
    open_again(session, ebba, drawn)
    assert set(quotable()) == {agreed_on, rejected}


def test_a_voice_that_leaves_takes_its_place_in_the_sample_along(
    session: Session, ebba: Actor, drawn: CodingRound
) -> None:
    code_all(session, ebba, drawn, [1] * SIZE)
    session.commit()
    forget_material(session, sample(session, drawn)[0].source_ref)
    session.commit()
    assert done_by(session, drawn, ebba.account_id or 0) == SIZE - 1


def test_double_coding_is_done_on_its_page(
    sign_in: SignIn, session: Session, material: Material
) -> None:
    otto = make_account(session, "Otto Annan")
    session.commit()
    client = sign_in(Role.COORDINATOR, name="Ebba Demolund")
    other = sign_in(Role.COORDINATOR, name="Siv Andra")
    page = f"/coding/materials/{material.public_id}/double"
    assert "Siv Andra" in client.page(page)
    assert "Otto Annan" not in client.page(page)
    asked = client.submit(page, {"second": otto.public_id, "size": "10"})
    assert 'id="second-error"' in asked.text
    session.rollback()
    second = other.page("/coding") and _public_id_of(session, "Siv Andra")
    assert client.submit(page, {"second": second, "size": "10"}).status_code == 303
    assert "0 av 10" in client.page(page)
    assert "Koda stickprovet" in other.page("/start")
    drawn = session.scalars(select(CodingRound)).one()
    for account_id in (drawn.first_account_id, drawn.second_account_id):
        coder = Actor(account_id=account_id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
        number = 1 if account_id == drawn.first_account_id else 2
        code_all(session, coder, drawn, [number] + [1] * 4 + [0] * 5)
    session.commit()
    client.submit(f"{page}/compare")
    told = client.page(page)
    assert "Samstämmighet" in told
    names = sorted(set(re.findall(r'name="(place-[^"]+)"', told)))
    assert len(names) == 2
    half = client.submit(f"{page}/settle", {names[0]: "no", names[1]: ""}).text
    assert "Inget är avgjort" in half
    assert re.search(rf'name="{names[0]}" value="no"[^>]* checked', half)
    said = dict.fromkeys(names, "no")
    asked = client.submit(f"{page}/settle", said).text
    assert "Ja, avgör" in asked
    assert session.scalars(select(Excerpt).where(Excerpt.layer == "agreed")).all() == []
    session.rollback()
    client.submit(f"{page}/settle", {**said, "sure": "1"})
    assert "Avgjort" in client.page(page)
    assert len(session.scalars(select(Excerpt).where(Excerpt.layer == "agreed")).all()) == 4
    session.rollback()
    client.submit(f"{page}/again")
    assert "Där ni skiljer er åt" in client.page(page)


def _public_id_of(session: Session, name: str) -> str:
    accounts = session.scalars(select(Account)).all()
    found = next(account.public_id for account in accounts if account.display_name == name)
    session.rollback()
    return found


def test_what_the_second_codes_in_the_sample_is_counted_once(
    sign_in: SignIn, session: Session, material: Material, ebba: Actor
) -> None:
    second = sign_in(Role.COORDINATOR, name="Siv Andra")
    siv = next(one for one in session.scalars(select(Account)) if one.display_name == "Siv Andra")
    drawn = draw_sample(session, ebba, material, second_account_id=siv.id, size=SIZE)
    done, new = sample(session, drawn)[:2]
    apply_code(session, ebba, done, code_of(session, 1), start=0, end=3)
    session.commit()
    addresses = [f"/coding/texts/{text.public_id}/code" for text in (done, new)]
    session.rollback()
    told = [
        second.submit(address, {"number": "1"}, headers={"X-Fragment": "row"}).get_json()["coded"]
        for address in addresses
    ]
    assert told == [1, 2]
