"""Rounds with names: asked for, kept beside the answer, read by few, and each look is logged."""

import mailbox
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.services import ensure_account
from participation.foundation.db import transaction
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.transports import MaildirTransport
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table
from participation.questionnaires.feature import AnsweredInOwnName
from participation.questionnaires.jobs import SendLinks, SendReminders
from participation.questionnaires.models import (
    NamedRespondent,
    Response,
    RoundContact,
    SurveyRound,
)
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import new_code
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.rounds import Mode, promise
from participation.questionnaires.rules.sealing import Draft, form_value
from participation.questionnaires.services import (
    NewResponse,
    begin_draft,
    close_round,
    issue_links,
    save_draft,
    send_answers,
    store_responses,
)
from participation.questionnaires.services.answering import Outcome
from participation.questionnaires.services.mailing import (
    LinkUsed,
    add_contacts,
    add_people,
    link_of,
    make_links,
    queue_links,
    replace_link,
)
from participation.questionnaires.services.paper import Entry, keep_entry
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.jobs import Quiet

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session, mode=Mode.NAMED)
    session.commit()
    return made


def names(session: Session) -> list[str]:
    session.rollback()
    found = [one.name for one in session.scalars(select(NamedRespondent))]
    session.rollback()
    return sorted(found)


def log(session: Session) -> Sequence[str]:
    session.rollback()
    return session.scalars(select(EventLogEntry.action).order_by(EventLogEntry.id)).all()


def test_the_name_is_asked_for_first_and_is_shown_before_it_is_sent(
    client: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    first = client.page("/q/stod")
    assert "Ditt namn" in first
    assert "Svaret sparas under namnet du skriver" in first
    assert all(sentence in first for sentence in promise(Mode.NAMED))
    csrf = {"csrf_token": form_value(survey_round.public_id)}
    nameless = client.post("/q/stod/start", data={**csrf, "answers_for": "self"})
    assert "Skriv ditt namn" in nameless.text
    begun = client.post(
        "/q/stod/start", data={**csrf, "name": "Stina Provö", "answers_for": "self"}
    )
    code = begun.location.split("/")[2]
    own = {"csrf_token": form_value(code)}
    client.post(f"/a/{code}/q/role", data={**own, "q_role": "me"})
    assert "Stina Provö" in client.page(f"/a/{code}/review")
    client.post(f"/a/{code}/name", data={**own, "name": "Stina Provås"})
    review = client.page(f"/a/{code}/review")
    receipt = re.search(r'name="receipt" value="(\w+)"', review)
    assert receipt is not None
    sending = {**own, "receipt": receipt[1], "round": survey_round.public_id}
    for _time in range(2):  # the second press finds it there, and its name too
        sent = client.post(f"/a/{code}/send", data=sending)
        assert "be oss göra det" in sent.text
    assert names(session) == ["Stina Provås"]


def test_a_round_with_names_is_listed_nowhere_and_opens_with_a_personal_link_only(
    client: CheckingClient, survey_round: SurveyRound, session: Session
) -> None:
    address = survey_round.slug
    for place in ("/", "/surveys", "/search?q=Stöd"):
        assert f"/q/{address}" not in client.page(place), place
    survey_round.slug = None
    public_id = survey_round.public_id
    (code,) = issue_links(session, survey_round, 1)
    session.commit()
    closed_door = client.page(f"/q/{public_id}")
    assert "Du svarar med en egen länk" in closed_door
    assert 'href="/code"' in closed_door
    data = {"csrf_token": form_value(public_id), "name": "Någon Annan"}
    assert "egen länk" in client.post(f"/q/{public_id}/start", data=data).text
    assert "Ditt namn" in client.page(f"/a/{code}")


def test_other_rounds_ask_for_no_name_and_keep_none(
    client: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session, mode=Mode.CONFIDENTIAL)
    session.commit()
    assert "Ditt namn" not in client.page("/q/stod")
    data = {"csrf_token": form_value(survey_round.public_id), "name": "Stina Provö"}
    begun = client.post("/q/stod/start", data=data)
    code = begun.location.split("/")[2]
    assert client.get(f"/a/{code}/name").location.endswith("/review")
    store_responses(session, survey_round, [NewResponse(answers={"role": "me"}, name="Stina")])
    assert names(session) == []


def test_a_coordinator_sees_who_answered_what_and_every_look_is_logged(
    as_coordinator: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    store_responses(
        session,
        survey_round,
        [
            NewResponse(answers={"role": "me"}, texts={"difference": "Ring mig."}, name="Åsa"),
            NewResponse(answers={"role": "kin"}, name="=Bo"),
        ],
    )
    session.commit()
    here = f"/questionnaires/rounds/{survey_round.public_id}/people"
    listed = as_coordinator.page(here)
    assert listed.index("=Bo") < listed.index("Åsa")
    links = re.findall(rf'href="({here}/[0-9a-f]{{32}})\?', listed)
    read = as_coordinator.page(links[1])
    assert "Ring mig." in read
    assert "2 av 2" in read
    assert f"{links[0]}?sort=name" in read
    assert "Nästa" not in read
    assert "=Bo" not in as_coordinator.submit(here, {"q": "ÅS", "sort": "name"}).text
    assert "Ingen med det namnet" in as_coordinator.submit(here, {"q": "x", "sort": "name"}).text
    assert as_coordinator.submit(here, {"sort": "unit"}).location.endswith("sort=unit")
    refused = as_coordinator.submit(f"{here}/file", {"file_format": "csv", "reason": ""})
    assert "Skriv varför" in refused.text
    taken = as_coordinator.submit(f"{here}/file", {"file_format": "csv", "reason": "Ringa upp"})
    sheet = read_table(taken.get_data())
    assert [line.cells[sheet.headings[0]] for line in sheet.lines] == ["'=Bo", "Åsa"]
    lines = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "names_taken_out")
    ).all()
    assert [one.reason for one in lines] == ["Ringa upp"]
    session.rollback()
    looks = log(session).count("named_answer_read")
    session.rollback()
    assert "=Bo" in as_coordinator.page(f"{links[0]}/take-back")
    assert log(session).count("named_answer_read") == looks + 1
    session.rollback()
    as_coordinator.submit(f"{links[0]}/take-back", {})
    assert names(session) == ["Åsa"]
    assert {"names_listed", "named_answer_read", "named_answer_taken_back"} <= set(log(session))


