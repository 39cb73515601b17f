"""TRUST 1 and 3: what authors and respondents wrote is text on every page, never markup.

The client of the tests refuses any page with a script, a style or a handler of its own.
"""

from typing import Any

from sqlalchemy.orm import Session

from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import begin_draft
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>"


def _hostile(data: Any) -> Any:
    """The same questionnaire with HOSTILE behind each of its texts."""
    if isinstance(data, list):
        return [_hostile(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        name: {code: f"{text} {HOSTILE}" for code, text in value.items()}
        if name in {"title", "intro", "closing", "text", "help"}
        else _hostile(value)
        for name, value in data.items()
    }


def test_01_an_authors_texts_are_inert_for_respondents_and_staff(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session, _hostile(questionnaire_data()))
    questionnaire = survey_round.version.questionnaire.public_id
    rounds = f"/questionnaires/rounds/{survey_round.public_id}"
    code = begin_draft(session, survey_round)
    session.commit()
    for address in (
        "/q/stod",
        f"/a/{code}/q/role",
        f"/a/{code}/q/feelings",
        f"/a/{code}/all",
        f"/a/{code}/review",
        f"/a/{code}/later",
        f"/questionnaires/{questionnaire}",
        f"/questionnaires/{questionnaire}/preview",
        rounds,
        f"{rounds}/paper/form",
    ):
        page = as_coordinator.page(address)
        assert "<img src=x" not in page


def test_03_a_respondents_words_are_inert_where_they_are_read_through(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    code = begin_draft(session, make_round(session))
    session.commit()
    data = {"csrf_token": form_value(code)}
    client.post(f"/a/{code}/q/difference", data={**data, "q_difference": HOSTILE})
    client.post(
        f"/a/{code}/q/from_whom",
        data={**data, "q_from_whom": "other", "q_from_whom__other": HOSTILE},
    )
    for address in ("review", "all", "q/difference", "q/from_whom"):
        page = client.page(f"/a/{code}/{address}")
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
