"""Anonymous rounds: waiting, mixing, closing, taking an answer back, and a restore."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation import journal
from participation.foundation.permissions import SYSTEM
from participation.foundation.temporary_keys import (
    KeyGoneError,
    destroy_key,
    has_key,
    key_for,
    seal,
    unseal,
)
from participation.questionnaires.jobs import DestroyKeys, MixAnswers
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import response_counts, round_by_id
from participation.questionnaires.rules.mixing import answers_key
from participation.questionnaires.rules.rounds import Mode, week_number
from participation.questionnaires.rules.sealing import form_value, response_id
from participation.questionnaires.services import close_round, issue_links
from participation.questionnaires.services.withdrawing import JOURNAL, repeat_withdrawals
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.jobs import Quiet

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session, mode=Mode.ANONYMOUS)
    session.commit()
    return made


@pytest.fixture
def respondent(app: Flask, county: object) -> CheckingClient:
    return app.test_client()  # type: ignore[return-value]


def answer(client: CheckingClient, link: str, survey_round: SurveyRound, words: str = "") -> str:
    """Everything from the link to the receipt, whose code is returned."""
    proof = {"csrf_token": form_value(link), "round": survey_round.public_id}
    client.post(f"/a/{link}/start", data=proof)
    sent = client.post(f"/a/{link}/all", data={**proof, "q_role": "me", "q_difference": words})
    found = re.search(r'<bdi dir="ltr">([0-9A-Z-]{19})</bdi>', sent.text)
    assert found, sent.text
    return found[1]


def answers(client: CheckingClient, session: Session, to: SurveyRound, count: int) -> list[str]:
    links = issue_links(session, to, count)
    session.commit()
    return [answer(client, link, to, f"ord {number}") for number, link in enumerate(links)]


def count(session: Session, model: type) -> int:
    found = session.scalar(select(func.count()).select_from(model)) or 0
    session.commit()  # lets go of the database: the application writes elsewhere
    return found


def close(session: Session, survey_round: SurveyRound) -> None:
    close_round(session, round_by_id(session, survey_round.id), SYSTEM)
    session.commit()


def mix(sessions: sessionmaker[Session]) -> None:
    MixAnswers().run(sessions, Quiet())


def test_an_anonymous_answer_waits_sealed_and_counts_nowhere(
    respondent: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    receipts = answers(respondent, session, survey_round, 2)
    assert count(session, Response) == 0
    assert response_counts(session, [survey_round.id])[survey_round.id] == 0
    waiting = session.scalars(select(WaitingResponse)).all()
    assert len(waiting) == 2
    plain = response_id(receipts[0].replace("-", ""))
    assert all(plain != one.id and plain not in one.sealed for one in waiting)
    assert all(b"ord" not in one.sealed for one in waiting)
    assert len({len(one.sealed) for one in waiting}) == 1


def test_a_batch_has_ten_at_least_and_ten_stay_behind(
    respondent: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
) -> None:
    answers(respondent, session, survey_round, 19)
    mix(sessions)
    assert count(session, Response) == 0
    answers(respondent, session, survey_round, 3)
    mix(sessions)
    assert count(session, Response) == 12
    assert count(session, WaitingResponse) == 10


def test_closing_rewrites_what_waits_and_forgets_who_answered(
    respondent: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
) -> None:
    answers(respondent, session, survey_round, 3)
    close(session, survey_round)
    assert survey_round.response_count == 3
    words = session.scalars(select(ResponseText.text)).all()
    assert sorted(words) == ["ord 0", "ord 1", "ord 2"]
    weeks = set(session.scalars(select(Response.answered_week)))
    assert weeks == {week_number(survey_round.opens_at.date())}
    assert not any(session.scalars(select(AccessToken.is_spent)))
    session.commit()  # lets go of the database: the application writes elsewhere
    key = answers_key(survey_round.public_id)
    assert has_key(key)
    DestroyKeys().run(sessions, Quiet())
    assert not has_key(key)


def test_a_key_in_use_is_never_destroyed(
    respondent: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
) -> None:
    answers(respondent, session, survey_round, 1)
    DestroyKeys().run(sessions, Quiet())
    assert has_key(answers_key(survey_round.public_id))


def test_a_replay_gets_its_receipt_while_the_answer_waits_and_afterwards(
    respondent: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
) -> None:
    links = issue_links(session, survey_round, 20)
    session.commit()
    receipts = [answer(respondent, link, survey_round) for link in links]

    def replay(number: int, receipt: str) -> str:
        link = links[number]
        data = {"csrf_token": form_value(link), "round": survey_round.public_id, "receipt": receipt}
        return respondent.post(f"/a/{link}/send", data=data).text

    assert all(receipts[n] in replay(n, receipts[n]) for n in (0, 1))
    mix(sessions)
    assert count(session, Response) == 10
    assert all(receipts[n] in replay(n, receipts[n]) for n in range(20))
    assert "redan skickade" in replay(0, "")
    assert count(session, Response) == 10


@pytest.mark.parametrize("is_mixed", [False, True])
def test_whoever_holds_the_receipt_takes_the_answer_back(
    respondent: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    is_mixed: bool,
) -> None:
    receipts = answers(respondent, session, survey_round, 1)
    if is_mixed:
        close(session, survey_round)
    asked = respondent.post("/withdraw", data={"receipt": receipts[0].lower()})
    assert "Stöd i vardagen" in asked.text
    assert "Set-Cookie" not in asked.headers
    assert count(session, WaitingResponse) + count(session, Response) == 1
    done = respondent.post("/withdraw", data={"receipt": receipts[0], "sure": "yes"})
    assert done.status_code == 200
    assert count(session, WaitingResponse) + count(session, Response) == 0
    again = respondent.post("/withdraw", data={"receipt": receipts[0]})
    assert 'aria-invalid="true"' in again.text
    if is_mixed:
        session.expire_all()
        assert round_by_id(session, survey_round.id).response_count == 0


def test_a_wrong_receipt_says_what_a_code_looks_like(respondent: CheckingClient) -> None:
    assert "16 " in respondent.post("/withdraw", data={"receipt": "hej"}).text
    assert respondent.post("/withdraw", data={}).status_code == 200


def test_a_restore_takes_back_again_what_was_taken_back(
    respondent: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    receipts = answers(respondent, session, survey_round, 2)
    close(session, survey_round)
    gone = session.get(Response, (survey_round.id, response_id(receipts[0].replace("-", ""))))
    assert gone is not None
    as_backed_up = {column.key: getattr(gone, column.key) for column in Response.__table__.columns}
    session.commit()
    respondent.post("/withdraw", data={"receipt": receipts[0], "sure": "yes"})
    session.expire_all()
    session.add(Response(**as_backed_up))
    session.commit()
    assert repeat_withdrawals(session, journal.noted(JOURNAL)) == 1
    assert repeat_withdrawals(session, journal.noted(JOURNAL)) == 0
    session.commit()
    assert count(session, Response) == 1


def test_a_destroyed_key_opens_nothing_even_when_its_name_is_used_again(config: object) -> None:
    sealed = seal("round-test-links", b"hemligt", b"here")
    assert unseal("round-test-links", sealed, b"here") == b"hemligt"
    with pytest.raises(KeyGoneError):
        unseal("round-test-links", sealed, b"there")
    assert destroy_key("round-test-links")
    assert not destroy_key("round-test-links")
    with pytest.raises(KeyGoneError):
        unseal("round-test-links", sealed, b"here")
    key_for("round-test-links")
    with pytest.raises(KeyGoneError):
        unseal("round-test-links", sealed, b"here")
    destroy_key("round-test-links")


def test_keys_are_readable_by_their_owner_only(config: object, tmp_path: Path) -> None:
    key_for("round-mode-links")
    path = next(Path(config.data_dir).glob("keys/round-mode-links.key"))  # type: ignore[attr-defined]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    destroy_key("round-mode-links")
