"""TRUST, law: nobody sees personal details without a line in the event log."""

from datetime import timedelta

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.eventlog.queries import entries_about
from tests.factories.activities import make_activity, make_invitation, make_round
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
