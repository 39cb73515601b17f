"""A round by mail: the list, the links, the key that is destroyed, reminders, a lost link."""

import io
import mailbox
import re
import threading
from collections.abc import Callable
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import MailState
from participation.foundation.outbox.transports import MaildirTransport
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table
from participation.foundation.temporary_keys import destroy_key, has_key
from participation.questionnaires.jobs import (
    SEND_LINKS,
    DestroyKeys,
    SendLinks,
    SendReminders,
)
from participation.questionnaires.models import AccessToken, RoundContact, SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.queries.answering import opened_link
from participation.questionnaires.rules.contacts import Contact, read_contacts, read_pasted
from participation.questionnaires.rules.mixing import links_key
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.services import close_round
from participation.questionnaires.services.mailing import add_contacts, make_links
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.jobs import Quiet

pytestmark = pytest.mark.usefixtures("county")
Deliver = Callable[[], list[Message]]


@pytest.fixture
def survey_round(session: Session, county: object) -> SurveyRound:
    made = make_round(session, mode=Mode.ANONYMOUS)
    session.commit()
    return made


@pytest.fixture
def deliver(sessions: sessionmaker[Session], tmp_path: Path) -> Deliver:
    """Hand over what is due; all mails so far, the oldest first."""
    folder = tmp_path / "mail"
    runner = MailRunner(sessions, MaildirTransport(folder), "Medskapa <n@example.org>", "test")

    def delivered() -> list[Message]:
        while runner.deliver_due(threading.Event()):
            pass
        return list(mailbox.Maildir(folder)) if folder.exists() else []

    return delivered


def fill(session: Session, survey_round: SurveyRound, people: int) -> None:
    rows = "".join(f"person{number}@example.org;sv\n" for number in range(people))
    read = read_contacts(read_table(f"E-post;Språk\n{rows}".encode()))
    add_contacts(session, SYSTEM, survey_round, read.contacts)
    session.commit()


def words(mail: Message) -> str:
    part = mail.get_payload(0)
    assert isinstance(part, Message)
    return bytes(part.get_payload(decode=True)).decode()


def links_in(mails: list[Message]) -> dict[str, str]:
    found = {}
    for mail in mails:
        match = re.search(r"/a/([0-9A-Z]{32})\b", words(mail))
        if match:
            found[str(mail["To"])] = match[1]
    return found


def count(session: Session, model: type) -> int:
    found = session.scalar(select(func.count()).select_from(model)) or 0
    session.commit()
    return found


def test_a_list_with_a_wrong_row_says_which_and_takes_in_nothing() -> None:
    read = read_contacts(
        read_table("Namn;E-post;Språk\nA;a@example.org;\nB;nobody;\nC;c@example.org;xx\n".encode())
    )
    assert [one.row for one in read.problems] == [3, 4]
    assert read.contacts == ()
    read = read_contacts(read_table(b"e-mail\na@example.org\nA@Example.org\n"))
    assert (len(read.contacts), read.doubled) == (1, 1)
    assert read_contacts(read_table(b"namn\nAnna\n")).problems[0].row == 1


def test_everybody_gets_a_link_of_their_own_and_the_key_is_destroyed(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 12)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    key = links_key(survey_round.public_id)
    waiting = session.scalars(select(OutboxMail)).all()
    assert all("•••" in (mail.text or "") for mail in waiting)
    session.commit()
    DestroyKeys().run(sessions, Quiet())
    assert has_key(key), "mails wait for it"
    links = links_in(deliver())
    assert len(set(links.values())) == len(links) == 12
    opened = [opened_link(session, code) for code in links.values()]
    assert all(one is not None and one.survey_round.id == survey_round.id for one in opened)
    session.commit()
    DestroyKeys().run(sessions, Quiet())
    assert not has_key(key)
    session.expire_all()
    assert all(mail.sealed_values is None for mail in session.scalars(select(OutboxMail)))
    session.commit()


def test_a_job_started_again_leaves_nobody_out_and_writes_nobody_twice(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 12)
    make_links(session, round_by_id(session, survey_round.id))
    session.commit()  # stopped here
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    assert count(session, AccessToken) == 12
    assert len(links_in(deliver())) == 12
    assert count(session, OutboxMail) == 12


