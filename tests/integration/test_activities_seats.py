"""The last seat under pressure, and what happens when somebody leaves (TRUST 33, 37)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.activities.models import Activity, Attendance, Invitation
from participation.activities.queries import candidates, completed_with_participation
from participation.activities.rules.states import Answer
from participation.activities.services import (
    answer_invitation,
    close_attendance,
    forget_member,
    invite_members,
    tell_what_it_led_to,
)
from participation.commitments.models import Commitment
from participation.commitments.services import answer_commitment
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.db import transaction
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import membership_to_change
from participation.interest_bank.services import withdraw_membership
from tests.factories.accounts import make_account
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty

SEATS = 3
PEOPLE = 40


def coordinator(session: Session) -> Actor:
    account = make_account(session, name="Ebba Demolund")
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def invited(session: Session, county: SmallCounty, people: int, seats: int) -> list[Invitation]:
    activity = make_activity(session, county.region, state="open", seats=seats)
    invitation_round = make_round(session, activity)
    return [
        make_invitation(session, invitation_round, make_member(session, name=f"Person {n}"))
        for n in range(people)
    ]


def test_parallel_answers_never_exceed_the_seats_and_queue_in_order(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    tokens = [link_of(i)[3:] for i in invited(session, county, PEOPLE, SEATS)]
    session.commit()

    def say_yes(token: str) -> str:
        with transaction(sessions) as own:
            return answer_invitation(own, token, Answer.YES).state

    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(say_yes, tokens))
    assert sorted(set(said)) == ["accepted", "waiting"]
    assert said.count("accepted") == SEATS
    numbers = session.scalars(
        select(Invitation.waiting_number).where(Invitation.state == "waiting")
    ).all()
    assert sorted(n for n in numbers if n is not None) == list(range(1, PEOPLE - SEATS + 1))


def test_fifty_submits_of_one_link_are_one_answer_and_one_mail(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    token = link_of(invited(session, county, 1, SEATS)[0])[3:]
    session.commit()

    def say_yes(_n: int) -> str:
        with transaction(sessions) as own:
            return answer_invitation(own, token, Answer.YES).state

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(say_yes, range(50))) == {"accepted"}
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_parallel_changes_of_mind_keep_every_seat_filled(
    sessions: sessionmaker[Session], session: Session, county: SmallCounty
) -> None:
    tokens = [link_of(i)[3:] for i in invited(session, county, 12, SEATS)]
    for token in tokens:
        answer_invitation(session, token, Answer.YES)
    session.commit()

    def say_no(token: str) -> None:
        with transaction(sessions) as own:
            answer_invitation(own, token, Answer.NO)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say_no, tokens[:6]))
    states = session.scalars(select(Invitation.state)).all()
    assert states.count("accepted") == SEATS
    assert states.count("waiting") == 12 - 6 - SEATS


def test_leaving_the_bank_frees_the_seat_and_erases_the_words(
    session: Session, county: SmallCounty
) -> None:
    first, second = invited(session, county, 2, 1)
    answer_invitation(session, link_of(first)[3:], Answer.MORE, "Har ni hiss?")
    answer_invitation(session, link_of(first)[3:], Answer.YES)
    answer_invitation(session, link_of(second)[3:], Answer.YES)
    leaving = session.get_one(BankMember, first.member_id)
    forget_member(session, leaving.id)
    assert (first.state, first.question) == ("withdrawn", None)
    assert second.state == "accepted"
    actor = Actor(account_id=leaving.account_id)
    member = membership_to_change(session, leaving.account_id)
    withdraw_membership(session, actor, member)
    assert (member.state, member.name, member.phone) == ("left", "", None)


def test_the_fair_turn_puts_the_least_asked_first(session: Session, county: SmallCounty) -> None:
    activity = make_activity(session, county.region)
    earlier = make_round(session, make_activity(session, county.region, state="completed"))
    often = make_member(session, name="Ofta")
    make_invitation(session, earlier, often, created_at=now() - timedelta(days=100))
    rarely = make_member(session, name="Sällan")
    found = candidates(session, coordinator(session), activity)
    assert [c.member.id for c in found.free] == [rarely.id, often.id]


def test_members_of_a_narrow_coordinator_are_nobody(session: Session, county: SmallCounty) -> None:
    make_member(session)
    narrow = Actor(
        account_id=1,
        grants=(Grant(Role.COORDINATOR, organisation_id=county.region.id),),
        is_strong=True,
    )
    assert candidates(session, narrow, make_activity(session, county.region)).fitting == 0


@pytest.mark.parametrize(("came", "owed_to"), [(4, "De som var med"), (5, "5 personer")])
def test_a_promise_counts_those_who_came_from_five_on(
    session: Session, county: SmallCounty, came: int, owed_to: str
) -> None:
    actor = coordinator(session)
    invitations = invited(session, county, came, came)
    for invitation in invitations:
        answer_invitation(session, link_of(invitation)[3:], Answer.YES)
    activity = session.get_one(Activity, invitations[0].activity_id)
    there = [session.get_one(BankMember, i.member_id).public_id for i in invitations]
    with frozen_at(activity.ends_at):
        assert close_attendance(session, actor, activity, there) == came
    assert session.scalars(select(Commitment.owed_to)).one().startswith(owed_to)


def test_mails_never_name_the_area_or_the_title(session: Session, county: SmallCounty) -> None:
    activity = make_activity(
        session, county.region, title="Psykos och vardag", area_id=county.area.id, seats=1
    )
    members = [
        make_member(session, name=f"Person {n}", area_ids=(county.area.id,), locale=locale)
        for n, locale in enumerate(["sv", "en", "ar"])
    ]
    invite_members(
        session,
        coordinator(session),
        activity,
        [member.public_id for member in members],
        reply_by=now() + timedelta(days=5),
        reason="test",
    )
    for invitation in session.scalars(select(Invitation).order_by(Invitation.id)).all():
        answer_invitation(session, link_of(invitation)[3:], Answer.YES)
    mails = session.scalars(select(OutboxMail)).all()
    assert {mail.locale for mail in mails} == {"sv", "en", "ar"}
    for mail in mails:
        whole = f"{mail.subject}{mail.text}{mail.html}"
        for word in ("Psykos", "vardag", "Psykisk", "psykisk"):
            assert word not in whole


def test_what_it_led_to_reaches_everybody_who_came(session: Session, county: SmallCounty) -> None:
    actor = coordinator(session)
    came, absent = invited(session, county, 2, SEATS)
    for invitation in (came, absent):
        answer_invitation(session, link_of(invitation)[3:], Answer.YES)
    activity = session.get_one(Activity, came.activity_id)
    there = session.get_one(BankMember, came.member_id)
    with frozen_at(activity.ends_at):
        assert close_attendance(session, actor, activity, [there.public_id]) == 1
        present = session.scalars(select(Attendance.present).order_by(Attendance.member_id)).all()
        assert sorted(present) == [False, True]
        this_year = now().year
        years = range(this_year - 1, this_year + 1)
        counted = completed_with_participation(session, years)
        assert counted == {this_year - 1: 0, this_year: 1}
        commitment = session.scalars(select(Commitment)).one()
        assert commitment.owed_to == "De som var med"
        assert (commitment.due_on - today()).days == 60
        answer_commitment(session, actor, commitment, answer="yes", answer_text="Nya rutiner")
        assert tell_what_it_led_to(session, commitment) == 1
