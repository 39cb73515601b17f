"""Interviews written while connected: all that a device writes, with consent, and nothing lost."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.audits import queries
from participation.audits.models import Audit, AuditInterview, AuditQuestion, AuditTeamMember
from participation.audits.rules.information import consent_version, consent_words
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import week_of
from participation.audits.services import (
    NoConsent,
    accept_late,
    advance_audit,
    change_interview,
    forget_interview,
    put_in,
    remove_auditor,
    take_along,
    write_interview,
)
from participation.coding.models import MaterialText
from participation.foundation.clock import today
from participation.foundation.db import make_sessions
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import SYSTEM, Actor
from tests.factories.audits import make_audit_at
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.field_device import Device
from tests.support.signing_in import sign_in_client

NOTES = "Hon äter helst ensam."
LONG_AGO = "2025-W40"


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    found = make_audit_at(session, county.unit, AuditState.INTERVIEWING)
    session.add(AuditQuestion(audit_id=found.id, number=1, text="Hur är en vanlig dag?"))
    session.flush()
    return found


@pytest.fixture
def places(session: Session, audit: Audit) -> list[AuditTeamMember]:
    in_team = select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id)
    return list(session.scalars(in_team.order_by(AuditTeamMember.id)))


@pytest.fixture
def auditor(app: Flask, session: Session, places: list[AuditTeamMember]) -> CheckingClient:
    client = app.test_client()
    sign_in_client(client, session, session.get_one(Account, places[0].account_id))
    session.commit()
    return client  # type: ignore[return-value]


@pytest.fixture
def colleague(engine: Engine, audit: Audit) -> Iterator[Session]:
    """Another session, as if somebody else's request."""
    with make_sessions(engine)() as other:
        yield other


def typed(**more: str) -> dict[str, str]:
    return {
        "respondent_role": "service_user",
        "held_week": week_of(today()),
        "answer_1": "Lugn, och lång.",
        "notes": NOTES,
        "consent": "y",
        "consent_version": consent_version(),
        **more,
    }


def words(**more: object) -> dict[str, object]:
    return {
        "respondent_role": "patient",
        "held_week": LONG_AGO,
        "notes": NOTES,
        "answers": {1: "Bra."},
        "consent_version": consent_version(),
        **more,
    }


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def only(session: Session) -> AuditInterview:
    session.expire_all()
    return session.scalars(select(AuditInterview)).one()


def test_everything_that_was_written_is_saved(
    auditor: CheckingClient, session: Session, audit: Audit, places: list[AuditTeamMember]
) -> None:
    here = f"/audits/{audit.public_id}/interviews/new"
    page = auditor.page(here)
    session.commit()
    for shown in ("Hur är en vanlig dag?", *consent_words(consent_version(), "sv")):
        assert shown in page
    saved = auditor.submit(here, typed(second=places[1].public_id))
    assert saved.status_code == 303
    found = only(session)
    assert queries.answers_of(session, found.id) == {1: "Lugn, och lång."}
    assert found.second_account_id == places[1].account_id
    assert (found.notes, found.consent_version) == (NOTES, consent_version())


@pytest.mark.parametrize("missing", ["consent", "consent_version"])
def test_without_a_yes_nothing_is_saved_and_nothing_typed_is_lost(
    auditor: CheckingClient, session: Session, audit: Audit, missing: str
) -> None:
    session.commit()
    told = typed() | ({"consent_version": "none"} if missing == "consent_version" else {})
    told.pop("consent", None) if missing == "consent" else None
    refused = auditor.submit(f"/audits/{audit.public_id}/interviews/new", told)
    assert 'id="consent-error"' in refused.text
    assert NOTES in refused.text
    assert "Lugn, och lång." in refused.text
    assert session.scalar(select(AuditInterview.id)) is None
    with pytest.raises(NoConsent):
        write_interview(session, SYSTEM, audit, **words(consent_version=""))  # type: ignore[arg-type]


