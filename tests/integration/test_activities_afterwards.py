"""Answers by phone, series, attendance on the day, evaluation, calendars, what is past its date."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import (
    Activity,
    Attendance,
    Evaluation,
    Invitation,
    InvitationRound,
)
from participation.activities.queries import candidates, evaluation_result
from participation.activities.rules.evaluation import OPEN_FOR
from participation.activities.services import close_attendance, forget_member, note_attendance
from participation.commitments.models import Commitment
from participation.foundation.clock import frozen_at, now, to_local, today
from participation.foundation.eventlog.queries import LinesWanted, entries
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.interest_bank.models import BankMember
from tests.factories.accounts import make_account
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member
from tests.integration.test_activities_way import activity_fields
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def logged(session: Session) -> list[str]:
    found = [entry.action for entry in session.scalars(entries(LinesWanted()))]
    session.commit()
    return found


def coordinator(session: Session) -> Actor:
    account = make_account(session, name="Ebba Demolund")
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


# ---------------------------------------------------------------- answers by phone, questions


def test_a_coordinator_notes_what_somebody_said_by_phone(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open")
    asked = make_round(session, activity, reply_by=now() - timedelta(days=1))
    invitation = make_invitation(session, asked, make_member(session, name="Ring Ersson"))
    session.commit()
    address = f"/activities/{activity.public_id}/answers/{invitation.public_id}"
    assert "Ring Ersson" in as_coordinator.page(address)
    as_coordinator.submit(f"{address}/record", {"answer": "yes", "words": "Kommer med tåg"})
    session.refresh(invitation)
    assert (invitation.state, invitation.reason) == ("accepted", "Kommer med tåg")
    assert invitation.recorded_by_account_id is not None
    assert session.scalars(select(OutboxMail.template)).all() == ["activities/accepted"]
    assert "answer_recorded" in logged(session)


def test_a_question_is_answered_behind_the_link(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open")
    invitation = make_invitation(session, make_round(session, activity), make_member(session))
    session.commit()
    client.submit(link_of(invitation), {"answer": "more", "words": "Finns det hiss?"})
    assert activity.title in as_coordinator.page("/activities/overdue")
    address = f"/activities/{activity.public_id}/answers/{invitation.public_id}"
    assert as_coordinator.submit(f"{address}/reply", {"text": ""}).status_code == 200
    as_coordinator.submit(f"{address}/reply", {"text": "Ja, hissen är stor."})
    assert "Ja, hissen är stor." in client.page(link_of(invitation))
    assert activity.title not in as_coordinator.page("/activities/overdue")
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.template == "activities/reply"
    assert "hiss" not in (mail.text or "")


def test_a_seat_can_be_given_back_after_the_last_day(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    asked = make_round(session, activity, reply_by=now() - timedelta(days=1))
    coming = make_invitation(session, asked, make_member(session, name="Först"), state="accepted")
    waits = make_invitation(
        session, asked, make_member(session, name="Väntar"), state="waiting", waiting_number=1
    )
    session.commit()
    assert "Jag kan inte komma" in client.page(link_of(coming))
    client.submit(link_of(coming), {"answer": "no", "words": ""})
    session.refresh(coming)
    session.refresh(waits)
    assert (coming.state, waits.state) == ("declined", "accepted")


# ---------------------------------------------------------------- series and copies


def test_a_series_is_planned_at_once_and_changed_from_one_on(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    fields = activity_fields(county, kind="theme_dialogue", starts="18:00", ends="20:00")
    wrong = as_coordinator.submit("/activities/new", {**fields, "repeats": "month"})
    assert wrong.status_code == 200
    made = as_coordinator.submit(
        "/activities/new", {**fields, "repeats": "month", "occasions": "6"}
    )
    assert made.status_code == 303
    found = session.scalars(select(Activity).order_by(Activity.starts_at)).all()
    assert {to_local(one.starts_at).hour for one in found} == {18}
    assert len({one.series_id for one in found}) == 1
    third = found[2]
    session.commit()
    page = as_coordinator.page(f"/activities/{third.public_id}/edit")
    assert 'name="scope"' in page
    day = to_local(third.starts_at).date() + timedelta(days=1)
    changed = {**fields, "day": str(day), "starts": "17:30", "ends": "19:00", "title": "Nytt namn"}
    as_coordinator.submit(f"/activities/{third.public_id}/edit", {**changed, "scope": "following"})
    session.expire_all()
    after = session.scalars(select(Activity).order_by(Activity.starts_at)).all()
    assert [one.title for one in after] == ["Hem från avdelningen"] * 2 + ["Nytt namn"] * 4
    assert {to_local(one.starts_at).strftime("%H:%M") for one in after[2:]} == {"17:30"}
    assert {to_local(one.starts_at).weekday() for one in after[2:]} == {day.weekday()}
    series = after[0].series_id
    assert series is not None
    overview = as_coordinator.page(f"/activities/{after[0].public_id}/overview")
    assert "/activities/series/" in overview
    session.commit()
    address = overview.split("/activities/series/")[1][:12]
    assert "Nytt namn" in as_coordinator.page(f"/activities/series/{address}")


def test_two_who_change_an_activity_at_once_lose_nothing(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    made = as_coordinator.submit("/activities/new", activity_fields(county, title="Hem"))
    assert made.status_code == 303
    activity = session.scalars(select(Activity)).one()
    session.commit()
    address = f"/activities/{activity.public_id}/edit"

    def opened(page: str) -> str:
        found = re.search(r'name="loaded" value="([^"]+)"', page)
        assert found is not None
        return found[1]

    tab = opened(as_coordinator.page(address))
    first = activity_fields(county, title="Hem igen", seats="9")
    assert as_coordinator.submit(address, {**first, "loaded": tab}).status_code == 303
    second = activity_fields(county, title="Hem sent", place="Torget 1")
    refused = as_coordinator.submit(address, {**second, "loaded": tab})
    assert refused.status_code == 409
    for kept in ("Hem sent", "Torget 1", "Ändrat under tiden till: Hem igen", "till: 9"):
        assert kept in refused.text, kept
    session.refresh(activity)
    assert (activity.title, activity.seats) == ("Hem igen", 9)
    session.commit()
    again = as_coordinator.submit(address, {**second, "loaded": opened(refused.text)})
    assert again.status_code == 303
    session.refresh(activity)
    assert (activity.title, activity.place) == ("Hem sent", "Torget 1")


def test_an_activity_is_copied_without_its_day(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, link="https://video.example.org/rum")
    session.commit()
    page = as_coordinator.page(f"/activities/new?copy={activity.public_id}")
    assert "https://video.example.org/rum" in page
    assert as_coordinator.get("/activities/new?copy=nosuch").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("link", "javascript:alert(1)"),
        ("link", "http://osäkert.example.org"),
        ("starts", "02:30"),
        ("ends", "02:30"),
    ],
)
def test_links_and_times_that_do_not_exist_are_refused(
    as_coordinator: CheckingClient,
    session: Session,
    county: SmallCounty,
    field: str,
    typed: str,
) -> None:
    spring = {"day": "2027-03-28", "starts": "01:00", "ends": "05:00"}
    fields = activity_fields(county, **{**spring, field: typed})
    assert as_coordinator.submit("/activities/new", fields).status_code == 200
    assert session.scalars(select(Activity)).all() == []


def test_an_activity_that_has_been_goes_on_to_who_came_and_promises_no_totals_yet(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    fields = activity_fields(county, day=str(today() - timedelta(days=3)))
    made = as_coordinator.submit("/activities/new", fields)
    assert made.headers["Location"].endswith("/attendance")
    activity = session.scalars(select(Activity)).one()
    page = as_coordinator.page(f"/activities/{activity.public_id}/evaluation")
    assert "De som kommer kan svara när närvaron är avslutad." in page


def test_what_is_missing_is_named_in_the_list_of_errors(
    as_coordinator: CheckingClient, county: SmallCounty
) -> None:
    fields = activity_fields(county, day="", starts="25:99", seats="många")
    page = as_coordinator.submit("/activities/new", fields).text
    for words in ("Dag: Skriv ett datum", "Börjar: Skriv ett klockslag", "Platser: Skriv ett h"):
        assert words in page


# ---------------------------------------------------------------- attendance


def held(session: Session, county: SmallCounty, people: int) -> tuple[Activity, list[Invitation]]:
    starts_at = now() - timedelta(hours=1)
    activity = make_activity(session, county.region, state="open", starts_at=starts_at)
    asked = make_round(session, activity, reply_by=starts_at - timedelta(days=1))
    coming = [
        make_invitation(session, asked, make_member(session, name=f"Person {n}"), state="accepted")
        for n in range(people)
    ]
    return activity, coming


def test_one_tap_notes_a_person_and_another_takes_it_back(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity, (invitation,) = held(session, county, 1)
    member = session.get_one(BankMember, invitation.member_id)
    session.commit()
    base = f"/activities/{activity.public_id}/attendance"
    tapped = as_coordinator.submit(f"{base}/{member.public_id}", {"present": "yes"})
    assert tapped.headers["Location"].endswith(f"#m-{member.public_id}")
    assert session.scalars(select(Attendance.present)).all() == [True]
    session.commit()
    as_coordinator.submit(f"{base}/{member.public_id}", {"present": ""})
    assert session.scalars(select(Attendance)).all() == []
    session.commit()
    as_coordinator.submit(f"{base}/{member.public_id}", {"present": "yes"})
    as_coordinator.submit(base)
    as_coordinator.page(base)
    as_coordinator.submit(f"{base}/{member.public_id}", {"present": "no"})
    assert session.scalars(select(Attendance.present)).all() == [False]
    assert "attendance_corrected" in logged(session)


def test_somebody_of_the_bank_who_comes_anyway_is_found_and_takes_no_seat(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity, _coming = held(session, county, 2)
    guest = make_member(session, name="Gäst Spontansson")
    session.commit()
    base = f"/activities/{activity.public_id}/attendance"
    assert "Gäst Spontansson" in as_coordinator.page(f"{base}?q=gäst")
    as_coordinator.submit(f"{base}/{guest.public_id}", {"present": "yes"})
    invitation = session.scalars(select(Invitation).where(Invitation.member_id == guest.id)).one()
    assert invitation.state == "walked_in"
    assert sorted(session.scalars(select(InvitationRound.number))) == [0, 1]
    other = make_activity(session, county.region)
    free = candidates(session, coordinator(session), other).free
    burdens = {c.member.id: c.burden.asked_this_year for c in free}
    assert burdens[guest.id] == 0
    session.rollback()
    as_coordinator.submit(base)
    templates = session.scalars(select(OutboxMail.template)).all()
    assert templates == ["activities/evaluation"]


def test_the_list_for_the_door_hides_who_is_protected(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity, (first, second) = held(session, county, 2)
    hidden = session.get_one(BankMember, first.member_id)
    hidden.is_protected = True
    shown = session.get_one(BankMember, second.member_id)
    session.commit()
    page = as_coordinator.page(f"/activities/{activity.public_id}/attendance/print")
    assert hidden.code in page
    assert hidden.name not in page
    assert shown.name in page


# ---------------------------------------------------------------- evaluation


def evaluated(
    session: Session, county: SmallCounty, client: CheckingClient, people: int
) -> Activity:
    activity, coming = held(session, county, people)
    actor = coordinator(session)
    for invitation in coming:
        member = session.get_one(BankMember, invitation.member_id)
        note_attendance(session, actor, activity, member, True)
    assert close_attendance(session, actor, activity) == people
    session.commit()
    for number, invitation in enumerate(coming):
        sent = client.submit(
            f"{link_of(invitation)}/evaluation",
            {
                "understood": "yes",
                "listened": "yes" if number else "no",
                "again": "yes",
                "words": f"Jag heter Tuva Exempelsson, nummer {number}." if number < 2 else "",
            },
        )
        assert sent.status_code == 303
    return activity


def test_totals_are_shown_from_five_answers_and_when_it_is_over(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = evaluated(session, county, client, 5)
    assert evaluation_result(session, activity).totals == {}
    session.commit()
    with frozen_at(now() + OPEN_FOR + timedelta(minutes=1)):
        result = evaluation_result(session, activity)
        assert result.totals["understood"].counts == {"yes": 5}
        assert result.totals["listened"].counts is None  # one said no
        assert len(result.to_read) == 2
        session.commit()


def test_four_answers_are_never_shown(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = evaluated(session, county, client, 4)
    with frozen_at(now() + OPEN_FOR + timedelta(minutes=1)):
        result = evaluation_result(session, activity)
    assert (result.totals, result.to_read, result.answered) == ({}, (), None)


def test_words_are_shown_as_a_person_has_made_them(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    activity = evaluated(session, county, client, 5)
    activity.attendance_closed_at = now() - OPEN_FOR - timedelta(minutes=1)
    session.commit()
    address = f"/activities/{activity.public_id}/evaluation"
    page = as_coordinator.page(address)
    assert "[…]" in page
    first = page.split("/evaluation/")[1][:12]
    as_coordinator.submit(f"{address}/{first}", {"text": "Mer fika."})
    second = as_coordinator.page(address).split("/evaluation/")[1][:12]
    as_coordinator.submit(f"{address}/{second}", {"left_out": "1"})
    overview = as_coordinator.page(f"/activities/{activity.public_id}/overview")
    assert "Mer fika." in overview
    assert "Tuva" not in overview
    assert session.scalars(select(Evaluation.words)).all() == [None] * 5


def test_an_evaluation_can_be_changed_and_goes_with_the_person(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    evaluated(session, county, client, 1)
    invitation = session.scalars(select(Invitation)).one()
    session.commit()
    address = f"{link_of(invitation)}/evaluation"
    assert client.submit(address, {"understood": "perhaps"}).status_code == 200
    client.page(f"{address}?lang=ar")
    client.submit(address, {"understood": "no", "listened": "no", "again": "unsure"})
    assert session.scalars(select(Evaluation.understood)).all() == ["no"]
    forget_member(session, invitation.member_id)
    assert session.scalars(select(Evaluation)).all() == []
    session.rollback()
    assert client.get("/i/unknown/evaluation").status_code == 410


# ---------------------------------------------------------------- calendars


def test_a_private_calendar_holds_own_yeses_and_can_be_renewed_and_stopped(
    sign_in: object, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    resident = sign_in(Role.RESIDENT, name="Tuva Exempelsson")  # type: ignore[operator]
    member = make_member(session, name="Tuva Exempelsson")
    mine = make_activity(session, county.region, title="Psykos och vardag", state="open")
    other = make_activity(session, county.region, state="open", place="Annan plats")
    make_invitation(session, make_round(session, mine), member, state="accepted")
    make_invitation(session, make_round(session, other), member, state="declined")
    session.commit()
    resident.page("/me/calendar")
    resident.submit("/me/calendar")
    page = resident.page("/me/calendar")
    path = "/calendar/" + page.split("/calendar/")[1].split(".ics")[0] + ".ics"
    answered = client.get(path)
    calendar = Calendar.from_ical(answered.data)
    (event,) = calendar.walk("VEVENT")
    assert event["LOCATION"] == "Storgatan 1, Nybro"
    assert b"Psykos" not in answered.data
    again = client.get(path, headers={"If-None-Match": answered.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    mine.state, mine.sequence = "cancelled", 1
    session.commit()
    changed = client.get(path, headers={"If-None-Match": answered.headers["ETag"]})
    assert b"STATUS:CANCELLED" in changed.data
    resident.submit("/me/calendar")
    assert client.get(path).status_code == 404
    page = resident.page("/me/calendar")
    path = "/calendar/" + page.split("/calendar/")[1].split(".ics")[0] + ".ics"
    assert client.get(path).status_code == 200
    resident.submit("/me/calendar/stop")
    assert client.get(path).status_code == 404


# ---------------------------------------------------------------- past their date


def test_everything_past_its_date_stands_on_one_page(
    as_coordinator: CheckingClient,
    as_outsider: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    assert "Inget är sent" in as_coordinator.page("/activities/overdue")
    past, _coming = held(session, county, 1)
    past.title, past.ends_at = "Redan hållen", now() - timedelta(minutes=5)
    gaps = make_activity(session, county.region, title="Tomma platser", state="open")
    make_round(session, gaps, reply_by=now() - timedelta(days=1))
    session.add(
        Commitment(
            owed_by_organisation_id=county.region.id,
            owed_to="De som var med",
            subject_kind="activity",
            subject_public_id=past.public_id,
            title="Vad det ledde till",
            due_on=today() - timedelta(days=3),
        )
    )
    session.commit()
    page = as_coordinator.page("/activities/overdue")
    for words in ("Redan hållen", "Tomma platser", "Vad det ledde till"):
        assert words in page
    assert "Tomma platser" in as_coordinator.page("/start")
    assert as_outsider.get("/activities/overdue").status_code == 403


def test_whom_to_invite_is_asked_six_weeks_before_and_not_sooner(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    for title, weeks in (("Snart dags", 5), ("Till våren", 20)):
        make_activity(session, county.region, title=title, starts_at=now() + timedelta(weeks=weeks))
    session.commit()
    page = as_coordinator.page("/start")
    assert "Snart dags" in page
    assert "Till våren" not in page
