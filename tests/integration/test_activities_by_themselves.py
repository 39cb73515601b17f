"""Rounds and reminders that go out by themselves, and own words with their preview."""

import re
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.activities.jobs import SendReminders, SendRounds
from participation.activities.models import (
    Activity,
    AutomaticRounds,
    Invitation,
    InvitationRound,
    Reminder,
)
from participation.activities.rules.states import Answer
from participation.activities.services import answer_invitation, set_usual_reminders
from participation.foundation.clock import from_local, frozen_at, now, today
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember
from tests.factories.accounts import make_account
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


class Quiet:
    """A job that says nothing of how far it is."""

    public_id = "test"
    payload: dict[str, object] = {}
    created_by_account_id = None
    attempt = 1

    def progress(self, done: int, total: int, text: str = "") -> None: ...


def people(session: Session, count: int) -> list[BankMember]:
    return [make_member(session, name=f"Person {n}") for n in range(count)]


def decided(session: Session, activity: Activity, **overrides: object) -> AutomaticRounds:
    account = make_account(session, name="Ebba Demolund", role=Role.COORDINATOR)
    row = AutomaticRounds(
        **{
            "activity_id": activity.id,
            "people_each": 3,
            "most_rounds": 2,
            "reply_days": 7,
            "lead_days": 2,
            "chosen_by": "turn",
            "reason": "Platser är kvar.",
            "set_by_account_id": account.id,
            **overrides,
        }
    )
    session.add(row)
    session.flush()
    return row


def test_the_next_round_goes_out_once_to_those_in_turn(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=4)
    first_round = make_round(session, activity)
    members = people(session, 6)
    make_invitation(session, first_round, members[0], state="accepted")
    decided(session, activity)
    session.commit()
    job = SendRounds()
    assert job.run(sessions, Quiet()) == {"rounds": 0}  # the last day has not passed
    with frozen_at(first_round.reply_by):
        assert job.run(sessions, Quiet()) == {"rounds": 1}
        assert job.run(sessions, Quiet()) == {"rounds": 0}
    rounds = session.scalars(select(InvitationRound).order_by(InvitationRound.number)).all()
    assert [one.chosen_by for one in rounds] == ["hand", "turn"]
    assert rounds[1].reply_by > rounds[0].reply_by
    invited = session.scalars(
        select(Invitation.member_id).where(Invitation.round_id == rounds[1].id)
    ).all()
    assert sorted(invited) == [member.id for member in members[1:4]]
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 3


@pytest.mark.parametrize("why", ["full", "stopped", "cancelled", "role lost", "nobody left"])
def test_no_round_goes_out_without_need_or_right(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty, why: str
) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    first_round = make_round(session, activity)
    members = people(session, 1 if why == "nobody left" else 4)
    state = "accepted" if why == "full" else "declined"
    make_invitation(session, first_round, members[0], state=state)
    row = decided(session, activity, stopped_at=now() if why == "stopped" else None)
    if why == "cancelled":
        activity.state = "cancelled"
    if why == "role lost":
        row.set_by_account_id = make_account(session, name="Utan Roll").id
    session.commit()
    with frozen_at(first_round.reply_by):
        assert SendRounds().run(sessions, Quiet()) == {"rounds": 0}


