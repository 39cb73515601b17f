"""Training: courses, completions from attendance and by hand, refreshers, prerequisites."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import account_by_email
from participation.activities.queries import candidates
from participation.activities.services import close_attendance
from participation.audits.services import NeedsTraining, add_auditor
from participation.county.services import BrokenCountyFile, load_county
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.training.models import Course, CourseCompletion, CourseInterest
from participation.training.queries import lacking
from participation.training.services import (
    CoursesSection,
    record_completion,
    remind_refreshers,
)
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.audits import make_audit
from tests.factories.interest_bank import make_member
from tests.factories.training import make_completion, make_course
from tests.integration.test_activities_way import activity_fields
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

COORDINATOR = Actor(None, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)


def test_who_was_at_an_occasion_has_completed_the_course(
    app: object, county: SmallCounty, session: Session
) -> None:
    course = make_course(session)
    activity = make_activity(
        session,
        county.region,
        kind="training",
        course_id=course.id,
        state="open",
        starts_at=now() - timedelta(hours=3),
    )
    came, stayed_away = (make_member(session, name=name) for name in ("Kom", "Kom Inte"))
    invitation_round = make_round(session, activity)
    for member in (came, stayed_away):
        make_invitation(session, invitation_round, member, state="accepted")
    session.add(CourseInterest(course_id=course.id, account_id=came.account_id))
    close_attendance(session, COORDINATOR, activity, [came.public_id])
    (completion,) = session.scalars(select(CourseCompletion)).all()
    assert completion.account_id == came.account_id
    assert completion.activity_public_id == activity.public_id
    assert session.scalars(select(CourseInterest)).all() == []


def test_people_without_the_course_are_shown_with_the_reason_and_cannot_be_invited(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    course = make_course(session)
    activity = make_activity(session, county.region, kind="user_audit")
    trained, expired, ends_before, never = (
        make_member(session, name=name) for name in ("Ett", "Två", "Tre", "Fyra")
    )
    make_completion(session, course, trained.account_id)
    make_completion(session, course, expired.account_id, valid_until=today() - timedelta(days=1))
    make_completion(
        session, course, ends_before.account_id, valid_until=today() + timedelta(days=2)
    )
    session.commit()
    found = candidates(session, COORDINATOR, activity)
    assert [c.member.id for c in found.free] == [trained.id]
    assert {c.member.id for c in found.resting} == {expired.id, ends_before.id, never.id}
    session.commit()
    page = as_coordinator.page(f"/activities/{activity.public_id}/invite")
    assert "Behöver utbildning först: Lär dig granska" in page
    assert "3 personer saknar utbildningen" in page
    assert "vilar den här gången" not in page
    assert never.code in page
    refused = as_coordinator.submit(
        f"/activities/{activity.public_id}/invite",
        {
            "members": [never.public_id],
            "reply_day": str(today() + timedelta(days=3)),
            "reason": "Har frågat själv",
        },
    )
    assert refused.status_code == 200


def test_only_trained_people_join_an_auditors_team(county: SmallCounty, session: Session) -> None:
    course = make_course(session)
    audit = make_audit(session, county.unit)
    audit.state = "agreed"
    member = make_member(session, name="Conny Låtsberg")
    with pytest.raises(NeedsTraining) as refused:
        add_auditor(session, COORDINATOR, audit, member)
    assert refused.value.data["course"] == "Lär dig granska"
    record_completion(
        session, COORDINATOR, course, member.account_id, on=today(), reason="Har intyg."
    )
    assert add_auditor(session, COORDINATOR, audit, member).member_id == member.id


def test_without_a_demanding_course_nobody_lacks_anything(session: Session) -> None:
    make_course(session, required_for=[])
    assert lacking(session, "user_audit", [1, 2, 3]) == {}


def test_refreshers_are_reminded_of_once_a_month(county: SmallCounty, session: Session) -> None:
    course = make_course(session)
    soon, renewed, later = (make_member(session, name=name) for name in ("Ett", "Två", "Tre"))
    make_completion(session, course, soon.account_id, valid_until=today() + timedelta(days=20))
    make_completion(session, course, renewed.account_id, valid_until=today() + timedelta(days=20))
    record_completion(session, COORDINATOR, course, renewed.account_id, on=today(), reason="Ny")
    make_completion(session, course, later.account_id)
    assert remind_refreshers(session) == 1
    assert remind_refreshers(session) == 0
    with frozen_at(now() + timedelta(days=31)):
        assert remind_refreshers(session) == 1
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id).limit(1)).one()
    assert "granska" not in f"{mail.subject}{mail.text}"


def test_interest_is_told_of_when_an_open_occasion_is_planned(
    as_resident: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    course = make_course(session)
    session.commit()
    address = f"/training/{course.public_id}"
    for _twice in range(2):
        as_resident.submit(f"{address}/tell-me")
    assert "Du får ett mejl när den erbjuds." in as_resident.page(address)
    as_coordinator.submit(
        "/activities/new",
        activity_fields(
            county, kind="training", course_id=course.id, is_open_to_all="y", title="Tre dagar"
        ),
    )
    (mail,) = session.scalars(select(OutboxMail)).all()
    session.commit()
    assert mail.template == "training/offered"
    assert "Tre dagar" in as_resident.page(address)
    assert "Nästa:" in as_resident.page("/training")
    as_resident.submit(f"{address}/tell-me-no-more")
    assert session.scalars(select(CourseInterest)).all() == []


def test_only_a_training_teaches_a_course(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    course = make_course(session)
    session.commit()
    refused = as_coordinator.submit("/activities/new", activity_fields(county, course_id=course.id))
    assert "Bara en utbildning kan gälla en kurs." in refused.get_data(as_text=True)


def test_a_certificate_is_the_persons_own_and_the_coordinators(
    as_coordinator: CheckingClient,
    as_resident: CheckingClient,
    as_contact_person: CheckingClient,
    session: Session,
) -> None:
    resident = account_by_email(session, "tuva.exempelsson@example.org")
    assert resident is not None
    completion = make_completion(session, make_course(session), resident.id)
    session.commit()
    address = f"/training/certificates/{completion.public_id}"
    for locale in ("sv", "ar", "en"):
        assert "Tuva Exempelsson" in as_resident.page(f"{address}?lang={locale}")
    as_coordinator.page(address)
    assert as_contact_person.get(address).status_code == 404
    seen = [entry.action for entry in entries_about(session, resident.id)]
    session.commit()
    assert "certificate_seen" in seen
    assert "Lär dig granska" in as_resident.page("/me?lang=sv")


def test_a_completion_by_hand_has_a_reason_and_can_be_taken_away(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    course = make_course(session)
    member = make_member(session, name="Conny Låtsberg")
    session.commit()
    address = f"/training/{course.public_id}/people"
    typed = {"member": member.public_id, "completed_on": str(today()), "reason": ""}
    assert as_coordinator.submit(f"{address}/add?q=Conny", typed).status_code == 200
    typed["reason"] = "Har intyg från 2024"
    assert as_coordinator.submit(f"{address}/add?q=Conny", typed).status_code == 303
    again = as_coordinator.submit(f"{address}/add?q=Conny", typed)
    assert "Personen står redan på listan." in again.get_data(as_text=True)
    page = as_coordinator.page(address)
    assert "Har intyg från 2024" in page
    (completion,) = session.scalars(select(CourseCompletion)).all()
    session.commit()
    away = f"{address}/{completion.public_id}/withdraw"
    as_coordinator.page(away)
    as_coordinator.submit(away, {"reason": "Fel person"})
    assert session.scalars(select(CourseCompletion)).all() == []
    reasons = [entry.reason for entry in entries_about(session, member.account_id)]
    assert "Fel person" in reasons


def test_coordinators_keep_their_own_courses(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    typed = {
        "name": "Att sitta vid bordet",
        "about": "Om mötesspråk.",
        "for_whom": "Nya ledamöter",
        "hours": "3",
        "valid_months": "",
        "required_for": ["council_meeting"],
    }
    made = as_coordinator.submit("/training/new", typed)
    as_coordinator.page(made.headers["Location"])
    course = session.scalars(select(Course)).one()
    session.commit()
    address = f"/training/{course.public_id}"
    as_coordinator.submit(f"{address}/edit", {**typed, "hours": "4"})
    as_coordinator.submit(f"{address}/retire")
    session.refresh(course)
    assert (course.hours, course.is_current) == (4, False)
    assert "Att sitta vid bordet" not in as_coordinator.page("/training")
    assert "Erbjuds inte längre" in as_coordinator.page(address)


def test_the_county_file_brings_courses_and_retires_them(session: Session, tmp_path: Path) -> None:
    def load(courses: str) -> None:
        path = tmp_path / "county.yaml"
        head = 'layer: liten\ncounty: {code: "08", name: Kalmar län, run_by: Alla}\n'
        path.write_text(head + courses, "utf-8")
        load_county(session, path, [CoursesSection()])

    one = "courses:\n  - {key: granska, name: Granska, about: Om, for_whom: Alla, hours: 6"
    load(one + ", required_for: [user_audit]}\n")
    course = session.scalars(select(Course)).one()
    assert (course.hours, course.required_for, course.is_by_hand) == (6, ["user_audit"], False)
    load("")
    session.refresh(course)
    assert not course.is_current
    with pytest.raises(BrokenCountyFile, match="required_for"):
        load(one + ", required_for: [dansa]}\n")
