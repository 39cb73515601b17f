"""Pages for whoever keeps the system running: decisions about mails, jobs, health."""

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.jobs import JobState, enqueue
from participation.foundation.jobs.models import WorkerHeartbeat
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.mailbox_reader import newest_mails
from participation.foundation.outbox.rules import MailState
from participation.foundation.outbox.transports import MaildirTransport, maildir_folder
from tests.support.client import CheckingClient


def a_mail(session: Session, state: MailState, name: str = "tuva") -> OutboxMail:
    address = f"{name}@example.org"
    mail = OutboxMail(
        template="example",
        locale="sv",
        state=state,
        message_id=f"<{name}-{state}@example.org>",
        recipient=address,
        recipient_index=email_index(address),
        own_subject="Inbjudan <b>till</b> dig",
        own_text="Hej",
        last_error="server: 550 5.1.1",
    )
    session.add(mail)
    session.commit()
    return mail


def test_an_administrator_sees_what_needs_a_decision(
    as_administrator: CheckingClient, session: Session
) -> None:
    mail = a_mail(session, MailState.UNSURE)
    assert "1 " in as_administrator.page("/operations")
    listed = as_administrator.page("/operations/mails?show=undecided")
    assert mail.public_id in listed
    assert "tuva@example.org" not in listed
    page = as_administrator.page(f"/operations/mails/{mail.public_id}")
    assert "tuva@example.org" in page
    assert "<b>till" not in page


def test_reading_a_mail_is_logged(as_administrator: CheckingClient, session: Session) -> None:
    mail = a_mail(session, MailState.FAILED)
    as_administrator.page(f"/operations/mails/{mail.public_id}")
    actions = session.scalars(
        select(EventLogEntry.action).where(EventLogEntry.object_id == mail.public_id)
    ).all()
    assert actions == ["mail_read"]


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("retry", MailState.QUEUED),
        ("mark-sent", MailState.SENT),
        ("give-up", MailState.CANCELLED),
    ],
)
def test_a_decision_is_taken_once_and_logged(
    act: str, state: MailState, as_administrator: CheckingClient, session: Session
) -> None:
    mail = a_mail(session, MailState.UNSURE)
    address = f"/operations/mails/{mail.public_id}/{act}"
    assert as_administrator.submit(address).status_code == 303
    session.refresh(mail)
    assert mail.state == state
    assert (mail.text is None) is (state is not MailState.QUEUED)
    session.rollback()
    assert as_administrator.submit(address).status_code == 409
    logged = session.scalars(
        select(EventLogEntry.object_id).where(EventLogEntry.action.like("mail_%"))
    ).all()
    assert logged == [mail.public_id]


def test_the_data_protection_officer_reads_lists_but_no_mail(
    as_data_protection_officer: CheckingClient, session: Session
) -> None:
    mail = a_mail(session, MailState.UNSURE)
    as_data_protection_officer.page("/operations/mails")
    as_data_protection_officer.page(f"/operations/mails/{mail.public_id}", status=403)


def test_a_mail_that_needs_no_decision_is_shown_to_nobody(
    as_administrator: CheckingClient, session: Session
) -> None:
    mail = a_mail(session, MailState.QUEUED)
    as_administrator.page(f"/operations/mails/{mail.public_id}", status=404)


@pytest.mark.parametrize(
    "query", ["state=nonsense&show=x", "show=sent&page=99", "page=-1", "page=x"]
)
def test_odd_addresses_show_a_list(query: str, as_administrator: CheckingClient) -> None:
    as_administrator.page(f"/operations/mails?{query}")
    as_administrator.page(f"/operations/jobs?{query}")


def test_a_failed_job_runs_again(as_administrator: CheckingClient, session: Session) -> None:
    job = enqueue(session, "report")
    job.state, job.error = JobState.FAILED, "ValueError in jobs.py:3 run"
    session.commit()
    assert "ValueError" in as_administrator.page("/operations/jobs?state=failed")
    as_administrator.submit(f"/operations/jobs/{job.public_id}/retry")
    session.refresh(job)
    assert job.state == JobState.QUEUED


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        (JobState.QUEUED, 0, 'value="0"'),
        (JobState.RUNNING, 3, 'value="30"'),
        (JobState.DONE, 10, 'href="/reports/x"'),
        (JobState.FAILED, 3, 'data-status="late"'),
    ],
)
def test_whoever_may_see_a_job_sees_how_far_it_is(
    state: JobState, done: int, expected: str, as_administrator: CheckingClient, session: Session
) -> None:
    job = enqueue(session, "report")
    job.state, job.progress_done, job.progress_total = state, done, 10
    job.result = {"url": "/reports/x"} if state is JobState.DONE else None
    session.commit()
    assert expected in as_administrator.page(f"/jobs/{job.public_id}")


def test_a_job_of_somebody_else_does_not_exist(
    as_resident: CheckingClient, session: Session
) -> None:
    job = enqueue(session, "report", created_by_account_id=999_999)
    session.commit()
    as_resident.page(f"/jobs/{job.public_id}", status=404)


def test_lists_ask_the_same_number_of_queries_for_few_and_many(
    as_administrator: CheckingClient,
    session: Session,
    engine: Engine,
) -> None:
    def queries(address: str) -> int:
        count = 0

        def counted(*_given: object) -> None:
            nonlocal count
            count += 1

        event.listen(engine, "before_cursor_execute", counted)
        as_administrator.page(address)
        event.remove(engine, "before_cursor_execute", counted)
        return count

    def fill(n: int, prefix: str) -> None:
        for number in range(n):
            enqueue(session, "report")
            a_mail(session, MailState.UNSURE, f"{prefix}{number}")

    fill(2, "a")
    as_administrator.page("/operations")  # the first page of a session asks more
    few = [queries("/operations/mails"), queries("/operations/jobs"), queries("/operations")]
    fill(30, "b")
    many = [queries("/operations/mails"), queries("/operations/jobs"), queries("/operations")]
    assert few == many


def test_ready_says_what_is_missing(client: CheckingClient, session: Session) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["checks"]["worker"] == "no worker is running"
    assert answer.json["checks"]["database"] == answer.json["checks"]["migrations"] == "ok"
    session.add(WorkerHeartbeat(name="w", part="mails", seen_at=now()))
    session.commit()
    assert client.get("/health/ready").status_code == 200
    assert client.get("/health/live").json == {"status": "ok"}


def test_the_development_mailbox_shows_itself_empty(client: CheckingClient) -> None:
    client.page("/dev/mail")
    client.page("/dev/mail?q=tuva")
    client.page("/dev/mail/1.M1P1Q1.host", status=404)


def test_a_link_in_a_development_mail_can_be_clicked_and_markup_is_shown_as_text(
    client: CheckingClient, config: Config
) -> None:
    box = MaildirTransport(maildir_folder(config))
    text = "Hej!\r\n\r\nLogga in: http://localhost/in/abc\r\n<script>alert(1)</script>\r\n"
    head = "To: reader@example.org\r\nSubject: Logga in\r\nDate: Thu, 12 Nov 2026 11:00:00 +0000"
    box.hand_over("", "", f"{head}\r\n\r\n{text}".encode())
    (mail,) = newest_mails(maildir_folder(config), to="reader@")
    assert mail.key in client.page("/dev/mail?q=READER")
    page = client.page(f"/dev/mail/{mail.key}")
    assert '<a href="http://localhost/in/abc">' in page
    assert "<script>alert" not in page
