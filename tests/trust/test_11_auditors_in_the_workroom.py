"""TRUST 11: an auditor works with the interviews of their own audit, and with nothing else."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import grant_role
from participation.audits.models import Audit, AuditInterview, AuditTeamMember
from participation.audits.providers import AuditorData
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    advance_audit,
    note_users_told,
    put_in,
    remove_auditor,
    take_along,
)
from participation.coding.models import Codebook, Material, MaterialCoder
from participation.foundation.permissions import SYSTEM, Actor, Role
from tests.factories.audits import make_audit_at
from tests.factories.coding import (
    code_of,
    make_codebook,
    make_material,
    make_reviewed_material,
    texts_of,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.field_device import Device
from tests.support.signing_in import sign_in_client


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    return make_audit_at(session, county.unit, AuditState.ANALYSING)


@pytest.fixture
def place(session: Session, audit: Audit) -> AuditTeamMember:
    in_team = select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id)
    return session.scalars(in_team.order_by(AuditTeamMember.id)).first()  # type: ignore[return-value]


@pytest.fixture
def auditor(app: Flask, session: Session, place: AuditTeamMember) -> CheckingClient:
    client = app.test_client()
    sign_in_client(client, session, session.get_one(Account, place.account_id))
    session.commit()
    return client  # type: ignore[return-value]


def material_of(session: Session, audit: Audit) -> Material:
    of_audit = select(Material).where(Material.source_public_id == audit.public_id)
    return session.scalars(of_audit).one()


def everything_about(session: Session, found: Material) -> list[str]:
    text = texts_of(session, found)[0]
    return [
        f"/coding/materials/{found.public_id}",
        f"/coding/materials/{found.public_id}/review",
        f"/coding/texts/{text.public_id}",
        f"/coding/texts/{text.public_id}/review",
        f"/coding/texts/{text.public_id}/urgent",
    ]


def test_11_an_auditor_reviews_and_codes_the_interviews_of_their_own_audit(
    auditor: CheckingClient, session: Session, audit: Audit
) -> None:
    own = material_of(session, audit)
    text = texts_of(session, own)[0]
    session.commit()
    listed = auditor.page("/coding")
    assert f"/coding/materials/{own.public_id}" in listed
    assert "/coding/urgent" not in listed, "taking such a text is for coordinators"
    assert text.text in auditor.page(f"/coding/texts/{text.public_id}/review")
    assert auditor.submit(f"/coding/texts/{text.public_id}/review").status_code == 303
    assert auditor.get(f"/coding/materials/{own.public_id}").status_code == 200


def test_11_and_reaches_no_other_material_by_any_way(
    auditor: CheckingClient, session: Session, county: SmallCounty
) -> None:
    others = make_audit_at(session, county.unit, AuditState.ANALYSING)
    for found in (
        make_material(session, source_public_id="raw"),
        make_reviewed_material(session, source_public_id="read"),
        material_of(session, others),
    ):
        session.commit()
        for address in everything_about(session, found):
            assert auditor.get(address).status_code == 404, address
        text = texts_of(session, found)[0].public_id
        for act in (
            f"texts/{text}/review",
            f"texts/{text}/code",
            f"texts/{text}/aside",
            f"texts/{text}/mask",
            f"texts/{text}/urgent",
            f"materials/{found.public_id}/undo",
            f"materials/{found.public_id}/codebook",
            f"materials/{found.public_id}/review/clean",
        ):
            assert auditor.submit(f"/coding/{act}", {"number": "1"}).status_code == 404, act
        assert found.public_id not in auditor.page("/coding")
    assert auditor.get("/results").status_code == 403


def test_11_raw_notes_are_the_teams_and_not_the_coordinators(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    own = material_of(session, audit)
    text = texts_of(session, own)[0]
    session.commit()
    review = f"/coding/materials/{own.public_id}/review"
    assert as_coordinator.get(review).status_code == 404
    for page in ("/coding", "/start", f"/coding/materials/{own.public_id}"):
        assert review not in as_coordinator.page(page), "the way there would end in nothing"
    assert as_coordinator.get(f"/coding/texts/{text.public_id}/review").status_code == 404
    assert text.text not in as_coordinator.page(f"/coding/materials/{own.public_id}")


def test_11_who_left_the_team_and_whoever_is_done_opens_nothing_any_more(
    auditor: CheckingClient, session: Session, audit: Audit, place: AuditTeamMember
) -> None:
    own = material_of(session, audit)
    here = f"/coding/materials/{own.public_id}"
    remove_auditor(session, SYSTEM, audit, place)
    session.commit()
    assert auditor.get(here).status_code in {403, 404}


def test_11_who_is_erased_leaves_no_name_in_the_way_of_the_review(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    own = material_of(session, audit)
    text = texts_of(session, own)[0].public_id
    named = select(MaterialCoder.account_id).where(MaterialCoder.material_id == own.id)
    for account_id in session.scalars(named).all():
        list(AuditorData().erase(session, account_id))
    assert session.scalars(named).all() == []
    session.commit()
    assert as_coordinator.get(f"/coding/texts/{text}/review").status_code == 200


def test_11_what_was_written_for_an_audit_that_was_called_off_stays_unread(
    auditor: CheckingClient, as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    own = material_of(session, audit)
    addresses = everything_about(session, own)
    session.commit()
    assert auditor.get(addresses[1]).status_code == 200
    advance_audit(session, SYSTEM, audit, AuditState.CANCELLED)
    session.commit()
    assert texts_of(session, own) == []
    session.commit()
    for client in (auditor, as_coordinator):
        for address in addresses[2:]:
            assert client.get(address).status_code in {403, 404}, address


def test_11_notes_are_not_read_at_the_audit_once_coding_has_them_nor_after_its_end(
    auditor: CheckingClient, session: Session, audit: Audit, county: SmallCounty
) -> None:
    handed_over = session.scalars(select(AuditInterview)).one()
    here = f"/audits/{audit.public_id}/interviews"
    session.commit()
    assert auditor.get(f"{here}/{handed_over.public_id}").status_code == 404
    assert auditor.get(f"{here}/{handed_over.public_id}/change").status_code == 404
    listed = auditor.page(here)
    assert handed_over.public_id in listed, "a person can still take their words back"
    assert f'href="{here}/{handed_over.public_id}"' not in listed
    handed_over.handed_over_at = None
    audit.state = AuditState.INTERVIEWING
    session.commit()
    assert auditor.get(f"{here}/{handed_over.public_id}").status_code == 200
    for ended in (AuditState.CANCELLED, AuditState.FOLLOWED_UP):
        audit.state = ended
        session.commit()
        assert auditor.get(f"{here}/{handed_over.public_id}").status_code == 404, ended
    assert county.unit.name in auditor.page(f"/audits/{audit.public_id}")


def test_11_an_auditor_who_has_come_to_act_for_the_organisation_is_in_the_team_no_more(
    auditor: CheckingClient,
    session: Session,
    county: SmallCounty,
    audit: Audit,
    place: AuditTeamMember,
) -> None:
    going = make_audit_at(session, county.unit, AuditState.PREPARING)
    session.add(AuditTeamMember(audit_id=going.id, account_id=place.account_id))
    note_users_told(session, SYSTEM, going)
    advance_audit(session, SYSTEM, going, AuditState.INTERVIEWING)
    account = session.get_one(Account, place.account_id)
    taken = take_along(session, Actor(account_id=account.id), going)
    own = material_of(session, audit)
    text = texts_of(session, own)[0].public_id
    addresses = [
        f"/audits/{audit.public_id}/interviews",
        f"/audits/{going.public_id}/interviews/new",
        f"/audits/{going.public_id}/field",
        f"/coding/materials/{own.public_id}",
        f"/coding/texts/{text}/review",
    ]
    session.commit()
    for address in addresses:
        assert auditor.get(address).status_code == 200, address
    grant_role(session, account, Role.CONTACT_PERSON, organisation=county.region)
    session.commit()
    for address in addresses:
        assert auditor.get(address).status_code in {403, 404}, address
    assert own.public_id not in auditor.page("/coding")
    device = Device(going.public_id, taken.token, taken.public_key)
    assert put_in(session, device.token, **device.sealed()).state == "late"


def test_11_an_auditor_changes_no_codebook_but_the_one_of_their_own_material(
    auditor: CheckingClient, session: Session, audit: Audit
) -> None:
    countys = make_codebook(session)
    code = code_of(session, 1)
    own = material_of(session, audit)
    assert own.codebook_id is None
    session.commit()
    assert "/coding/codebooks/new" not in auditor.page("/coding")
    retire = f"/coding/codes/{code.public_id}/retire"
    choose = f"/coding/materials/{own.public_id}/codebook"
    assert auditor.submit(retire).status_code == 404
    assert auditor.submit(choose, {"codebook": countys.public_id}).status_code == 404
    assert auditor.submit("/coding/codebooks/new", {"title": "Vid sidan av"}).status_code == 404
    begun = f"/coding/codebooks/new?material={own.public_id}"
    assert auditor.submit(begun, {"title": "Vår kodbok"}).status_code == 303
    session.refresh(code)
    assert not code.is_retired
    session.refresh(own)
    book = session.get_one(Codebook, own.codebook_id)
    session.commit()
    new_code = f"/coding/codebooks/{book.public_id}/codes/new"
    assert auditor.submit(new_code, {"name": "Tid", "theme": "Vardag"}).status_code == 303
