"""The newsletter: nobody gets it unasked, nobody twice, and one press is enough to leave."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.follow_up.models import Feedback
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.rules import MailState
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import NOBODY, SYSTEM
from participation.newsletter.jobs import ForgetUnconfirmed, SendIssue
from participation.newsletter.models import (
    NewsletterDelivery,
    NewsletterIssue,
    NewsletterItem,
    NewsletterSubscriber,
)
from participation.newsletter.providers import IssueDue, SubscriptionData
from participation.newsletter.rules import issues as issue_rules
from participation.newsletter.rules.drafting import DraftItem
from participation.newsletter.services.issues import (
    begin_issue,
    change_issue,
    queue_next,
    send_issue,
)
from participation.newsletter.services.subscribing import (
    CONFIRM,
    LEAVE,
    ask_for_newsletter,
    confirm,
    link_key,
)
from participation.registry import FEATURES
from participation.results.services import publish_finding, withdraw_finding
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

SOURCES = FEATURES.collect("published_news")
COMING = DraftItem("coming", "coming:1", "Träff om väntan", "Den 3 december.", "/activities")


class Job:
    """As the worker gives it to a handler."""

    attempt = 1
    created_by_account_id = None
    public_id = "job"

    def __init__(self, issue_id: int) -> None:
        self.payload = {"issue_id": issue_id}
        self.told: list[tuple[int, int]] = []

    def progress(self, done: int, total: int, text: str = "") -> None:
        self.told.append((done, total))


def subscribe(session: Session, *names: str) -> None:
    for name in names:
        ask_for_newsletter(session, f"{name}@example.org", "sv")
    for subscriber in session.scalars(select(NewsletterSubscriber)):
        confirm(session, subscriber)
    session.commit()


def make_issue(session: Session, *items: DraftItem) -> NewsletterIssue:
    issue = begin_issue(session, SYSTEM, "Nytt i höst", items or [COMING])
    session.commit()
    return issue


def mails(session: Session, template: str) -> Sequence[OutboxMail]:
    session.expire_all()
    return session.scalars(
        select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)
    ).all()


def link_in(mail: OutboxMail, kind: str) -> str:
    found = re.search(rf"https?://[^/]+(/newsletter/{kind}/\S+)", mail.text)
    assert found is not None
    return found.group(1)


def test_nothing_comes_before_the_mailed_link_is_pressed(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    client.submit("/newsletter/subscribe", {"email": "Nora@example.org"})
    asked = mails(session, "newsletter/confirm")[0]
    here = link_in(asked, "confirm")
    subscriber = session.scalars(select(NewsletterSubscriber)).one()
    session.commit()
    assert "Vill du ha nyhetsbrevet?" in client.page(here)
    session.refresh(subscriber)
    assert subscriber.confirmed_at is None, "a mail scanner that opens links confirms nothing"
    session.commit()
    client.submit(here)
    session.refresh(subscriber)
    assert subscriber.confirmed_at is not None


def test_who_asks_is_told_the_same_whether_the_address_is_known(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    subscribe(session, "nora")
    known = client.submit("/newsletter/subscribe", {"email": "nora@example.org"})
    new = client.submit("/newsletter/subscribe", {"email": "sten@example.org"})
    assert (known.status_code, known.location) == (new.status_code, new.location)
    assert [m.recipient for m in mails(session, "newsletter/known")] == ["nora@example.org"]
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 2


def test_an_address_that_is_none_gets_an_error_at_the_field(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    page = client.submit("/newsletter/subscribe", {"email": "nora"}).text
    assert 'value="nora"' in page
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 0


def test_a_link_that_is_too_old_or_of_another_does_not_confirm(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    ask_for_newsletter(session, "nora@example.org", "sv")
    subscriber = session.scalars(select(NewsletterSubscriber)).one()
    session.commit()
    key = link_key(CONFIRM, subscriber)
    wrong = link_key(LEAVE, subscriber)
    client.page(f"/newsletter/confirm/{subscriber.public_id}/{wrong}", status=410)
    with frozen_at(now() + timedelta(days=8)):
        client.page(f"/newsletter/confirm/{subscriber.public_id}/{key}", status=410)


def test_addresses_that_were_never_confirmed_are_destroyed(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    ask_for_newsletter(session, "nora@example.org", "sv")
    session.commit()
    job: Any = Job(0)
    assert ForgetUnconfirmed().run(sessions, job) == {"addresses": 0}
    with frozen_at(now() + timedelta(days=8)):
        assert ForgetUnconfirmed().run(sessions, job) == {"addresses": 1}
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 0


def test_one_press_in_the_mail_program_is_enough_to_leave(
    session: Session, sessions: sessionmaker[Session], client: CheckingClient, county: SmallCounty
) -> None:
    subscribe(session, "nora")
    issue = make_issue(session)
    send_issue(session, SYSTEM, issue)
    session.commit()
    job: Any = Job(issue.id)
    SendIssue(lambda: SOURCES).run(sessions, job)
    mail = mails(session, "newsletter/issue")[0]
    address = link_in(mail, "leave")
    assert f"{address}>" in (mail.headers or "")
    session.commit()
    left = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert left.status_code == 200  # mail programs do not follow a redirect
    assert "Du får inte nyhetsbrevet längre" in left.text
    session.expire_all()
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 0
    assert session.scalar(select(func.count(NewsletterDelivery.id))) == 0
    assert {m.state for m in mails(session, "newsletter/issue")} == {MailState.CANCELLED}
    session.commit()
    assert "Du får inte nyhetsbrevet längre" in client.page(address)


def test_opening_the_link_to_leave_changes_nothing(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    subscribe(session, "nora")
    subscriber = session.scalars(select(NewsletterSubscriber)).one()
    session.commit()
    client.page(f"/newsletter/leave/{subscriber.public_id}/{link_key(LEAVE, subscriber)}")
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 1


def test_a_job_that_is_killed_and_run_again_sends_to_nobody_twice(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    subscribe(session, *(f"person{n}" for n in range(7)))
    ask_for_newsletter(session, "obekraftad@example.org", "sv")
    issue = make_issue(session)
    send_issue(session, SYSTEM, issue)
    assert queue_next(session, issue, SOURCES, most=3) == 3
    session.commit()  # here the first worker dies
    job: Any = Job(issue.id)
    SendIssue(lambda: SOURCES).run(sessions, job)
    SendIssue(lambda: SOURCES).run(sessions, job)
    went = [m.recipient for m in mails(session, "newsletter/issue")]
    assert sorted(went) == sorted(f"person{n}@example.org" for n in range(7))
    session.refresh(issue)
    assert (issue.state, issue.number, issue.sent_on) == ("sent", 1, today())


def test_an_issue_is_sent_once(session: Session, county: SmallCounty) -> None:
    issue = make_issue(session)
    send_issue(session, SYSTEM, issue)
    with pytest.raises(Conflict):
        send_issue(session, SYSTEM, issue)
    with pytest.raises(Conflict):
        change_issue(session, issue, "Ett annat namn", "")


def test_the_next_issue_is_drafted_from_what_was_published_since(
    session: Session, as_coordinator: CheckingClient, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,))
    publish_finding(session, SYSTEM, finding)
    session.commit()
    as_coordinator.submit("/newsletter/issues/new")
    issue = session.scalars(select(NewsletterIssue)).one()
    kept = session.scalars(select(NewsletterItem.key)).all()
    session.commit()
    assert f"finding:{finding.public_id}" in kept
    again = as_coordinator.submit("/newsletter/issues/new")
    assert again.status_code == 303
    assert session.scalar(select(func.count(NewsletterIssue.id))) == 1
    session.commit()
    as_coordinator.submit(f"/newsletter/issues/{issue.public_id}/send")
    as_coordinator.submit("/newsletter/issues/new")
    session.expire_all()
    newest = session.scalars(select(NewsletterIssue).where(NewsletterIssue.state == "draft")).one()
    assert newest.news_from == issue.news_until
    items = select(func.count()).where(
        NewsletterItem.issue_id == newest.id, NewsletterItem.section == "said"
    )
    assert session.scalar(items) == 0


def test_what_is_withdrawn_leaves_the_archive_and_is_not_sent(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,))
    publish_finding(session, SYSTEM, finding)
    session.commit()
    as_coordinator.submit("/newsletter/issues/new")
    issue = session.scalars(select(NewsletterIssue)).one()
    session.commit()
    as_coordinator.submit(f"/newsletter/issues/{issue.public_id}/send")
    assert finding.title in client.page(f"/newsletter/{issue.public_id}")
    withdraw_finding(session, SYSTEM, finding, "Någon kan kännas igen")
    session.commit()
    subscribe(session, "nora")
    assert finding.title not in client.page(f"/newsletter/{issue.public_id}")
    queue_next(session, session.get_one(NewsletterIssue, issue.id), SOURCES)
    session.commit()
    assert finding.title not in mails(session, "newsletter/issue")[0].text


def test_items_are_reworded_moved_and_left_out(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient, county: SmallCounty
) -> None:
    other = DraftItem("coming", "coming:2", "Enkät om hemtjänst", "Öppen till jul.", "/surveys")
    issue = make_issue(session, COMING, other)
    first, second = session.scalars(select(NewsletterItem).order_by(NewsletterItem.position)).all()
    session.commit()
    here = f"/newsletter/issues/{issue.public_id}"
    as_coordinator.submit(f"{here}/items/{second.public_id}/up")
    as_coordinator.submit(f"{here}/items/{second.public_id}", {"title": "Svara senast jul"})
    as_coordinator.submit(f"{here}/items/{first.public_id}/drop")
    assert as_coordinator.submit(f"{here}/items/{first.public_id}/sideways").status_code == 404
    before = as_coordinator.page(f"{here}/send")
    assert "Svara senast jul" in before
    assert "Träff om väntan" not in before
    as_coordinator.submit(f"{here}/test")
    assert mails(session, "newsletter/test")[0].subject == "Prov: Nytt i höst"
    session.commit()
    as_coordinator.submit(f"{here}/send")
    as_coordinator.submit(f"{here}/correction", {"correction": "Träffen är den fjärde."})
    assert "Träffen är den fjärde." in client.page(f"/newsletter/{issue.public_id}")


def test_a_draft_is_nobodys_to_read(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    issue = make_issue(session)
    client.page(f"/newsletter/{issue.public_id}", status=404)
    assert "Inget nyhetsbrev än" in client.page("/newsletter")


def test_an_issue_is_owed_when_a_quarter_is_over(session: Session, county: SmallCounty) -> None:
    assert list(IssueDue().items(session, NOBODY)) == []
    assert not issue_rules.is_issue_due(None, today())
    assert not issue_rules.is_issue_due(today(), today())
    assert issue_rules.is_issue_due(today() - timedelta(days=93), today())


def test_who_is_erased_gets_no_newsletter(
    session: Session, as_resident: CheckingClient, county: SmallCounty
) -> None:
    account_id, email = session.execute(select(Account.id, Account.email).limit(1)).one()
    ask_for_newsletter(session, email, "sv")
    assert [s.title for s in SubscriptionData().sections(session, account_id)] == ["Nyhetsbrev"]
    SubscriptionData().erase(session, account_id)
    assert session.scalar(select(func.count(NewsletterSubscriber.id))) == 0


def test_leaving_stops_the_newsletter_and_no_other_mail(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    subscribe(session, "nora")
    subscriber = session.scalars(select(NewsletterSubscriber)).one()
    other = queue_mail(
        session,
        to="nora@example.org",
        template="newsletter/known",
        locale="sv",
        context={"link": "/", "days": 7},
        about=("invitation", "abc"),
    )
    session.commit()
    client.post(f"/newsletter/leave/{subscriber.public_id}/{link_key(LEAVE, subscriber)}")
    session.refresh(other)
    assert other.state == MailState.QUEUED
    assert {m.state for m in mails(session, "newsletter/confirm")} == {MailState.CANCELLED}


def test_one_address_is_not_mailed_again_and_again(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    answers = {
        client.submit("/newsletter/subscribe", {"email": "nora@example.org"}).location
        for _ in range(8)
    }
    assert answers == {"/newsletter/asked"}
    assert len(mails(session, "newsletter/confirm")) == 5


def test_a_late_matter_that_is_withdrawn_leaves_the_issue(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,))
    publish_finding(session, SYSTEM, finding)
    matter = session.scalars(select(Feedback)).one()
    key = f"late:{matter.public_id}"
    issue = make_issue(session, DraftItem("late", key, finding.title, "", "/you-said-we-did"))
    send_issue(session, SYSTEM, issue)
    session.commit()
    assert finding.title in client.page(f"/newsletter/{issue.public_id}")
    withdraw_finding(session, SYSTEM, finding, "Någon kan kännas igen")
    session.commit()
    assert finding.title not in client.page(f"/newsletter/{issue.public_id}")
