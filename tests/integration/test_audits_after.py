"""The report and what follows it: drafted, put in order, printed, and public with consent."""

import re
import zlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.audits import queries
from participation.audits.models import (
    Audit,
    AuditConsent,
    AuditInterview,
    AuditPoint,
    AuditPointInterview,
    AuditTeamMember,
)
from participation.audits.queries.analysis import (
    evidence_of,
    mark_of_point,
    mark_of_report,
    point_of,
)
from participation.audits.queries.consents import consents_of
from participation.audits.queries.doubts import doubtful_words
from participation.audits.queries.facts import unanswered
from participation.audits.queries.reports import told_now
from participation.audits.rules.drafting import PointDraft
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotReady,
    add_point,
    advance_audit,
    forget_interview,
    move_point_up,
    publish_summary,
    record_proposal,
    remark_on_fact,
    say_about_publishing,
    take_up_drafts,
    write_report,
)
from participation.audits.services.mending import ground_point, take_out_point
from participation.audits.services.own_data import forget_auditor
from participation.audits.services.points import change_point
from participation.audits.services.publishing import keep_public_only_with_enough_voices
from participation.disclosure.models import Release
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Role
from participation.foundation.printing import can_make_pdf
from tests.conftest import SignIn
from tests.factories.audits import make_audit_at, make_consents
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.signing_in import sign_in_client


