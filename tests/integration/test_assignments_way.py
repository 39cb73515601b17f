"""From a yes to money on the account: agreement, ties, claim, approval, payroll."""

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.services import close_attendance, note_attendance
from participation.assignments.models import (
    AssignmentAgreement,
    CompensationClaim,
    ConflictDeclaration,
    PayrollBatch,
)
from participation.assignments.queries import declared_ties
from participation.assignments.rules.agreements import text_digest, unpacked
from participation.foundation.clock import now, today
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankMember
from tests.factories.activities import link_of
from tests.factories.assignments import (
    ACCOUNT,
    NUMBER,
    make_rates,
    make_template,
    make_yes,
    page_behind,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

PAYEE = {"payee_name": "Tuva Exempelsson", "personal_number": NUMBER, "bank_account": ACCOUNT}


def fresh(session: Session, model: type) -> object:
    found = session.scalars(select(model).execution_options(populate_existing=True)).one()
    session.commit()
    return found


def mails(session: Session) -> list[str]:
    """The templates of every mail about assignments, in order."""
    ours = OutboxMail.template.startswith("assignments/")
    found = list(session.scalars(select(OutboxMail.template).where(ours).order_by(OutboxMail.id)))
    session.commit()
    return found


def digest_on(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_somebody_agrees_and_finds_the_very_words_again(
    client: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    make_template(session)
    member = make_member(session)
    invitation = make_yes(session, county.region, member, kind="working_group")
    session.commit()
    invited = client.page(link_of(invitation))
    address = f"{link_of(invitation)}/agreement"
    assert address in invited
    page = client.page(address)
    assert "Det stannar hos dig." in page
    assert client.submit(address, {"digest": digest_on(page)}).status_code == 200, "no tick"
    assert fresh_agreements(session) == []
    data = {"digest": digest_on(page), "agrees": "y"}
    assert client.submit(address, data).status_code == 303
    assert client.submit(address, data).status_code == 303, "twice"
    kept: AssignmentAgreement = fresh(session, AssignmentAgreement)  # type: ignore[assignment]
    assert kept.text is not None
    assert kept.text_digest == text_digest(unpacked(kept.text, "sv").plain) == digest_on(page)
    assert (kept.template_version, kept.locale) == (1, "sv")
    assert mails(session) == ["assignments/agreement_accepted"]
    activity = session.scalars(select(Activity)).one()
    activity.title = "Något helt annat"
    session.commit()
    assert "Hem från avdelningen" in client.page(address), "the old words stay"
    listed = as_coordinator.page(f"/activities/{activity.public_id}/agreements")
    assert "Tuva Exempelsson" in listed


def fresh_agreements(session: Session) -> list[AssignmentAgreement]:
    found = [
        row for row in session.scalars(select(AssignmentAgreement)) if row.accepted_at is not None
    ]
    session.commit()
    return found


def test_words_that_changed_meanwhile_must_be_read_again(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    make_template(session)
    invitation = make_yes(session, county.region, make_member(session), kind="working_group")
    session.commit()
    address = f"{link_of(invitation)}/agreement"
    old = digest_on(client.page(address))
    session.scalars(select(Activity)).one().place = "Någon annanstans"
    session.commit()
    sent = client.submit(address, {"digest": old, "agrees": "y"})
    assert sent.headers["Location"] == address
    assert fresh_agreements(session) == []


def test_a_question_is_answered_before_anybody_agrees(
    client: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    invitation = make_yes(session, county.region, make_member(session), kind="working_group")
    session.commit()
    address = f"{link_of(invitation)}/agreement"
    assert client.submit(f"{address}/ask", {"question": " "}).status_code == 200
    client.submit(f"{address}/ask", {"question": "Får jag ta med min hund?"})
    assert "Hem från avdelningen" in as_coordinator.page("/start")
    kept: AssignmentAgreement = fresh(session, AssignmentAgreement)  # type: ignore[assignment]
    activity = session.scalars(select(Activity)).one()
    session.commit()
    page = f"/activities/{activity.public_id}/agreements/{kept.public_id}"
    assert "hund" in as_coordinator.page(page)
    as_coordinator.submit(page, {"answer": "Ja, hunden är välkommen."})
    assert "hunden är välkommen" in client.page(address)
    assert mails(session) == ["assignments/agreement_answered"]


def test_ties_are_declared_decided_and_seen_by_audits(
    client: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    member = make_member(session)
    invitation = make_yes(session, county.region, member, kind="user_audit")
    session.commit()
    address = f"{link_of(invitation)}/declaration"
    client.page(address)
    assert client.submit(address).status_code == 200, "nothing chosen"
    assert client.submit(address, {"ties": "some"}).status_code == 200, "no tie told"
    more = client.submit(address, {"ties": "some", "more": "1"}).get_data(as_text=True)
    assert "declared-1-where" in more
    tie = {
        "ties": "some",
        "declared-0-where": f"u{county.unit.id}",
        "declared-0-kind": "relative",
        "declared-0-words": "Min syster",
    }
    assert client.submit(address, tie).status_code == 303
    kept: ConflictDeclaration = fresh(session, ConflictDeclaration)  # type: ignore[assignment]
    found = declared_ties(session, [member.id])[member.id]
    assert [(one.kind, one.words, one.unit_id) for one in found] == [
        ("relative", "Min syster", county.unit.id)
    ]
    raw = session.connection().exec_driver_sql("select ties from conflict_declarations").scalar()
    assert "syster" not in str(raw), "encrypted at rest"
    activity = session.scalars(select(Activity)).one()
    session.commit()
    page = f"/activities/{activity.public_id}/declarations/{kept.public_id}"
    assert "Min syster" in as_coordinator.page(page)
    assert as_coordinator.submit(page, {"decision": "fine"}).status_code == 200, "no reason"
    as_coordinator.submit(page, {"decision": "with_limits", "reason": "Inte intervjua henne."})
    assert "Inte intervjua henne." in client.page(address)
    assert mails(session) == ["assignments/ties_decided"]
    client.submit(address, {"ties": "none"})
    session.expire_all()
    assert declared_ties(session, [member.id]) == {}
    session.commit()


def test_a_reminder_goes_to_those_who_have_something_left_once_a_day(
    client: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    invitation = make_yes(session, county.region, make_member(session), kind="user_audit")
    activity = session.scalars(select(Activity)).one()
    session.commit()
    page = f"/activities/{activity.public_id}/agreements"
    as_coordinator.submit(f"{page}/remind")
    as_coordinator.submit(f"{page}/remind")
    assert mails(session) == ["assignments/reminder"]
    as_coordinator.page(f"{page}/terms")
    as_coordinator.submit(
        f"{page}/terms", {"gives_compensation": "y", "extra_text": "Ta med lunch"}
    )
    assert client.get(f"{link_of(invitation)}/agreement").status_code == 404, "not needed any more"


@pytest.fixture
def held(app: Flask, county: SmallCounty, session: Session) -> str:
    """A meeting of two hours last week, attendance closed: the path of Tuva's claim."""
    make_rates(session)
    member = make_member(session, name="Tuva Exempelsson")
    invitation = make_yes(session, county.region, member, starts_at=now() - timedelta(days=7))
    activity = session.get_one(Activity, invitation.activity_id)
    close_attendance(session, SYSTEM, activity, [member.public_id])
    address = page_behind(session, invitation.activity_id, member, "compensation")
    session.commit()
    return address


def account_of_tuva(session: Session) -> int:
    return session.scalars(select(BankMember.account_id)).one()


def claim_in(session: Session) -> CompensationClaim:
    return fresh(session, CompensationClaim)  # type: ignore[return-value]


def test_money_in_one_step(
    held: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    as_administrator: CheckingClient,
    session: Session,
) -> None:
    assert mails(session) == ["assignments/claim_offered"]
    assert "400\u00a0kr" in client.page(held), "two hours at 200 kr"
    assert client.submit(held, PAYEE).status_code == 303
    assert client.submit(held, PAYEE).status_code == 303, "twice"
    claim = claim_in(session)
    assert (claim.state, claim.taxed_ore, claim.untaxed_ore) == ("submitted", 400_00, 0)
    shown = client.page(held)
    assert NUMBER not in shown
    assert NUMBER[-4:] not in shown
    page = f"/compensation/{claim.public_id}"
    assert claim.code in as_coordinator.page("/compensation")
    assert NUMBER[-4:] not in as_coordinator.page(page)
    as_coordinator.submit("/compensation", {"claims": [claim.public_id]})
    as_coordinator.submit("/compensation", {"claims": [claim.public_id]})
    assert claim_in(session).state == "approved"
    made = as_administrator.submit("/compensation/payroll")
    again = as_administrator.submit("/compensation/payroll")
    assert again.headers["Location"] == "/compensation/payroll", "exported exactly once"
    batch: PayrollBatch = fresh(session, PayrollBatch)  # type: ignore[assignment]
    assert (batch.number, batch.claim_count) == (1, 1)
    file = as_administrator.get(f"{made.headers['Location']}/payroll.csv")
    assert file.data == as_administrator.get(f"{made.headers['Location']}/payroll.csv").data
    row = next(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    values = list(row.values())
    assert values[:5] == ["1", claim.code, NUMBER, "Tuva Exempelsson", ACCOUNT]
    assert values[8:10] == ["400,00", "0,00"], "both decimals, as payroll programs read it"
    assert "Hem från avdelningen" not in file.data.decode()
    as_administrator.page(made.headers["Location"])
    as_administrator.submit(f"{made.headers['Location']}/paid", {"paid_on": str(today())})
    assert claim_in(session).state == "paid"
    assert "400\u00a0kr" in as_administrator.page(f"/compensation/totals?year={today().year}")
    assert mails(session) == [
        f"assignments/claim_{name}"
        for name in ("offered", "submitted", "approved", "exported", "paid")
    ]
    done = {entry.action for entry in entries_about(session, account_of_tuva(session))}
    assert {"claim_submitted", "claim_seen", "claim_approved", "claim_exported"} <= done


def test_a_corrected_attendance_offers_or_takes_back_the_offer(
    held: str, client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    activity = session.scalars(select(Activity)).one()
    tuva = session.scalars(select(BankMember)).one()
    late = make_member(session, name="Sen Provberg")
    note_attendance(session, SYSTEM, activity, late, present=True)
    note_attendance(session, SYSTEM, activity, tuva, present=False)
    session.commit()
    claim = claim_in(session)
    assert claim.member_id == late.id
    assert client.get(held).status_code == 404
    client.page(page_behind(session, activity.id, late, "compensation"))
    session.commit()
