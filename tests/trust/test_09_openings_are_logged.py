"""TRUST, law: nobody sees personal details without a line in the event log."""

from datetime import timedelta

from sqlalchemy.orm import Session

from participation.assignments.queries import claim_of
from participation.assignments.rules.states import ClaimState
from participation.assignments.services import submit_claim
from participation.council.models import MinutesAdjuster
from participation.foundation.clock import now
from participation.foundation.eventlog.queries import entries_about
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.assignments import make_claim, make_details
from tests.factories.council import make_meeting, make_seated, make_term, seat_numbered
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def test_an_empty_protection_form_opens_nobody_unseen(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Tuva Exempelsson")
    session.commit()
    address = f"/interest-bank/members/{member.public_id}/protection"
    refused = as_coordinator.submit(address, {"words": ""})
    assert refused.status_code == 200
    assert "Tuva Exempelsson" in refused.text
    assert [line.action for line in entries_about(session, member.account_id)] == ["member_opened"]


def test_a_list_of_names_is_a_line_for_each_person_on_it(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", starts_at=now())
    asked = make_round(session, activity, reply_by=now() - timedelta(days=1))
    member = make_member(session, name="Tuva Ek")
    make_invitation(session, asked, member, state="accepted")
    session.commit()
    for address in ("/interest-bank/members", f"/activities/{activity.public_id}/attendance"):
        assert "Tuva Ek" in as_coordinator.page(address)
    seen = [line.action for line in entries_about(session, member.account_id)]
    assert seen == ["answers_seen", "members_listed"]


def test_the_payroll_file_is_a_line_for_each_person_in_it(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Tuva Ek")
    claim = make_claim(session, county.region, member)
    submit_claim(session, claim_of(session, claim.activity_id, member.id), make_details())
    claim.state = ClaimState.APPROVED
    session.commit()
    made = as_coordinator.submit("/compensation/payroll")
    as_coordinator.get(f"{made.headers['Location']}/payroll.csv")
    seen = {line.action for line in entries_about(session, member.account_id)}
    assert "payroll_fetched" in seen


def test_whoever_fills_a_seat_is_seen_to_read_who_steps_in(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    term = make_term(session, seats=2, alternates=1)
    _seat, alternate = make_seated(session, term, name="Tuva Ek", is_alternate=True)
    empty = seat_numbered(session, term, 2)
    session.commit()
    assert "Tuva Ek" in as_coordinator.page(f"/council/seats/{empty.public_id}/fill")
    seen = [line.action for line in entries_about(session, alternate.account_id)]
    assert "council_people_read" in seen


def test_whoever_adjusts_the_minutes_sees_who_read_their_name_on_the_meeting(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    term = make_term(session, seats=2)
    _seat, member = make_seated(session, term, name="Tuva Ek")
    meeting = make_meeting(session, term, county.region.id)
    session.add(MinutesAdjuster(meeting_id=meeting.id, member_id=member.id))
    session.commit()
    assert "Tuva Ek" in as_coordinator.page(f"/council/meetings/{meeting.public_id}")
    seen = [line.action for line in entries_about(session, member.account_id)]
    assert seen[0] == "council_people_read"
