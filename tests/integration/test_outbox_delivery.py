"""From queue_mail to a real SMTP server: nobody missed, nobody twice."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import frozen_at, now
from participation.foundation.config import Config
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.mail_templates import render_mail
from participation.foundation.outbox import (
    Addressee,
    Attachment,
    OutboxMail,
    bulk,
    cancel_mails_to,
    personal,
    queue_mail,
    queue_mails,
)
from participation.foundation.outbox import services as outbox
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.mailbox_reader import delivered_mail, newest_mails
from participation.foundation.outbox.models import OutboxSheet
from participation.foundation.outbox.rules import MAX_TRIES, MailState
from participation.foundation.outbox.transports import (
    MaildirTransport,
    SmtpTransport,
    TryLaterError,
    UncertainError,
)
from participation.foundation.paths import PACKAGE
from participation.foundation.permissions import Actor
from tests.support.mail_worker import CONTEXT, deliver_until_killed
from tests.support.smtp_sink import Sink, smtp_sink

MAIL_FROM = "Medskapa <no-reply@example.org>"
NOBODY_STOPS = threading.Event()
SOMEBODY = Actor(account_id=7)


@pytest.fixture(autouse=True)
def _example_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A mail of the tests' own, beside the product's base."""
    mail = tmp_path / "mail"
    mail.mkdir()
    for base in (PACKAGE / "templates" / "mail").glob("base.*"):
        (mail / base.name).write_text(base.read_text())
    (mail / "example.txt").write_text(
        '{% extends "mail/base.txt" %}{% block subject %}Hej {{ name }}{% endblock %}'
        "{% block body %}Hej {{ name }}{% endblock %}"
    )
    for module in (outbox, bulk):
        monkeypatch.setattr(
            module, "render_mail", lambda *given: render_mail(*given, folder=tmp_path)
        )


@pytest.fixture
def sink_and_url() -> Iterator[tuple[Sink, str]]:
    with smtp_sink() as pair:
        yield pair


@pytest.fixture
def sink(sink_and_url: tuple[Sink, str]) -> Sink:
    return sink_and_url[0]


@pytest.fixture
def runner(sessions: sessionmaker[Session], sink_and_url: tuple[Sink, str]) -> Iterator[MailRunner]:
    runner = MailRunner(sessions, SmtpTransport(sink_and_url[1]), MAIL_FROM, "test")
    yield runner
    runner.close()


def queue(session: Session, to: str = "tuva@example.org", name: str = "Tuva") -> OutboxMail:
    mail = queue_mail(session, to=to, template="example", locale="sv", context={"name": name})
    session.commit()
    return mail


def state_of(session: Session, mail: OutboxMail) -> str:
    state = session.scalars(select(OutboxMail.state).where(OutboxMail.id == mail.id)).one()
    session.rollback()  # an open read would keep SQLite's writers waiting
    return state


