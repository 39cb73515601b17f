"""The survey inventory: own surveys by themselves, others by hand or in a list, and its advice."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Organisation
from participation.foundation.permissions import SYSTEM
from participation.inventory.models import InventoryImport, InventorySurvey
from participation.inventory.queries import registered
from participation.questionnaires.models import Questionnaire
from participation.results.services import publish_round
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.factories.results import make_closed_round
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")
QUESTION = "Hur ofta möts du med respekt av personalen?"


def form(session: Session, **changes: object) -> dict[str, object]:
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    assert organisation is not None
    values = {
        "title": "Nöjd i hemmet",
        "organisation": str(organisation.id),
        "targets": ["older"],
        "how_often": "yearly",
        "last_year": "2025",
        "needs": "Tiderna hålls inte",
        "questions": QUESTION,
    }
    session.commit()
    return {**values, **changes}


def the_survey(session: Session) -> InventorySurvey:
    session.expire_all()
    found = session.scalars(select(InventorySurvey)).one()
    session.commit()
    return found


def test_a_survey_is_registered_changed_ended_and_taken_up_again(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session
) -> None:
    assert "Inga enkäter än" in client.page("/surveys")
    error = as_coordinator.submit("/inventory/new", form(session, title="", link="http://x"))
    assert "Skriv vad den heter" in error.text
    as_coordinator.submit("/inventory/new", form(session))
    page = client.page("/surveys?target=older")
    assert "Nöjd i hemmet" in page
    assert "Tiderna hålls inte" in page
    found = the_survey(session)
    assert QUESTION in client.page(f"/surveys/{found.public_id}")
    in_english = client.page("/surveys?lang=en")
    assert '<bdi lang="sv">Nöjd i hemmet</bdi>' in in_english
    client.page("/surveys?lang=sv")
    as_coordinator.submit(f"/inventory/{found.public_id}", form(session, title="Ny titel"))
    assert "Ny titel" in as_coordinator.page("/inventory")
    as_coordinator.submit(f"/inventory/{found.public_id}/end")
    client.page(f"/surveys/{found.public_id}", status=404)
    assert "Lägg tillbaka den" in as_coordinator.page("/inventory")
    as_coordinator.submit(f"/inventory/{found.public_id}/take-up")
    assert len(registered(session)) == 1


def test_a_list_is_only_read_until_somebody_says_yes(
    as_coordinator: CheckingClient, session: Session
) -> None:
    name = str(form(session)["organisation"])
    organisation = session.get_one(Organisation, int(name)).name
    session.commit()

    def send(table: str) -> str:
        file = (io.BytesIO(table.encode()), "enkater.csv")
        sent = as_coordinator.submit("/inventory/import", {"file": file})
        assert sent.status_code == 303, sent.text
        return str(sent.headers["Location"])

    stopped = as_coordinator.page(send("Enkät;Organisation\nEn;Ingen\n"))
    assert "Rätta raderna" in stopped
    assert "”Ingen” är inte känd här" in stopped
    check = send(f"Enkät;Organisation\nEn;{organisation}\nTvå;{organisation}\n")
    assert "2 enkäter är nya" in as_coordinator.page(check)
    assert session.scalars(select(InventorySurvey)).all() == []
    session.commit()
    as_coordinator.submit(f"{check}/confirm")
    assert [one.title for one in registered(session)] == ["En", "Två"]
    waiting = session.scalars(select(InventoryImport)).one()  # the stopped one
    session.commit()
    as_coordinator.submit(f"/inventory/imports/{waiting.public_id}/drop")
    assert session.scalars(select(InventoryImport)).all() == []


def test_a_questionnaire_held_here_comes_by_itself(
    client: CheckingClient, session: Session
) -> None:
    closed = make_closed_round(session)
    publish_round(session, SYSTEM, closed.id)
    session.commit()
    page = client.page("/surveys")
    assert "Regionen och kommunerna" in page
    assert "/releases/" in page
    rows = client.get("/surveys/list.csv").text.splitlines()
    assert len(rows) == 2


def test_a_survey_is_found_by_its_name_in_any_language(
    client: CheckingClient, session: Session
) -> None:
    title = {"sv": "Enkät om stödet", "en": "Questionnaire about support", "ar": "استبيان الدعم"}
    make_round(session, questionnaire_data(title=title))
    session.commit()
    for words in ("stödet", "questionnaire", "استبيان"):
        assert "Enkät om stödet" in client.page(f"/surveys?words={words}&lang=sv")
    assert "Questionnaire about support" in client.page("/surveys?words=stödet&lang=en")


def test_who_writes_a_question_hears_that_others_ask_it(
    as_coordinator: CheckingClient, session: Session
) -> None:
    as_coordinator.submit("/inventory/new", form(session))
    data = {
        "key": "egen",
        "title": {"sv": "Egen"},
        "questions": [
            {"key": "r", "kind": "short_text", "text": {"sv": QUESTION.replace("du", "ni")}}
        ],
    }
    make_round(session, data)
    found = session.scalars(select(Questionnaire.public_id)).one()
    session.commit()
    page = as_coordinator.page(f"/questionnaires/{found}")
    assert "En liknande fråga ställs redan i ”Nöjd i hemmet”" in page
    assert f"/surveys/{the_survey(session).public_id}" in page