def test_changing_online_keeps_what_came_from_a_device(
    auditor: CheckingClient, session: Session, audit: Audit, places: list[AuditTeamMember]
) -> None:
    first, second = (place.account_id for place in places)
    taken = take_along(session, Actor(account_id=first), audit)
    device = Device(audit.public_id, taken.token, taken.public_key)
    said = {"1": "Bra.", "9": "Utanför frågorna."}
    sealed = device.sealed(answers=said, second=places[1].public_id, week=LONG_AGO)
    put_in(session, device.token, **sealed)
    session.commit()
    here = f"/audits/{audit.public_id}/interviews/{only(session).public_id}/change"
    session.commit()
    page = auditor.page(here)
    assert "Bra." in page
    assert f'<option selected value="{places[1].public_id}">' in page
    session.commit()
    told = typed(was=hidden(page, "was"), second=places[1].public_id, answer_1="Bra.")
    saved = auditor.submit(here, {**told, "held_week": LONG_AGO, "notes": "Rättat."})
    assert saved.status_code == 303
    found = only(session)
    assert queries.answers_of(session, found.id) == {1: "Bra.", 9: "Utanför frågorna."}
    assert (found.second_account_id, found.held_week) == (second, LONG_AGO)
    assert found.notes == "Rättat."


def test_two_who_change_at_once_see_each_others_words(
    auditor: CheckingClient, session: Session, audit: Audit
) -> None:
    found = write_interview(session, SYSTEM, audit, **words())  # type: ignore[arg-type]
    session.commit()
    here = f"/audits/{audit.public_id}/interviews/{found.public_id}/change"
    was = hidden(auditor.page(here), "was")
    change_interview(session, SYSTEM, audit, found, **words(notes="Kollegans."))  # type: ignore[arg-type]
    session.commit()
    refused = auditor.submit(here, typed(was=was)).text
    assert NOTES in refused
    assert "Kollegans." in refused
    assert only(session).notes == "Kollegans."
    session.commit()
    again = auditor.submit(here, typed(was=hidden(refused, "was"), notes="Bådas."))
    assert again.status_code == 303
    assert only(session).notes == "Bådas."


def test_what_is_saved_while_the_analysis_begins_reaches_coding_or_is_refused(
    session: Session, colleague: Session, audit: Audit
) -> None:
    kept = write_interview(session, SYSTEM, audit, **words())  # type: ignore[arg-type]
    session.commit()
    stale = colleague.get_one(Audit, audit.id)  # opened while interviews were held
    opened = colleague.get_one(AuditInterview, kept.id)
    colleague.commit()
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    session.commit()
    with pytest.raises(Conflict):
        write_interview(colleague, SYSTEM, stale, **words(notes="För sent."))  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        change_interview(colleague, SYSTEM, stale, opened, **words(notes="För sent."))  # type: ignore[arg-type]
    colleague.rollback()
    texts = session.execute(
        select(MaterialText.question, MaterialText.text).order_by(MaterialText.number)
    ).all()
    assert texts == [("Hur är en vanlig dag?", "Bra."), ("", NOTES)]


def test_changing_what_was_forgotten_meanwhile_is_as_if_it_never_was(
    session: Session, colleague: Session, audit: Audit
) -> None:
    found = write_interview(session, SYSTEM, audit, **words())  # type: ignore[arg-type]
    session.commit()
    opened = colleague.get_one(AuditInterview, found.id)
    stale = colleague.get_one(Audit, audit.id)
    colleague.commit()
    forget_interview(session, SYSTEM, found)
    session.commit()
    with pytest.raises(NotFound):
        change_interview(colleague, SYSTEM, stale, opened, **words())  # type: ignore[arg-type]


