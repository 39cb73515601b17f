"""TRUST, law: nothing is destroyed without a recorded decision; a hold stops it; it is logged."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import ParticipationRequest, RequestMessage
from participation.assignments.models import CompensationClaim, PayrollBatch
from participation.assignments.rules.states import ClaimState
from participation.assignments.services import attach_receipt
from participation.foundation.clock import frozen_at, now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.files import StoredFile
from participation.foundation.jobs.models import Job
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM
from participation.foundation.retention.services import (
    decide_retention,
    destroy_by_decision,
    hold_retention,
    standing_of,
)
from participation.interest_bank.models import BankMember, MemberNote, SavedSearch
from participation.meetings.models import MeetingStatement
from participation.meetings.services import close_meeting, write_statement
from participation.organisations.models import OrganisationApplication
from participation.registry import FEATURES
from participation.selection.models import Draw, DrawPerson
from tests.factories.activities import make_activity, make_request
from tests.factories.assignments import make_claim
from tests.factories.interest_bank import make_member
from tests.factories.meetings import make_open_meeting, sit_at
from tests.support.county import SmallCounty

RULES = FEATURES.collect("retention_rules")
PDF = b"%PDF-1.7\n%%EOF\n"
YEAR = timedelta(days=365)


def decide(session: Session, key: str, days: int = 365) -> None:
    decide_retention(
        session,
        SYSTEM,
        RULES,
        key=key,
        days=days,
        decided_by="Arkivmyndigheten",
        reference="2026/17",
    )
    session.commit()


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def account_of(session: Session, member: BankMember) -> Account:
    return session.get_one(Account, member.account_id)


def make_declined_request(session: Session, county: SmallCounty, member: BankMember) -> type:
    found = make_request(session, county.region, account_of(session, member), state="declined")
    session.add(
        RequestMessage(
            request_id=found.id,
            author_account_id=found.created_by_account_id,
            is_from_coordinator=False,
            text="Ring mig.",
        )
    )
    return ParticipationRequest


def make_declined_application(session: Session, county: SmallCounty, member: BankMember) -> type:
    session.add(OrganisationApplication(name="X", about="Y", state="declined", answered_at=now()))
    return OrganisationApplication


def make_note(session: Session, county: SmallCounty, member: BankMember) -> type:
    session.add(
        MemberNote(member_id=member.id, author_account_id=member.account_id, text="Ringde.")
    )
    return MemberNote


def make_search(session: Session, county: SmallCounty, member: BankMember) -> type:
    session.add(SavedSearch(owner_account_id=member.account_id, name="Unga", query="{}"))
    return SavedSearch


def make_closed_meeting(session: Session, county: SmallCounty, member: BankMember) -> type:
    meeting = make_open_meeting(session)
    write_statement(session, sit_at(session, meeting), "Ge oss tid.", "sv")
    close_meeting(session, SYSTEM, meeting, 9)
    return MeetingStatement


MAKERS: dict[str, Callable[[Session, SmallCounty, BankMember], type]] = {
    "participation_requests": make_declined_request,
    "organisation_applications": make_declined_application,
    "bank_notes": make_note,
    "bank_saved_searches": make_search,
    "meeting_words": make_closed_meeting,
}


@pytest.mark.parametrize("key", MAKERS)
def test_what_is_old_goes_by_a_decision_only(
    session: Session, county: SmallCounty, key: str
) -> None:
    table = MAKERS[key](session, county, make_member(session))
    session.commit()
    with frozen_at(now() + 3 * YEAR):
        assert destroy_by_decision(session, RULES) == {}
        (standing,) = [one for one in standing_of(session, RULES) if one.rule.key == key]
        assert (standing.decision, standing.due) == (None, 1)
        decide(session, key, days=4 * 365)
        assert destroy_by_decision(session, RULES) == {}
        decide(session, key)
        assert destroy_by_decision(session, RULES) == {key: 1}
        session.commit()
    assert count(session, table) == 0
    logged = session.scalars(
        select(EventLogEntry.data).where(EventLogEntry.action == "destroyed_by_decision")
    ).all()
    assert logged == [{"rule": key, "count": 1}]


def test_a_request_that_led_to_an_activity_stays(session: Session, county: SmallCounty) -> None:
    request = make_request(
        session, county.region, account_of(session, make_member(session)), state="withdrawn"
    )
    make_activity(session, county.region, request_id=request.id)
    session.commit()
    decide(session, "participation_requests")
    with frozen_at(now() + 3 * YEAR):
        assert destroy_by_decision(session, RULES) == {}


def test_a_hold_stops_the_destruction_until_it_is_decided_anew(
    session: Session, county: SmallCounty
) -> None:
    make_note(session, county, make_member(session))
    with pytest.raises(Conflict):
        hold_retention(session, SYSTEM, key="bank_notes", decided_by="x", reference="y")
    decide(session, "bank_notes")
    hold_retention(session, SYSTEM, key="bank_notes", decided_by="Ombudet", reference="2027/3")
    with frozen_at(now() + 3 * YEAR):
        assert destroy_by_decision(session, RULES) == {}
        decide(session, "bank_notes")
        assert destroy_by_decision(session, RULES) == {"bank_notes": 1}


def test_nothing_is_decided_about_what_nobody_holds(session: Session) -> None:
    with pytest.raises(NotFound):
        decide(session, "recipes")


def test_paid_claims_go_with_their_receipts_after_the_bookkeeping_years(
    session: Session, county: SmallCounty
) -> None:
    member = make_member(session)
    claim = make_claim(session, county.region, member)
    attach_receipt(session, claim, name="kvitto.pdf", content=PDF)
    batch = PayrollBatch(
        number=1,
        created_by_account_id=member.account_id,
        claim_count=1,
        taxed_ore=0,
        untaxed_ore=0,
        content_digest="",
    )
    session.add(batch)
    session.flush()
    claim.state, claim.batch_id, claim.paid_on = ClaimState.PAID, batch.id, date(2026, 3, 1)
    session.commit()
    decide(session, "compensation_claims", days=0)
    last = now().replace(year=2033, month=12, day=31, hour=12)
    with frozen_at(last):
        assert destroy_by_decision(session, RULES) == {}
    with frozen_at(last + timedelta(days=1)):
        assert destroy_by_decision(session, RULES) == {"compensation_claims": 1}
    assert (count(session, CompensationClaim), count(session, StoredFile)) == (0, 0)


def test_who_was_in_an_ended_draw_is_forgotten_and_the_chance_stays(
    session: Session, county: SmallCounty
) -> None:
    draw = Draw(
        title="Rådet",
        owner_kind="test",
        owner_id="test",
        owner_path="/",
        seats=1,
        candidates=2,
        state="cancelled",
        cancelled_at=now(),
    )
    session.add(draw)
    session.flush()
    person = DrawPerson(
        draw_id=draw.id,
        member_id=make_member(session).id,
        number=4,
        chance=0.5,
        traits={"role": ["patient"]},
    )
    session.add(person)
    session.commit()
    decide(session, "draw_people")
    with frozen_at(now() + 2 * YEAR):
        assert destroy_by_decision(session, RULES) == {"draw_people": 1}
    session.refresh(person)
    assert (person.member_id, person.traits) == (None, {})
    assert (person.number, person.chance) == (4, 0.5)


def test_that_a_mail_was_sent_goes_and_what_waits_for_staff_stays(session: Session) -> None:
    for state in ("sent", "cancelled", "unsure", "failed", "queued"):
        session.add(
            OutboxMail(
                state=state,
                template="accounts/link",
                locale="sv",
                message_id=f"<{state}@example.org>",
                recipient_index="",
                sent_at=now() if state == "sent" else None,
            )
        )
    session.commit()
    decide(session, "outbox_mails", days=90)
    with frozen_at(now() + timedelta(days=90)):
        assert destroy_by_decision(session, RULES) == {}
    with frozen_at(now() + timedelta(days=92)):
        assert destroy_by_decision(session, RULES) == {"outbox_mails": 2}
    assert set(session.scalars(select(OutboxMail.state))) == {"unsure", "failed", "queued"}


def test_finished_jobs_go_but_the_newest_of_each_kind(session: Session) -> None:
    for kind, state in (
        ("a", "done"),
        ("a", "failed"),
        ("a", "queued"),
        ("b", "done"),
        ("b", "done"),
    ):
        is_over = state != "queued"
        session.add(Job(kind=kind, state=state, finished_at=now() if is_over else None))
        session.flush()
    session.commit()
    decide(session, "jobs", days=90)
    with frozen_at(now() + timedelta(days=92)):
        assert destroy_by_decision(session, RULES) == {"jobs": 3}
    left = session.execute(select(Job.kind, Job.state).order_by(Job.id)).all()
    assert [tuple(row) for row in left] == [("a", "queued"), ("b", "done")]