def test_a_mail_arrives_and_its_content_is_forgotten(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    mail = queue(session)
    assert runner.deliver_due(NOBODY_STOPS) == 1
    assert sink.message_ids() == [mail.message_id]
    assert sink.envelopes[0][:2] == ("no-reply@example.org", ["tuva@example.org"])
    session.refresh(mail)
    assert mail.state == MailState.SENT
    assert (mail.recipient, mail.subject, mail.text, mail.html) == (None, None, None, None)


def test_a_mail_to_many_shares_its_words_until_the_last_has_gone(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    people = {"tuva@example.org": "Tuva <b>", "nils@example.org": "Nils \ue000name\ue001\nBcc: x"}
    queue_mails(
        session,
        template="example",
        context=lambda: {"name": personal("name")},
        addressees=[
            Addressee(to=to, locale="sv", about_id="x", values={"name": name})
            for to, name in people.items()
        ],
        about_kind="example",
    )
    session.commit()
    assert session.scalar(select(func.count(OutboxSheet.id))) == 1
    session.rollback()
    runner.deliver_due(NOBODY_STOPS)
    texts = {
        message["To"]: message.get_body(("plain",)).get_content() for message in sink.messages()
    }
    htmls = {
        message["To"]: message.get_body(("html",)).get_content() for message in sink.messages()
    }
    assert "Tuva <b>" in texts["tuva@example.org"]
    assert "Tuva &lt;b&gt;" in htmls["tuva@example.org"]
    assert "Nils \ue000name\ue001 Bcc: x" in texts["nils@example.org"]
    assert "Tuva" not in texts["nils@example.org"]
    for mail in session.scalars(select(OutboxMail)):
        assert (mail.sheet_id, mail.personal_values, mail.text) == (None, None, None)
    queue(session)
    runner.deliver_due(NOBODY_STOPS)
    assert session.scalar(select(func.count(OutboxSheet.id))) == 0


def test_what_was_rolled_back_is_never_sent(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    queue_mail(session, to="a@b.se", template="example", locale="sv", context={"name": "A"})
    session.rollback()
    assert runner.deliver_due(NOBODY_STOPS) == 0
    assert sink.envelopes == []


def test_a_dump_of_the_table_shows_no_address_and_no_text(session: Session, engine: Engine) -> None:
    queue(session, to="tuva.exempelsson@example.org", name="Tuva Exempelsson")
    with engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM outbox_mails").all())
    assert "tuva" not in rows.lower()


def test_a_name_cannot_add_a_header_or_a_recipient(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    queue(session, name="Tuva\r\nBcc: evil@example.net\r\n\r\nHello")
    runner.deliver_due(NOBODY_STOPS)
    (message,) = sink.messages()
    assert message["Bcc"] is None
    assert message["Subject"] == "Hej Tuva Bcc: evil@example.net Hello"
    assert sink.envelopes[0][1] == ["tuva@example.org"]


def test_one_connection_carries_many_mails(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    for number in range(20):
        queue(session, to=f"p{number}@example.org")
    assert runner.deliver_due(NOBODY_STOPS) == 20
    assert len(set(sink.message_ids())) == 20
    assert sink.commands["EHLO"] == 1


def test_a_busy_server_is_tried_again_later_and_its_words_are_not_kept(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    sink.try_later.add("tuva@example.org")
    mail = queue(session)
    runner.deliver_due(NOBODY_STOPS)
    session.refresh(mail)
    session.rollback()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 1)
    assert mail.last_error == "server: 451 4.2.1"
    assert mail.next_try_at > now() + timedelta(seconds=30)
    assert runner.deliver_due(NOBODY_STOPS) == 0


def test_after_the_last_try_a_mail_is_a_dead_letter(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    sink.try_later.add("tuva@example.org")
    mail = queue(session)
    session.execute(update(OutboxMail).values(attempts=MAX_TRIES - 1))
    session.commit()
    runner.deliver_due(NOBODY_STOPS)
    assert state_of(session, mail) == MailState.FAILED


def test_an_address_that_does_not_exist_fails_at_once_and_the_rest_arrive(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    sink.refuse.add("gone@example.org")
    gone, there = queue(session, to="gone@example.org"), queue(session, to="there@example.org")
    runner.deliver_due(NOBODY_STOPS)
    assert state_of(session, gone) == MailState.FAILED
    assert state_of(session, there) == MailState.SENT


def test_a_connection_that_breaks_before_the_message_is_tried_again(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    sink.hang_up_before_data.add("tuva@example.org")
    mail = queue(session)
    runner.deliver_due(NOBODY_STOPS)
    assert state_of(session, mail) == MailState.QUEUED
    assert sink.envelopes == []


def test_a_connection_that_breaks_after_the_message_leaves_it_unsure(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    sink.hang_up_after_data.add("tuva@example.org")
    unsure, other = queue(session), queue(session, to="other@example.org")
    runner.deliver_due(NOBODY_STOPS)
    assert state_of(session, unsure) == MailState.UNSURE
    assert state_of(session, other) == MailState.SENT
    for _ in range(3):
        runner.recover(everyone_else_is_dead=True)
        runner.deliver_due(NOBODY_STOPS)
    assert sink.message_ids().count(unsure.message_id) == 1


def test_no_mail_is_blamed_for_a_server_that_is_down(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    mail = queue(session)
    runner = MailRunner(sessions, SmtpTransport("smtp://127.0.0.1:1"), MAIL_FROM, "test")
    for minute in range(20):
        with frozen_at(datetime(2030, 1, 1, tzinfo=UTC) + timedelta(minutes=10 * minute)):
            assert runner.deliver_due(NOBODY_STOPS) == 0
    session.refresh(mail)
    session.rollback()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)


def test_an_unsure_mail_is_sent_again_only_when_somebody_says_so(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    mail = queue(session)
    session.execute(
        update(OutboxMail).values(
            state=MailState.HANDING, claimed_by="dead", claimed_until=now() - timedelta(seconds=1)
        )
    )
    session.commit()
    assert runner.recover() == 1
    assert runner.deliver_due(NOBODY_STOPS) == 0
    outbox.retry_mail(session, SOMEBODY, mail.public_id)
    session.commit()
    assert runner.deliver_due(NOBODY_STOPS) == 1
    assert sink.message_ids() == [mail.message_id]
    session.refresh(mail)
    assert mail.decided_by_account_id == 7


def test_decisions_are_for_mails_that_need_one(session: Session) -> None:
    mail = queue(session)
    for decide in (outbox.retry_mail, outbox.mark_mail_sent, outbox.give_up_mail):
        with pytest.raises(Conflict):
            decide(session, SOMEBODY, mail.public_id)
        with pytest.raises(NotFound):
            decide(session, SOMEBODY, "nobody-knows")


def test_a_mail_stopped_between_claim_and_hand_over_is_not_sent(
    session: Session, sink: Sink, runner: MailRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = queue(session), queue(session, to="leaver@example.org")
    hand_over = SmtpTransport.hand_over

    def leave_meanwhile(self: SmtpTransport, *given: object) -> None:
        cancel_mails_to(session, "Leaver@example.org")
        session.commit()
        hand_over(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SmtpTransport, "hand_over", leave_meanwhile)
    runner.deliver_due(NOBODY_STOPS)
    assert sink.message_ids() == [first.message_id]
    session.refresh(second)
    assert (second.state, second.recipient) == (MailState.CANCELLED, None)


def test_a_worker_that_is_asked_to_stop_gives_the_rest_back(
    session: Session, runner: MailRunner
) -> None:
    mail = queue(session)
    stop = threading.Event()
    stop.set()
    runner.deliver_due(stop)
    assert state_of(session, mail) == MailState.QUEUED


def test_in_development_mails_lie_in_a_folder(
    session: Session, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    folder = tmp_path / "box"
    queue(session, name="Åsa")
    queue(session, to="other@example.org", name="Other")
    runner = MailRunner(sessions, MaildirTransport(folder), MAIL_FROM, "test")
    assert runner.deliver_due(NOBODY_STOPS) == 2
    assert [mail.subject for mail in newest_mails(folder)] == ["Hej Other", "Hej Åsa"]
    (found,) = newest_mails(folder, to="TUVA@")
    assert "Hej Åsa" in delivered_mail(folder, found.key).text
    with pytest.raises(NotFound):
        delivered_mail(folder, "../../etc/passwd")


def test_a_password_is_not_sent_in_the_clear() -> None:
    with smtp_sink() as (_, url):
        remote = SmtpTransport(url.replace("smtp://", "smtp+starttls://user:secret@"))
        with pytest.raises(TryLaterError):
            remote.open()


def test_servers_repeat_addresses_but_reasons_do_not(
    sink_and_url: tuple[Sink, str],
) -> None:
    sink, url = sink_and_url
    sink.hang_up_after_data.add("tuva@example.org")
    transport = SmtpTransport(url)
    with pytest.raises(UncertainError) as caught:
        transport.hand_over("no-reply@example.org", "tuva@example.org", b"Subject: x\r\n\r\nx\r\n")
    assert "tuva" not in str(caught.value)


@pytest.mark.parametrize("kills", [5])
def test_killed_anywhere_nobody_is_missed_and_nobody_gets_it_twice(
    kills: int, session: Session, engine: Engine, config: Config
) -> None:
    """TRUST 38: 60 mails, kill -9 at changing moments of the work."""
    with session.begin():
        for number in range(60):
            queue_mail(
                session,
                to=f"p{number}@example.org",
                template="example",
                locale="sv",
                context={"name": f"P{number}"},
            )
    url = engine.url.render_as_string(hide_password=False)
    with smtp_sink(delay_seconds=0.004) as (sink, smtp_url):
        settings = replace(config, database_url=url, smtp_url=smtp_url)
        for kill in range(kills):
            a_next_one = len(sink.envelopes) + 1
            worker = CONTEXT.Process(target=deliver_until_killed, args=(settings, f"w{kill}"))
            worker.start()
            wait_until(lambda n=a_next_one: len(sink.envelopes) >= n or not open_mails(session))  # type: ignore[misc]
            time.sleep(0.004 * kill)
            worker.kill()
            worker.join()
        worker = CONTEXT.Process(target=deliver_until_killed, args=(settings, "last"))
        worker.start()
        wait_until(lambda: not open_mails(session))
        worker.kill()
        worker.join()
        arrived = set(sink.message_ids())
        assert len(sink.message_ids()) == len(arrived), "somebody got a mail twice"
    mails = session.scalars(select(OutboxMail)).all()
    sent = {mail.message_id for mail in mails if mail.state == MailState.SENT}
    unsure = {mail.message_id for mail in mails if mail.state == MailState.UNSURE}
    assert len(sent) + len(unsure) == 60
    assert sent <= arrived <= sent | unsure
    assert len(unsure) <= kills + 1


def open_mails(session: Session) -> int:
    session.rollback()
    states = [MailState.QUEUED, MailState.CLAIMED, MailState.HANDING]
    return len(session.scalars(select(OutboxMail.id).where(OutboxMail.state.in_(states))).all())


def wait_until(is_so, seconds: float = 10.0) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "the worker did not get on"
        time.sleep(0.002)


@pytest.mark.parametrize("offers_pipelining", [True, False])
def test_refusals_are_told_apart_whether_commands_go_one_by_one_or_at_once(
    session: Session, sessions: sessionmaker[Session], offers_pipelining: bool
) -> None:
    with smtp_sink(offers_pipelining=offers_pipelining) as (sink, url):
        sink.refuse, sink.try_later = {"no@example.org"}, {"later@example.org"}
        runner = MailRunner(sessions, SmtpTransport(url), MAIL_FROM, "test")
        mails = [queue(session, to=f"{who}@example.org") for who in ("a", "no", "later", "b")]
        assert runner.deliver_due(NOBODY_STOPS) == 4
        runner.close()
        assert [state_of(session, mail) for mail in mails] == ["sent", "failed", "queued", "sent"]
        assert [to for _sender, to, _raw in sink.envelopes] == [
            ["a@example.org"],
            ["b@example.org"],
        ]
        assert sink.commands["EHLO"] == 1, "one connection did for all"


def test_a_message_is_read_as_it_was_written(
    session: Session, sink: Sink, runner: MailRunner
) -> None:
    """Long lines, dots, trailing spaces, other alphabets, a calendar and a file."""
    mail = queue(session, name="Åsa مريم")
    words = "å" * 300 + "\n.punkt först\nslutar med blanksteg \nFrom en rad\n=20 är inget\n"
    mail.own_text, mail.own_html = words, f"<p>{words}</p>"
    mail.own_subject = "Påminnelse: " + "möte " * 30
    mail.attachments = outbox._packed(
        [
            Attachment(
                "invitation.ics", "text/calendar", "BEGIN:VCALENDAR\r\nå".encode(), "REQUEST"
            ),
            Attachment("åäö.pdf", "application/pdf", bytes(range(256))),
        ]
    )
    session.commit()
    runner.deliver_due(NOBODY_STOPS)
    (message,) = sink.messages()
    assert message["Subject"] == ("Påminnelse: " + "möte " * 30).strip()
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == words
    assert html.get_content().replace("\r\n", "\n").strip() == f"<p>{words}</p>"
    calendar = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_payload(decode=True) == "BEGIN:VCALENDAR\r\nå".encode()
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("åäö.pdf", bytes(range(256)))
    assert max(len(line) for line in sink.envelopes[0][2].split(b"\r\n")) <= 998