def test_names_of_a_round_without_them_cannot_be_asked_for(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    session.commit()
    here = f"/questionnaires/rounds/{survey_round.public_id}/people"
    assert as_coordinator.get(here).status_code == 404
    assert as_coordinator.get(f"{here}/{'0' * 32}").status_code == 404


def test_a_mailed_link_knows_its_owner_and_only_the_others_are_reminded(
    as_coordinator: CheckingClient,
    client: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    tmp_path: Path,
) -> None:
    anna = ensure_account(
        session, "anna@example.org", "Anna-Lena Provberg", "sv", is_confirmed=True
    )
    add_people(session, SYSTEM, survey_round, [anna])
    add_contacts(session, SYSTEM, survey_round, [Contact("bo@example.org", "sv")])
    session.commit()
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    first = _links(sessions, tmp_path / "mail")["anna@example.org"]
    begun = {"csrf_token": form_value(first), "name": "Anna", "answers_for": "self"}
    client.post(f"/a/{first}/start", data=begun)
    here = f"/questionnaires/rounds/{survey_round.public_id}/mail"
    session.commit()
    as_coordinator.submit(f"{here}/replace", {"address": "anna@example.org"})
    assert "Den gamla gäller inte längre" in as_coordinator.page(here)
    assert client.get(f"/a/{first}").status_code == 404
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    code = _links(sessions, tmp_path / "again")["anna@example.org"]
    assert 'value="Anna-Lena Provberg"' in client.page(f"/a/{code}")
    own = {"csrf_token": form_value(code)}
    client.post(f"/a/{code}/start", data={**own, "name": "Lena", "answers_for": "self"})
    for page in ("name", "all"):
        assert "Länken skickades till Anna-Lena Provberg" in client.page(f"/a/{code}/{page}")
    client.post(f"/a/{code}/q/role", data={**own, "q_role": "me"})
    receipt = re.search(r'name="receipt" value="(\w+)"', client.page(f"/a/{code}/review"))
    assert receipt is not None
    data = {**own, "receipt": receipt[1], "round": survey_round.public_id}
    client.post(f"/a/{code}/send", data=data)
    session.rollback()
    used = as_coordinator.submit(f"{here}/replace", {"address": "anna@example.org"})
    assert "den gamla är använd" in used.text
    SendReminders().run(sessions, Quiet(round_id=survey_round.id, number=1))
    reminded = session.scalars(
        select(OutboxMail).where(OutboxMail.template == "questionnaires/reminder")
    ).all()
    assert [mail.recipient for mail in reminded] == ["bo@example.org"]
    data_of = AnsweredInOwnName()
    (shown,) = data_of.sections(session, anna.id)
    assert ("Vem är du?", "Patient") in shown.rows
    data_of.erase(session, anna.id)
    session.flush()
    assert session.scalars(select(Response.round_id)).all() == []
    assert session.scalars(select(NamedRespondent.round_id)).all() == []


def _begun(session: Session, survey_round: SurveyRound) -> str:
    """The link of somebody on the list who has answered everything, and not sent it."""
    add_contacts(session, SYSTEM, survey_round, [Contact("bo@example.org", "sv")])
    (contact_id,) = make_links(session, survey_round)
    queue_links(session, survey_round, [contact_id])
    code = link_of(survey_round, contact_id)
    begin_draft(session, survey_round, code=code, name="Bo Prov", answers_for="self")
    draft = Draft(new_code(), Answers({"role": "me"}), "self", name="Bo Prov")
    save_draft(session, code, draft)
    session.commit()
    return code


def test_an_answer_on_its_way_waits_for_the_new_link_and_is_not_taken(
    session: Session, sessions: sessionmaker[Session], survey_round: SurveyRound
) -> None:
    code, round_id = _begun(session, survey_round), survey_round.id

    def send() -> Outcome:
        with transaction(sessions) as other:
            return send_answers(other, round_by_id(other, round_id), code, "", "sv").outcome

    with ThreadPoolExecutor(1) as pool:
        with transaction(sessions) as first:
            replace_link(first, SYSTEM, round_by_id(first, round_id), "bo@example.org")
            first.flush()
            sending = pool.submit(send)
            wait([sending], timeout=0.1)
            assert not sending.done()
        assert sending.result() is Outcome.REPLACED
    assert names(session) == []


def test_a_new_link_waits_for_the_answer_on_its_way_and_is_not_made(
    session: Session, sessions: sessionmaker[Session], survey_round: SurveyRound
) -> None:
    code, round_id = _begun(session, survey_round), survey_round.id

    def replace() -> None:
        with transaction(sessions) as other:
            replace_link(other, SYSTEM, round_by_id(other, round_id), "bo@example.org")

    with ThreadPoolExecutor(1) as pool:
        with transaction(sessions) as first:
            sent = send_answers(first, round_by_id(first, round_id), code, "", "sv")
            assert sent.outcome is Outcome.SENT
            replacing = pool.submit(replace)
            wait([replacing], timeout=0.1)
            assert not replacing.done()
        with pytest.raises(LinkUsed):
            replacing.result()
    assert names(session) == ["Bo Prov"]


def _links(sessions: sessionmaker[Session], folder: Path) -> dict[str, str]:
    """The link that was mailed to each, by address."""
    runner = MailRunner(sessions, MaildirTransport(folder), "Medskapa <n@example.org>", "test")
    while runner.deliver_due(threading.Event()):
        pass
    found = {}
    for mail in mailbox.Maildir(folder):
        (part, *_rest) = mail.get_payload()
        words = bytes(part.get_payload(decode=True)).decode()
        found[str(mail["To"])] = words.split("/a/")[1].split()[0]
    return found


def test_no_other_round_keeps_whose_link_is_whose(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    survey_round = make_round(session, mode=Mode.CONFIDENTIAL)
    add_contacts(session, SYSTEM, survey_round, [Contact("bo@example.org", "sv")])
    session.commit()
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    contact = session.scalars(select(RoundContact)).one()
    assert contact.message_id
    assert contact.link_hash is None


def test_a_paper_carries_its_name_and_two_spellings_are_a_difference(
    session: Session, survey_round: SurveyRound
) -> None:
    (code,) = issue_links(session, survey_round, 1, make=new_code)
    answers = Answers({"role": "me"})
    entry = Entry(answers, "self", "sv", 1, "Ulla Provåker")
    assert keep_entry(session, survey_round, code, entry) == "first"
    other = Entry(answers, "self", "sv", 2, "Ulla Provaker")
    assert keep_entry(session, survey_round, code, other) == "differs"
    again = Entry(answers, "self", "sv", 2, "ulla provåker")
    assert keep_entry(session, survey_round, code, again) == "stored"
    assert [one.name for one in session.scalars(select(NamedRespondent))] == ["ulla provåker"]


def test_names_stay_beside_the_answers_when_the_round_closes_and_never_reach_coding(
    session: Session, survey_round: SurveyRound
) -> None:
    answer = NewResponse(answers={"role": "me"}, texts={"difference": "Ring."}, name="Åsa Prov")
    store_responses(session, survey_round, [answer])
    close_round(session, round_by_id(session, survey_round.id), SYSTEM)
    assert [one.name for one in session.scalars(select(NamedRespondent))] == ["Åsa Prov"]
    written = session.connection().exec_driver_sql("SELECT * FROM material_texts").all()
    assert written
    assert not any("Åsa" in str(row) for row in written)