def test_addresses_are_pasted_as_mail_programs_and_sheets_give_them() -> None:
    read = read_pasted(
        "E-post\nBo Prov <bo@example.org>; eva@example.org\n\nBO@example.org\t1", "ar"
    )
    assert [one.address for one in read.contacts] == ["bo@example.org", "eva@example.org"]
    assert {one.locale for one in read.contacts} == {"ar"}
    assert read.doubled == 1
    quoted = read_pasted("'bo@example.org' och (eva@example.org).", "sv")
    assert [one.address for one in quoted.contacts] == ["bo@example.org", "eva@example.org"]
    wrong = read_pasted("bo@example.org\nEva\nå@exämple.org\nbo@example", "sv")
    assert [one.row for one in wrong.problems] == [2, 3, 4]
    assert wrong.contacts == ()


def test_own_words_stand_in_the_mail_of_their_language_and_can_be_tried_first(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    here = f"/questionnaires/rounds/{survey_round.public_id}/mail"
    pasted = {"pasted": "bo@example.org", "locale": "ar"}
    as_coordinator.submit(f"{here}/list", pasted)
    as_coordinator.submit(f"{here}/list", {"pasted": "eva@example.org", "locale": "sv"})
    named = as_coordinator.submit(f"{here}/words", {"text_sv": "Om Psykisk hälsa"})
    assert "Psykisk hälsa" in named.text
    assert "Ta bort:" in named.text
    assert "Ta bort:" in as_coordinator.submit(f"{here}/words", {"text_ar": "عن الدعم"}).text
    as_coordinator.submit(
        f"{here}/words", {"subject_sv": "Hur gick det?", "text_sv": "\ue000Vi undrar."}
    )
    before = as_coordinator.page(f"{here}/send")
    assert "1 person får de vanliga orden" in before
    assert "Hur gick det?" in before
    as_coordinator.submit(f"{here}/test", {"language": "sv"})
    (test,) = deliver()
    assert str(make_header(decode_header(test["Subject"]))) == "Hur gick det?"
    assert "/try" in words(test)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    sent = {str(mail["To"]): mail for mail in deliver()}
    assert "Vi undrar." in words(sent["eva@example.org"])
    assert "Vi undrar." not in words(sent["bo@example.org"])
    assert "står fast" in as_coordinator.page(f"{here}/words")
    late = as_coordinator.post(
        f"{here}/words", data={"subject_sv": "Annat", "csrf_token": as_coordinator.csrf_token()}
    )
    assert late.status_code == 409


def test_whoever_joins_the_list_while_it_is_mailed_gets_a_link_that_opens(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    class Joining(Quiet):
        """When the first mails are written, somebody more comes onto the list."""

        def progress(self, done: int, total: int, text: str = "") -> None:
            if done == 3:
                with transaction(sessions) as other:
                    late = [Contact("sen@example.org", "sv")]
                    add_contacts(other, SYSTEM, round_by_id(other, survey_round.id), late)

    fill(session, survey_round, 3)
    SendLinks().run(sessions, Joining(round_id=survey_round.id))
    links = links_in(deliver())
    assert "sen@example.org" in links
    assert all(opened_link(session, code) for code in links.values())


def test_a_few_links_come_among_links_that_nobody_has(
    session: Session, sessions: sessionmaker[Session], survey_round: SurveyRound
) -> None:
    fill(session, survey_round, 2)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    assert count(session, AccessToken) == 10
    assert count(session, OutboxMail) == 2


def test_a_reminder_goes_to_everybody_in_the_same_thread_without_a_link(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 3)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    first = {str(mail["To"]): mail["Message-ID"] for mail in deliver()}
    for _again in range(2):
        SendReminders().run(sessions, Quiet(round_id=survey_round.id, number=1))
    reminders = [mail for mail in deliver() if mail["In-Reply-To"]]
    assert {str(mail["To"]): mail["In-Reply-To"] for mail in reminders} == first
    assert len(reminders) == 3
    assert all("/a/" not in words(mail) for mail in reminders)
    assert all("behöver du inte göra något" in words(mail) for mail in reminders)


def test_a_mail_whose_key_is_gone_is_never_sent(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 1)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    destroy_key(links_key(survey_round.public_id))
    assert deliver() == []
    assert session.scalars(select(OutboxMail.state)).all() == [MailState.FAILED]
    session.commit()


def test_closing_deletes_the_addresses_and_stops_what_has_not_left(
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 3)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    close_round(session, round_by_id(session, survey_round.id), SYSTEM)
    session.commit()
    assert deliver() == []
    assert count(session, RoundContact) == 0
    DestroyKeys().run(sessions, Quiet())
    assert not has_key(links_key(survey_round.public_id))


def test_a_coordinator_mails_a_round_and_replaces_a_lost_link(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
    engine: Engine,
) -> None:
    here, public_id = f"/questionnaires/rounds/{survey_round.public_id}/mail", survey_round.id
    wrong = {"file": (io.BytesIO(b"e-post\nfel"), "lista.csv")}
    assert "Rad 2" in as_coordinator.submit(f"{here}/list", wrong).text
    right = {"file": (io.BytesIO(b"e-post\nanna@example.org\nbo@example.org"), "lista.csv")}
    assert as_coordinator.submit(f"{here}/list", right).status_code == 303
    assert "2 personer" in as_coordinator.page(f"{here}/send")
    assert as_coordinator.submit(f"{here}/send").status_code == 303
    SendLinks().run(sessions, Quiet(round_id=public_id))
    first = links_in(deliver())
    unknown = as_coordinator.submit(f"{here}/replace", {"address": "cia@example.org"})
    assert 'aria-invalid="true"' in unknown.text
    as_coordinator.submit(f"{here}/replace", {"address": "Anna@example.org"})
    SendLinks().run(sessions, Quiet(round_id=public_id))
    mails = deliver()
    assert len(mails) == 3
    again = [links_in([mail]) for mail in mails if str(mail["To"]) == "anna@example.org"]
    assert len({one["anna@example.org"] for one in again}) == 2
    assert first["bo@example.org"]
    session.execute(update(Job).values(state=JobState.DONE))  # what ran above in the test
    session.commit()
    assert "Påminn" in as_coordinator.page(here)
    assert "2 personer" in as_coordinator.page(f"{here}/remind")


def test_before_sending_it_is_said_who_gets_a_language_with_gaps(
    as_coordinator: CheckingClient, session: Session, survey_round: SurveyRound
) -> None:
    here = f"/questionnaires/rounds/{survey_round.public_id}/mail/send"
    contacts = [Contact("anna@example.org", "sv"), Contact("samir@example.org", "ar")]
    add_contacts(session, SYSTEM, survey_round, contacts)
    session.commit()
    missing = missing_texts(survey_round.version.content, "ar")
    page = as_coordinator.page(here)
    assert missing > 1
    assert f"arabiska: 1 person, {missing} texter saknas." in page
    assert "svenska: " not in page


def test_while_mails_are_written_the_page_offers_no_second_sending(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
) -> None:
    fill(session, survey_round, 3)
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    assert f'href="{here}/mail/send"' in as_coordinator.page(f"{here}/mail")
    for _press in range(2):
        as_coordinator.submit(f"{here}/mail/send")
    page = as_coordinator.page(f"{here}/mail")
    assert f'href="{here}/mail/send"' not in page
    assert "Mejlen skrivs" in page
    assert f'href="{here}/mail/send"' not in as_coordinator.page(here)
    (job,) = session.scalars(select(Job).where(Job.kind == SEND_LINKS)).all()
    job.state = JobState.FAILED
    session.commit()
    assert f'href="{here}/mail/send"' in as_coordinator.page(f"{here}/mail")
    as_coordinator.submit(f"{here}/mail/send")
    assert len(session.scalars(select(Job.id).where(Job.kind == SEND_LINKS)).all()) == 2


def test_reminding_within_a_week_is_warned_about(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    survey_round: SurveyRound,
    deliver: Deliver,
) -> None:
    fill(session, survey_round, 3)
    SendLinks().run(sessions, Quiet(round_id=survey_round.id))
    here = f"/questionnaires/rounds/{survey_round.public_id}/mail"
    assert "Mindre än en vecka" not in as_coordinator.page(f"{here}/remind")
    deliver()
    assert "Mindre än en vecka" in as_coordinator.page(f"{here}/remind")
    assert "En påminnelse passar från" in as_coordinator.page(here)
