"""A respondent's language holds from the first link to the last page, and a fallback is shown."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.rules.words import EASY
from participation.questionnaires.services import begin_draft
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")

ARABIC = "في مارس"


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session)
    made.results_on = "i mars"
    made.results_on_twins = {"ar": ARABIC}
    session.commit()
    return made


def test_when_the_results_come_is_said_in_the_language_chosen_or_marked_as_swedish(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin_draft(session, survey_round)
    session.commit()
    assert f'<bdi lang="ar" dir="rtl">{ARABIC}</bdi>' in client.page(f"/a/{code}/all?lang=ar")
    english = client.page(f"/a/{code}/all?lang=en")
    assert '<bdi lang="sv" dir="ltr">i mars</bdi>' in english
    assert "This text is not in English yet." in english
    assert "finns inte" not in client.page(f"/a/{code}/all").partition("Resultatet kommer")[2]


def test_a_typed_code_opens_the_language_in_which_the_answers_were_left(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin_draft(session, survey_round)
    session.commit()
    for address, query in (("lang=ar", "?lang=ar"), ("lang=sv&easy=1", "?easy=1"), ("", "")):
        left = client.post(
            f"/a/{code}/q/visits?{address}",
            data={"csrf_token": form_value(code), "q_visits": "4", "act": "later"},
        )
        assert left.status_code == 303
        found = client.post("/code", data={"code": in_groups(code)})
        again = client.get(found.headers["Location"])
        if query:
            assert again.headers["Location"] == f"/a/{code}{query}"
        else:
            assert again.status_code == 200
    chosen = client.post("/code?lang=en", data={"code": in_groups(code)})
    assert chosen.headers["Location"] == f"/a/{code}?lang=en"


def test_pages_with_and_without_a_cookie_hand_the_language_over(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    assert 'action="/code?lang=ar"' in client.page("/?lang=ar")
    answering = client.page("/q/stod?lang=ar")
    assert 'href="/?lang=ar"' in answering  # the start page, through its mark
    assert 'href="/"' not in answering
    assert 'href="/"' in client.page("/q/stod?lang=sv")


def test_a_round_is_told_in_every_language_of_its_questionnaire(
    as_coordinator: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    here = survey_round.version.questionnaire.public_id
    page = as_coordinator.page(f"/questionnaires/{here}/rounds/new?after={survey_round.public_id}")
    assert 'name="results_on_sv_easy"' in page
    assert re.search(rf'<input [^>]*lang="ar"[^>]*name="results_on_ar"[^>]*value="{ARABIC}"', page)


def test_the_page_around_easy_questions_is_easy_too_and_no_other_reader_gets_it(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin_draft(session, survey_round)
    session.commit()
    easy, usual = "Vi sparar dina svar när du går vidare.", "Dina svar sparas varje gång"
    for query, shown, hidden in (("", usual, easy), ("?easy=1", easy, usual), ("", usual, easy)):
        page = client.page(f"/a/{code}/q/visits{query}")
        assert shown in page
        assert hidden not in page
    data = {"csrf_token": form_value(code), "q_role": ""}
    assert "Du behöver svara här." in client.post(f"/a/{code}/q/role?easy=1", data=data).text
    assert usual in client.page(f"/a/{code}/q/visits?lang=sv")


def test_swedish_on_a_page_in_another_language_says_so(
    client: CheckingClient, session: Session
) -> None:
    group = session.scalars(select(Group).order_by(Group.id)).first()
    assert group is not None
    group.names = {"ar": "المجموعة"}
    session.commit()
    here = f"/groups/{group.public_id}"
    assert f'<h1><bdi lang="sv">{group.name}</bdi></h1>' in client.page(f"{here}?lang=en")
    assert "<h1>المجموعة</h1>" in client.page(f"{here}?lang=ar")
    assert f"<h1>{group.name}</h1>" in client.page(f"{here}?lang=sv")


def test_paper_in_easy_swedish_says_how_much_of_it_is_missing(
    as_coordinator: CheckingClient, survey_round: SurveyRound
) -> None:
    missing = missing_texts(survey_round.version.content, EASY)
    page = as_coordinator.page(f"/questionnaires/rounds/{survey_round.public_id}/paper")
    assert missing > 1
    assert f"Lätt svenska ({missing} texter saknas)" in page
