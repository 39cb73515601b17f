"""Interviews from the field: the box loses nothing, doubles nothing, and opens only what it may."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.audits import queries
from participation.audits.models import (
    Audit,
    AuditFieldDeposit,
    AuditInterview,
    AuditTeamMember,
)
from participation.audits.queries.debriefs import has_listened
from participation.audits.queries.field import taken_along_count
from participation.audits.rules.field import Unreadable, read_told
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    KeyGone,
    NewerHere,
    accept_late,
    advance_audit,
    change_interview,
    forget_interview,
    put_in,
    remove_auditor,
    take_along,
)
from participation.audits.views.field import FIELD_CEILINGS
from participation.coding.models import MaterialText
from participation.foundation.ceilings import TokenBucket
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM, Actor
from tests.factories.audits import make_audit_at
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.field_device import Device


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    return make_audit_at(session, county.unit, AuditState.INTERVIEWING)


@pytest.fixture
def place(session: Session, audit: Audit) -> AuditTeamMember:
    return session.scalars(select(AuditTeamMember).order_by(AuditTeamMember.id)).all()[0]


@pytest.fixture
def auditor(session: Session, place: AuditTeamMember) -> Actor:
    return actor_of(session, session.get_one(Account, place.account_id))


@pytest.fixture
def device(session: Session, audit: Audit, auditor: Actor) -> Device:
    taken = take_along(session, auditor, audit)
    return Device(audit.public_id, taken.token, taken.public_key)


def interviews(session: Session) -> list[AuditInterview]:
    return list(session.scalars(select(AuditInterview).order_by(AuditInterview.number)))


def test_what_a_device_sealed_stands_in_the_audit_with_its_parts(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    other = session.scalars(select(AuditTeamMember).order_by(AuditTeamMember.id.desc())).first()
    assert other is not None
    kept = put_in(
        session, device.token, **device.sealed(answers={"1": "Bra."}, second=other.public_id)
    )
    (written,) = interviews(session)
    assert (written.notes, written.respondent_role) == ("Hon äter helst ensam.", "patient")
    assert written.by_account_id == auditor.account_id
    assert written.second_account_id == other.account_id
    assert queries.answers_of(session, written.id) == {1: "Bra."}
    assert (kept.state, kept.sealed) == ("opened", b"")


def test_the_same_twice_is_one_and_an_older_one_never_wins(
    session: Session, device: Device
) -> None:
    first = device.sealed()
    second = device.sealed(ref=first["ref"], version=2, notes="Hon äter gärna med andra.")
    put_in(session, device.token, **first)
    assert put_in(session, device.token, **first).digest == first["digest"]
    put_in(session, device.token, **second)
    with pytest.raises(NewerHere):
        put_in(session, device.token, **first)
    with pytest.raises(NewerHere):  # the same version with other words: a copy of the device
        put_in(session, device.token, **device.sealed(ref=first["ref"], version=2))
    assert [one.notes for one in interviews(session)] == ["Hon äter gärna med andra."]


def test_what_is_damaged_or_from_nowhere_is_refused(session: Session, device: Device) -> None:
    sealed = device.sealed()
    with pytest.raises(ValueError, match="damaged"):
        put_in(session, device.token, **{**sealed, "sealed": sealed["sealed"][:-1]})
    with pytest.raises(NotFound):
        put_in(session, "unknown", **sealed)
    assert interviews(session) == []


def test_brackets_without_end_are_no_interview() -> None:
    with pytest.raises(Unreadable):
        read_told(b"[" * 100_000)


def test_what_no_key_opens_is_kept_and_told(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    stranger = Device("another", device.token, device.public_key)
    kept = put_in(session, device.token, **stranger.sealed())
    assert kept.state == "unreadable"
    assert kept.sealed
    lens = queries.audit_conducted_by(session, auditor, audit.public_id)
    assert queries.waiting_deposits(session, lens) == [kept]


def test_what_comes_after_the_analysis_began_waits_and_is_taken_in_once(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    put_in(session, device.token, **device.sealed())
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    late = put_in(session, device.token, **device.sealed(notes="Han vill bli frågad."))
    assert (late.state, len(interviews(session))) == ("late", 1)
    accept_late(session, auditor, audit, late)
    assert len(interviews(session)) == 2
    texts = session.scalars(select(MaterialText.text).order_by(MaterialText.id)).all()
    assert texts == ["Hon äter helst ensam.", "Han vill bli frågad."]


def test_who_left_the_team_loses_nothing_but_decides_nothing(
    session: Session, audit: Audit, place: AuditTeamMember, device: Device
) -> None:
    remove_auditor(session, SYSTEM, audit, place)
    assert put_in(session, device.token, **device.sealed()).state == "late"
    assert interviews(session) == []


def test_a_cancelled_audit_destroys_its_key_and_what_comes_after_stays_on_the_device(
    client: CheckingClient, session: Session, audit: Audit, device: Device
) -> None:
    advance_audit(session, SYSTEM, audit, AuditState.CANCELLED)
    session.commit()
    answer = client.post("/field/deposit", json=device.posted(**device.sealed()))
    assert (answer.status_code, answer.json) == (410, {"problem": "over"})
    assert session.scalar(select(func.count()).select_from(AuditFieldDeposit)) == 0


def test_what_still_waits_when_the_audit_ends_goes_with_the_key_and_that_is_told(
    as_coordinator: CheckingClient, session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    stranger = Device("another", device.token, device.public_key)
    put_in(session, device.token, **stranger.sealed())
    put_in(session, device.token, **device.sealed())
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    sent = device.sealed(notes="Han vill bli frågad.")
    put_in(session, device.token, **sent)
    session.commit()
    here = f"/audits/{audit.public_id}"
    asked = as_coordinator.submit(f"{here}/step/cancelled", {"note": ""})
    assert "2 samtal från enheter väntar" in asked.text
    as_coordinator.submit(f"{here}/step/cancelled", {"note": "", "sure": "yes"})
    session.expire_all()
    kept = session.scalars(select(AuditFieldDeposit).order_by(AuditFieldDeposit.id)).all()
    assert [(one.state, one.sealed) for one in kept] == [
        ("destroyed", b""),
        ("opened", b""),
        ("destroyed", b""),
    ]
    assert "2 samtal förstördes olästa" in as_coordinator.page(f"{here}/interviews")
    lens = queries.audit_conducted_by(session, auditor, audit.public_id)
    assert (queries.waiting_deposits(session, lens), queries.destroyed_count(session, lens)) == (
        [],
        2,
    )
    logged = select(EventLogEntry.data).where(EventLogEntry.action == "audit_field_key_destroyed")
    assert session.scalars(logged).all() == [{"destroyed": 2}]
    assert put_in(session, device.token, **sent).state == "destroyed", "the device may forget it"
    newer = device.sealed(ref=sent["ref"], version=2)
    with pytest.raises(KeyGone):
        put_in(session, device.token, **newer)


def test_who_tries_tokens_is_slowed_down_and_a_device_is_not(
    client: CheckingClient, session: Session, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.commit()
    few = TokenBucket(burst=2, per_second=0)
    monkeypatch.setattr(client.application.extensions[FIELD_CEILINGS], "wrong_tokens", few)
    body = device.posted(**device.sealed())
    wrong = [client.post("/field/deposit", json={**body, "token": "x"}) for _try in range(3)]
    assert [answer.status_code for answer in wrong] == [404, 404, 429]
    assert client.post("/field/deposit", json=body).status_code == 200


def test_words_taken_back_or_changed_here_are_not_brought_back_by_the_device(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    first, second = device.sealed(), device.sealed()
    for sealed in (first, second):
        put_in(session, device.token, **sealed)
    gone, changed = interviews(session)
    forget_interview(session, auditor, gone)
    again = device.sealed(ref=first["ref"], version=2)
    assert put_in(session, device.token, **again).digest == again["digest"]  # it may forget too
    words = {"respondent_role": "patient", "held_week": "2026-W03", "notes": "Rättat."}
    words["consent_version"] = changed.consent_version
    change_interview(session, auditor, audit, changed, **words, answers={})
    with pytest.raises(NewerHere):
        put_in(session, device.token, **device.sealed(ref=second["ref"], version=2))
    assert [one.notes for one in interviews(session)] == ["Rättat."]


def test_words_taken_back_leave_no_later_version_waiting(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    first = device.sealed()
    put_in(session, device.token, **first)
    advance_audit(session, SYSTEM, audit, AuditState.ANALYSING)
    late = put_in(session, device.token, **device.sealed(ref=first["ref"], version=2))
    assert (late.state, late.sealed != b"") == ("late", True)
    forget_interview(session, auditor, interviews(session)[0])
    session.refresh(late)
    assert (late.state, late.sealed) == ("forgotten", b"")


def test_twenty_at_once_are_twenty(
    app: Flask, session: Session, sessions: sessionmaker[Session], device: Device
) -> None:
    session.commit()
    bodies = [device.posted(**device.sealed()) for _one in range(10)]

    def post(body: dict[str, object]) -> int:
        return app.test_client().post("/field/deposit", json=body).status_code

    with ThreadPoolExecutor(4) as hands:
        assert set(hands.map(post, [*bodies, *bodies])) == {200}
    session.expire_all()
    assert session.scalar(select(func.count(AuditInterview.id))) == 10
    assert [one.number for one in interviews(session)] == list(range(1, 11))


def test_the_box_answers_in_words_a_device_understands(
    client: CheckingClient, session: Session, device: Device
) -> None:
    session.commit()
    body = device.posted(**device.sealed())
    for wrong, status in (
        ({"token": "unknown"}, 404),
        ({"version": 0}, 400),
        ({"version": True}, 400),
        ({"ref": "x"}, 400),
        ({"sealed": "%"}, 400),
        ({"digest": "0" * 64}, 400),
    ):
        assert client.post("/field/deposit", json={**body, **wrong}).status_code == status
    for nonsense in (b"", b"[]", b"{}", b"\xff", b"[" * 100_000):
        assert client.post("/field/deposit", data=nonsense).status_code == 400
    answer = client.post("/field/deposit", json=body)
    assert answer.json == {"digest": body["digest"], "version": 1}
    assert "Set-Cookie" not in answer.headers
    older = device.posted(**device.sealed(ref=body["ref"]))
    assert client.post("/field/deposit", json=older).status_code == 409


def test_the_kept_page_is_the_same_for_everybody(client: CheckingClient, session: Session) -> None:
    session.commit()
    for locale in ("sv", "en", "ar"):
        page = client.get(f"/field/?lang={locale}")
        assert f'lang="{locale}"' in page.text
        assert "Set-Cookie" not in page.headers
    worker = client.get("/field/worker.js")
    assert worker.mimetype == "text/javascript"
    assert "/field/?lang=ar" in worker.text
    assert "/audits" not in worker.text


def test_before_the_interviews_end_it_is_asked_whether_every_device_has_sent(
    audit: Audit, device: Device, session: Session, as_coordinator: CheckingClient
) -> None:
    address = f"/audits/{audit.public_id}"
    place = session.scalars(select(AuditTeamMember)).first()
    assert place is not None
    take_along(session, actor_of(session, session.get_one(Account, place.account_id)), audit)
    lens = queries.audit_conducted_by(
        session, actor_of(session, session.get_one(Account, place.account_id)), audit.public_id
    )
    put_in(session, device.token, **device.sealed())
    session.commit()
    assert taken_along_count(session, lens) == 2
    session.rollback()
    asked = as_coordinator.submit(f"{address}/step/analysing").text
    assert "på en telefon eller surfplatta 2 gånger" in asked
    assert "kommer in senare" in asked


def test_an_auditor_is_asked_how_they_are_after_their_first_interview(
    session: Session, audit: Audit, auditor: Actor, device: Device
) -> None:
    assert not has_listened(session, audit, auditor)
    put_in(session, device.token, **device.sealed())
    session.flush()
    assert has_listened(session, audit, auditor)