def test_a_refused_save_gives_the_words_back(
    auditor: CheckingClient, session: Session, audit: Audit, places: list[AuditTeamMember]
) -> None:
    found = write_interview(session, SYSTEM, audit, **words())  # type: ignore[arg-type]
    here = f"/audits/{audit.public_id}/interviews"
    change = f"{here}/{found.public_id}/change"
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    session.commit()
    handed_over = auditor.submit(change, typed(notes="Ändrat för sent."))
    assert handed_over.status_code == 200
    assert "Ändrat för sent." in handed_over.text
    assert "Bra." not in handed_over.text, "what stands there is read in coding only"
    session.commit()
    remove_auditor(session, SYSTEM, audit, places[0])
    session.commit()
    gone = auditor.submit(f"{here}/new", typed(notes="Skrivet som ute."))
    assert gone.status_code in {403, 404}
    assert "Skrivet som ute." in gone.text
    assert consent_version() not in gone.text
    foreign = auditor.post(f"{here}/new", data=typed(notes="Andras ord."))
    assert "Andras ord." not in foreign.text, "no page of ours sent it"


def test_an_interview_from_a_device_without_a_yes_waits_for_one(
    auditor: CheckingClient, session: Session, audit: Audit, places: list[AuditTeamMember]
) -> None:
    actor = Actor(account_id=places[0].account_id)
    taken = take_along(session, actor, audit)
    device = Device(audit.public_id, taken.token, taken.public_key)
    kept = put_in(session, device.token, **device.sealed(consent=""))
    assert kept.state == "late"
    with pytest.raises(NoConsent):
        accept_late(session, actor, audit, kept)
    session.commit()
    here = f"/audits/{audit.public_id}/interviews/waiting/{kept.public_id}/accept"
    session.commit()
    assert "Ville personen vara med" in auditor.submit(here).text
    assert session.scalar(select(AuditInterview.id)) is None
    session.commit()
    auditor.submit(here, {"consent": "yes"})
    assert only(session).consent_version == consent_version()


def test_interviews_wait_for_the_unit_to_tell_its_users_and_for_the_agreed_day(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    later = today() + timedelta(days=20)
    period = {"period_from": later, "period_to": later + timedelta(days=14)}
    audit = make_audit_at(session, county.unit, AuditState.PREPARING, **period)
    here = f"/audits/{audit.public_id}"
    session.commit()
    assert f"{here}/information" in as_contact_person.page("/start")
    assert as_coordinator.submit(f"{here}/information/told", {"told": "yes"}).status_code == 403
    assert "inte sagt än" in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/step/interviewing")
    as_contact_person.submit(f"{here}/information/told", {"told": "yes"})
    assert "Verksamheten berättade" in as_coordinator.page(f"{here}/information")
    asked = as_coordinator.submit(f"{here}/step/interviewing", {"note": "Vi har lov."})
    assert "Prata med verksamheten innan ni börjar tidigare" in asked.text
    assert 'value="Vi har lov."' in asked.text
    session.refresh(audit)
    assert audit.state == AuditState.PREPARING
    session.commit()
    as_coordinator.submit(f"{here}/step/interviewing", {"sure": "yes"})
    session.refresh(audit)
    assert audit.state == AuditState.INTERVIEWING
    session.commit()
    as_contact_person.submit(f"{here}/information/told")
    session.refresh(audit)
    assert audit.users_told_on == today(), "what the interviews rest on is not taken back"


def test_the_guide_on_paper_begins_with_the_words_of_consent_and_leaves_room(
    auditor: CheckingClient, audit: Audit
) -> None:
    here = f"/audits/{audit.public_id}/guide"
    for key, address in (("sv", f"{here}/print"), ("ar", f"{here}/print?language=ar")):
        page = auditor.page(address)
        assert page.index(consent_words(consent_version(), key)[0]) < page.index("en vanlig dag?")
        assert page.count('class="line"') > 12
    made = auditor.get(f"{here}.pdf")
    assert made.mimetype == "application/pdf" or made.status_code == 303
