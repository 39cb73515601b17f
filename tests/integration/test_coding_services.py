"""Taking in, reviewing, coding, undoing and forgetting."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding import queries
from participation.coding.models import Excerpt, MaterialText
from participation.coding.queries.voices import uncoded_in, who_said_what
from participation.coding.rules.drafts import CodebookDraft, MaterialTextDraft
from participation.coding.rules.filters import TextFilter
from participation.coding.rules.passages import Mask
from participation.coding.services import (
    add_code,
    apply_code,
    forget_material,
    load_codebook,
    mask_passage,
    remove_excerpt,
    review_text,
    set_aside,
    undo,
)
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import (
    code_of,
    make_codebook,
    make_material,
    make_reviewed_material,
    texts_of,
)
from tests.support.county import SmallCounty


@pytest.fixture
def coder(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Ebba Demolund")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def excerpts(session: Session) -> list[tuple[int, int]]:
    rows = session.execute(select(Excerpt.start, Excerpt.end).order_by(Excerpt.id))
    return [(row[0], row[1]) for row in rows]


def test_material_may_be_handed_in_twice_and_takes_only_what_is_new(
    session: Session, coder: Actor
) -> None:
    make_material(session, ["Ett", "Två", "  "])
    material = make_material(session, ["Ett", "Två", "Tre", "Fyra"])
    texts = texts_of(session, material)
    assert sorted(text.text for text in texts) == ["Ett", "Fyra", "Tre", "Två"]
    assert [text.number for text in texts] == [1, 2, 3, 4]


def test_a_raw_text_is_read_by_its_owner_only(session: Session, coder: Actor) -> None:
    owner = make_account(session, "Olof Ägarsson")
    session.flush()
    material = make_material(session, owner_account_id=owner.id)
    (text,) = texts_of(session, material)
    with pytest.raises(NotFound):
        queries.raw_text(session, coder, text.public_id)
    with pytest.raises(NotFound):
        queries.reviewable_material(session, coder, material.public_id)
    with pytest.raises(NotFound):
        queries.text(session, coder, text.public_id)
    own = Actor(account_id=owner.id, grants=coder.grants, is_strong=True)
    assert queries.raw_text(session, own, text.public_id) is text


def test_material_of_another_organisation_does_not_exist(
    session: Session, coder: Actor, county: SmallCounty
) -> None:
    material = make_material(session, organisation_id=county.region.id)
    outsider = Actor(
        account_id=coder.account_id,
        grants=(Grant(Role.COORDINATOR, organisation_id=county.torsas.id),),
        is_strong=True,
    )
    assert queries.materials(session, outsider) == []
    with pytest.raises(NotFound):
        queries.material(session, outsider, material.public_id)
    assert queries.material(session, coder, material.public_id) is material


def test_reviewing_replaces_what_points_to_somebody_for_good(
    session: Session, coder: Actor
) -> None:
    (text,) = texts_of(session, make_material(session, ["Viljar fick börja om 👋"]))
    review_text(session, coder, text, [Mask(start=0, end=6, kind="name")])
    assert text.text == "[namn] fick börja om 👋"
    assert text.masks == [{"start": 0, "end": 6, "kind": "name"}]
    with pytest.raises(Conflict):
        review_text(session, coder, text, [])


def test_a_text_cannot_be_coded_before_somebody_has_read_it(session: Session, coder: Actor) -> None:
    make_codebook(session)
    (text,) = texts_of(session, make_material(session))
    with pytest.raises(Conflict):
        apply_code(session, coder, text, code_of(session, 1), start=0, end=3)


def test_coding_twice_changes_nothing_and_everything_can_be_undone(
    session: Session, coder: Actor
) -> None:
    make_codebook(session)
    material = make_reviewed_material(session, ["Hej 👋 du som läser"])
    (text,) = texts_of(session, material)
    first = apply_code(session, coder, text, code_of(session, 1), start=6, end=9)
    assert apply_code(session, coder, text, code_of(session, 1), start=6, end=8) is first
    assert text.text[first.start : first.end] == "du"
    apply_code(session, coder, text, code_of(session, 2), start=0, end=8)
    remove_excerpt(session, coder, first)
    assert excerpts(session) == [(0, 8)]
    undo(session, coder, material)
    assert sorted(excerpts(session)) == [(0, 8), (6, 8)]
    undo(session, coder, material)
    undo(session, coder, material)
    assert excerpts(session) == []
    assert undo(session, coder, material) is None


def test_undo_touches_the_coders_own_steps_only(session: Session, coder: Actor) -> None:
    make_codebook(session)
    material = make_reviewed_material(session)
    (text,) = texts_of(session, material)
    other = make_account(session, "Otto Annan")
    session.flush()
    apply_code(session, coder, text, code_of(session, 1), start=0, end=3)
    assert undo(session, Actor(account_id=other.id), material) is None
    assert excerpts(session) == [(0, 3)]


def test_a_text_with_nothing_to_code_counts_as_coded(session: Session, coder: Actor) -> None:
    material = make_reviewed_material(session, ["Bra.", "Vet inte."])
    set_aside(session, coder, texts_of(session, material)[0])
    (line,) = queries.materials(session, coder)
    assert (line.total, line.reviewed, line.coded, line.to_code) == (2, 2, 1, 1)
    undo(session, coder, material)
    (line,) = queries.materials(session, coder)
    assert line.coded == 0


def test_hiding_words_later_moves_the_excerpts_with_the_text(
    session: Session, coder: Actor
) -> None:
    make_codebook(session)
    (text,) = texts_of(session, make_reviewed_material(session, ["Mirre på boendet lyssnade"]))
    apply_code(session, coder, text, code_of(session, 1), start=17, end=25)
    apply_code(session, coder, text, code_of(session, 2), start=0, end=16)
    mask_passage(session, coder, text, 0, 5)
    assert text.text == "[dolt] på boendet lyssnade"
    shown = {text.text[start:end] for start, end in excerpts(session)}
    assert shown == {"lyssnade", "[dolt] på boendet"}


def test_forgetting_a_voice_takes_its_texts_and_excerpts_along(
    session: Session, coder: Actor
) -> None:
    make_codebook(session)
    material = make_reviewed_material(session, ["Ett", "Två"])
    for text in texts_of(session, material):
        apply_code(session, coder, text, code_of(session, 1), start=0, end=3)
    session.commit()
    assert forget_material(session, "voice-0") == 1
    session.commit()
    assert session.scalar(select(func.count()).select_from(MaterialText)) == 1
    assert len(excerpts(session)) == 1


def test_the_grid_is_filtered_by_what_stands_beside_the_text(
    session: Session, coder: Actor
) -> None:
    make_codebook(session)
    material = make_reviewed_material(session, ["Bussen går 07.10", "100 % nöjd", "Ingen lyssnade"])
    first = texts_of(session, material)[0]
    apply_code(session, coder, first, code_of(session, 1), start=0, end=4)

    def numbers(**wanted: object) -> list[int]:
        page = queries.grid_page(session, coder, material, TextFilter(**wanted), 1)  # type: ignore[arg-type]
        return [text.number for text in page.items]

    assert numbers()[-1] == first.number  # uncoded first
    assert numbers(state="coded") == [first.number]
    assert numbers(state="order") == [1, 2, 3]
    assert len(numbers(contains="%")) == 1
    assert numbers(contains="LYSSNADE") != []
    assert numbers(role="child") == []
    assert numbers(municipality_code="0880", state="order") == [1, 2, 3]
    assert numbers(code_number=1) == [first.number]


def test_voices_are_people_not_texts(session: Session, coder: Actor) -> None:
    make_codebook(session)
    first = make_reviewed_material(session, ["Ett", "Två"])
    second = make_reviewed_material(session, ["Tre"], question_key="other")
    for text in (*texts_of(session, first), *texts_of(session, second)):
        apply_code(session, coder, text, code_of(session, 1), start=0, end=3)
    spread = queries.voice_spread(session, [first.id, second.id], [code_of(session, 1).id])
    assert (spread.count, spread.n, spread.roles, spread.municipalities) == (2, 2, 1, 1)
    assert queries.voices_by_role(session, [first.id]) == {(first.id, "next_of_kin"): 2}


def test_a_text_that_waits_to_be_coded_does_not_say_no(session: Session, coder: Actor) -> None:
    make_codebook(session)
    material = make_reviewed_material(session, ["Ett", "Två", "Tre"])
    first, second, third = texts_of(session, material)
    code = code_of(session, 1)
    apply_code(session, coder, first, code, start=0, end=3)
    spread = queries.voice_spread(session, [material.id], [code.id])
    assert (spread.count, spread.n) == (1, 1)
    set_aside(session, coder, second)
    spread = queries.voice_spread(session, [material.id], [code.id])
    assert (spread.count, spread.n) == (1, 2)
    assert set(who_said_what(session, [material.id]).groups) == {
        first.source_ref,
        second.source_ref,
    }
    (left,) = uncoded_in(session, coder, [material.id])
    assert (left.material, left.texts, left.is_open) == (material, 1, True)
    apply_code(session, coder, third, code, start=0, end=3)
    assert uncoded_in(session, coder, [material.id]) == []


def test_a_codebook_is_brought_up_to_date_and_grows(session: Session, coder: Actor) -> None:
    book = make_codebook(session)
    make_codebook(session)
    code = add_code(session, coder, book, name="Väntan", theme_name="praktiskt", memo="Köer")
    assert code.number == 13
    lines = queries.code_lines(session, book.id)
    assert [(line.theme.name, line.code.number) for line in lines] == [
        ("Sammanhang", 1),
        ("Sammanhang", 2),
        ("Praktiskt", 12),
        ("Praktiskt", 13),
    ]
    with pytest.raises(Conflict):
        add_code(session, coder, book, name="väntan", theme_name="Nytt")
    assert load_codebook(session, CodebookDraft(key="stod", title="Annat")).title == "Annat"


def test_a_draft_may_name_its_language() -> None:
    assert MaterialTextDraft(text="Hi", source_ref="x", language="en").language == "en"
