"""Bad input and bad luck while answering: told at the field or in a friendly page, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.ceilings import TokenBucket
from participation.foundation.clock import now
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import ResponseDraft, SurveyRound
from participation.questionnaires.queries import opened_link
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.rounds import LinkKind
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import begin_draft
from participation.questionnaires.services.links import make_open_links
from participation.questionnaires.views.answer import CEILINGS
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")
WORDS = "Att någon ringde.\nOch lyssnade."


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session)
    session.commit()
    return made


@pytest.fixture
def code(session: Session, survey_round: SurveyRound) -> str:
    begun = begin_draft(session, survey_round)
    session.commit()
    return begun


def answer(client: CheckingClient, code: str, key: str, **typed: Any) -> Any:
    data = {f"q_{name}": value for name, value in typed.items()}
    return client.post(f"/a/{code}/q/{key}", data={"csrf_token": form_value(code), **data})


def saved(session: Session, code: str) -> Answers:
    session.rollback()
    opened = opened_link(session, code)
    session.rollback()
    assert opened is not None
    assert opened.draft is not None
    return opened.draft.answers


def test_a_megabyte_of_arabic_is_given_back_to_shorten(
    client: CheckingClient, session: Session, code: str
) -> None:
    typed = "م" * 500_000  # three megabytes on their way here
    page = answer(client, code, "difference", difference=typed)
    assert page.status_code == 200
    assert page.text.count("för långt") == 2  # in the summary and at the field
    assert typed in page.text
    assert saved(session, code).texts == {}


def test_what_no_server_takes_gets_a_page_that_says_what_is_kept(
    client: CheckingClient, session: Session, code: str
) -> None:
    answer(client, code, "visits", visits="7")
    page = answer(client, code, "difference", difference="x" * 13_000_000)
    assert page.status_code == 413
    assert "Det du sparade förut finns kvar" in page.text
    assert f'href="/a/{code}/q/difference"' in page.text
    assert saved(session, code).closed == {"visits": 7}


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("visits", "1e400", "tal mellan 0 och 50"),
        ("visits", "½", "tal med siffror"),
        ("visits", "\ud800", ""),
        ("role", "\x00me\x00x", "Välj ett av alternativen"),
    ],
)
def test_odd_values_are_told_at_the_field(
    client: CheckingClient, code: str, key: str, typed: str, message: str
) -> None:
    sent = typed.encode("utf-8", "surrogatepass")
    page = answer(client, code, key, **{key: sent})
    assert page.status_code in {200, 303}
    assert message in page.text


def test_two_tabs_keep_both_answers(client: CheckingClient, session: Session, code: str) -> None:
    client.page(f"/a/{code}/q/visits")
    client.page(f"/a/{code}/q/difference")
    answer(client, code, "difference", difference="Att någon ringde.")
    answer(client, code, "visits", visits="3")
    kept = saved(session, code)
    assert (kept.closed, kept.texts) == ({"visits": 3}, {"difference": "Att någon ringde."})


def test_back_and_next_keep_what_a_changed_answer_hides(
    client: CheckingClient, session: Session, code: str
) -> None:
    answer(client, code, "role", role="kin")
    answer(client, code, "kin_let_in", kin_let_in="yes")
    changed = answer(client, code, "role", role="me")  # with the back button
    assert changed.location.endswith("/q/from_whom")
    assert "Får du vara med?" not in client.page(f"/a/{code}/review")
    stale = answer(client, code, "kin_let_in", kin_let_in="no")  # a page that is hidden by now
    assert stale.status_code in {200, 303}
    answer(client, code, "role", role="kin")
    assert "Får du vara med?" in client.page(f"/a/{code}/review")
    assert saved(session, code).closed["kin_let_in"] == "yes"


def test_closing_while_somebody_writes_gives_the_words_back(
    client: CheckingClient, session: Session, survey_round: SurveyRound, code: str
) -> None:
    form = {"csrf_token": form_value(code), "round": survey_round.public_id}
    survey_round.closes_at = now() - timedelta(seconds=1)
    session.commit()
    for page in (
        answer(client, code, "difference", difference=WORDS),
        client.post(f"/a/{code}/all", data={**form, "q_difference": WORDS}),
    ):
        assert "Enkäten har stängt" in page.text
        assert WORDS in page.text
    assert answer(client, code, "visits", visits="3").status_code == 303


def test_answers_sent_in_another_tab_give_the_words_back(
    client: CheckingClient, session: Session, code: str
) -> None:
    session.delete(session.scalars(select(ResponseDraft)).one())
    session.commit()
    page = answer(client, code, "difference", difference="<b>Att någon</b> ringde.")
    assert "Här finns inget kvar" in page.text
    assert "&lt;b&gt;Att någon&lt;/b&gt; ringde." in page.text


def test_a_shared_tablet_gives_no_words_back(
    client: CheckingClient, session: Session, survey_round: SurveyRound, code: str
) -> None:
    tablet = make_open_links(session, SYSTEM, survey_round, [None], LinkKind.KIOSK)[0].code
    session.delete(session.scalars(select(ResponseDraft)).one())
    session.commit()
    data = {"csrf_token": form_value(code), "q_difference": WORDS}
    page = client.post(f"/a/{code}/q/difference?kiosk={tablet}", data=data)
    assert page.status_code == 303
    assert "ringde" not in page.text


def test_a_connection_that_breaks_in_the_middle_changes_nothing_and_can_be_tried_again(
    client: CheckingClient, session: Session, code: str
) -> None:
    answer(client, code, "visits", visits="3")
    body = f"csrf_token={form_value(code)}&q_difference=Att+n"
    broken = client.post(
        f"/a/{code}/q/difference",
        data=body,
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"CONTENT_LENGTH": str(len(body) + 50)},
    )
    assert broken.status_code == 400
    assert (saved(session, code).closed, saved(session, code).texts) == ({"visits": 3}, {})
    for _try in range(2):
        again = answer(client, code, "difference", difference="Att någon ringde.")
        assert again.location.endswith("/q/municipality")
    assert saved(session, code).texts == {"difference": "Att någon ringde."}


def test_when_very_many_start_the_page_says_to_try_again(
    app: Flask, client: CheckingClient, survey_round: SurveyRound
) -> None:
    app.extensions[CEILINGS].starts = TokenBucket(burst=0, per_second=0)
    data = {"csrf_token": form_value(survey_round.public_id)}
    page = client.post("/q/stod/start?lang=ar", data=data)
    assert (page.status_code, page.headers["Retry-After"]) == (429, "60")
    assert 'dir="rtl"' in page.text
    assert client.get("/q/stod/start").location == "/q/stod"  # where "try again" leads


def test_only_answer_pages_promise_something_about_contact(
    client: CheckingClient, session: Session, survey_round: SurveyRound, code: str
) -> None:
    promise = "Ingen kontaktar dig på grund av det du svarar här."
    assert client.page(f"/a/{code}/q/visits").count(promise) == 1
    for address in ("/code", "/withdraw", "/q/nosuch"):
        assert promise not in client.get(address).text
