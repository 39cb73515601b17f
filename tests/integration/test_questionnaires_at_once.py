"""All questions on one page, sent from there; and blank pages that are drawn once for everybody."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from participation.foundation.permissions import SYSTEM
from participation.foundation.web import EXTENSION
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseDraft,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import begin_draft, close_round, issue_links
from participation.questionnaires.views.answer import BLANKS
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")
RECEIPT = re.compile(r'<strong><bdi dir="ltr">([0-9A-Z-]{19})</bdi>')


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session)
    session.commit()
    return made


def begun(session: Session, survey_round: SurveyRound) -> str:
    code = begin_draft(session, survey_round, answers_for="self")
    session.commit()
    return code


def form_of(client: CheckingClient, code: str) -> dict[str, str]:
    """What the page sends along with the answers."""
    page = client.page(f"/a/{code}/all")
    form = page[page.index("<form") : page.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def count(session: Session, model: Any) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(model)) or 0
    session.rollback()  # let go of the database: the application writes in another session
    return found


def test_the_page_with_all_questions_sends_and_shows_the_receipt(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    page = client.page(f"/a/{code}/all")
    assert "Det här skickar dina svar" in page
    data = {**form_of(client, code), "q_role": "me", "q_difference": "Att någon ringde."}
    sent = client.post(f"/a/{code}/all", data=data)
    assert "Tack. Dina svar har kommit fram." in sent.text
    assert session.scalars(select(Response.respondent_role)).one() == "patient"
    assert session.scalars(select(ResponseText.text)).one() == "Att någon ringde."
    assert count(session, ResponseDraft) == 0


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_sent_again_it_gives_the_same_receipt_in_any_language(
    client: CheckingClient, session: Session, mode: Mode
) -> None:
    code = begun(session, make_round(session, mode=mode))
    data = {**form_of(client, code), "q_role": "me"}
    first = client.post(f"/a/{code}/all", data=data)
    again = client.post(f"/a/{code}/all", data=data)
    assert first.text == again.text
    form = re.search(r'id="again".*?</form>', first.text, re.DOTALL)
    assert form
    carried = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    in_arabic = client.post(f"/a/{code}/all?lang=ar", data=carried)
    assert RECEIPT.findall(in_arabic.text) == RECEIPT.findall(first.text)
    assert count(session, WaitingResponse if mode is Mode.ANONYMOUS else Response) == 1


def test_fifty_parallel_submits_store_one_answer_and_give_fifty_receipts(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    link = issue_links(session, survey_round, 1)[0]
    begin_draft(session, survey_round, code=link)
    session.commit()
    data = {**form_of(client, link), "q_role": "me", "q_visits": "3"}

    def submit(_number: int) -> str:
        return app.test_client().post(f"/a/{link}/all", data=data).text

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(submit, range(50)))
    assert len({receipt for page in pages for receipt in RECEIPT.findall(page)}) == 1
    assert all(RECEIPT.search(page) for page in pages)
    assert count(session, Response) == 1
    assert session.scalars(select(AccessToken.is_spent)).all() == [True]


def test_a_question_that_the_answers_lead_to_is_asked_before_anything_is_sent(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    data = {**form_of(client, code), "q_role": "kin", "q_respect": "often"}
    asked = client.post(f"/a/{code}/all", data=data).text
    assert "Dina svar ledde till en fråga till" in asked
    assert '<a href="#q_kin_let_in-0">Får du vara med?</a>' in asked
    assert 'id="q_kin_let_in-0"' in asked
    assert count(session, Response) == 0
    sent = client.post(f"/a/{code}/all", data={**data, "q_kin_let_in": "no"})
    assert "Din kvittokod" in sent.text


def test_a_browser_with_scripts_is_told_what_follows_and_nothing_is_sent(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    assert 'data-decides="q_role"' in client.page(f"/a/{code}/all")
    data = {**form_of(client, code), "q_role": "kin", "q_difference": "Att någon ringde."}
    follows = client.post(f"/a/{code}/all", data={**data, "act": "follow"}).text
    assert 'data-screen="kin_let_in"' in follows
    assert count(session, Response) == 0
    data["q_role"] = "me"
    assert (
        'data-screen="kin_let_in"'
        not in client.post(f"/a/{code}/all", data={**data, "act": "follow"}).text
    )
    assert "Att någon ringde." in client.page(f"/a/{code}/all")


def test_what_is_wrong_is_told_at_the_field_and_nothing_is_sent_or_lost(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    data = {**form_of(client, code), "q_visits": "många", "q_difference": "Att någon ringde."}
    refused = client.post(f"/a/{code}/all", data=data).text
    assert refused.count("Här behöver vi ett svar") == 2  # in the summary and at the field
    assert 'value="många"' in refused
    assert count(session, Response) == 0
    assert "Att någon ringde." in client.page(f"/a/{code}/all")  # on another device, say


def test_nothing_answered_is_told_and_not_sent(client: CheckingClient, session: Session) -> None:
    only = {
        "key": "kort",
        "title": {"sv": "Kort"},
        "audience": ["patient"],
        "questions": [{"key": "word", "kind": "short_text", "text": {"sv": "Ett ord?"}}],
    }
    code = begun(session, make_round(session, only, slug="kort"))
    told = client.post(f"/a/{code}/all", data=form_of(client, code)).text
    assert "Du har inte svarat på någon fråga än" in told
    assert count(session, Response) == 0


def test_leaving_for_later_and_the_enter_key_save_and_send_nothing(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    page = client.page(f"/a/{code}/all")
    form = page[page.index("<form") : page.index("</form>")]
    first = re.search(r"<button[^>]*>", form)  # the one that Enter presses
    assert first
    assert 'name="act" value="look" hidden' in first[0]
    data = {**form_of(client, code), "q_role": "me", "q_visits": "4"}
    for act, leads in (("look", "/review"), ("later", "/later")):
        saved = client.post(f"/a/{code}/all", data={**data, "act": act})
        assert saved.headers["Location"] == f"/a/{code}{leads}"
    assert count(session, Response) == 0
    assert 'value="4"' in client.page(f"/a/{code}/q/visits")


def test_a_form_from_elsewhere_and_a_closed_round_store_nothing(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    data = {**form_of(client, code), "q_role": "me"}
    assert client.post(f"/a/{code}/all", data={**data, "csrf_token": "0"}).status_code == 400
    assert client.post(f"/a/{code}/all", data={**data, "round": ""}).status_code == 404
    close_round(session, survey_round, SYSTEM)
    session.commit()
    assert "Enkäten har stängt" in client.post(f"/a/{code}/all", data=data).text
    assert count(session, Response) == 0


def test_the_next_person_at_a_shared_tablet_gets_no_receipt(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    data = {**form_of(client, code), "q_role": "me"}
    assert "Din kvittokod" in client.post(f"/a/{code}/all?kiosk=abc234", data=data).text
    again = client.post(f"/a/{code}/all?kiosk=abc234", data=data).text
    assert "redan skickade" in again
    assert data["receipt"] not in again


def test_39_no_receipt_is_shown_before_the_answer_is_on_disk(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    data = {**form_of(client, code), "q_role": "me", "q_difference": "Att någon ringde."}
    sessions = app.extensions[EXTENSION].sessions

    def disk_is_full(_session: Session) -> None:
        raise OperationalError("COMMIT", {}, OSError("disk full"))

    event.listen(sessions, "before_commit", disk_is_full)
    try:
        failed = client.post(f"/a/{code}/all", data=data)
    finally:
        event.remove(sessions, "before_commit", disk_is_full)
    assert failed.status_code == 503
    assert "Att någon ringde." in failed.text
    assert "Din kvittokod" not in failed.text
    assert count(session, Response) == 0
    assert "Din kvittokod" in client.post(f"/a/{code}/all", data=data).text


# -- blank pages ---------------------------------------------------------------------------------


def test_a_blank_page_is_filled_in_for_each_and_keeps_nobody(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    codes = [begun(session, survey_round), begun(session, survey_round)]
    for address in ("/all", "/q/role", "/q/feelings?lang=ar&kiosk=abc234", "/q/visits?change=1"):
        pages = [client.page(f"/a/{code}{address}") for code in codes]
        for code, other, page in zip(codes, reversed(codes), pages, strict=True):
            assert code in page
            assert form_value(code) in page
            assert other not in page
            assert form_value(other) not in page
    kept = str(app.extensions[BLANKS].__dict__)
    assert "Vem är du?" in kept
    for code in codes:
        receipt = form_of(client, code)["receipt"]
        assert not any(own in kept for own in (code, form_value(code), receipt))


def test_odd_addresses_push_nobodys_page_out(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    kept = app.extensions[BLANKS].__dict__["_drawn"]
    client.page(f"/a/{code}/all?lang=ar")
    assert len(kept) == 1
    for odd in ("lang=zz", "lang=tlh", "easy=7", "change=yes", "kiosk=abc234"):
        assert "Vem är du?" in client.page(f"/a/{code}/all?{odd}")
    assert len(kept) == 1


def test_a_page_with_answers_is_kept_by_nobody_and_changes_with_them(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begun(session, survey_round)
    before = client.page(f"/a/{code}/q/visits")
    assert "Fråga 4 av 6" in before
    data = {"csrf_token": form_value(code)}
    client.post(f"/a/{code}/q/visits", data={**data, "q_visits": "37"})
    assert 'value="37"' in client.page(f"/a/{code}/q/visits")
    assert 'value="37"' in client.page(f"/a/{code}/all")
    assert 'value="37"' not in str(app.extensions[BLANKS].__dict__)
    client.post(f"/a/{code}/q/role", data={**data, "q_role": "kin"})
    client.post(f"/a/{code}/q/visits", data=data)
    assert "Fråga 5 av 7" in client.page(f"/a/{code}/q/visits")  # next of kin get one more
