"""No child is invited before the four questions are answered and a guardian has said yes."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, ActivityChildAnswers, Invitation
from participation.activities.rules.lundy import LundyQuestion
from participation.activities.services import invite_members
from participation.activities.services.lundy import (
    ChildrenNotConsidered,
    GuardianMissing,
    answer_for_children,
)
from participation.foundation.clock import now, today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankMember, GuardianApproval
from tests.factories.accounts import make_account
from tests.factories.activities import make_activity
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

ANSWERS = {question: f"Så gör vi med {question}." for question in LundyQuestion}
TYPED = {question.value: text for question, text in ANSWERS.items()}


def coordinator(session: Session) -> Actor:
    account = make_account(session, name="Ebba Demolund")
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def young(session: Session, age: int) -> BankMember:
    return make_member(session, name=f"Ung {age}", birth_year=today().year - age)


def invite(session: Session, activity: Activity, *members: BankMember) -> None:
    invite_members(
        session,
        coordinator(session),
        activity,
        [member.public_id for member in members],
        reply_by=now() + timedelta(days=5),
        reason="De har varit med om det.",
    )


def invited(session: Session) -> int:
    return len(session.scalars(select(Invitation)).all())


def test_a_teenager_waits_for_the_four_answers_and_a_grown_up_does_not(
    session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    grown_up, teenager = young(session, 40), young(session, 16)
    with pytest.raises(ChildrenNotConsidered):
        invite(session, activity, grown_up, teenager)
    assert invited(session) == 0
    invite(session, activity, grown_up)
    answer_for_children(session, coordinator(session), activity, ANSWERS)
    invite(session, activity, teenager)
    assert invited(session) == 2


def test_a_child_is_not_invited_without_a_guardians_yes(
    session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    child = young(session, 11)
    answer_for_children(session, coordinator(session), activity, ANSWERS)
    with pytest.raises(GuardianMissing):
        invite(session, activity, child)
    session.add(GuardianApproval(member_id=child.id, state="approved", locale="sv"))
    session.flush()
    invite(session, activity, child)
    assert invited(session) == 1


def test_the_page_says_what_is_missing_and_leads_there(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    teenager = young(session, 15)
    session.commit()
    address = f"/activities/{activity.public_id}"
    sending = {
        "members": [teenager.public_id],
        "reply_day": str(today() + timedelta(days=7)),
        "reason": "Egen erfarenhet",
    }
    refused = as_coordinator.submit(f"{address}/invite", sending).get_data(as_text=True)
    assert "Besvara de fyra frågorna först" in refused
    assert f'href="{address}/children"' in refused
    assert 'value="Egen erfarenhet"' in refused or "Egen erfarenhet" in refused
    session.expire_all()
    assert invited(session) == 0
    session.commit()
    page = as_coordinator.page(f"{address}/children")
    assert "Inte besvarade än" in page
    half = as_coordinator.submit(f"{address}/children", {**TYPED, "influence": " "})
    html = half.get_data(as_text=True)
    assert "Skriv vad som kan ändras" in html
    assert TYPED["space"] in html
    assert as_coordinator.submit(f"{address}/children", TYPED).status_code == 303
    assert TYPED["audience"] in as_coordinator.page(f"{address}/children")
    assert as_coordinator.submit(f"{address}/invite", sending).status_code == 303
    assert "En som kan vara under 18 är inbjuden" in as_coordinator.page(f"{address}/children")
    line = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "children_considered")
    ).one()
    answers = session.scalars(select(ActivityChildAnswers)).one()
    assert line.object_id == activity.public_id
    assert answers.answered_by_account_id is not None


def test_a_guardian_who_is_missing_is_told_in_words(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    child = young(session, 11)
    session.commit()
    refused = as_coordinator.submit(
        f"/activities/{activity.public_id}/invite",
        {
            "members": [child.public_id],
            "reply_day": str(today() + timedelta(days=7)),
            "reason": "Egen erfarenhet",
        },
    ).get_data(as_text=True)
    assert "En vårdnadshavare har inte sagt ja" in refused


def test_others_do_not_see_the_answers(
    as_contact_person: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region)
    session.commit()
    assert as_contact_person.get(f"/activities/{activity.public_id}/children").status_code == 403
