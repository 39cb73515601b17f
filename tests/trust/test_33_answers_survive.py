"""TRUST 33 to 36, 42: what somebody wrote is stored once, or given back; never lost, never doubled.

33 and 34 (parallel and repeated submissions): tests/integration/test_questionnaires_answering.py
and test_questionnaires_at_once.py.
"""

import os
import re
import signal
import time
from contextlib import closing
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import frozen_at, now
from participation.foundation.db import RESTS_SINCE
from participation.foundation.permissions import Role
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseDraft,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import form_value, response_id, waiting_id
from participation.questionnaires.services import begin_draft, issue_links
from tests.conftest import SignIn
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")
PEOPLE, KILLS = 12, 3
RECEIPT = re.compile(r'<strong><bdi dir="ltr">([0-9A-Z-]{19})</bdi>')


# -- 36: kill -9 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_36_an_acknowledged_answer_exists_exactly_once_wherever_the_server_is_killed(
    app: Flask, engine: Engine, session: Session, mode: Mode
) -> None:
    survey_round = make_round(session, mode=mode)
    links = issue_links(session, survey_round, PEOPLE)
    session.commit()
    FlaskClient(app).get(f"/a/{links[0]}")  # templates are compiled once, not in each process
    receipts: dict[int, str] = {}
    for kill in [*range(KILLS), None]:
        rest = {person: link for person, link in enumerate(links) if person not in receipts}
        receipts |= _answer_until_killed(app, engine, survey_round, rest, kill)
    is_anonymous = mode is Mode.ANONYMOUS
    key = waiting_id if is_anonymous else response_id
    stored = set(session.scalars(select(WaitingResponse.id if is_anonymous else Response.id)))
    assert len(stored) == PEOPLE  # one of everybody, also of those who got no receipt in time
    assert {key(receipt) for receipt in receipts.values()} <= stored
    assert len(set(receipts.values())) == len(receipts) >= PEOPLE - KILLS
    assert all(session.scalars(select(AccessToken.is_spent)))
    assert session.scalar(select(func.count()).select_from(ResponseDraft)) == 0
    if not is_anonymous:
        assert session.scalar(select(func.count()).select_from(ResponseText)) == PEOPLE


def _answer_until_killed(
    app: Flask, engine: Engine, survey_round: SurveyRound, links: dict[int, str], kill: int | None
) -> dict[int, str]:
    """Receipts that were shown before the process died; `kill`: which time, None for the last."""
    engine.dispose()
    told, tell = os.pipe()
    process = get_context("fork").Process(
        target=_answer_all, args=(app, engine, survey_round.public_id, links, told, tell)
    )
    process.start()
    os.close(tell)
    with closing(os.fdopen(told)) as lines:
        shown = []
        for line in lines:
            shown.append(line)
            if kill is not None and len(shown) == PEOPLE // (KILLS + 1):
                time.sleep(0.0023 * kill)  # another moment of the next answer each time
                os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    whole = (line.split() for line in shown if line.endswith("\n"))
    return {int(person): receipt for person, receipt in whole}


def _answer_all(
    app: Flask, engine: Engine, public_id: str, links: dict[int, str], told: int, tell: int
) -> None:
    """A server, and everybody who has not seen their receipt yet, one after another."""
    engine.dispose(close=False)
    os.close(told)
    client = FlaskClient(app)
    for person, link in links.items():
        proof = {"csrf_token": form_value(link), "round": public_id}
        client.post(f"/a/{link}/start", data=proof)
        said = {"q_role": "me", "q_difference": f"Ord {person}"}
        page = client.post(f"/a/{link}/all", data={**proof, **said}).text
        found = RECEIPT.search(page)
        if found is None:
            assert "redan skickade" in page
            continue
        os.write(tell, f"{person} {found[1].replace('-', '')}\n".encode())
    os._exit(0)


# -- 35: a session that ends -----------------------------------------------------------------------


def test_35_what_staff_wrote_is_given_back_when_their_session_has_ended(
    sign_in: SignIn, session: Session
) -> None:
    survey_round = make_round(session)
    session.commit()
    client = sign_in(Role.COORDINATOR)
    here = f"/questionnaires/rounds/{survey_round.public_id}/paper/late"
    typed = {"reason": "Posten <b>var</b> sen, och breven låg i ett lager."}
    token = client.csrf_token()
    with frozen_at(now() + timedelta(minutes=61)):
        refused = client.post(here, data={"csrf_token": token, **typed})
    assert refused.status_code == 401
    assert "Posten &lt;b&gt;var&lt;/b&gt; sen, och breven låg i ett lager." in refused.text
    assert f"/sign-in?next={here}" in refused.text


def test_35_another_sites_words_are_not_shown_as_ones_own(
    client: CheckingClient, session: Session
) -> None:
    sent = client.post("/activities/new", data={"title": "Ring oss på 0700-000000"})
    assert sent.status_code == 303


def test_35_answers_go_on_in_another_browser_without_anything_but_the_code(
    app: Flask, client: CheckingClient, session: Session
) -> None:
    code = _begun(session)
    proof = {"csrf_token": form_value(code)}
    client.post(f"/a/{code}/q/difference", data={**proof, "q_difference": "Att någon ringde."})
    assert "Att någon ringde." in app.test_client().get(f"/a/{code}/q/difference").text


# -- 42: a database that is held by somebody else -------------------------------------------------


def test_42_a_locked_database_gives_the_typed_words_back(
    app: Flask, client: CheckingClient, engine: Engine, session: Session
) -> None:
    code = _begun(session)
    proof = {"csrf_token": form_value(code)}
    words = {**proof, "q_difference": "Att någon ringde."}
    is_sqlite = engine.dialect.name == "sqlite"

    def give_up_soon(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=5" if is_sqlite else "SET lock_timeout='5ms'")
        cursor.close()

    holder = engine.connect()
    holder.detach()  # it is closed for good, though the pool is made anew meanwhile
    engine.dispose()
    event.listen(engine, "connect", give_up_soon)
    try:
        hold = "DELETE FROM response_drafts WHERE 1 = 0" if is_sqlite else ""
        holder.execute(text(hold or "LOCK TABLE response_drafts IN ACCESS EXCLUSIVE MODE"))
        failed = client.post(f"/a/{code}/q/difference", data=words)
        holder.rollback()
        assert failed.status_code == 503
        assert "Att någon ringde." in failed.text
        assert client.post(f"/a/{code}/q/difference", data=words).status_code == 303
    finally:
        event.remove(engine, "connect", give_up_soon)
        holder.close()
        engine.dispose()
    assert "Att någon ringde." in client.page(f"/a/{code}/q/difference")


def test_42_connections_that_died_while_they_rested_are_made_anew(
    engine: Engine, sessions: sessionmaker[Session]
) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server that can go away")
    with engine.connect() as connection:
        own = connection.scalar(text("SELECT pg_backend_pid()"))
        info = connection.connection.info
    other = create_engine(engine.url)
    with other.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    other.dispose()
    info[RESTS_SINCE] -= 60
    with sessions() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != own


def _begun(session: Session) -> str:
    code = begin_draft(session, make_round(session), answers_for="self")
    session.commit()
    return code
