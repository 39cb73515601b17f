"""The invite page's pages say the same as the rules say of everybody at once."""

from datetime import timedelta

from sqlalchemy.orm import Session

from participation.activities.queries import candidate_page, candidates
from participation.foundation.clock import now, today
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.queries import Filters
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty

COORDINATOR = Actor(account_id=1, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def test_a_page_at_a_time_gives_what_the_rules_give_for_all(
    session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, wanted_roles=["patient"])
    earlier = make_round(session, make_activity(session, county.region))
    here = make_round(session, activity)
    people = [
        make_member(
            session,
            name=f"Person {n}",
            yearly_ceiling=1 if n % 5 == 0 else None,
            state="paused" if n % 7 == 0 else "active",
            paused_until=today() + timedelta(days=3) if n % 14 == 0 else None,
            municipality_code="0834" if n % 2 else "0880",
        )
        for n in range(40)
    ]
    make_member(session, name="Passar inte", roles=("next_of_kin",))
    for n, member in enumerate(people):
        if n % 3 == 0:
            days = (5, 29, 30, 31, 60, 200)[n % 6]
            make_invitation(
                session,
                earlier,
                member,
                state="withdrawn" if n % 9 == 0 else "declined",
                created_at=now() - timedelta(days=days),
            )
    make_invitation(session, here, people[1])
    session.flush()
    for narrowed in (None, Filters(municipality_code="0834")):
        whole = candidates(session, COORDINATOR, activity, narrowed)
        paged = [
            candidate_page(
                session, COORDINATOR, activity, narrowed, free_page=number, free_per_page=7
            )
            for number in range(1, 8)
        ]
        free = [c.member.id for page in paged for c in page.free.items]
        assert sorted(free) == sorted(c.member.id for c in whole.free)
        turns = [c.burden.asked_this_year for page in paged for c in page.free.items]
        assert turns == sorted(turns)
        first = paged[0]
        assert first.untrained.total == 0
        assert {(c.member.id, c.rest) for c in first.resting.items} == {
            (c.member.id, c.rest) for c in whole.resting
        }
        assert (first.free.total, first.already_asked) == (len(whole.free), whole.already_asked)
        assert first.fitting == 40
