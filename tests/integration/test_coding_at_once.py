"""Two people with the same text: nothing hidden comes back, no place lands in other words."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, MaterialText
from participation.coding.rules.passages import Mask, shown_mark
from participation.coding.services import (
    TextChanged,
    apply_code,
    mask_passage,
    remove_excerpt,
    review_text,
    undo,
)
from participation.foundation.db import make_sessions
from participation.foundation.errors import Conflict
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import (
    code_of,
    make_codebook,
    make_material,
    make_reviewed_material,
    texts_of,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

FRAGMENT = {"X-Fragment": "row"}
CALLED = "Anna ringde 070-174 06 58 sen."


@pytest.fixture
def colleague(engine: Engine, session: Session, county: SmallCounty) -> Iterator[Session]:
    """Another session, as if somebody else's request."""
    make_codebook(session)
    with make_sessions(engine)() as other:
        yield other


def raw(session: Session) -> MaterialText:
    (text,) = texts_of(session, make_material(session, [CALLED]))
    session.commit()
    return text


def read(session: Session, words: str = "Anna Karlsson ringde sen.") -> MaterialText:
    (text,) = texts_of(session, make_reviewed_material(session, [words]))
    session.commit()
    return text


def test_what_one_reviewer_hid_does_not_come_back_with_another_review(
    session: Session, colleague: Session
) -> None:
    mine = raw(session)
    theirs = colleague.get_one(MaterialText, mine.id)
    colleague.commit()  # keeps what it has read
    phone = Mask(start=12, end=25, kind="phone")
    review_text(session, SYSTEM, mine, [Mask(start=0, end=4, kind="name"), phone])
    session.commit()
    with pytest.raises(Conflict):
        review_text(colleague, SYSTEM, theirs, [phone])
    colleague.commit()
    session.expire_all()
    assert mine.text == "[namn] ringde [telefon] sen."


def test_words_hidden_by_two_stay_hidden(session: Session, colleague: Session) -> None:
    mine = read(session)
    theirs = colleague.get_one(MaterialText, mine.id)
    shown = shown_mark(theirs.text)
    colleague.commit()
    mask_passage(session, SYSTEM, mine, 0, 4)
    session.commit()
    with pytest.raises(TextChanged):
        mask_passage(colleague, SYSTEM, theirs, 5, 13, shown=shown)
    colleague.commit()
    session.expire_all()
    assert mine.text == "[dolt] Karlsson ringde sen."


def test_a_code_never_lands_in_other_words_than_were_shown(
    session: Session, colleague: Session
) -> None:
    mine = read(session)
    theirs = colleague.get_one(MaterialText, mine.id)
    code = colleague.get_one(Code, code_of(session, 1).id)
    shown = shown_mark(theirs.text)
    session.commit()
    colleague.commit()
    mask_passage(session, SYSTEM, mine, 0, 13)
    session.commit()
    with pytest.raises(TextChanged):
        apply_code(colleague, SYSTEM, theirs, code, start=14, end=20, shown=shown)
    put = apply_code(
        colleague, SYSTEM, theirs, code, start=7, end=13, shown=shown_mark(theirs.text)
    )
    assert theirs.text[put.start : put.end] == "ringde"


def test_taking_off_and_undoing_wait_for_whoever_hides(
    session: Session, colleague: Session
) -> None:
    mine = read(session)
    account = make_account(session, "Ebba Demolund")
    session.flush()
    coder = Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
    put = apply_code(session, coder, mine, code_of(session, 1), start=5, end=13)
    session.commit()
    seen = colleague.get_one(Excerpt, put.id)
    material = colleague.get_one(Material, mine.material_id)
    colleague.commit()
    mask_passage(session, SYSTEM, mine, 0, 4)
    session.commit()
    remove_excerpt(colleague, coder, seen)
    colleague.commit()
    assert undo(colleague, coder, material)
    back = colleague.scalars(select(Excerpt)).one()
    assert (back.start, back.end) == (7, 15)


def test_a_stale_page_gets_the_row_as_it_stands_and_keeps_the_choice(
    as_coordinator: CheckingClient, session: Session, colleague: Session
) -> None:
    text = read(session)
    address = f"/coding/texts/{text.public_id}"
    shown = shown_mark(text.text)
    session.commit()
    mask_passage(session, SYSTEM, text, 0, 4)
    session.commit()
    place = {"start": "5", "end": "13", "shown": shown}
    for act, more in (("mask", {}), ("code", {"number": "1"})):
        refused = as_coordinator.submit(f"{address}/{act}", place | more, headers=FRAGMENT)
        assert refused.status_code == 409
        news = refused.get_json()
        assert "Någon ändrade texten" in news["message"]
        assert "dolt" in news["row"]
    unmarked = as_coordinator.submit(f"{address}/mask", place | {"shown": ""}, headers=FRAGMENT)
    assert unmarked.status_code == 409
    whole = as_coordinator.submit(f"{address}/code", {"number": "2", "shown": shown})
    assert whole.status_code == 409
    assert "Någon ändrade texten" in whole.text
    assert re.search(r'<input checked[^>]*value="2"', whole.text)
    session.expire_all()
    assert text.text == "[dolt] Karlsson ringde sen."


def test_a_review_that_comes_second_gives_the_typed_words_back(
    as_coordinator: CheckingClient, session: Session, colleague: Session
) -> None:
    text = raw(session)
    address = f"/coding/texts/{text.public_id}/review"
    review_text(session, SYSTEM, text, [Mask(start=12, end=25, kind="phone")])
    session.commit()
    late = as_coordinator.submit(address, {"words": "Anna"})
    assert late.status_code == 409
    assert "En kollega har redan läst igenom texten" in late.text
    assert "<li>Anna</li>" in late.text
    assert "070-174" not in late.text
    assert as_coordinator.get(address).status_code == 404


def test_a_page_of_clean_texts_goes_on_past_those_a_colleague_has_read(
    as_coordinator: CheckingClient, session: Session, colleague: Session
) -> None:
    material = make_material(session, ["Bra.", "Bättre."])
    texts = texts_of(session, material)
    ids = " ".join(text.public_id for text in texts)
    address = f"/coding/materials/{material.public_id}/review/clean"
    review_text(session, SYSTEM, texts[0], [])
    session.commit()
    said = as_coordinator.submit(address, {"texts": ids}, follow_redirects=True)
    assert "En text kan nu kodas" in said.text
    again = as_coordinator.submit(address, {"texts": ids}, follow_redirects=True)
    assert "En kollega har redan läst igenom texterna" in again.text
