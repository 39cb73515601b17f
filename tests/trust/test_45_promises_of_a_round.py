"""TRUST 45 to 50: what a round promises cannot be taken back, and answering leaves no line.

45 (mails), 47 (batches), 48 (reminders) and 50 (receipts) at work: docs/trust.md.
"""

import logging
import runpy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participation.foundation.backup import backup
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.errors import Conflict
from participation.questionnaires.models import AccessToken, SurveyRound
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.sealing import access_hash, form_value
from participation.questionnaires.services import issue_links
from participation.registry import FEATURES
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

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
