"""Seats and waiting list whatever people do and in whatever order; a hundred at once; one mail
to many the same as one by one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import Answer
from participation.activities.services import (
    InvitationClosed,
    answer_invitation,
    change_activity,
    record_answer,
    withdraw_invitation,
)
from participation.activities.services.mails import Invited, invitation_link, mail_all, mail_invited
from participation.foundation.clock import frozen_at, now
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty
from tests.unit.test_activities_details import details_of

PEOPLE = 6
STAFF = Actor(account_id=None)

answers = st.tuples(
    st.sampled_from(["yes", "no", "not_now", "phone yes", "phone no"]), st.integers(0, PEOPLE - 1)
)
acts = st.one_of(
    answers,
    st.tuples(st.just("withdraw"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("seats"), st.integers(1, PEOPLE)),
    st.tuples(st.just("late"), st.just(0)),
)


def asked(session: Session, county: SmallCounty, people: int, seats: int) -> list[Invitation]:
    activity = make_activity(session, county.region, state="open", seats=seats)
    invitation_round = make_round(session, activity)
    return [
        make_invitation(session, invitation_round, make_member(session, name=f"Person {n}"))
        for n in range(people)
    ]


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Whatever happens inside is taken back, so that each example starts alike."""
    nested = session.begin_nested()
    try:
        yield
    finally:
        nested.rollback()
        session.expire_all()


def act(session: Session, invitations: list[Invitation], what: str, number: int) -> None:
    invitation = invitations[number % PEOPLE]
    activity = session.get_one(Activity, invitation.activity_id)
    if what == "withdraw":
        withdraw_invitation(session, STAFF, invitation)
    elif what == "seats":
        change_activity(session, STAFF, activity, replace(details_of(activity), seats=number))
    elif what.startswith("phone"):
        record_answer(session, STAFF, invitation, Answer(what.removeprefix("phone ")))
    elif what != "late":
        answer_invitation(session, link_of(invitation)[3:], Answer(what))


def check(session: Session, activity_id: int) -> None:
    activity = session.get_one(Activity, activity_id)
    rows = session.execute(
        select(Invitation.state, Invitation.waiting_number).where(
            Invitation.activity_id == activity_id
        )
    ).all()
    taken = sum(row.state == "accepted" for row in rows)
    waiting = sorted(row.waiting_number for row in rows if row.state == "waiting")
    assert taken <= activity.seats
    assert not waiting or taken == activity.seats, "nobody waits while a seat is free"
    assert len(set(waiting)) == len(waiting), "nobody shares a place in line"


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seats=st.integers(1, 4), happens=st.lists(acts, max_size=14))
def test_seats_are_never_over_and_never_empty_while_somebody_waits(
    session: Session, county: SmallCounty, seats: int, happens: list[tuple[str, int]]
) -> None:
    with undone(session):
        invitations = asked(session, county, PEOPLE, seats)
        activity_id = invitations[0].activity_id
        is_late = False
        line: list[int] = []
        for what, number in happens:
            is_late = is_late or what == "late"
            moment = now() + timedelta(days=12 if is_late else 0)
            with frozen_at(moment), suppress(InvitationClosed, Conflict):
                act(session, invitations, what, number)
            check(session, activity_id)
            was, line = line, _line(session, activity_id)
            stayed = [one for one in was if one in line]
            assert [one for one in line if one in was] == stayed, "the order stays as stated"


def _line(session: Session, activity_id: int) -> list[int]:
    return list(
        session.scalars(
            select(Invitation.id)
            .where(Invitation.activity_id == activity_id, Invitation.state == "waiting")
            .order_by(Invitation.waiting_number)
        )
    )


def test_a_hundred_answers_at_once_for_the_last_seat_give_it_to_one(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    tokens = [link_of(i)[3:] for i in asked(session, county, 100, 1)]
    session.commit()

    def say_yes(token: str) -> str:
        with transaction(sessions) as own:
            return answer_invitation(own, token, Answer.YES).state

    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(say_yes, tokens))
    assert said.count("accepted") == 1
    numbers = session.scalars(
        select(Invitation.waiting_number).where(Invitation.state == "waiting")
    ).all()
    assert sorted(number or 0 for number in numbers) == list(range(1, 100))


def test_one_mail_to_many_says_what_each_would_have_got_alone(
    session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open")
    invitation_round = make_round(session, activity)
    names = {"sv": "Tuva <b>{namn}</b>", "en": "Åke & Co\r\nBcc: x@y.se", "ar": "مريم"}
    for number, (locale, name) in enumerate(names.items()):
        address = f"p{number}@example.org"
        member = make_member(session, name=name, email=address, locale=locale)
        invitation = make_invitation(session, invitation_round, member)
        mail_invited(session, "evaluation", activity, invitation)
        one = Invited(
            invitation_public_id=invitation.public_id, name=name, email=address, locale=locale
        )
        reply_by = invitation_round.reply_by
        mail_all(session, "evaluation", activity, [one], reply_by=reply_by)
        alone, merged = session.scalars(
            select(OutboxMail).where(OutboxMail.about_id == invitation.public_id)
        ).all()
        for part in ("recipient", "recipient_index", "subject", "text", "html", "locale"):
            assert getattr(alone, part) == getattr(merged, part), part
        assert invitation_link(invitation.public_id) in (merged.text or "")
        assert alone.message_id != merged.message_id