def test_drafts_become_points_with_the_interviews_they_rest_on(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    (held,) = session.scalars(select(AuditInterview)).all()
    drafts = [
        PointDraft(key=key, title=f"Tema {key}", text="Flera.", interviews=frozenset({held.id}))
        for key in ("a", "b", "c")
    ]
    kinds = {"a": "strength", "c": "strength"}
    assert take_up_drafts(session, SYSTEM, audit, drafts, kinds) == 2
    _first, second = queries.points_of(session, audit.id)
    assert evidence_of(session, second) == [held.id]
    move_point_up(session, SYSTEM, audit, second.id)
    move_point_up(session, SYSTEM, audit, second.id)
    assert [one.title for one in queries.points_of(session, audit.id)] == ["Tema c", "Tema a"]


def test_a_report_with_a_point_of_one_interview_is_not_handed_over(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    audit.state = AuditState.ANALYSING
    held = session.scalars(select(AuditInterview)).all()
    point = add_point(
        session, SYSTEM, audit, kind="shortcoming", title="Lampan", text="-", interviews=held
    )
    with pytest.raises(NotReady, match="Lampan"):
        advance_audit(session, SYSTEM, audit, AuditState.REPORTED)
    session.delete(session.get_one(AuditPoint, point.id))


def test_a_point_is_changed_on_its_page(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    words = {"title": "Bemötandet", "text": "Det är gott."}
    point = add_point(session, SYSTEM, audit, kind="strength", **words)
    was = mark_of_point(point)
    session.commit()
    address = f"/audits/{audit.public_id}/report/points/{point.id}"
    page = as_coordinator.page(address)
    assert "rests_on" not in page
    assert was in page
    told = {"kind": "shortcoming", "title": "Väntan", "text": "Den är lång.", "easy_text": "Lång."}
    assert as_coordinator.submit(address, {**told, "was": was}).status_code == 303
    session.expire_all()
    assert point_of(session, audit, point.id).easy_text == "Lång."
    session.commit()
    late = as_coordinator.submit(address, {**told, "text": "Min mening.", "was": was})
    assert "Min mening." in late.text
    assert "Den är lång." in late.text
    session.expire_all()
    assert point_of(session, audit, point.id).text == "Den är lång."


def test_two_who_write_the_report_see_each_others_words(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    was = mark_of_report(audit)
    session.commit()
    address = f"/audits/{audit.public_id}/report/write"
    as_coordinator.submit(address, {"summary": "Kollegans ord.", "was": was})
    late = as_coordinator.submit(address, {"summary": "Mina ord.", "was": was})
    assert "Mina ord." in late.text
    assert "Kollegans ord." in late.text
    session.expire_all()
    assert audit.summary == "Kollegans ord."


def test_a_no_counts_also_when_whoever_said_it_has_left_the_team(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    place = session.scalars(select(AuditTeamMember).order_by(AuditTeamMember.id)).first()
    assert place is not None
    auditor = Actor(account_id=place.account_id)
    say_about_publishing(session, auditor, audit, as_unit=False, says_yes=False)
    place.left_at = now()
    session.flush()
    with pytest.raises(NotReady, match="alla i teamet"):
        publish_summary(session, SYSTEM, audit)


def test_a_units_yes_stays_when_its_contact_person_is_erased(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    (unit,) = session.scalars(select(AuditConsent).where(AuditConsent.is_unit)).all()
    assert unit.account_id is not None
    forget_auditor(session, SYSTEM, unit.account_id)
    session.expire_all()
    assert consents_of(session, audit).unit is True


def test_a_summary_that_too_few_are_behind_is_public_no_longer(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    publish_summary(session, SYSTEM, audit)
    held = session.scalars(select(AuditInterview)).all()
    for interview in held[4:]:
        forget_interview(session, SYSTEM, interview)
        keep_public_only_with_enough_voices(session, SYSTEM, audit)
    assert not audit.is_published


def test_a_summary_is_public_when_unit_and_team_say_yes_and_stands_in_the_ledger(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    with pytest.raises(NotReady, match="alla i teamet"):
        publish_summary(session, SYSTEM, audit)
    make_consents(session, audit)
    release = publish_summary(session, SYSTEM, audit)
    assert (release.kind, audit.release_id) == ("audit_report", release.id)
    told = audit.summary
    audit.summary = "Något annat, som ingen har sagt ja till."
    session.commit()
    page = client.page(f"/audits/{audit.public_id}/summary")
    assert told in page
    assert "Något annat" not in page


def test_a_no_afterwards_takes_the_summary_back(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    release = publish_summary(session, SYSTEM, audit)
    place, _said = consents_of(session, audit).team[0]
    auditor = Actor(account_id=place.account_id)
    say_about_publishing(session, auditor, audit, as_unit=False, says_yes=False)
    session.commit()
    gone = client.page(f"/audits/{audit.public_id}/summary", status=410)
    assert "/audits/published" in gone
    assert audit.title not in gone
    assert session.get_one(Release, release.id).is_withdrawn
    with pytest.raises(NotReady):
        publish_summary(session, SYSTEM, audit)


def test_a_no_to_what_is_public_is_asked_once_more_before_it_goes(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    publish_summary(session, SYSTEM, audit)
    session.commit()
    here, no = f"/audits/{audit.public_id}/consent", {"answer": "no"}
    public = f"/audits/{audit.public_id}/summary"
    assert "Ta bort den offentliga sammanfattningen?" in unit.submit(here, no).text
    unit.page(public)
    assert unit.submit(here, {**no, "sure": "yes"}).status_code == 303
    unit.page(public, status=410)


def test_what_fewer_than_five_said_is_not_public(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    held = session.scalars(select(AuditInterview).order_by(AuditInterview.id)).all()
    for interview in held[:2]:
        session.delete(interview)
    session.flush()
    with pytest.raises(NotReady, match="minst 5 samtal"):
        publish_summary(session, SYSTEM, audit)


def test_an_erased_auditor_leaves_no_consent(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    place, _said = consents_of(session, audit).team[0]
    forget_auditor(session, SYSTEM, place.account_id)
    said = select(AuditConsent).where(AuditConsent.account_id == place.account_id)
    assert not session.scalars(said).all()


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_the_report_is_a_tagged_pdf(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    session.commit()
    made = as_coordinator.get(f"/audits/{audit.public_id}/report.pdf")
    streams = re.findall(rb"stream\n(.*?)endstream", made.data, re.DOTALL)
    assert any(b"StructTreeRoot" in zlib.decompressobj().decompress(one) for one in streams)


def test_a_report_with_a_point_that_rests_on_nothing_is_not_handed_over(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    write_report(session, SYSTEM, audit, summary="De flesta är trygga.")
    record_proposal(session, SYSTEM, audit, title="En sida", text="Var och en.")
    told = {"kind": "strength", "title": "Lampan", "text": "Den är trasig."}
    point = add_point(session, SYSTEM, audit, **told)
    with pytest.raises(NotReady, match="säger inte vad den bygger på"):
        advance_audit(session, SYSTEM, audit, AuditState.REPORTED)
    change_point(session, SYSTEM, audit, point, **told, interview_ids=[], is_own_observation=True)
    advance_audit(session, SYSTEM, audit, AuditState.REPORTED, is_told=False)
    assert told_now(session, audit)["points"][0]["is_own_observation"]


def test_the_teams_own_observation_rests_on_no_interview(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    held = session.scalars(select(AuditInterview)).all()
    with pytest.raises(Conflict):
        add_point(
            session,
            SYSTEM,
            audit,
            kind="strength",
            title="Lampan",
            text="-",
            interviews=held,
            is_own_observation=True,
        )


def test_the_team_says_at_the_field_what_a_point_rests_on(
    session: Session, app: Flask, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANALYSING)
    team = select(AuditTeamMember.account_id).order_by(AuditTeamMember.id)
    as_auditor: CheckingClient = app.test_client()  # type: ignore[assignment]
    sign_in_client(as_auditor, session, session.get_one(Account, session.scalars(team).first()))
    (held,) = session.scalars(select(AuditInterview)).all()
    session.commit()
    address = f"/audits/{audit.public_id}/report/points"
    told = {"kind": "strength", "title": "Lampan", "text": "Den är trasig."}
    assert "Kryssa i de samtal" in as_auditor.submit(address, told).text
    both = {**told, "rests_on": [str(held.id)], "is_own_observation": "y"}
    assert "Välj ett av dem" in as_auditor.submit(address, both).text
    assert as_auditor.submit(address, {**told, "is_own_observation": "y"}).status_code == 303
    assert "Teamets egen iakttagelse" in as_auditor.page(f"/audits/{audit.public_id}/report")


def _weak_after(session: Session, audit: Audit, *, voices: int = 0) -> AuditPoint:
    """A point that lost its voices once the report was handed over."""
    (point,) = queries.points_of(session, audit.id)
    point.is_own_observation = False
    held = session.scalars(select(AuditInterview).where(AuditInterview.audit_id == audit.id)).all()
    session.add_all(
        AuditPointInterview(point_id=point.id, interview_id=one.id) for one in held[:voices]
    )
    session.flush()
    return point


def test_a_point_too_few_stand_behind_is_taken_out_of_a_report_that_is_handed_over(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    point = _weak_after(session, audit, voices=1)
    remark_on_fact(session, SYSTEM, audit, point=point, text="Det är nytt.", is_told=False)
    audit.state = AuditState.FED_BACK
    make_consents(session, audit)
    session.commit()
    here = f"/audits/{audit.public_id}"
    mend = f"{here}/report/points/{point.id}"
    assert f"{mend}/mend" in as_coordinator.page(f"{here}/publish")
    assert f"{mend}/mend" in as_coordinator.page(f"{here}/report")
    assert f"{mend}/mend" not in unit.page(f"{here}/report")
    assert unit.get(f"{mend}/mend").status_code == 404
    assert "Ta bort den ur rapporten" in as_coordinator.page(f"{mend}/mend")
    assert as_coordinator.submit(f"{mend}/take-out").status_code == 303
    session.expire_all()
    assert point.taken_out_on == today()
    assert told_now(session, audit)["points"] == []
    assert not session.scalars(select(AuditConsent)).all()
    assert unanswered(session, audit) == 0
    sent = session.scalars(select(OutboxMail.template)).all()
    assert sent.count("audits/point_taken_out") == 1
    session.commit()
    assert "Bemötandet" in as_coordinator.page(f"{here}/report")  # kept for those inside
    for page in ("report", "report/print", "facts"):
        assert "Bemötandet" not in unit.page(f"{here}/{page}")
    assert as_coordinator.submit(f"{mend}/take-out").status_code == 404


def test_a_point_that_enough_stand_behind_is_not_taken_out(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    (point,) = queries.points_of(session, audit.id)
    with pytest.raises(NotFound):
        take_out_point(session, SYSTEM, audit, point.id)
    _weak_after(session, audit)
    audit.state = AuditState.ANALYSING
    session.flush()
    with pytest.raises(NotFound):
        take_out_point(session, SYSTEM, audit, point.id)


def test_the_team_says_what_an_older_point_rests_on_before_it_is_public(
    session: Session, app: Flask, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    point = _weak_after(session, audit)
    team = select(AuditTeamMember.account_id).order_by(AuditTeamMember.id)
    as_auditor: CheckingClient = app.test_client()  # type: ignore[assignment]
    sign_in_client(as_auditor, session, session.get_one(Account, session.scalars(team).first()))
    held = session.scalars(select(AuditInterview)).all()
    session.commit()
    with pytest.raises(NotReady):
        publish_summary(session, SYSTEM, audit)
    session.rollback()
    mend = f"/audits/{audit.public_id}/report/points/{point.id}/mend"
    first, second = (str(one.id) for one in held[:2])
    session.commit()
    assert "mer än ett samtal" in as_auditor.submit(mend, {"rests_on": [first]}).text
    session.expire_all()
    assert not session.scalars(select(AuditPointInterview)).all()
    session.commit()
    assert as_auditor.submit(mend, {"rests_on": [first, second]}).status_code == 303
    session.expire_all()
    assert len(session.scalars(select(AuditConsent)).all()) == 3  # no word is another
    publish_summary(session, SYSTEM, audit, read=doubtful_words(session, audit).mark)
    assert audit.is_published


def test_what_the_team_says_it_saw_itself_is_said_yes_to_again(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    point = _weak_after(session, audit, voices=1)
    own: dict[str, Any] = {"interview_ids": [], "is_own_observation": True}
    with pytest.raises(NotReady):  # somebody said it: whose words it is does not change
        ground_point(session, SYSTEM, audit, point.id, **own)
    session.execute(delete(AuditPointInterview))
    ground_point(session, SYSTEM, audit, point.id, **own)
    assert told_now(session, audit)["points"][0]["is_own_observation"]
    assert not session.scalars(select(AuditConsent)).all()


def test_a_summary_is_public_no_longer_when_one_voice_is_left_behind_a_point(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    first, second, *_others = session.scalars(select(AuditInterview)).all()
    (point,) = queries.points_of(session, audit.id)
    point.is_own_observation = False
    session.add_all(
        AuditPointInterview(point_id=point.id, interview_id=one.id) for one in (first, second)
    )
    session.add(
        AuditInterview(
            audit_id=audit.id,
            number=9,
            respondent_role="service_user",
            held_week="2026-W03",
            notes="Trivs.",
        )
    )
    session.flush()
    publish_summary(session, SYSTEM, audit)
    forget_interview(session, SYSTEM, second)
    keep_public_only_with_enough_voices(session, SYSTEM, audit)
    assert not audit.is_published
