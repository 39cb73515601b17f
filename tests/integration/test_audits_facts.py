"""After the hand-over: the unit says which facts are wrong, and the auditors answer."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.models import Audit, AuditConsent, AuditFactRemark, AuditPoint, AuditStep
from participation.audits.providers.people import AuditorData
from participation.audits.queries.doubts import doubtful_words
from participation.audits.rules.facts import FactAnswer
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotRead,
    NotReady,
    advance_audit,
    answer_remark,
    publish_summary,
    remark_on_fact,
    write_follow_up,
)
from participation.audits.services.reminders import remind_of_audits
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Role
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.factories.audits import make_audit_at, make_consents, make_meeting
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

WORDS = {"title": "Bemötandet", "text": "Det är gott på kvällarna.", "easy_text": ""}


def _point(session: Session, audit: Audit) -> AuditPoint:
    return queries.points_of(session, audit.id)[0]


def _remark(session: Session, audit: Audit) -> AuditFactRemark:
    point = _point(session, audit)
    return remark_on_fact(session, SYSTEM, audit, point=point, text="Det är bara kvällarna.")


def _mark(page: str) -> str:
    (mark,) = set(re.findall(r'name="mark" value="([0-9a-f]+)"', page))
    return str(mark)


def _templates(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)))


def test_the_unit_says_once_of_each_point_that_a_fact_is_wrong(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    point = _point(session, audit)
    session.commit()
    here = f"/audits/{audit.public_id}/facts"
    assert "Bemötandet" in unit.page(here)
    told = {"about": str(point.id), "text": "Vi är sex på kvällarna."}
    assert unit.submit(here, told).status_code == 303
    assert "Vi är sex på kvällarna." in unit.page(here)
    again = unit.submit(here, told)
    assert again.status_code == 200
    assert unit.submit(here, {**told, "about": "report"}).status_code == 303
    assert len(session.scalars(select(AuditFactRemark)).all()) == 2
    assert _templates(session).count("audits/fact_remark") == 4  # two remarks, two auditors


def test_a_unit_that_finds_nothing_wrong_says_so_and_is_asked_no_more(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    session.commit()
    assert f"{audit.public_id}/facts" in unit.page("/start")
    unit.submit(f"/audits/{audit.public_id}/facts/read", {})
    session.expire_all()
    assert audit.facts_read_on == today()
    assert audit.public_id not in unit.page("/start")


def test_when_the_time_has_passed_nobody_says_that_a_fact_is_wrong(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    audit.facts_until = today() - timedelta(days=1)
    with pytest.raises(Conflict):
        _remark(session, audit)


def test_a_corrected_point_keeps_its_earlier_words_and_the_unit_is_told(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    session.commit()
    here = f"/audits/{audit.public_id}/facts"
    answer_at = f"{here}/{remark.public_id}"
    told = {"answer": "corrected", "reason": "Ni har rätt.", **WORDS}
    assert as_coordinator.submit(answer_at, told).status_code == 303
    session.expire_all()
    assert _point(session, audit).text == "Det är gott på kvällarna."
    session.commit()
    assert "Det är gott." in as_coordinator.page(here)
    assert "Det är gott." not in unit.page(here)  # a correction may have taken a name out
    report = unit.page(f"/audits/{audit.public_id}/report")
    assert "Rättad" in report
    page = unit.page(here)
    assert "Ni har rätt." in page
    assert "Cecilia" not in page  # the unit does not see who answered
    assert "audits/fact_answered" in _templates(session)
    session.commit()
    again = as_coordinator.submit(answer_at, {**told, "text": "Nytt."})
    assert again.status_code == 303
    session.expire_all()
    assert _point(session, audit).text == "Det är gott på kvällarna."


def test_a_correction_changes_a_word(session: Session, county: SmallCounty) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    same = {**WORDS, "text": "Det är gott."}
    with pytest.raises(NotReady, match="ord"):
        answer_remark(
            session, SYSTEM, audit, remark, answer=FactAnswer.CORRECTED, reason="Ja.", words=same
        )


def test_other_line_ends_are_no_correction_and_nothing_typed_is_lost(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    _point(session, audit).text = "Det är gott.\nOch varmt."
    session.commit()
    here = f"/audits/{audit.public_id}/facts/{remark.public_id}"
    told = {
        **WORDS,
        "answer": "corrected",
        "reason": "Ni har rätt.",
        "text": "Det är gott.\r\nOch varmt.",
    }
    refused = as_coordinator.submit(here, told).text
    assert "Inget ord är ändrat" in refused
    assert "Ni har rätt." in refused
    session.expire_all()
    assert remark.answered_at is None


@pytest.mark.parametrize("answer", ["corrected", "stays"])
def test_a_reason_that_may_point_to_somebody_is_read_before_the_unit_reads_it(
    answer: str, as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    session.commit()
    here = f"/audits/{audit.public_id}/facts/{remark.public_id}"
    told = {**WORDS, "answer": answer, "reason": "Två av sex boende sa så."}
    refused = as_coordinator.submit(here, told)
    assert refused.text.count("Två av sex") > 1  # among the doubtful words, and still in the form
    session.expire_all()
    assert remark.answered_at is None
    session.commit()
    read = {**told, "mark": _mark(refused.text), "is_read": "y"}
    assert as_coordinator.submit(here, read).status_code == 303


def test_corrected_words_that_may_point_to_somebody_are_read_first(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    session.commit()
    here = f"/audits/{audit.public_id}/facts/{remark.public_id}"
    told = {**WORDS, "answer": "corrected", "reason": "Ja.", "text": "Två av sex säger det."}
    refused = as_coordinator.submit(here, told)
    assert "Två av sex" in refused.text
    assert _point(session, audit).text == "Det är gott."
    session.commit()
    mark = _mark(refused.text)
    assert as_coordinator.submit(here, {**told, "mark": mark}).status_code == 200
    other = {**told, "text": "Tre av sex säger det.", "mark": mark, "is_read": "y"}
    assert as_coordinator.submit(here, other).status_code == 200
    read = as_coordinator.submit(here, {**told, "mark": mark, "is_read": "y"})
    assert read.status_code == 303


def test_what_a_person_wrote_of_facts_is_in_their_own_data_and_loses_their_name(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    said_by, answered_by = make_account(session), make_account(session)
    remark = remark_on_fact(
        session, Actor(account_id=said_by.id), audit, point=None, text="Vi är sex på kvällen."
    )
    told = {"answer": FactAnswer.STAYS, "reason": "Det sa flera.", "words": {}}
    answer_remark(session, Actor(account_id=answered_by.id), audit, remark, **told)
    data = AuditorData()
    (said,) = data.sections(session, said_by.id)
    assert said.raw["facts"][0]["said"] == "Vi är sex på kvällen."
    assert said.raw["facts"][0]["answered"] is None
    (answered,) = data.sections(session, answered_by.id)
    assert answered.raw["facts"][0]["answered"] == "Det sa flera."
    assert answered.raw["facts"][0]["said"] is None
    for account in (said_by, answered_by):
        list(data.erase(session, account.id))
        assert not list(data.sections(session, account.id))
    session.refresh(remark)
    assert (remark.by_account_id, remark.answered_by_account_id) == (None, None)
    assert remark.text == "Vi är sex på kvällen."


def test_whoever_said_yes_to_the_old_words_is_asked_again(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    audit.state = AuditState.FED_BACK
    make_consents(session, audit)
    publish_summary(session, SYSTEM, audit, read=doubtful_words(session, audit).mark)
    answer_remark(
        session, SYSTEM, audit, remark, answer=FactAnswer.CORRECTED, reason="Ja.", words=WORDS
    )
    assert not audit.is_published
    assert session.scalars(select(AuditConsent)).all() == []
    assert _templates(session).count("audits/asked_again") == 2  # the team; the unit has nobody


def test_a_fact_that_stays_changes_no_word_and_no_consent(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    audit.state = AuditState.FED_BACK
    make_consents(session, audit)
    answer_remark(
        session, SYSTEM, audit, remark, answer=FactAnswer.STAYS, reason="Nej.", words=WORDS
    )
    assert _point(session, audit).text == "Det är gott."
    assert len(session.scalars(select(AuditConsent)).all()) == 3


def test_the_feedback_meeting_waits_until_every_remark_is_answered(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    remark = _remark(session, audit)
    with pytest.raises(NotReady):
        advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    answer_remark(
        session, SYSTEM, audit, remark, answer=FactAnswer.STAYS, reason="Nej.", words=WORDS
    )
    make_meeting(session, audit)
    advance_audit(session, SYSTEM, audit, AuditState.FED_BACK)
    assert audit.state == AuditState.FED_BACK


def test_the_unit_is_reminded_of_its_reading_once(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    assert remind_of_audits(session) == 0
    audit.facts_until = today() + timedelta(days=2)
    session.flush()
    assert remind_of_audits(session) == 1
    assert remind_of_audits(session) == 0
    assert "audits/facts" in _templates(session)


def test_a_remark_waits_for_those_who_lead(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    _remark(session, audit)
    session.commit()
    assert f"/audits/{audit.public_id}/facts" in as_coordinator.page("/start")
    assert "Svara verksamheten" in as_coordinator.page(f"/audits/{audit.public_id}")


def test_a_report_with_doubtful_words_is_handed_over_when_they_are_read(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.REPORTED)
    session.execute(delete(AuditStep).where(AuditStep.state == AuditState.REPORTED))
    audit.state = AuditState.ANALYSING
    audit.summary = "Två av sex är trygga."
    session.flush()
    with pytest.raises(NotRead):
        advance_audit(session, SYSTEM, audit, AuditState.REPORTED)
    read = doubtful_words(session, audit).mark
    audit.summary = "Tre av sex är trygga."
    session.flush()
    with pytest.raises(NotRead):
        advance_audit(session, SYSTEM, audit, AuditState.REPORTED, read=read)
    session.commit()
    step = f"/audits/{audit.public_id}/step/reported"
    asked = as_coordinator.submit(step, {"sure": "yes"})
    assert "Tre av sex" in asked.text
    session.expire_all()
    assert audit.state == AuditState.ANALYSING
    session.commit()
    told = {"sure": "yes", "mark": _mark(asked.text), "is_read": "y"}
    assert as_coordinator.submit(step, told).status_code == 303


def test_a_summary_with_doubtful_words_is_public_when_they_are_read(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    make_consents(session, audit)
    audit.summary = "Två av sex är trygga."
    session.commit()
    here = f"/audits/{audit.public_id}/publish"
    refused = as_coordinator.submit(here, {})
    assert refused.status_code == 200
    assert "Två av sex" in refused.text
    session.expire_all()
    assert not audit.is_published
    session.commit()
    told = {"mark": _mark(refused.text), "is_read": "y"}
    assert as_coordinator.submit(here, told).status_code == 303
    session.expire_all()
    assert audit.is_published


def test_a_follow_up_that_may_not_be_published_is_not_kept(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.ANSWERED)
    make_consents(session, audit)
    publish_summary(session, SYSTEM, audit, read=doubtful_words(session, audit).mark)
    told = {"who": "Sex boende.", "text": "Två av sex har flyttat.", "why_early": "Chefen slutar."}
    with pytest.raises(NotRead) as refused:
        write_follow_up(session, SYSTEM, audit, **told)
    assert audit.follow_up_text == ""
    write_follow_up(session, SYSTEM, audit, **told, read=refused.value.doubts.mark)
    assert audit.follow_up_text == "Två av sex har flyttat."
