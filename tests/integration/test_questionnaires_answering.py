"""Answering without account, cookie or script; storing once; closing; totals."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.foundation.ceilings import TokenBucket
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseDraft,
    ResponseText,
    SurveyRound,
)
from participation.questionnaires.queries import (
    layout_of,
    response_counts,
    round_by_id,
    round_totals,
)
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.packing import unpack
from participation.questionnaires.rules.rounds import RoundState, week_number
from participation.questionnaires.rules.sealing import draft_key, form_value, unseal
from participation.questionnaires.services import (
    NewResponse,
    begin_draft,
    close_round,
    issue_links,
    store_response,
    store_responses,
)
from participation.questionnaires.views.answer import CEILINGS
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session)
    session.commit()
    return made


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def begin(client: CheckingClient, answers_for: str = "self") -> str:
    """Start at the open link; the code of the draft."""
    page = client.get("/q/stod")
    data = {"csrf_token": hidden(page.text, "csrf_token"), "answers_for": answers_for}
    started = client.post("/q/stod/start", data=data)
    assert started.status_code == 303
    return started.headers["Location"].split("/")[2]


def answer(client: CheckingClient, code: str, key: str, **typed: Any) -> Any:
    data = {f"q_{name}": value for name, value in typed.items()}
    return client.post(f"/a/{code}/q/{key}", data={"csrf_token": form_value(code), **data})


def sending(client: CheckingClient, code: str) -> dict[str, str]:
    page = client.get(f"/a/{code}/review").text
    return {name: hidden(page, name) for name in ("csrf_token", "receipt", "round")}


def count(session: Session, model: Any) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(model)) or 0
    session.rollback()  # let go of the database: the application writes in another session
    return found


def test_a_relative_answers_from_the_open_link_to_the_receipt(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client, "kin_for_self")
    assert answer(client, code, "role", role="kin").headers["Location"].endswith("/q/from_whom")
    answer(client, code, "from_whom", from_whom=["care", "other"], from_whom__other="Grannen")
    answer(client, code, "kin_let_in", kin_let_in="yes")
    answer(client, code, "feelings", respect="often", reach="seldom")
    answer(client, code, "visits", visits="3")
    answer(client, code, "difference", difference="Att någon ringde.")
    last = answer(client, code, "municipality", municipality="0880")
    assert last.headers["Location"].endswith("/review")
    data = sending(client, code)
    receipt = client.post(f"/a/{code}/send", data=data)
    assert "Tack. Dina svar har kommit fram." in receipt.text
    stored = session.scalars(select(Response)).one()
    places = layout_of(round_by_id(session, stored.round_id).version)
    assert stored.answers == "11100010"
    assert unpack(places, stored.answers, stored.numbers) == {
        "role": "kin",
        "from_whom": "care other",
        "kin_let_in": "yes",
        "respect": "often",
        "reach": "seldom",
        "visits": 3,
        "municipality": "0880",
    }
    assert stored.respondent_role == "next_of_kin"
    assert stored.answers_for == "kin_for_self"
    texts = {one.question_key: one.text for one in session.scalars(select(ResponseText))}
    assert texts == {"difference": "Att någon ringde.", "from_whom.other": "Grannen"}
    assert count(session, ResponseDraft) == 0


def test_no_answer_page_sets_a_cookie_or_may_be_kept(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    code = begin(client)
    for address in ("/q/stod", f"/a/{code}", f"/a/{code}/q/role", f"/a/{code}/review", "/code"):
        response = client.get(address)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


def test_looking_at_a_link_creates_nothing(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    token = issue_links(session, survey_round, 1)[0]
    session.commit()
    for _visit in range(5):
        client.head(f"/a/{token}")
        client.get(f"/a/{token}")
        client.get("/q/stod")
    assert count(session, ResponseDraft) == 0
    assert session.scalars(select(AccessToken.is_spent)).all() == [False]


def test_a_personal_link_is_its_own_code_and_gives_one_answer(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    token = issue_links(session, survey_round, 3)[1]
    session.commit()
    client.post(f"/a/{token}/start", data={"csrf_token": form_value(token)})
    answer(client, token, "role", role="me")
    assert "Välkommen tillbaka" in client.page(f"/a/{token}")
    client.post(f"/a/{token}/send", data=sending(client, token))
    assert "redan skickade" in client.page(f"/a/{token}")
    spent = session.scalars(select(AccessToken).where(AccessToken.is_spent)).all()
    assert len(spent) == 1
    assert token.encode() not in spent[0].hash


def test_the_last_submit_sent_again_gives_the_receipt_again(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    answer(client, code, "role", role="me")
    data = sending(client, code)
    first = client.post(f"/a/{code}/send", data=data)
    again = client.post(f"/a/{code}/send", data=data)
    assert first.text == again.text
    assert count(session, Response) == 1


def test_fifty_parallel_submits_of_one_link_store_one_answer_and_give_fifty_receipts(
    app: Flask, client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    answer(client, code, "role", role="me")
    data = sending(client, code)
    session.rollback()

    def submit(_number: int) -> str:
        return app.test_client().post(f"/a/{code}/send", data=data).text

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(submit, range(50)))
    assert all("Din kvittokod" in page for page in pages)
    assert count(session, Response) == 1


def test_a_required_answer_is_asked_for_and_others_may_be_skipped(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    code = begin(client)
    refused = answer(client, code, "role")
    assert refused.status_code == 200
    assert "Här behöver vi ett svar" in refused.text
    assert "Fel:" in refused.text
    assert answer(client, code, "from_whom").status_code == 303


@pytest.mark.parametrize(
    ("key", "typed", "message", "kept"),
    [
        ("difference", {"difference": "x" * 1_000_000}, "för långt", "x" * 1_000_000),
        ("role", {"role": "' OR 1=1"}, "Välj ett av alternativen", ""),
        ("from_whom", {"from_whom": ["care", "none"]}, "går inte ihop", 'value="none"'),
        ("visits", {"visits": "många"}, "tal med siffror", "många"),
    ],
)
def test_bad_input_gets_a_message_at_the_field_and_is_kept(
    client: CheckingClient,
    survey_round: SurveyRound,
    key: str,
    typed: dict[str, Any],
    message: str,
    kept: str,
) -> None:
    page = answer(client, begin(client), key, **typed)
    assert page.status_code == 200
    assert page.text.count(message) >= 2  # in the summary and at the field
    assert kept in page.text


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "مرحبا بكم",
        "👩🏽‍🚒",
        "a\x00b",
        "&lt; 100 % \\ x",
        "'; DROP--",
    ],
)
def test_odd_text_arrives_and_is_shown_as_text(
    client: CheckingClient, session: Session, survey_round: SurveyRound, typed: str
) -> None:
    code = begin(client)
    answer(client, code, "role", role="me")
    answer(client, code, "difference", difference=typed)
    page = client.page(f"/a/{code}/review")
    assert "<script>alert" not in page
    client.post(f"/a/{code}/send", data=sending(client, code))
    assert session.scalars(select(ResponseText.text)).one() == typed.replace("\x00", "")


def test_answers_stay_when_language_or_twin_changes(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    code = begin(client)
    answer(client, code, "visits", visits="7")
    for query in ("lang=ar", "lang=en", "lang=sv&easy=1"):
        page = client.page(f"/a/{code}/q/visits?{query}")
        assert 'value="7"' in page
        assert query.replace("&", "&amp;") in page
    assert 'dir="rtl"' in client.page(f"/a/{code}?lang=ar")
    assert "Din hjälp" in client.page(f"/a/{code}?lang=sv&easy=1")


def test_a_form_from_elsewhere_is_refused(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    bad = client.post(f"/a/{code}/q/role", data={"q_role": "me", "csrf_token": "0" * 32})
    assert bad.status_code == 400
    assert client.post("/q/stod/start", data={}).status_code == 400


def test_whom_one_answers_for_is_asked_once_more_before_sending_and_never_forced(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client, answers_for="")
    answer(client, code, "role", role="me")
    assert "Du har inte sagt det" in client.page(f"/a/{code}/review")
    assert "Jag vill inte säga" in client.page(f"/a/{code}/for")
    for given, shown in (
        ("not_stated", "Jag vill inte säga"),
        ("assisted", "och får hjälp"),
    ):
        data = {"csrf_token": form_value(code), "answers_for": given}
        assert client.post(f"/a/{code}/for", data=data).location == f"/a/{code}/review"
        assert shown in client.page(f"/a/{code}/review")
    unasked = {"csrf_token": form_value(code), "answers_for": "x" * 9_000}
    assert "Fel: Vem svarar du för?" in client.post(f"/a/{code}/for", data=unasked).text
    assert "och får hjälp" in client.page(f"/a/{code}/review")
    client.post(f"/a/{code}/send", data=sending(client, code))
    assert session.scalars(select(Response.answers_for)).all() == ["assisted"]


def test_saving_for_later_shows_a_code_that_leads_back(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    code = begin(client)
    saved = answer(client, code, "role", role="me")
    data = {"csrf_token": form_value(code), "q_visits": "4", "act": "later"}
    saved = client.post(f"/a/{code}/q/visits", data=data)
    page = client.page(saved.headers["Location"])
    typed = re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", page)
    assert typed
    found = client.post("/code", data={"code": typed[0].lower().replace("-", " ")})
    assert found.headers["Location"] == f"/a/{code}"
    assert 'value="4"' in client.page(f"/a/{code}/q/visits")


@pytest.mark.parametrize("typed", ["", "hej", "K7QF-2MZD-09XA-R1T4", "x" * 5_000])
def test_a_wrong_code_gets_a_message_at_the_field(
    client: CheckingClient, survey_round: SurveyRound, typed: str
) -> None:
    page = client.post("/code", data={"code": typed})
    assert page.status_code == 200
    assert "code-error" in page.text


def test_pages_before_and_after_the_round_are_friendly(
    client: CheckingClient, session: Session
) -> None:
    make_round(session, slug="snart", opens_at=now() + timedelta(days=2))
    make_round(
        session,
        slug="forr",
        opens_at=now() - timedelta(days=9),
        closes_at=now() - timedelta(days=1),
    )
    session.commit()
    assert "har inte öppnat än" in client.page("/q/snart")
    assert "Enkäten har stängt" in client.page("/q/forr")
    assert "hittar inte" in client.page("/q/fel", status=404)
    assert "inget kvar" in client.page("/a/K7QF2MZD09XAR1T4", status=404)
    assert "inget kvar" in client.page("/a/x", status=404)


def test_a_draft_is_worth_nothing_after_closing(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    answer(client, code, "role", role="me")
    data = sending(client, code)
    close_round(session, survey_round, SYSTEM)
    session.commit()
    assert count(session, ResponseDraft) == 0
    assert "Enkäten har stängt" in client.post(f"/a/{code}/send", data=data).text
    assert count(session, Response) == 0
    assert f"till och med {format_day(now())}." in client.page("/q/stod")  # not the day planned


def test_an_answer_is_bound_to_the_version_that_was_asked(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    changed = questionnaire_data()
    changed["questions"] = changed["questions"][:1]
    make_round(session, changed, slug="ny")
    session.commit()
    assert "Hur många besök?" in client.page(f"/a/{code}/q/visits")


def test_an_answer_page_needs_few_questions_to_the_database(
    client: CheckingClient, session: Session, survey_round: SurveyRound, statements: list[str]
) -> None:
    code = begin(client)
    for address in ("/q/stod", f"/a/{code}/q/role", f"/a/{code}/all", f"/a/{code}/review"):
        statements.clear()
        client.get(address)
        assert len(statements) <= 8, statements


@pytest.fixture
def statements(engine: Any) -> Any:

    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


# -- storing, totals, closing ------------------------------------------------------------------


def test_whole_round_totals_are_counted_in_one_pass(
    session: Session, survey_round: SurveyRound
) -> None:
    store_responses(
        session,
        survey_round,
        [
            NewResponse(answers={"role": "me", "from_whom": ["care", "other"], "visits": 2}),
            NewResponse(answers={"role": "me", "from_whom": ["care"], "visits": 2}),
            NewResponse(answers={"role": "kin", "respect": "dont_know"}),
        ],
    )
    totals = round_totals(session, survey_round.id)
    assert totals.responses == 3
    assert totals.by_role == {"patient": 2, "next_of_kin": 1}
    by_key = {one.key: one for one in totals.questions}
    assert [(o.code, o.count) for o in by_key["role"].options] == [("me", 2), ("kin", 1)]
    assert by_key["from_whom"].answered == 2
    assert [o.count for o in by_key["from_whom"].options] == [2, 1, 0]
    assert [(o.code, o.count) for o in by_key["visits"].options] == [("2", 2)]
    assert by_key["respect"].options[-1].is_dont_know
    assert "difference" not in by_key


def test_closing_hands_free_texts_to_coding_with_their_background(
    session: Session, survey_round: SurveyRound
) -> None:
    store_response(
        session,
        survey_round,
        {"role": "kin", "municipality": "0880", "from_whom": ["other"]},
        {"difference": "Att någon ringde.", "from_whom.other": "Grannen"},
        week=202646,
    )
    close_round(session, survey_round, SYSTEM)
    session.commit()
    material = session.scalars(select(Material)).one()
    assert material.question_key == "difference"
    spoken = session.scalars(select(MaterialText)).one()
    assert (spoken.text, spoken.respondent_role) == ("Att någon ringde.", "next_of_kin")
    assert spoken.municipality_code == "0880"
    assert survey_round.state == RoundState.CLOSED
    assert survey_round.response_count == 1
    with pytest.raises(Conflict):
        close_round(session, survey_round, SYSTEM)


def test_a_response_knows_its_week_and_no_finer_time(
    session: Session, survey_round: SurveyRound
) -> None:
    store_response(session, survey_round, {"role": "me"}, {})
    stored = session.scalars(select(Response)).one()
    assert stored.answered_week == week_number(now().date())
    columns = set(Response.__table__.c.keys())
    assert not {name for name in columns if name.endswith(("_at", "_on"))}


def test_rows_of_answers_have_no_running_number_on_sqlite(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("WITHOUT ROWID is SQLite's")
    for table in ("responses", "response_texts", "response_drafts", "access_tokens"):
        with pytest.raises(Exception, match="no such column"):
            session.execute(text(f"SELECT rowid FROM {table}"))
        session.rollback()


def test_counts_of_closed_rounds_are_remembered_and_open_ones_counted(
    session: Session, survey_round: SurveyRound
) -> None:
    store_response(session, survey_round, {"role": "me"}, {})
    assert response_counts(session, [survey_round.id]) == {survey_round.id: 1}
    close_round(session, survey_round, SYSTEM)
    assert response_counts(session, [survey_round.id]) == {survey_round.id: 1}


def test_a_saved_draft_lies_sealed(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    code = begin(client)
    answer(client, code, "difference", difference="Hemligt")
    row = session.scalars(select(ResponseDraft)).one()
    assert b"Hemligt" not in row.sealed
    draft = unseal(row.sealed, draft_key(code))
    assert draft.answers == Answers({}, {"difference": "Hemligt"})


def test_wrong_codes_have_a_ceiling_and_right_ones_none(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    code = begin(client)
    client.application.extensions[CEILINGS].wrong_codes = TokenBucket(burst=2, per_second=0)
    answered = [client.get("/a/AAAABBBBCCCCDDDD").status_code for _guess in range(3)]
    assert answered == [404, 404, 429]
    assert client.get("/a/nonsense").status_code == 429
    assert client.get(f"/a/{code}").status_code == 200
    assert client.get("/a/AAAABBBBCCCCDDDD/send").status_code == 200  # reloading after sending


def test_starting_has_a_ceiling_for_everybody_together(
    client: CheckingClient, survey_round: SurveyRound
) -> None:
    client.application.extensions[CEILINGS].starts = TokenBucket(burst=1, per_second=0)
    begin(client)
    page = client.get("/q/stod")
    data = {"csrf_token": hidden(page.text, "csrf_token"), "answers_for": "self"}
    refused = client.post("/q/stod/start", data=data)
    assert refused.status_code == 429
    assert "Set-Cookie" not in refused.headers


def test_a_questionnaire_without_any_answer_is_not_sent_and_says_so(
    client: CheckingClient, session: Session
) -> None:
    demanding_nothing = questionnaire_data(key="fri")
    demanding_nothing["questions"][0]["required"] = False
    survey_round = make_round(session, demanding_nothing, slug="fri")
    code = begin_draft(session, survey_round)
    session.commit()
    data = {"csrf_token": form_value(code), "receipt": "", "round": survey_round.public_id}
    sent = client.post(f"/a/{code}/send", data=data)
    assert sent.headers["Location"].endswith("/review")
    assert count(session, Response) == 0
    assert "Du har inte svarat på någon fråga än" in client.get(f"/a/{code}/review").text
