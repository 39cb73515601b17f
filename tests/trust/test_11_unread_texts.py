"""TRUST 11: what nobody has read through is its owner's alone, also where codes stand on it."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.models import Codebook, Excerpt, Material, Theme
from participation.coding.services import review_text
from participation.coding.services.codebooks import use_codebook
from participation.foundation.permissions import SYSTEM
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_material, texts_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

UNREAD = "Viljar Påhitt på Mirrekullen"


@pytest.fixture
def material(session: Session, county: SmallCounty) -> Material:
    """Somebody else's: two texts with a code, as they come from another program; one is read."""
    owner = make_account(session, "Olof Ägarsson")
    session.flush()
    book = make_codebook(session)
    made = make_material(session, [f"{UNREAD} ringde.", "Bra."], owner_account_id=owner.id)
    use_codebook(session, made, book)
    for text in texts_of(session, made):
        code_id = code_of(session, 1).id
        session.add(Excerpt(text_id=text.id, code_id=code_id, start=0, end=len(text.text)))
        if UNREAD not in text.text:
            review_text(session, SYSTEM, text, [])
    session.commit()
    return made


def addresses(app: Flask, session: Session, material: Material) -> list[str]:
    """Every page of coding, for each thing there is of what it is about."""
    codes = [code_of(session, number).public_id for number in (1, 2)]
    excerpts = session.scalars(select(Excerpt.public_id)).all()
    book, theme = _book_and_theme(session)
    known = {
        "materials": [material.public_id],
        "texts": [text.public_id for text in texts_of(session, material)],
        "codes": codes,
        "codebooks": [book],
        "themes": [theme],
        "excerpts": list(excerpts),
    }
    session.commit()
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("coding.") and "GET" in (rule.methods or ()):
            kind = rule.rule.split("/")[2] if rule.rule.count("/") > 1 else ""
            found += [
                rule.rule.replace("<public_id>", one) for one in known.get(kind, ["abcdefghjkmn"])
            ]
    return found


def _book_and_theme(session: Session) -> tuple[str, str]:
    return (
        session.scalars(select(Codebook.public_id)).one(),
        session.scalars(select(Theme.public_id).order_by(Theme.id)).all()[0],
    )


def test_11_no_page_of_coding_shows_a_word_of_a_text_that_nobody_has_read(
    app: Flask, as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    seen = 0
    for address in addresses(app, session, material):
        assert "<" not in address, "say in `addresses` what this page is about"
        answer = as_coordinator.get(address)
        seen += answer.status_code == 200
        for word in UNREAD.split():
            if len(word) > 2:
                assert word not in answer.text, address
    assert seen > 12  # pages


def test_11_nor_does_it_count_there(
    as_coordinator: CheckingClient, session: Session, material: Material
) -> None:
    code, text = code_of(session, 1), texts_of(session, material)
    book, _theme = _book_and_theme(session)
    coded = session.scalar(select(func.count(Excerpt.id)))
    split = f"/coding/codes/{code.public_id}/split"
    unread = next(
        session.scalars(select(Excerpt.public_id).where(Excerpt.text_id == one.id)).one()
        for one in text
        if not one.is_reviewed
    )
    session.commit()
    assert coded == 2
    assert "1 text" in as_coordinator.page(f"/coding/codebooks/{book}")
    grid = as_coordinator.page(f"/coding/materials/{material.public_id}?codes=all")
    assert 'data-count="1">1<' in grid
    refused = as_coordinator.submit(split, {"name": "Ny", "passages": [unread]})
    assert 'id="passages-error"' in refused.text
    assert as_coordinator.submit(f"/coding/excerpts/{unread}/remove").status_code == 404
