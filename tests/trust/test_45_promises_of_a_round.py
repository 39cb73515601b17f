"""TRUST 45 to 50: what a round promises cannot be taken back, and answering leaves no line.

45 (mails), 47 (batches), 48 (reminders) and 50 (receipts) at work: docs/trust.md.
"""

import logging
import runpy
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.backup import backup
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.permissions import SYSTEM
from participation.foundation.temporary_keys import has_key
from participation.questionnaires.jobs import DestroyKeys
from participation.questionnaires.models import AccessToken, SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.mixing import answers_key
from participation.questionnaires.rules.paper import Entry
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import access_hash, form_value
from participation.questionnaires.services import close_round, issue_links
from participation.questionnaires.services.paper import (
    Standing,
    issue_typed_codes,
    keep_entry,
    take_late_papers,
)
from participation.questionnaires.services.rewriting import rewrite_waiting
from participation.registry import FEATURES
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.jobs import Quiet

ROOT = Path(__file__).resolve().parents[2]


def test_45_a_link_is_kept_as_a_hash_without_contact_time_or_number(session: Session) -> None:
    columns = {column.name for column in AccessToken.__table__.columns}
    assert columns == {"hash", "round_id", "unit_id", "is_spent"}
    link = issue_links(session, make_round(session), 1)[0]
    stored = session.get_one(AccessToken, access_hash(link))
    assert link.encode() not in stored.hash
    assert len(link) * 5 >= 128


def test_46_answering_leaves_no_line_in_any_log(
    client: CheckingClient,
    session: Session,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    link = issue_links(session, survey_round, 1)[0]
    session.commit()
    capfd.readouterr()
    proof = {"csrf_token": form_value(link), "round": survey_round.public_id}
    with caplog.at_level(logging.DEBUG):
        client.get(f"/a/{link}")
        client.post(f"/a/{link}/start", data=proof)
        sent = client.post(f"/a/{link}/all", data={**proof, "q_role": "me"})
    assert "Din kvittokod" in sent.text
    assert [r.message for r in caplog.records if not r.name.startswith("sqlalchemy")] == []
    assert "".join(capfd.readouterr()) == ""
    monkeypatch.setenv("PARTICIPATION_ENV", "test")
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["accesslog"] is None


def test_47_a_backup_holds_no_answer_on_its_way(
    app: Flask,
    config: Config,
    engine: Engine,
    client: CheckingClient,
    session: Session,
    tmp_path: Path,
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    sent, begun = issue_links(session, survey_round, 2)
    session.commit()
    for link in (sent, begun):
        proof = {"csrf_token": form_value(link), "round": survey_round.public_id}
        client.post(f"/a/{link}/start", data=proof)
    client.post(f"/a/{sent}/all", data={**proof, "csrf_token": form_value(sent), "q_role": "me"})
    url = engine.url.render_as_string(hide_password=False)
    settings = Config(**{**config.__dict__, "database_url": url})
    made = backup(settings, engine, tmp_path / "b.tar", FEATURES.collect("never_backed_up"))
    on_their_way = ("response_drafts", "waiting_responses", "paper_entries")
    assert {name: made.tables[name]["rows"] for name in on_their_way} == dict.fromkeys(
        on_their_way, 0
    )
    assert made.tables["access_tokens"]["rows"] == 2


def test_47_a_key_is_not_destroyed_under_a_paper_that_comes_late(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    (code,) = issue_typed_codes(session, SYSTEM, survey_round, 1)
    close_round(session, survey_round, SYSTEM)
    take_late_papers(session, SYSTEM, survey_round, "Posten")
    entry = Entry(Answers({"role": "me"}), "self", "sv", 1)
    keep_entry(session, survey_round, code, entry)
    session.commit()
    key = answers_key(survey_round.public_id)
    destroying = Thread(target=DestroyKeys().run, args=(sessions, Quiet()))
    with transaction(sessions) as typing:
        found = round_by_id(typing, survey_round.id)
        assert keep_entry(typing, found, code, entry) is Standing.STORED
        assert has_key(key)
        destroying.start()
        destroying.join(0.1)  # it waits for this transaction
        assert destroying.is_alive()
    destroying.join()
    assert has_key(key)
    assert rewrite_waiting(session, survey_round, is_last=True) == 1
    session.commit()
    DestroyKeys().run(sessions, Quiet())
    assert not has_key(key)


def test_49_the_mode_of_a_round_cannot_change(session: Session) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    session.commit()
    with pytest.raises(Conflict):
        survey_round.mode = Mode.CONFIDENTIAL
    session.rollback()
    assert session.get_one(SurveyRound, survey_round.id).mode == Mode.ANONYMOUS


def test_49_no_form_of_a_round_carries_a_mode(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    session.commit()
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    later = (now().replace(year=now().year + 1)).date().isoformat()
    as_coordinator.submit(f"{here}/lengthen", {"last_day": later, "mode": "confidential"})
    session.expire_all()
    assert survey_round.mode == Mode.ANONYMOUS
    assert survey_round.closes_at.year == now().year + 1
