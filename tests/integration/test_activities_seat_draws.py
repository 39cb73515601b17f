"""Seats drawn by lot among those who said yes: never over, the others in the drawn order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.activities.models import Activity, Invitation
from participation.activities.queries import own_invitations, seats_to_draw, what_happens_next
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.rounds import Halt, RoundSettings
from participation.activities.rules.states import Answer, ChosenBy
from participation.activities.services import (
    DrawDayFixed,
    InvitationClosed,
    answer_invitation,
    cancel_activity,
    change_activity,
    invite_members,
    plan_rounds,
)
from participation.activities.services.seat_draws import draw_seats, may_draw_seats
from participation.foundation.clock import frozen_at, now, to_local, today
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.events import replace_subscribers
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankMember
from participation.registry import FEATURES
from participation.selection.models import Draw
from participation.selection.queries import alternates_of, panel_of
from participation.selection.services import (
    enter_seed,
    make_draw,
)
from tests.factories.accounts import make_account
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.draws import SEED, make_candidates, published
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty

Sessions = sessionmaker[Session]
SEATS = 3


@pytest.fixture
def actor(session: Session) -> Actor:
    account = make_account(session, name="Ebba Demolund")
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def activity(session: Session, county: SmallCounty) -> Activity:
    return make_activity(
        session,
        county.region,
        state="open",
        seats=SEATS,
        draw_on=today() + timedelta(days=14),
    )


def asked(session: Session, activity: Activity) -> list[Invitation]:
    """Ten people: six women, four men."""
    members = make_candidates(session)
    invitation_round = make_round(session, activity, reply_by=now() + timedelta(days=10))
    return [make_invitation(session, invitation_round, member) for member in members]


def token(invitation: Invitation) -> str:
    return link_of(invitation)[3:]


def after_last_day() -> datetime:
    return now() + timedelta(days=11)


def details_of(activity: Activity) -> ActivityDetails:
    values = {field.name: getattr(activity, field.name) for field in fields(ActivityDetails)}
    return ActivityDetails(**values)


def states(session: Session, activity: Activity) -> list[str]:
    return list(
        session.scalars(
            select(Invitation.state)
            .where(Invitation.activity_id == activity.id)
            .order_by(Invitation.state)
            .execution_options(populate_existing=True)
        )
    )


def mails(session: Session, template: str) -> int:
    wanted = select(OutboxMail).where(OutboxMail.template == f"activities/{template}")
    return len(session.scalars(wanted).all())


def drawn_seats(session: Session, sessions: Sessions, actor: Actor, activity: Activity) -> Draw:
    """From the button to the draw made, as a coordinator goes; committed."""
    with frozen_at(after_last_day()):
        draw = draw_seats(session, actor, activity)
        assert draw is not None
        published(session, sessions, draw)
        assert draw.seed_due_at is not None
        with frozen_at(draw.seed_due_at):
            enter_seed(session, actor, draw, value=SEED, witnessed_by="Revisorn")
            make_draw(session, actor, draw)
        session.commit()
    return draw


def test_parallel_yeses_are_all_in_the_draw_and_nobody_has_a_seat_yet(
    sessions: Sessions, session: Session, activity: Activity
) -> None:
    tokens = [token(invitation) for invitation in asked(session, activity)]
    session.commit()

    def say_yes(link: str) -> str:
        with transaction(sessions) as own:
            return answer_invitation(own, link, Answer.YES).state

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(say_yes, tokens + tokens))
    assert set(said) == {"in_draw"}
    assert mails(session, "in_draw") == len(tokens)


def test_a_no_leaves_the_draw_also_after_the_last_day(session: Session, activity: Activity) -> None:
    first, second = asked(session, activity)[:2]
    answer_invitation(session, token(first), Answer.YES)
    with frozen_at(after_last_day()):
        assert answer_invitation(session, token(first), Answer.NO).state == "declined"
        with pytest.raises(InvitationClosed):
            answer_invitation(session, token(second), Answer.YES)


def test_the_lot_gives_seats_and_the_waiting_list_stands_in_the_drawn_order(
    sessions: Sessions, session: Session, actor: Actor, activity: Activity
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    for invitation in asked(session, activity):
        answer_invitation(session, token(invitation), Answer.YES)
    draw = drawn_seats(session, sessions, actor, activity)
    assert states(session, activity) == ["accepted"] * SEATS + ["waiting"] * 7
    panel = {place.person.member_id for place in panel_of(session, draw)}
    seated = session.scalars(select(Invitation).where(Invitation.state == "accepted")).all()
    assert {one.member_id for one in seated} == panel
    waiting = session.scalars(
        select(Invitation.member_id)
        .where(Invitation.state == "waiting")
        .order_by(Invitation.waiting_number)
    ).all()
    drawn_order = [place.person.member_id for place in alternates_of(session, draw)]
    assert list(waiting)[: len(drawn_order)] == drawn_order
    assert (mails(session, "seat_drawn"), mails(session, "not_drawn")) == (SEATS, 7)
    assert (draw.state, activity.seats_drawn_at is not None) == ("closed", True)


def test_who_says_no_while_the_draw_goes_on_gets_nothing_and_the_seat_goes_to_the_next(
    sessions: Sessions, session: Session, actor: Actor, activity: Activity
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    people = asked(session, activity)
    for invitation in people:
        answer_invitation(session, token(invitation), Answer.YES)
    with frozen_at(after_last_day()):
        draw = draw_seats(session, actor, activity)
        assert draw is not None
        published(session, sessions, draw)
        for invitation in people[:6]:  # every woman
            answer_invitation(session, token(invitation), Answer.NO)
        assert draw.seed_due_at is not None
        with frozen_at(draw.seed_due_at):
            enter_seed(session, actor, draw, value=SEED, witnessed_by="Revisorn")
            make_draw(session, actor, draw)
    assert states(session, activity) == ["accepted"] * SEATS + ["declined"] * 6 + ["waiting"]


def test_a_seat_given_back_after_the_draw_goes_to_the_next_the_lot_named(
    sessions: Sessions, session: Session, actor: Actor, activity: Activity
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    for invitation in asked(session, activity):
        answer_invitation(session, token(invitation), Answer.YES)
    draw = drawn_seats(session, sessions, actor, activity)
    first_in_line = alternates_of(session, draw)[0].person.member_id
    seated = session.scalars(select(Invitation).where(Invitation.state == "accepted")).first()
    assert seated is not None
    answer_invitation(session, token(seated), Answer.NO)
    promoted = session.scalars(
        select(Invitation.state).where(Invitation.member_id == first_in_line)
    ).one()
    assert promoted == "accepted"
    assert states(session, activity).count("accepted") == SEATS


def test_when_there_is_a_seat_for_everybody_nothing_is_drawn(
    session: Session, actor: Actor, activity: Activity
) -> None:
    for invitation in asked(session, activity)[:2]:
        answer_invitation(session, token(invitation), Answer.YES)
    with frozen_at(after_last_day()):
        assert seats_to_draw(session, actor) == [activity]
        assert draw_seats(session, actor, activity) is None
        assert seats_to_draw(session, actor) == []
        with pytest.raises(Conflict):
            draw_seats(session, actor, activity)
    assert states(session, activity).count("accepted") == 2
    assert session.scalars(select(Draw)).all() == []


def test_nothing_is_drawn_while_somebody_can_still_answer(
    session: Session, actor: Actor, activity: Activity
) -> None:
    answer_invitation(session, token(asked(session, activity)[0]), Answer.YES)
    assert not may_draw_seats(session, activity)
    with pytest.raises(Conflict):
        draw_seats(session, actor, activity)


def test_no_round_can_be_answered_on_the_day_of_the_draw(
    session: Session, actor: Actor, activity: Activity
) -> None:
    member = make_member(session)
    with pytest.raises(Conflict):
        invite_members(
            session,
            actor,
            activity,
            [member.public_id],
            reply_by=now() + timedelta(days=15),
            reason="Nära",
        )


def test_no_further_round_goes_out_by_itself_before_the_draw(
    session: Session, actor: Actor, activity: Activity
) -> None:
    asked(session, activity)
    decided = plan_rounds(
        session,
        actor,
        activity,
        RoundSettings(people_each=2, most_rounds=2, reply_days=3, lead_days=2),
        chosen_by=ChosenBy.TURN,
        reason="Platser är kvar.",
    )
    assert what_happens_next(session, activity, decided) is Halt.DRAWN


def test_what_a_yes_meant_stays_while_the_day_of_the_draw_may_move(
    session: Session, actor: Actor, activity: Activity
) -> None:
    answer_invitation(session, token(asked(session, activity)[0]), Answer.YES)
    details = details_of(activity)
    later = to_local(activity.starts_at).date() - timedelta(days=2)
    change_activity(session, actor, activity, replace(details, draw_on=later))
    assert activity.draw_on == later
    assert mails(session, "in_draw_changed") == 1
    assert mails(session, "changed") == 0
    with pytest.raises(DrawDayFixed):
        change_activity(session, actor, activity, replace(details, draw_on=None))


def test_whoever_waits_for_the_draw_is_told_of_another_place_and_of_nothing_else(
    session: Session, actor: Actor, activity: Activity
) -> None:
    answer_invitation(session, token(asked(session, activity)[0]), Answer.YES)
    change_activity(session, actor, activity, replace(details_of(activity), contact_text="Annat."))
    assert mails(session, "in_draw_changed") == 0
    change_activity(session, actor, activity, replace(details_of(activity), place="Torget"))
    mail = session.scalars(
        select(OutboxMail).where(OutboxMail.template == "activities/in_draw_changed")
    ).one()
    assert "Torget" in (mail.text or "")
    assert activity.title not in (mail.text or "") + (mail.subject or "")


def test_calling_off_cancels_the_draw_and_tells_those_who_wait_for_it(
    session: Session, actor: Actor, activity: Activity
) -> None:
    for invitation in asked(session, activity):
        answer_invitation(session, token(invitation), Answer.YES)
    with frozen_at(after_last_day()):
        draw = draw_seats(session, actor, activity)
        assert draw is not None
        assert cancel_activity(session, actor, activity, "Lokalen brann.") == 10
    assert draw.state == "cancelled"
    assert draw.state_reason == "Det lottningen gällde är inställt."
    told = session.scalars(
        select(OutboxMail).where(OutboxMail.template == "activities/cancelled")
    ).all()
    assert {
        "Lottningen du var med i blir därför inte av." in (mail.text or "") for mail in told
    } == {True}


def test_a_draw_that_is_made_stays_made_when_the_activity_is_called_off(
    sessions: Sessions, session: Session, actor: Actor, activity: Activity
) -> None:
    for invitation in asked(session, activity):
        answer_invitation(session, token(invitation), Answer.YES)
    draw = drawn_seats(session, sessions, actor, activity)
    cancel_activity(session, actor, activity, "Lokalen brann.")
    session.refresh(draw)
    assert draw.drawn_at is not None
    assert draw.cancelled_at is None


def test_the_person_sees_on_their_own_page_that_they_are_in_the_draw(
    session: Session, activity: Activity
) -> None:
    first = asked(session, activity)[0]
    answer_invitation(session, token(first), Answer.YES)
    session.flush()
    member = session.get_one(BankMember, first.member_id)
    (own,) = own_invitations(session, member.account_id)
    assert (own.state, own.draw_on) == ("in_draw", activity.draw_on)
