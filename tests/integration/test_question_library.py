"""The question library: its content, finding in it, and copies that remember their origin."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.queries import content_of, versions
from participation.questionnaires.rules.exchange.xlsform_reading import read_xlsform
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.library import AREAS, found_in_library, library
from participation.questionnaires.rules.lint import HARD_EASY, lint_question, lix
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.words import EASY, LANGUAGES
from participation.questionnaires.services import create_questionnaire, publish_version
from tests.support.client import CheckingClient


def test_the_library_holds_good_questions_in_all_areas_and_languages() -> None:
    questions = list(library().values())
    assert len(questions) >= 40
    assert {question.area for question in questions} == set(AREAS)
    taken: set[str] = set()
    for question in questions:
        copy = question.copy(taken)
        taken.add(copy["key"])
        content = read_content({"title": {"sv": "T"}, "questions": [copy]})
        (made,) = content.questions
        assert lint_question(made, LANGUAGES) == (), question.key
        assert made.text.by_language.keys() == {*LANGUAGES, EASY}
        assert (lix(made.text.by_language[EASY]) or 0) <= HARD_EASY, question.key
        assert question.licence
        assert question.source
        assert content.languages == ("sv",) or question.text.speaks("ar")


def test_words_are_found_in_any_form_and_language() -> None:
    assert "lib_joint_plan" in {one.key for one in found_in_library("coordination", "plan")}
    assert {one.area for one in found_in_library("next_of_kin", "")} == {"next_of_kin"}
    assert found_in_library("", "respected zebra") == ()
    assert "lib_respect" in {one.key for one in found_in_library("", "respect")}


def test_a_copy_keeps_its_origin_also_through_a_workbook(
    as_coordinator: CheckingClient, session: Session
) -> None:
    made = create_questionnaire(session, SYSTEM, title={"sv": "Stöd"})
    public_id = made.public_id
    session.commit()
    page = as_coordinator.page(f"/questionnaires/library?to={public_id}&area=dignity")
    assert "Hur ofta bemöts du med respekt?" in page
    assert "CC0-1.0" in page
    assert "Hur ofta får du hjälp i tid?" not in page
    as_coordinator.submit(f"/questionnaires/{public_id}/library/lib_respect", {"area": "dignity"})
    as_coordinator.submit(f"/questionnaires/{public_id}/library/lib_own_words", {})
    content = content_of(versions(session, made.id)[0])
    assert [q.provenance for q in content.questions] == ["lib_respect", "lib_own_words"]
    again = read_xlsform(write_xlsform(content, "stod"))
    assert again.data is not None
    assert [q["provenance"] for q in again.data["questions"]] == ["lib_respect", "lib_own_words"]
    session.commit()
    assert "Tillagd" in as_coordinator.page(f"/questionnaires/library?to={public_id}&area=dignity")
    assert as_coordinator.submit(f"/questionnaires/{public_id}/library/nope", {}).status_code == 404
    assert "Ingen fråga passar" in as_coordinator.page("/questionnaires/library?words=zebra")


def test_the_editor_says_who_asks_nearly_the_same(
    as_coordinator: CheckingClient, session: Session
) -> None:
    made = {}
    for title in ("Enkät till närstående", "Enkät till brukare"):
        found = create_questionnaire(session, SYSTEM, title={"sv": title})
        session.commit()
        as_coordinator.submit(f"/questionnaires/{found.public_id}/library/lib_same_person", {})
        made[title] = found.public_id
    page = as_coordinator.page(f"/questionnaires/{made['Enkät till brukare']}")
    assert "En liknande fråga ställs redan i ”Enkät till närstående”" in page
    question = as_coordinator.page(
        f"/questionnaires/{made['Enkät till brukare']}/questions/same_person"
    )
    assert "En liknande fråga" in question
    assert "Från frågebiblioteket" in question
    (first,) = session.scalars(
        select(Questionnaire).where(Questionnaire.public_id == made["Enkät till närstående"])
    )
    publish_version(session, first, SYSTEM)
    session.commit()
    assert "En liknande fråga" in as_coordinator.page(
        f"/questionnaires/{made['Enkät till brukare']}"
    )


def test_a_question_of_the_countys_own_is_shared_found_and_copied_with_its_origin(
    as_coordinator: CheckingClient, session: Session
) -> None:
    client = as_coordinator
    source = create_questionnaire(session, SYSTEM, title={"sv": "Egen"})
    target = create_questionnaire(session, SYSTEM, title={"sv": "Ny"})
    here, there = source.public_id, target.public_id
    session.commit()
    scale = {"kind": "battery", "text": "Hur stämmer det?", "rows": "Jag vågar fråga\nJag får svar"}
    client.submit(f"/questionnaires/{here}/questions/new", {**scale, "options": "Ja\nNej"})
    at = f"/questionnaires/{here}/questions/hur_stammer_det/share"
    assert "Skriv vem som står bakom" in client.submit(at, {"area": "access"}).text
    said = {"area": "access", "owner": "Exempelregionen", "source": "Egen", "licence": "county"}
    assert client.submit(at, said).status_code == 303
    page = client.page(f"/questionnaires/library?to={there}&words=stämmer")
    assert "Exempelregionen" in page
    assert "Bara inom länet" in page
    client.submit(f"/questionnaires/{there}/library/own_hur_stammer_det", {})
    (copied,) = content_of(versions(session, target.id)[0]).questions
    (origin,) = content_of(versions(session, source.id)[0]).questions
    assert copied.key == origin.key == "hur_stammer_det"
    assert copied.provenance == origin.provenance == "own_hur_stammer_det"
    assert [row.key for row in copied.rows] == ["jag_vagar_fraga", "jag_far_svar"]
    session.commit()
    listed = client.page("/questionnaires/library")
    found = re.search(r"/questionnaires/library/(\w+)/withdraw", listed)
    assert found
    client.submit(found[0])
    assert "Exempelregionen" not in client.page("/questionnaires/library")


def test_the_library_is_read_page_by_page(as_coordinator: CheckingClient) -> None:
    first = as_coordinator.page("/questionnaires/library")
    last = as_coordinator.page("/questionnaires/library?page=2")
    asked = re.compile('<span id="(lib_[a-z_]+)">')
    found = [*asked.findall(first), *asked.findall(last)]
    assert len(asked.findall(first)) == 25
    assert set(found) >= set(library())
    assert len(set(found)) == len(found)
