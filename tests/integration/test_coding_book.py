"""Codebooks change without losing a passage, and every change can be taken back."""

from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding import queries
from participation.coding.models import Code, Codebook, Excerpt, Material, Theme
from participation.coding.queries.book import codes_of_book, tree
from participation.coding.rules.filters import Layer
from participation.coding.services import add_code, apply_code, undo
from participation.coding.services.book_changes import (
    change_code,
    change_theme,
    merge_codes,
    redo_change,
    retire_code,
    shift_theme,
    split_code,
    undo_change,
)
from participation.foundation.errors import Conflict
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def coder(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Ebba Demolund")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def book(session: Session, county: SmallCounty) -> Codebook:
    return make_codebook(session)


@pytest.fixture
def material(session: Session, book: Codebook) -> Material:
    return make_reviewed_material(session, ["Jag fick börja om.", "Bussen gick inte."])


Shown = tuple[list[tuple[str, int, str]], list[tuple[str, list[tuple[str, str, int, bool]]]]]


def shown(session: Session, coder: Actor, material: Material, book: Codebook) -> Shown:
    """What coders see: each passage with its code, and the tree."""
    lines = queries.excerpts_of_texts(
        session, coder, [t.id for t in texts_of(session, material)], Layer.ALL
    )
    return (
        sorted((x.excerpt.public_id, x.number, x.name) for many in lines.values() for x in many),
        [
            (
                branch.theme.name,
                [(c.code.name, c.code.memo, c.depth, c.code.is_retired) for c in branch.codes],
            )
            for branch in tree(session, coder, book)
        ],
    )


def rename(session: Session, coder: Actor, code: Code, name: str, theme: str) -> None:
    change_code(session, coder, code, name=name, memo="Ny", example="", theme_name=theme)


def test_a_code_put_together_with_another_is_read_as_it_and_taken_apart_again(
    session: Session, coder: Actor, book: Codebook, material: Material
) -> None:
    first, second = texts_of(session, material)
    apply_code(session, coder, first, code_of(session, 1), start=0, end=3)
    apply_code(session, coder, second, code_of(session, 12), start=0, end=6)
    before = shown(session, coder, material, book)
    merge_codes(session, coder, code_of(session, 1), code_of(session, 2))
    merge_codes(session, coder, code_of(session, 2), code_of(session, 12))
    passages, _themes = shown(session, coder, material, book)
    assert [(number, name) for _id, number, name in passages] == [(12, "Övergångar")] * 2
    spread = queries.voice_spread(session, [material.id], [code_of(session, 12).id])
    assert spread.count == 2
    counts = {x.code.number: x.texts for x in queries.code_lines(session, book.id, [material.id])}
    assert counts == {12: 2}
    with pytest.raises(Conflict):
        apply_code(session, coder, first, code_of(session, 1), start=4, end=8)
    undo_change(session, coder, book)
    undo_change(session, coder, book)
    assert shown(session, coder, material, book) == before
    assert undo_change(session, coder, book) is None


def test_a_split_moves_the_chosen_passages_and_the_coders_own_steps(
    session: Session, coder: Actor, book: Codebook, material: Material
) -> None:
    first, second = texts_of(session, material)
    kept = apply_code(session, coder, first, code_of(session, 1), start=0, end=3)
    moved = apply_code(session, coder, second, code_of(session, 1), start=0, end=6)
    before = shown(session, coder, material, book)
    new = split_code(session, coder, code_of(session, 1), "Bussar", [moved.id])
    assert (kept.code_id, moved.code_id) == (code_of(session, 1).id, new.id)
    undo_change(session, coder, book)
    assert shown(session, coder, material, book) == before
    redo_change(session, coder, book)
    undo(session, coder, material)  # the coder's own step, now with the new code
    assert session.scalars(select(Excerpt)).all() == [kept]
    with pytest.raises(Conflict):
        split_code(session, coder, code_of(session, 1), "Annat", [moved.id])


def test_codes_move_with_those_below_them_and_never_below_themselves(
    session: Session, coder: Actor, book: Codebook
) -> None:
    top, below = code_of(session, 1), code_of(session, 2)
    values = {"name": below.name, "memo": "", "example": "", "theme_name": "Sammanhang"}
    change_code(session, coder, below, below=top, **values)
    rename(session, coder, top, "Om igen", "Praktiskt")
    assert below.theme_id == top.theme_id == code_of(session, 12).theme_id
    with pytest.raises(Conflict):
        change_code(session, coder, top, below=below, **{**values, "name": top.name})
    with pytest.raises(Conflict):
        rename(session, coder, top, "övergångar", "Praktiskt")
    assert add_code(session, coder, book, name="Börja om från början", theme_name="Nytt").key


@pytest.mark.parametrize("seed", range(4))
def test_any_row_of_changes_is_taken_back_and_done_again_exactly(
    session: Session, coder: Actor, book: Codebook, material: Material, seed: int
) -> None:
    random = Random(seed)
    for _code in range(3):
        name = f"Kod {_code}"
        add_code(session, coder, book, name=name, theme_name=random.choice(["Praktiskt", "Ny"]))
    for text in texts_of(session, material):
        for code in codes_of_book(session, book.id):
            start = random.randrange(6)
            apply_code(session, coder, text, code, start=start, end=start + 5)
    passages = session.scalar(select(func.count(Excerpt.id)))
    states = [shown(session, coder, material, book)]
    while len(states) < 12:
        try:
            _any_change(session, coder, book, random)
        except Conflict:
            continue
        now = shown(session, coder, material, book)
        if now != states[-1]:
            states.append(now)
    assert session.scalar(select(func.count(Excerpt.id))) == passages
    for state in reversed(states[:-1]):
        while shown(session, coder, material, book) != state:
            assert undo_change(session, coder, book) is not None
    while redo_change(session, coder, book) is not None:
        pass
    assert shown(session, coder, material, book) == states[-1]


def _any_change(session: Session, coder: Actor, book: Codebook, random: Random) -> None:
    codes = codes_of_book(session, book.id)
    code, other = random.choice(codes), random.choice(codes)
    theme = random.choice(queries.themes(session, book.id))
    kind = random.randrange(6)
    if kind == 0:
        merge_codes(session, coder, code, other)
    elif kind == 1:
        mine = session.scalars(select(Excerpt.id).where(Excerpt.code_id == code.id)).all()
        split_code(session, coder, code, f"Ny {random.random()}", mine[:1])
    elif kind == 2:
        retire_code(session, coder, code, is_retired=not code.is_retired)
    elif kind == 3:
        name = f"Namn {random.random()}"
        below = random.choice([None, other])
        change_code(
            session, coder, code, name=name, memo="", example="", theme_name=theme.name, below=below
        )
    elif kind == 4:
        change_theme(session, coder, theme, name=f"Tema {random.random()}", memo="")
    else:
        shift_theme(session, coder, theme)


def test_the_codebook_is_changed_on_its_pages(
    as_coordinator: CheckingClient, session: Session, book: Codebook, material: Material
) -> None:
    code, other = code_of(session, 1).public_id, code_of(session, 2).public_id
    theme = session.scalars(select(Theme.public_id).order_by(Theme.position.desc())).first()
    session.commit()
    page = f"/coding/codebooks/{book.public_id}"
    assert "Inget har ändrats" in as_coordinator.page(page)
    changed = {"name": "Börja om", "memo": "När man får dra allt igen.", "theme": "Praktiskt"}
    assert as_coordinator.submit(f"/coding/codes/{code}/change", changed).status_code == 303
    twice = as_coordinator.submit(f"/coding/codes/{other}/change", {**changed, "memo": ""})
    assert "redan en kod med det namnet" in twice.text
    as_coordinator.submit(f"/coding/themes/{theme}/up")
    as_coordinator.submit(f"/coding/codes/{code}/merge", {"into": other})
    told = as_coordinator.page(page)
    assert "När man får dra allt igen" not in told
    assert "rymmer även Börja om" in told
    as_coordinator.submit(f"{page}/undo")
    assert "När man får dra allt igen" in as_coordinator.page(page)
    as_coordinator.submit(f"/coding/codes/{code}/retire")
    assert "Används inte" in as_coordinator.page(page)
    assert "Börja om" not in as_coordinator.page(f"/coding/materials/{material.public_id}")
    as_coordinator.submit(f"/coding/codes/{code}/bring-back")
    assert "Används inte" not in as_coordinator.page(page)
