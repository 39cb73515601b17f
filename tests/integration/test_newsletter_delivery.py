"""An issue on its way to a real mail server, and what is no longer sent to."""

import re
import threading
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.transports import SmtpTransport
from participation.foundation.permissions import SYSTEM
from participation.newsletter.jobs import ForgetUnconfirmed
from participation.newsletter.models import NewsletterDelivery, NewsletterSubscriber
from participation.newsletter.rules.drafting import DraftItem
from participation.newsletter.services.issues import begin_issue, queue_next, send_issue
from participation.newsletter.services.subscribing import ask_for_newsletter, confirm
from tests.support.county import SmallCounty
from tests.support.smtp_sink import Sink, smtp_sink

COMING = DraftItem("coming", "coming:1", "Träff om väntan", "Den 3 december.", "/activities")
NOBODY_STOPS = threading.Event()


def deliver(session: Session, sessions: sessionmaker[Session], names: list[str], sink: Any) -> None:
    """Confirmed subscribers, an issue, and everything handed over to the sink."""
    for name in names:
        ask_for_newsletter(session, f"{name}@example.org", "sv")
    for subscriber in session.scalars(select(NewsletterSubscriber)):
        confirm(session, subscriber)
    issue = begin_issue(session, SYSTEM, "Nytt i höst", [COMING])
    send_issue(session, SYSTEM, issue)
    while queue_next(session, issue, (), most=2):
        session.commit()
    session.commit()
    runner = MailRunner(sessions, SmtpTransport(sink), "Medskapa <no-reply@example.org>", "test")
    while runner.deliver_due(NOBODY_STOPS):
        pass
    runner.close()


def issues_in(sink: Sink) -> dict[str, Any]:
    return {str(m["To"]): m for m in sink.messages() if m["Subject"] == "Nytt i höst"}


def test_each_mail_carries_its_own_link_to_leave_with_one_press(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    with smtp_sink() as (sink, url):
        deliver(session, sessions, ["nora", "sten", "per"], url)
        found = issues_in(sink)
        assert len(sink.messages()) == 6  # a link to confirm with, and the issue
    assert sorted(found) == ["nora@example.org", "per@example.org", "sten@example.org"]
    links = {str(mail["List-Unsubscribe"]) for mail in found.values()}
    assert len(links) == 3
    assert all(re.fullmatch(r"<https?://[^/]+/newsletter/leave/\S+>", link) for link in links)
    for mail in found.values():
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        kinds = [part.get_content_type() for part in mail.walk()]
        assert {"text/plain", "text/html"} <= set(kinds)
        assert str(mail["List-Unsubscribe"])[1:-1] in mail.get_body(("plain",)).get_content()


def test_an_address_that_the_server_refuses_is_forgotten(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    with smtp_sink() as (sink, url):
        sink.refuse.add("gone@example.org")
        deliver(session, sessions, ["nora", "gone"], url)
    job: Any = None
    assert ForgetUnconfirmed().run(sessions, job) == {"addresses": 1}
    session.expire_all()
    left = session.scalars(select(NewsletterSubscriber)).all()
    assert [one.email for one in left] == ["nora@example.org"]
    assert session.scalar(select(func.count(NewsletterDelivery.id))) == 1
