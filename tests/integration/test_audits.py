"""User-directed audits: the way, separation of duties, the report, answers, the public summary."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import actor_of, grants_of
from participation.accounts.services import grant_role
from participation.audits import queries
from participation.audits.feature import AuditorData
from participation.audits.models import Audit, AuditInterview
from participation.audits.rules.information import consent_version
from participation.audits.rules.states import AuditState, Mover
from participation.audits.rules.weeks import week_of
from participation.audits.services import (
    HasTies,
    NotInTheBank,
    NotReady,
    add_auditor,
    advance_audit,
    forget_interview,
    note_answer,
    note_users_told,
    publish_summary,
    remove_auditor,
    withdraw_summary,
    write_interview,
)
from participation.coding.models import Material, MaterialText
from participation.commitments.services import answer_commitment
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.interest_bank.services import withdraw_membership
from tests.factories.audits import (
    make_audit,
    make_audit_at,
    make_auditor,
    make_consents,
    make_meeting,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

SignIn = Callable[..., CheckingClient]
NOTES = "Hon äter helst ensam."
CONSENT = {"consent": "y", "consent_version": consent_version()}


def test_only_an_organisation_that_adopted_the_model_orders(
    session: Session, county: SmallCounty
) -> None:
    county.region.adopted_on = None
    with pytest.raises(Conflict):
        make_audit(session, county.unit)


def test_a_step_cannot_be_skipped_or_taken_by_the_wrong_hands(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit(session, county.unit)
    with pytest.raises(Conflict):
        advance_audit(session, SYSTEM, audit, AuditState.INTERVIEWING)
    with pytest.raises(Conflict):
        advance_audit(session, SYSTEM, audit, AuditState.AGREED, movers=frozenset({Mover.UNIT}))


def test_the_team_is_two_to_five_and_everybody_declares(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    make_auditor(session, audit)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.TEAM_READY)
    make_auditor(session, audit, has_declared=False)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.TEAM_READY)
    for _more in range(3):
        make_auditor(session, audit)
    with pytest.raises(Conflict):  # full
        make_auditor(session, audit)


def test_nobody_examines_an_organisation_they_act_for(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    member = make_member(session, name="Kim Kontaktsson")
    account = session.get_one(Account, member.account_id)
    grant_role(session, account, Role.CONTACT_PERSON, organisation=county.region)
    with pytest.raises(HasTies):
        add_auditor(session, SYSTEM, audit, member)


def test_an_auditor_gets_a_mail_and_the_role_and_loses_it_again(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    member = make_member(session, name="Conny Låtsberg")
    place = add_auditor(session, SYSTEM, audit, member)
    assert [grant.role for grant in grants_of(session, member.account_id)] == [Role.AUDITOR]
    mail = session.scalars(select(OutboxMail)).one()
    assert county.unit.name not in mail.subject + mail.text
    remove_auditor(session, SYSTEM, audit, place)
    assert not grants_of(session, member.account_id)


def test_notes_are_encrypted_and_go_to_coding_when_the_analysis_begins(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.INTERVIEWING)
    interview = write_interview(
        session,
        SYSTEM,
        audit,
        respondent_role="next_of_kin",
        held_week="2026-W03",
        notes=NOTES,
        consent_version=consent_version(),
    )
    session.flush()
    stored = session.execute(text("SELECT notes FROM audit_interviews")).scalar_one()
    assert "ensam" not in stored
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    material = session.scalars(select(Material)).one()
    assert material.organisation_id is None  # nobody at the unit's organisation codes it
    taken = session.scalars(select(MaterialText)).one()
    assert (taken.text, taken.respondent_role) == (NOTES, "next_of_kin")
    assert interview.handed_over_at is not None
    with pytest.raises(Conflict):
        write_interview(
            session,
            SYSTEM,
            audit,
            respondent_role="child",
            held_week="2026-W03",
            notes="x",
            consent_version=consent_version(),
        )
    forget_interview(session, SYSTEM, interview)
    assert session.scalar(select(MaterialText.id)) is None
    assert session.scalar(select(AuditInterview.id)) is None


def test_each_sees_the_audit_through_their_own_part(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    other = make_audit_at(session, county.torsas_unit, AuditState.ANALYSING)
    place = session.execute(
        text("SELECT account_id FROM audit_team_members WHERE audit_id = :id LIMIT 1"),
        {"id": audit.id},
    ).scalar_one()
    auditor = actor_of(session, session.get_one(Account, place))
    assert queries.audit_seen_by(session, auditor, audit.public_id).is_team
    with pytest.raises(NotFound):
        queries.audit_seen_by(session, auditor, other.public_id)
    assert session.scalars(queries.audits_visible_to(auditor)).unique().all() == [audit]


def test_the_unit_never_sees_team_guide_or_interviews(
    session: Session, county: SmallCounty, as_contact_person: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    interview = session.scalars(select(AuditInterview)).one()
    session.commit()
    address = f"/audits/{audit.public_id}"
    page = as_contact_person.page(address)
    assert "Analyseras" in page
    for part in ("team", "guide", "interviews", "report", "proposals"):
        as_contact_person.page(f"{address}/{part}", status=404)
    as_contact_person.page(f"{address}/interviews/{interview.public_id}", status=403)


def test_the_coordinator_sees_how_many_interviews_there_are_and_none_of_them(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    interview = session.scalars(select(AuditInterview)).one()
    session.commit()
    page = as_coordinator.page(f"/audits/{audit.public_id}/interviews")
    assert "1 samtal är nedskrivet" in page
    assert interview.public_id not in page
    as_coordinator.page(f"/audits/{audit.public_id}/interviews/{interview.public_id}", status=403)


def test_another_organisation_sees_nothing(
    session: Session, county: SmallCounty, as_outsider: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    session.commit()
    for part in ("", "/report", "/proposals", "/summary"):
        as_outsider.page(f"/audits/{audit.public_id}{part}", status=404)
    assert audit.title not in as_outsider.page("/audits")


def test_an_auditor_writes_an_interview_on_the_page(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    client = sign_in(Role.AUDITOR, name="Kaarina Kladdberg")
    stranger = sign_in(Role.AUDITOR, name="Hodan Streckgren")
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    member = make_member(session, name="Kaarina Kladdberg")
    place = make_auditor(session, audit, member, has_declared=False)
    make_auditor(session, audit)
    session.commit()
    address = f"/audits/{audit.public_id}"
    refused = client.submit(f"{address}/declare", {})
    assert "Välj ett av de två" in refused.get_data(as_text=True)
    client.submit(f"{address}/declare", {"answer": "none"})
    session.refresh(place)
    assert place.declared_at is not None
    session.rollback()  # an open read would hold up the application's next write
    client.submit(f"{address}/guide", {"text": "Berätta om en vanlig dag."})
    note_users_told(session, SYSTEM, session.get_one(Audit, audit.id))
    for to in (AuditState.TEAM_READY, AuditState.PREPARING, AuditState.INTERVIEWING):
        advance_audit(session, SYSTEM, session.get_one(Audit, audit.id), to)
    session.commit()
    form = client.page(f"{address}/interviews/new")
    assert "Berätta om en vanlig dag." in form
    week = form.split('<option selected value="')[1].split('"')[0]
    told = {"respondent_role": "service_user", "held_week": week, "notes": NOTES, **CONSENT}
    saved = client.submit(f"{address}/interviews/new", told)
    assert "Samtal 1" in client.page(saved.headers["Location"])
    stranger.page(address, status=404)
    stranger.page(f"{address}/interviews/new", status=404)


def test_a_contact_person_orders_for_their_own_unit_only(
    session: Session, county: SmallCounty, as_contact_person: CheckingClient
) -> None:
    told = {
        "title": "Hur är det här?",
        "question": "Vad fungerar?",
        "target_group": "Alla",
        "period_from": (today() + timedelta(days=7)).isoformat(),
        "period_to": (today() + timedelta(days=28)).isoformat(),
    }
    refused = as_contact_person.submit(
        "/audits/order", {**told, "unit": county.torsas_unit.public_id}
    )
    assert refused.status_code == 200
    wrong = as_contact_person.submit(
        "/audits/order",
        {**told, "unit": county.unit.public_id, "period_to": today().isoformat()},
    )
    assert "Sista dagen" in wrong.get_data(as_text=True)
    far = (today() + timedelta(days=400)).isoformat()
    long = as_contact_person.submit(
        "/audits/order", {**told, "unit": county.unit.public_id, "period_to": far}
    )
    assert "Samtal till: Det får gå högst ett år" in long.get_data(as_text=True)
    made = as_contact_person.submit("/audits/order", {**told, "unit": county.unit.public_id})
    assert "Beställd" in as_contact_person.page(made.headers["Location"])


def test_the_unit_owes_an_answer_on_each_proposal_and_the_last_one_moves_the_audit(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    (line,) = queries.proposals_of(session, audit.id)
    assert line.commitment is not None
    assert line.commitment.owed_by_unit_id == county.unit.id
    assert not line.commitment.is_public
    answered = answer_commitment(
        session, SYSTEM, line.commitment, answer="partly", answer_text="Delvis."
    )
    reached = session.get_one(Audit, audit.id).state
    if reached != AuditState.ANSWERED:  # no application, so nobody subscribes
        note_answer(session, SYSTEM, answered)
    assert session.get_one(Audit, audit.id).state == AuditState.ANSWERED


def test_the_report_needs_its_parts(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.REPORTED)


def test_the_summary_is_public_only_with_consent(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    session.commit()
    address = f"/audits/{audit.public_id}/summary"
    client.page(address, status=404)
    assert "Inget publicerat än" in client.page("/audits/published")
    make_consents(session, audit)
    publish_summary(session, SYSTEM, audit)
    session.commit()
    assert "En egen sida" in client.page(address)
    (line,) = queries.proposals_of(session, audit.id)
    assert line.commitment is not None
    assert line.commitment.is_public
    withdraw_summary(session, SYSTEM, audit)
    session.commit()
    assert "En egen sida" not in client.page(address, status=410)


def test_completed_audits_are_counted_by_the_year_of_the_feedback_meeting(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    make_meeting(session, audit)
    advance_audit(session, SYSTEM, audit, AuditState.FED_BACK, on=date(2025, 3, 26))
    assert queries.completed_audits(session, range(2024, 2027)) == {2024: 0, 2025: 1, 2026: 0}


def test_an_auditor_reads_and_erases_what_audits_hold(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    member = make_member(session, name="Conny Låtsberg")
    add_auditor(session, SYSTEM, audit, member, own_experience="Nykter i sex år.", is_told=False)
    data = AuditorData()
    (section,) = data.sections(session, member.account_id)
    assert section.raw["teams"][0]["own_experience"] == "Nykter i sex år."
    assert len(list(data.erase(session, member.account_id))) == 1
    (section,) = data.sections(session, member.account_id)
    assert section.raw["teams"][0]["own_experience"] is None


def test_pages_of_a_coordinator_walk_the_whole_way(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    session.commit()
    address = f"/audits/{audit.public_id}"
    as_coordinator.submit(f"{address}/report/write", {"summary": "De flesta är trygga."})
    point = {"kind": "strength", "title": "Bemötandet", "text": "Det är gott."}
    as_coordinator.submit(f"{address}/report/points", point)
    assert "Säger inte vad den vilar på" in as_coordinator.page(f"{address}/report")
    queries.points_of(session, audit.id)[0].is_own_observation = True  # the team says so
    session.commit()
    as_coordinator.submit(f"{address}/proposals", {"title": "En sida", "text": "Var och en."})
    asked = as_coordinator.submit(f"{address}/step/reported", {"note": "Efter mötet."})
    assert 'value="Efter mötet."' in asked.text
    assert "Lämna rapporten?" in asked.text
    as_coordinator.submit(f"{address}/step/reported", {"sure": "yes"})
    met = {"day": "2025-11-03", "starts": "13:00", "ends": "15:00", "place": "Matsalen"}
    as_coordinator.submit(f"{address}/meeting/plan", met)
    came = {"users": "9", "next_of_kin": "0", "staff": "5", "managers": "1"}
    as_coordinator.submit(f"{address}/meeting/notes", {**came, "said": "Flera kände igen sig."})
    asked = as_coordinator.submit(f"{address}/step/fed_back")
    assert "Har mötet hållits?" in asked.text
    as_coordinator.submit(f"{address}/step/fed_back", {"sure": "yes"})
    page = as_coordinator.page(f"{address}/proposals")
    assert "En sida" in page
    assert "Inget svar än" in page
    assert as_coordinator.submit(f"{address}/step/followed_up", {}).status_code == 409
    assert as_coordinator.submit(f"{address}/step/nonsense", {}).status_code == 404


def test_leaving_the_bank_ends_the_places_in_audits_that_go_on(
    session: Session, app: Flask, county: SmallCounty
) -> None:
    going = make_audit_at(session, county.unit, AuditState.AGREED)
    done = make_audit_at(session, county.torsas_unit, AuditState.AGREED)
    member = make_member(session, name="Conny Låtsberg")
    place = make_auditor(session, going, member)
    place.own_experience = "Har bott på ett boende."
    old = make_auditor(session, done, member)
    done.state = AuditState.FOLLOWED_UP
    session.flush()
    withdraw_membership(session, SYSTEM, member)
    assert (place.left_at is None, place.own_experience) == (False, None)
    assert old.left_at is None
    assert not grants_of(session, member.account_id)


def test_only_somebody_in_the_bank_joins_a_team(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    for state in ("unconfirmed", "left"):
        member = make_member(session, name=f"Olof {state}", state=state)
        with pytest.raises(NotInTheBank):
            add_auditor(session, SYSTEM, audit, member)


def test_notes_typed_while_a_colleague_began_the_analysis_stay_on_the_page(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    client = sign_in(Role.AUDITOR, name="Kaarina Kladdberg")
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    make_auditor(session, audit, make_member(session, name="Kaarina Kladdberg"))
    make_auditor(session, audit)
    audit.state = AuditState.ANALYSING
    session.commit()
    here = f"/audits/{audit.public_id}/interviews/new"
    session.rollback()
    typed = {
        "respondent_role": "service_user",
        "held_week": week_of(today()),
        "notes": NOTES,
        **CONSENT,
    }
    late = client.submit(here, typed)
    assert NOTES in late.text
    assert "Analysen har börjat" in late.text


def test_one_letter_is_too_little_to_search_for_an_auditor(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    session.commit()
    page = as_coordinator.page(f"/audits/{audit.public_id}/team?q=a")
    assert "Skriv minst två bokstäver" in page
    assert "Ingen hittades" not in page
