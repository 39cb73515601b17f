"""A question that was asked of everybody is a label above the words, and no part of them."""

import pytest
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, Material, MaterialText
from participation.coding.queries.searching import search_texts
from participation.coding.rules.drafts import MaterialTextDraft
from participation.coding.rules.exchange import read_project
from participation.coding.services import apply_code, review_text, take_material
from participation.coding.services.exchange import take_out
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.foundation.tabular import read_workbook
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_material, texts_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

DAY, NEXT = "Hur är en vanlig dag?", "Vad händer sedan?"
VOICES = 6


@pytest.fixture
def coordinator(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Ebba Demolund")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def interviews(session: Session, county: SmallCounty) -> Material:
    """Six interviews with two answers each."""
    make_codebook(session)
    drafts = [
        MaterialTextDraft(
            text=f"{words} {number}.", source_ref=f"voice-{number}", question=asked, part=part
        )
        for number in range(VOICES)
        for part, (asked, words) in enumerate(((DAY, "Lugn"), (NEXT, "Ingen vet")), start=1)
    ]
    return take_material(
        session,
        title="Brukarrevision: Exempelviken",
        source_kind="audit",
        source_public_id="audit2026bcd",
        texts=drafts,
    )


@pytest.fixture
def read_through(session: Session, interviews: Material) -> Material:
    for text in texts_of(session, interviews):
        review_text(session, SYSTEM, text, [])
    apply_code(session, SYSTEM, _first(session, interviews), code_of(session, 1), start=0, end=4)
    session.commit()
    return interviews


def _first(session: Session, material: Material) -> MaterialText:
    return texts_of(session, material)[0]


def test_the_answers_of_one_interview_stand_together_in_the_order_they_were_asked(
    session: Session, interviews: Material
) -> None:
    texts = texts_of(session, interviews)
    pairs = [texts[place : place + 2] for place in range(0, len(texts), 2)]
    assert [[one.question for one in pair] for pair in pairs] == [[DAY, NEXT]] * VOICES
    assert all(first.source_ref == second.source_ref for first, second in pairs)
    assert not any("?" in one.text for one in texts)


def test_the_question_stands_above_the_words_wherever_they_are_read(
    session: Session, read_through: Material, as_coordinator: CheckingClient
) -> None:
    text = _first(session, read_through)
    addresses = (
        f"/coding/materials/{read_through.public_id}",
        f"/coding/texts/{text.public_id}",
        f"/coding/codes/{code_of(session, 1).public_id}",
        "/coding/search?q=Lugn",
        f"/coding/texts/{text.public_id}/urgent",
    )
    session.commit()
    for address in addresses:
        page = as_coordinator.get(address).text
        assert f"{DAY}</p>" in page, address


def test_the_question_is_beside_what_is_read_through_and_nothing_in_it_is_hidden(
    session: Session, interviews: Material, as_coordinator: CheckingClient
) -> None:
    text = _first(session, interviews)
    text.question, text.text = "Vad gör Anna Andersson?", "Hon ringer Bo Bengtsson."
    session.commit()
    page = as_coordinator.get(f"/coding/texts/{text.public_id}/review").text
    assert "Vad gör Anna Andersson?</p>" in page
    assert "1. Bo Bengtsson" in page
    assert "1. Anna" not in page
    assert "2. " not in page.split("<fieldset")[1].split("</fieldset")[0]


def test_words_of_a_question_are_not_found_as_somebodys_words(
    session: Session, read_through: Material, coordinator: Actor
) -> None:
    assert search_texts(session, coordinator, "vanlig dag", 1).total == 0
    assert search_texts(session, coordinator, "Lugn", 1).total == VOICES


def test_a_passage_counts_from_the_answers_first_letter(
    session: Session, read_through: Material
) -> None:
    excerpt = session.query(Excerpt).one()
    text = session.get_one(MaterialText, excerpt.text_id)
    assert text.text[excerpt.start : excerpt.end] == "Lugn"


def test_files_for_other_programs_have_the_question_beside_the_words(
    session: Session, read_through: Material, coordinator: Actor
) -> None:
    project = take_out(session, coordinator, read_through, file_format="qdpx", reason="Prov")
    texts = read_project(project.content).texts
    assert {(one.question, one.text[:4]) for one in texts} == {(DAY, "Lugn"), (NEXT, "Inge")}
    made = take_out(session, coordinator, read_through, file_format="xlsx", reason="Prov")
    sheets = read_workbook(made.content, ("ställen", "svar och koder", "kodbok")).sheets
    passage = sheets["ställen"].lines[0].cells
    assert (passage["Fråga"], passage["Ställe"]) == (DAY, "Lugn")


def test_texts_that_answer_one_question_have_no_empty_column_for_it(
    session: Session, county: SmallCounty, coordinator: Actor
) -> None:
    make_codebook(session)
    material = make_material(session, [f"Svar {number}" for number in range(VOICES)])
    for text in texts_of(session, material):
        review_text(session, SYSTEM, text, [])
    made = take_out(session, coordinator, material, file_format="xlsx", reason="Prov")
    sheets = read_workbook(made.content, ("ställen", "svar och koder", "kodbok")).sheets
    assert "Fråga" not in sheets["svar och koder"].lines[0].cells
