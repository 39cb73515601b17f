"""Claims that go another way: with receipts, sent back, declined, on paper, late, refused."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.accounts.services import grant_role
from participation.accounts.services.own_data import erase_person
from participation.assignments.models import ClaimLine, CompensationClaim, PayrollBatch
from participation.assignments.services import (
    OwnMatter,
    approve_claims,
    close_late_claims,
    erase_paid_details,
    export_payroll,
    mark_paid,
    submit_claim,
    warn_before_closing,
)
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict
from participation.foundation.files import StoredFile
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember
from participation.registry import FEATURES
from tests.conftest import SignIn
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    ACCOUNT,
    NUMBER,
    PDF,
    make_claim,
    make_details,
    page_behind,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

PAYEE = {"payee_name": "Tuva Exempelsson", "personal_number": NUMBER, "bank_account": ACCOUNT}


@pytest.fixture
def member(county: SmallCounty, session: Session) -> BankMember:
    return make_member(session, name="Tuva Exempelsson")


@pytest.fixture
def claim(county: SmallCounty, session: Session, member: BankMember) -> CompensationClaim:
    """Two hours last week, offered; committed."""
    found = make_claim(session, county.region, member)
    session.commit()
    return found


@pytest.fixture
def address(session: Session, claim: CompensationClaim, member: BankMember) -> str:
    found = page_behind(session, claim.activity_id, member, "compensation")
    session.commit()
    return found


def coordinator(session: Session, name: str = "Ove Provling") -> Actor:
    account = make_staff(session, name=name)
    session.commit()
    return actor_of(session, account)


def reread(session: Session, claim: CompensationClaim) -> CompensationClaim:
    session.expire_all()
    found = session.get_one(CompensationClaim, claim.id)
    session.commit()
    return found


def whole(session: Session, claim: CompensationClaim) -> CompensationClaim:
    """The claim with what services expect to be loaded."""
    session.refresh(claim, ["activity", "member", "lines", "rate_table"])
    session.refresh(claim.activity, ["organisation"])
    session.refresh(claim.rate_table, ["rates"])
    return claim


def pdf(name: str = "kvitto.pdf", content: bytes = PDF) -> Any:
    return (io.BytesIO(content), name)


def last_mail(session: Session) -> str:
    found = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    session.commit()
    return found.template


def test_travel_costs_and_lost_income_with_receipts(
    address: str, client: CheckingClient, claim: CompensationClaim, session: Session
) -> None:
    sent = client.submit(
        address,
        {
            **PAYEE,
            "preparation": "1,5",
            "travel": "1:10",
            "kilometres": "82",
            "lost_income": "1 200,50",
            "other_cost": "89",
            "words": "Bussen kom sent.",
            "files": [pdf(), pdf("intyg.pdf")],
        },
    )
    assert sent.status_code == 303, sent.get_data(as_text=True)
    found = reread(session, claim)
    assert found.taxed_ore == 400_00 + 300_00 + 180_00 + 1_200_50
    assert found.untaxed_ore == 205_00 + 89_00
    assert len(session.scalars(select(StoredFile)).all()) == 2
    session.commit()
    raw = session.connection().exec_driver_sql(
        "select personal_number, bank_account, payee_name, words from compensation_claims"
    )
    assert all("." in str(value) and "Tuva" not in str(value) for value in raw.one())
    session.commit()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kilometres": "0"}, "kilometres"),
        ({"kilometres": "-3"}, "kilometres"),
        ({"kilometres": "många"}, "kilometres"),
        ({"kilometres": "2001"}, "kilometres"),
        ({"lost_income": "-5"}, "lost_income"),
        ({"lost_income": "1,005"}, "lost_income"),
        ({"other_cost": "999999999"}, "other_cost"),
        ({"other_cost": "=1+1"}, "other_cost"),
        ({"other_cost": "0"}, "other_cost"),
        ({"travel": "25"}, "travel"),
        ({"preparation": "lång tid"}, "preparation"),
        ({"personal_number": "19900101-9803"}, "personal_number"),
        ({"personal_number": ""}, "personal_number"),
        ({"bank_account": "123"}, "bank_account"),
        ({"bank_account": "konto"}, "bank_account"),
        ({"payee_name": "Tuva"}, "payee_name"),
        ({"other_cost": "50"}, "other_cost"),  # without a receipt
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_is_lost(
    typed: dict[str, str],
    field: str,
    address: str,
    client: CheckingClient,
    claim: CompensationClaim,
    session: Session,
) -> None:
    refused = client.submit(address, {**PAYEE, "words": "Jag minns detta.", **typed})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 200
    assert f'id="{field}-error"' in page
    assert "Jag minns detta." in page
    assert reread(session, claim).state == "offered"
    assert reread(session, claim).personal_number is None


def test_a_file_of_the_wrong_type_is_refused_and_the_right_one_is_kept(
    address: str, client: CheckingClient, claim: CompensationClaim, session: Session
) -> None:
    page = client.submit(
        address, {**PAYEE, "files": [pdf(), pdf("farlig.svg", b"<svg onload=alert(1)>")]}
    ).get_data(as_text=True)
    assert "farlig.svg" in page
    assert reread(session, claim).state == "offered"
    stored = session.scalars(select(StoredFile)).one()
    session.commit()
    assert "kvitto.pdf" in page, "what was right is not lost"
    got = client.get(f"{address}/files/{stored.public_id}")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    client.submit(f"{address}/files/{stored.public_id}/remove")
    assert session.scalars(select(StoredFile)).all() == []
    session.commit()


def test_it_can_be_counted_before_it_is_sent(
    address: str, client: CheckingClient, claim: CompensationClaim, session: Session
) -> None:
    page = client.submit(address, {"kilometres": "100", "count": "1"}).get_data(as_text=True)
    assert "250\u00a0kr" in page
    assert "personal_number-error" not in page
    assert reread(session, claim).state == "offered"


def test_who_wants_nothing_gives_no_number_and_may_regret(
    address: str, client: CheckingClient, claim: CompensationClaim, session: Session
) -> None:
    client.submit(address, {"decline": "1"})
    client.submit(address, {"decline": "1"})
    found = reread(session, claim)
    assert (found.state, found.personal_number) == ("declined", None)
    assert last_mail(session) == "assignments/claim_declined"
    client.page(address)
    client.submit(f"{address}/withdraw")
    assert reread(session, claim).state == "offered"
    client.submit(address, PAYEE)
    assert reread(session, claim).state == "submitted"
    client.submit(f"{address}/withdraw")
    found = reread(session, claim)
    assert (found.state, found.personal_number, found.taxed_ore) == ("offered", None, 0)


def test_a_claim_that_came_back_is_mended_without_typing_the_number_again(
    address: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    claim: CompensationClaim,
    session: Session,
) -> None:
    client.submit(address, PAYEE)
    page = f"/compensation/{claim.public_id}"
    assert as_coordinator.submit(f"{page}/return", {"reason": ""}).status_code == 200
    as_coordinator.submit(f"{page}/return", {"reason": "Resan saknas."})
    assert "Resan saknas." in client.page(address)
    client.submit(address, {"payee_name": "Tuva Exempelsson", "kilometres": "10"})
    found = reread(session, claim)
    assert (found.state, found.personal_number, found.untaxed_ore) == ("submitted", NUMBER, 25_00)


def test_an_amount_is_adjusted_with_a_reason_that_the_person_reads(
    address: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    claim: CompensationClaim,
    session: Session,
) -> None:
    client.submit(address, {**PAYEE, "kilometres": "500"})
    line = session.scalars(select(ClaimLine).where(ClaimLine.kind == "mileage")).one()
    session.commit()
    page = f"/compensation/{claim.public_id}/lines/{line.id}"
    as_coordinator.page(page)
    for wrong in ({"amount": "-1", "reason": "x"}, {"amount": "5", "reason": ""}):
        assert as_coordinator.submit(page, wrong).status_code == 200
    as_coordinator.submit(page, {"amount": "205", "reason": "Kartan säger 82 km."})
    assert reread(session, claim).untaxed_ore == 205_00
    shown = client.page(address)
    assert "Kartan säger 82 km." in shown
    assert "1\xa0250\xa0kr" in shown
    as_coordinator.submit(page, {"amount": "0,00", "reason": "Du åkte med någon."})
    assert reread(session, claim).untaxed_ore == 0


def test_whoever_changed_an_amount_leaves_the_approval_to_somebody_else(
    address: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    sign_in: SignIn,
    claim: CompensationClaim,
    session: Session,
) -> None:
    client.submit(address, {**PAYEE, "kilometres": "500"})
    line = session.scalars(select(ClaimLine).where(ClaimLine.kind == "mileage")).one()
    session.commit()
    page = f"/compensation/{claim.public_id}"
    as_coordinator.submit(f"{page}/lines/{line.id}", {"amount": "205", "reason": "Kartan."})
    assert f'action="{page}/approve"' not in as_coordinator.page(page)
    assert as_coordinator.submit(f"{page}/approve").status_code == 303
    several = as_coordinator.submit("/compensation", {"claims": [claim.public_id]})
    assert (several.status_code, reread(session, claim).state) == (200, "submitted")
    colleague = sign_in(Role.COORDINATOR, name="Dag Exempelsson")
    assert f'action="{page}/approve"' in colleague.page(page)
    colleague.submit(f"{page}/approve")
    assert reread(session, claim).state == "approved"


def test_nobody_approves_their_own_claim_or_one_they_filed(
    address: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    claim: CompensationClaim,
    member: BankMember,
    session: Session,
) -> None:
    account = session.get_one(Account, member.account_id)
    grant_role(session, account, Role.COORDINATOR)
    session.commit()
    claimant = actor_of(session, account)
    session.commit()
    page = f"/compensation/{claim.public_id}"
    form = as_coordinator.page(f"{page}/file")
    assert "underskrivna" in form
    filed = as_coordinator.submit(f"{page}/file", {**PAYEE, "other_cost": "50", "on_paper": "y"})
    assert filed.status_code == 303, filed.get_data(as_text=True)
    as_coordinator.submit(f"{page}/approve")
    assert reread(session, claim).state == "submitted", "filed by the one who approves"
    refused = as_coordinator.submit("/compensation", {"claims": [claim.public_id]})
    assert 'id="claims-error"' in refused.get_data(as_text=True) or refused.status_code == 200
    assert reread(session, claim).state == "submitted"
    with pytest.raises(OwnMatter):
        approve_claims(session, claimant, [whole(session, claim)])
    session.rollback()
    assert approve_claims(session, coordinator(session), [whole(session, claim)]) == 1
    session.commit()


def test_an_approval_can_be_taken_back_until_payroll_has_it(
    as_coordinator: CheckingClient,
    address: str,
    client: CheckingClient,
    claim: CompensationClaim,
    session: Session,
) -> None:
    client.submit(address, PAYEE)
    page = f"/compensation/{claim.public_id}"
    as_coordinator.submit(f"{page}/approve")
    assert client.submit(f"{address}/withdraw").status_code == 409, "approved stays"
    as_coordinator.submit(f"{page}/take-back")
    assert reread(session, claim).state == "submitted"
    as_coordinator.submit(f"{page}/approve")
    as_coordinator.submit("/compensation/payroll")
    assert as_coordinator.submit(f"{page}/take-back").status_code == 409
    assert as_coordinator.submit(f"{page}/return", {"reason": "x"}).status_code == 409


def paid_batch(session: Session, claim: CompensationClaim) -> PayrollBatch:
    actor = coordinator(session)
    submit_claim(session, whole(session, claim), make_details(payee_name="=Tuva Exempelsson"))
    approve_claims(session, actor, [claim])
    session.commit()
    batch = export_payroll(session, actor)
    assert batch is not None
    session.commit()
    mark_paid(session, actor, batch, today())
    session.commit()
    return batch


def test_the_payroll_file_runs_no_formula_and_is_never_made_twice(
    claim: CompensationClaim, session: Session
) -> None:
    batch = paid_batch(session, claim)
    assert batch.content is not None
    text = io.StringIO(batch.content.decode("utf-8-sig"), newline="")
    _headings, row = csv.reader(text, delimiter=";")
    assert row[3] == "'=Tuva Exempelsson"
    assert export_payroll(session, coordinator(session, "Ebba Demolund")) is None
    with pytest.raises(Conflict):
        mark_paid(session, coordinator(session, "Ebba Demolund"), batch, today())
    session.rollback()


def test_numbers_and_the_file_go_when_they_are_no_longer_needed(
    claim: CompensationClaim, session: Session
) -> None:
    batch = paid_batch(session, claim)
    assert erase_paid_details(session) == 0
    with frozen_at(now() + timedelta(days=61)):
        assert erase_paid_details(session) == 1
        assert erase_paid_details(session) == 0
    session.commit()
    found = reread(session, claim)
    assert (found.personal_number, found.bank_account) == (None, None)
    assert found.payee_name == "=Tuva Exempelsson", "booked"
    session.refresh(batch, ["content", "content_erased_at"])
    assert batch.content is None
    assert batch.content_erased_at is not None
    session.commit()


def test_a_late_claim_is_closed_after_a_warning_and_can_be_opened_again(
    address: str,
    client: CheckingClient,
    as_coordinator: CheckingClient,
    claim: CompensationClaim,
    session: Session,
) -> None:
    assert (warn_before_closing(session), close_late_claims(session)) == (0, 0)
    with frozen_at(now() + timedelta(days=75)):
        assert (warn_before_closing(session), warn_before_closing(session)) == (1, 0)
        assert close_late_claims(session) == 0
        session.commit()
        assert last_mail(session) == "assignments/claim_closing"
    with frozen_at(now() + timedelta(days=90)):
        assert close_late_claims(session) == 1
        session.commit()
        assert last_mail(session) == "assignments/claim_closed"
        client.page(address)
        client.submit(address, PAYEE)
        assert reread(session, claim).state == "closed"
    as_coordinator.submit(f"/compensation/{claim.public_id}/reopen")
    client.submit(address, PAYEE)
    assert reread(session, claim).state == "submitted"


def test_nobody_is_closed_without_a_warning_when_the_worker_stood_still(
    claim: CompensationClaim, session: Session
) -> None:
    with frozen_at(now() + timedelta(days=200)):
        assert (warn_before_closing(session), close_late_claims(session)) == (1, 0)
    session.rollback()


def test_a_link_opens_nobody_elses_claim(
    address: str, client: CheckingClient, claim: CompensationClaim, session: Session
) -> None:
    token = address.split("/")[2]
    other = token[:-1] + ("0" if token[-1] != "0" else "1")
    for page in ("compensation", "compensation/print", "agreement", "declaration"):
        assert client.get(f"/i/{other}/{page}").status_code == 404
        assert client.get(f"/i/{token[:-1]}/{page}").status_code == 404
    assert client.submit(f"/i/{other}/compensation", PAYEE).status_code == 404
    client.page(f"{address}/print")


def test_staff_of_another_organisation_see_no_claim(
    claim: CompensationClaim,
    as_contact_person: CheckingClient,
    as_outsider: CheckingClient,
    as_resident: CheckingClient,
    client: CheckingClient,
    sign_in: Any,
    county: SmallCounty,
) -> None:
    page = f"/compensation/{claim.public_id}"
    scoped = sign_in(Role.COORDINATOR, name="Nils Närkommun", organisation=county.torsas)
    assert scoped.get(page).status_code == 404
    assert claim.code not in scoped.page("/compensation")
    for other in (as_contact_person, as_outsider, as_resident):
        assert other.get(page).status_code == 403
        assert other.get("/compensation/payroll").status_code == 403
    assert client.get(page).status_code == 303
    as_contact_person.page("/compensation/totals")
    assert as_resident.get("/compensation/totals").status_code == 403


def test_costs_are_shown_to_each_organisation_for_itself_only(
    claim: CompensationClaim,
    as_contact_person: CheckingClient,
    as_outsider: CheckingClient,
    as_coordinator: CheckingClient,
    session: Session,
) -> None:
    paid_batch(session, claim)
    year = today().year
    own = as_contact_person.page(f"/compensation/totals?year={year}")
    assert "400\u00a0kr" in own
    assert "Tuva" not in own
    assert "400\u00a0kr" not in as_outsider.page(f"/compensation/totals?year={year}")
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        got = as_coordinator.get(f"/compensation/totals.{ending}?year={year}")
        assert got.data.startswith(start)
    as_coordinator.page("/compensation/totals?year=%F0")
    as_coordinator.page("/compensation/totals?year=99999999999")


def test_what_was_booked_is_held_with_its_reason_and_all_else_goes(
    county: SmallCounty, claim: CompensationClaim, member: BankMember, session: Session
) -> None:
    paid_batch(session, claim)
    other = make_claim(session, county.region, member, rate_table_id=claim.rate_table_id)
    session.commit()
    account = session.get_one(Account, member.account_id)
    providers = FEATURES.collect("person_data")
    kept = erase_person(session, actor_of(session, account), providers)
    session.commit()
    assert any("Bokför" in sentence for sentence in kept), kept
    assert session.get(CompensationClaim, other.id) is None
    found = reread(session, claim)
    assert (found.personal_number, found.taxed_ore) == (None, 400_00)


def test_administrators_pay_but_see_no_single_claim(
    claim: CompensationClaim, as_administrator: CheckingClient
) -> None:
    as_administrator.page("/compensation/payroll")
    assert as_administrator.get(f"/compensation/{claim.public_id}").status_code == 403