def test_a_late_no_lets_the_next_round_out(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    first_round = make_round(session, activity)
    members = people(session, 3)
    coming = make_invitation(session, first_round, members[0], state="accepted")
    decided(session, activity)
    session.commit()
    with frozen_at(first_round.reply_by + timedelta(hours=1)):
        assert SendRounds().run(sessions, Quiet()) == {"rounds": 0}
        assert answer_invitation(session, link_of(coming)[3:], Answer.NO).state == "declined"
        session.commit()
        assert SendRounds().run(sessions, Quiet()) == {"rounds": 1}


def test_staff_see_what_will_happen_and_stop_it(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=4)
    first_round = make_round(session, activity)
    asked, waits = people(session, 2)
    make_invitation(session, first_round, asked)
    session.commit()
    address = f"/activities/{activity.public_id}/rounds"
    wrong = as_coordinator.submit(address, {"people_each": "0"})
    assert wrong.status_code == 200
    saved = as_coordinator.submit(
        address,
        {
            "people_each": "5",
            "most_rounds": "1",
            "reply_days": "7",
            "lead_days": "3",
            "chosen_by": "turn",
            "reason": "Platser är kvar.",
        },
    )
    assert saved.status_code == 303
    page = as_coordinator.page(address)
    assert waits.code in page
    assert asked.code not in page
    as_coordinator.submit(f"{address}/stop")
    assert waits.code not in as_coordinator.page(address)


# ---------------------------------------------------------------- reminders


def at(day_offset: int, hour: int = 9) -> datetime:
    day = today() + timedelta(days=day_offset)
    return from_local(datetime.combine(day, time(hour)))


def test_reminders_reach_the_right_people_once(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    starts_at = at(21, 13)
    activity = make_activity(session, county.region, state="open", starts_at=starts_at)
    asked = make_round(session, activity, reply_by=at(11, 0))
    silent, yes, no = (
        make_invitation(session, asked, member, state=state, answered_at=answered)
        for member, state, answered in zip(
            people(session, 3), ("sent", "accepted", "declined"), (None, now(), now()), strict=True
        )
    )
    set_usual_reminders(session, Actor(), activity)
    session.commit()
    job = SendReminders()
    assert job.run(sessions, Quiet()) == {"mails": 0}
    with frozen_at(at(8)):  # two days before the last day, which is day 10
        assert job.run(sessions, Quiet()) == {"mails": 1}
        assert job.run(sessions, Quiet()) == {"mails": 0}
    with frozen_at(at(20)):
        assert job.run(sessions, Quiet()) == {"mails": 1}
        assert job.run(sessions, Quiet()) == {"mails": 0}
    got = session.execute(select(OutboxMail.template, OutboxMail.about_id).order_by(OutboxMail.id))
    assert [tuple(row) for row in got] == [
        ("activities/reminder_answer", silent.public_id),
        ("activities/reminder_coming", yes.public_id),
    ]
    assert no.state == "declined"


def test_an_answer_stops_a_reminder_that_waits_in_the_outbox(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", starts_at=at(21, 13))
    asked = make_round(session, activity, reply_by=at(11, 0))
    invitation = make_invitation(session, asked, make_member(session))
    set_usual_reminders(session, Actor(), activity)
    session.commit()
    with frozen_at(at(8)):
        assert SendReminders().run(sessions, Quiet()) == {"mails": 1}
        answer_invitation(session, link_of(invitation)[3:], Answer.NO)
    session.commit()
    reminder = session.scalars(
        select(OutboxMail).where(OutboxMail.template == "activities/reminder_answer")
    ).one()
    assert (reminder.state, reminder.text) == ("cancelled", None)


def test_a_reminder_is_in_each_persons_language_with_the_same_words(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", starts_at=at(21, 13))
    asked = make_round(session, activity, reply_by=at(11, 0))
    for locale in ("sv", "en", "ar"):
        make_invitation(
            session,
            asked,
            make_member(
                session, name=f"<b> {locale}", email=f"{locale}@example.org", locale=locale
            ),
        )
    reminder = Reminder(
        activity_id=activity.id,
        audience="unanswered",
        days_before=2,
        hour=9,
        words="Kära {namn}, vi ses kl. {tid}.\nPlatsen: {plats}",
    )
    session.add(reminder)
    session.commit()
    with frozen_at(at(8)):
        SendReminders().run(sessions, Quiet())
    mails = {mail.locale: mail for mail in session.scalars(select(OutboxMail))}
    assert set(mails) == {"sv", "en", "ar"}
    for locale, mail in mails.items():
        assert f"Kära <b> {locale}, vi ses kl. 13:00.\nPlatsen: Storgatan 1, Nybro" in mail.text
        assert f"Kära &lt;b&gt; {locale}," in mail.html
    links = {re.search(r"/i/(\w+)", mail.text)[1] for mail in mails.values()}
    assert len(links) == 3


def test_own_words_are_shown_before_they_are_saved(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, area_id=county.area.id)
    session.commit()
    base = f"/activities/{activity.public_id}"
    address = f"{base}/reminders/new"
    as_coordinator.page(f"{base}/messages")
    as_coordinator.page(address)
    typed = {"audience": "coming", "days_before": "1", "hour": "9"}
    for words, refused in (
        ("Hej {epost}!", "{epost}"),
        (f"Om {county.area.name.upper()}", county.area.name),
        (f"Om {activity.title}", activity.title),
    ):
        page = as_coordinator.submit(address, {**typed, "words": words, "save": "1"})
        assert page.status_code == 200
        assert refused in page.get_data(as_text=True)
    words = "Välkommen {namn}, kl. {tid}!"
    shown = as_coordinator.submit(address, {**typed, "words": words, "save": "1"})
    page = shown.get_data(as_text=True)
    assert "Välkommen Ebba Demolund, kl. " in page
    assert session.scalars(select(Reminder)).all() == []
    session.commit()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    other = {**typed, "words": words + " Ta med fika.", "seen": found[1], "save": "1"}
    assert as_coordinator.submit(address, other).status_code == 200
    saved = as_coordinator.submit(address, {**typed, "words": words, "seen": found[1], "save": "1"})
    assert saved.status_code == 303
    reminder = session.scalars(select(Reminder)).one()
    session.commit()
    as_coordinator.page(f"{base}/reminders/{reminder.public_id}")
    as_coordinator.submit(f"{base}/reminders/{reminder.public_id}/remove")
    assert session.scalars(select(Reminder)).all() == []


def test_invitations_carry_the_coordinators_own_words(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    member = make_member(session, name="Tuva Exempelsson")
    session.commit()
    address = f"/activities/{activity.public_id}/invitation-words"
    words = {"words": "Hej {namn}! Fika finns."}
    shown = as_coordinator.submit(address, words).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    as_coordinator.submit(address, {**words, "seen": seen[1], "save": "1"})
    as_coordinator.submit(
        f"/activities/{activity.public_id}/invite",
        {
            "members": [member.public_id],
            "reply_day": str(today() + timedelta(days=7)),
            "reason": "Passar",
        },
    )
    mail = session.scalars(select(OutboxMail)).one()
    assert "Hej Tuva Exempelsson! Fika finns." in (mail.text or "")


def test_random_order_is_not_called_a_draw(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=4)
    first_round = make_round(session, activity)
    people(session, 6)
    decided(session, activity, chosen_by="shuffle")
    session.commit()
    with frozen_at(first_round.reply_by):
        assert SendRounds().run(sessions, Quiet()) == {"rounds": 1}
    rounds = session.scalars(select(InvitationRound).order_by(InvitationRound.number)).all()
    assert [one.chosen_by for one in rounds] == ["hand", "shuffle"]
