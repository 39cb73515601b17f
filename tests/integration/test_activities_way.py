"""From request to thanks: the whole way through the pages, and who may see what."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Attendance, Invitation, ParticipationRequest
from participation.activities.rules.states import Answer
from participation.activities.services import answer_invitation
from participation.commitments.models import Commitment
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import Role
from tests.factories.accounts import make_account
from tests.factories.activities import (
    link_of,
    make_activity,
    make_invitation,
    make_request,
    make_round,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries


def only(session: Session, model: type) -> object:
    found = session.scalars(select(model).execution_options(populate_existing=True)).one()
    session.commit()  # an open reading transaction would keep the application from writing
    return found


def newest_mail(session: Session) -> OutboxMail:
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    session.commit()
    return mail


def request_fields(county: SmallCounty, **overrides: object) -> dict[str, object]:
    return {
        "organisation_id": county.region.id,
        "unit_id": county.unit.id,
        "title": "Hem från avdelningen",
        "kind": "focus_group",
        "purpose": "Vi vet inte vad som saknas de första dagarna.",
        "task": "Prata om hur det är att skrivas ut.",
        "people_count": "6",
        "wanted_from": str(today() + timedelta(days=40)),
        "area_id": county.area.id,
        "time_text": "Två timmar",
        "compensation_text": "Arvode och resa",
        "paid_by": "Enheten",
        "use_text": "Vi skriver om checklistan.",
        "answer_by": str(today() + timedelta(days=120)),
        "contact_text": "Kim, 010-000 00 00",
        **overrides,
    }


def activity_fields(county: SmallCounty, **overrides: object) -> dict[str, object]:
    return {
        "organisation_id": county.region.id,
        "unit_id": county.unit.id,
        "group_id": county.group.id,
        "area_id": county.area.id,
        "kind": "focus_group",
        "title": "Hem från avdelningen",
        "description": "Vi pratar i två timmar.",
        "day": str(today() + timedelta(days=40)),
        "starts": "13:00",
        "ends": "15:00",
        "place": "Storgatan 1, Nybro",
        "seats": "2",
        "compensation_text": "Arvode och resa",
        "accessibility_text": "Hiss",
        "contact_text": "Ebba, 010-000 00 00",
        "wanted_roles": ["patient"],
        **overrides,
    }


def test_from_request_to_thanks(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    client: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    member = make_member(session, name="Tuva Exempelsson", area_ids=(county.area.id,))
    session.commit()
    as_contact_person.page("/requests/new")
    sent = as_contact_person.submit("/requests/new", request_fields(county))
    assert sent.status_code == 303, sent.get_data(as_text=True)
    request: ParticipationRequest = only(session, ParticipationRequest)  # type: ignore[assignment]
    as_contact_person.page(sent.headers["Location"])
    as_coordinator.page("/requests")
    as_coordinator.page(f"/requests/{request.public_id}")
    accepted = as_coordinator.submit(f"/requests/{request.public_id}/accept")
    assert "Hem från avdelningen" in as_coordinator.page(accepted.headers["Location"])
    made = as_coordinator.submit(accepted.headers["Location"], activity_fields(county))
    twice = as_coordinator.submit(accepted.headers["Location"], activity_fields(county))
    again = as_coordinator.get(accepted.headers["Location"])
    there = made.headers["Location"].replace("/invite", "/overview")
    assert [twice.headers["Location"], again.headers["Location"]] == [there, there]
    assert made.status_code == 303, made.get_data(as_text=True)
    page = as_coordinator.page(made.headers["Location"])
    assert member.code in page
    assert "Tuva" not in page
    invited = as_coordinator.submit(
        made.headers["Location"],
        {
            "members": [member.public_id],
            "reply_day": str(today() + timedelta(days=7)),
            "reason": "Har varit inskriven nyligen",
        },
    )
    assert invited.status_code == 303, invited.get_data(as_text=True)
    mail = newest_mail(session)
    assert mail.text is not None
    assert "psykisk" not in (mail.text + str(mail.subject)).lower()
    found = re.search(r"http://localhost(/i/\w+)", mail.text)
    assert found is not None
    link = found[1]
    for _scanner in range(5):
        client.head(link)
        client.page(link)
    assert only(session, Invitation).state == "sent"  # type: ignore[attr-defined]
    assert client.submit(link, {"answer": "yes", "words": ""}).status_code == 303
    assert "Du kommer" in client.page(link)
    assert newest_mail(session).template == "activities/accepted"
    calendar = client.get(f"{link}/calendar.ics")
    assert calendar.mimetype == "text/calendar"
    activity: Activity = only(session, Activity)  # type: ignore[assignment]
    base = f"/activities/{activity.public_id}"
    for tab in (
        "overview",
        "invite",
        "rounds",
        "answers",
        "messages",
        "attendance",
        "sheet",
        "edit",
    ):
        as_coordinator.page(f"{base}/{tab}")
    assert "Tuva Exempelsson" in as_coordinator.page(f"{base}/answers")
    as_contact_person.page(f"{base}/overview")
    as_contact_person.page("/activities")
    activity.starts_at = now() - timedelta(hours=3)
    activity.ends_at = now() - timedelta(hours=1)
    session.commit()
    as_coordinator.page(f"{base}/attendance")
    as_coordinator.submit(f"{base}/attendance/{member.public_id}", {"present": "yes"})
    as_coordinator.submit(f"{base}/attendance")
    as_coordinator.page(f"{base}/overview")
    as_coordinator.page(f"{base}/attendance")
    assert only(session, Attendance).present  # type: ignore[attr-defined]
    owed: Commitment = only(session, Commitment)  # type: ignore[assignment]
    assert (owed.owed_by_organisation_id, owed.subject_public_id) == (
        county.region.id,
        activity.public_id,
    )
    assert only(session, ParticipationRequest).state == "closed"  # type: ignore[attr-defined]
    client.page(link)


def test_an_organisation_that_has_not_adopted_is_told_how(
    sign_in: object, county: SmallCounty, session: Session
) -> None:
    theirs = sign_in(Role.CONTACT_PERSON, name="Kim Kalmar", organisation=county.kalmar)  # type: ignore[operator]
    assert "Kalmar kommun" in theirs.page("/requests/new")
    typed = {"organisation_id": county.kalmar.id, "unit_id": "", "answer_by": "", "use_text": ""}
    kept = theirs.submit("/requests/new", request_fields(county, **typed))
    request: ParticipationRequest = only(session, ParticipationRequest)  # type: ignore[assignment]
    assert (request.state, request.task) == ("draft", "Prata om hur det är att skrivas ut.")
    assert "/adoption/how" in theirs.page(kept.headers["Location"])
    not_theirs = theirs.submit("/requests/new", request_fields(county))
    assert not_theirs.status_code == 200
    assert only(session, ParticipationRequest) is request


def test_a_draft_waits_until_it_is_sent(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    as_contact_person.submit("/requests/new", {**request_fields(county), "draft": "1"})
    request: ParticipationRequest = only(session, ParticipationRequest)  # type: ignore[assignment]
    assert request.state == "draft"
    address = f"/requests/{request.public_id}"
    assert as_coordinator.get(address).status_code == 404
    as_contact_person.page(address)
    as_contact_person.page(f"{address}/edit")
    as_contact_person.submit(f"{address}/edit", request_fields(county, title="Nytt namn"))
    as_coordinator.page(address)
    assert only(session, ParticipationRequest).title == "Nytt namn"  # type: ignore[attr-defined]


def test_a_declined_request_says_why_and_can_be_talked_about(
    as_contact_person: CheckingClient,
    as_coordinator: CheckingClient,
    county: SmallCounty,
    session: Session,
) -> None:
    as_contact_person.submit("/requests/new", request_fields(county))
    request: ParticipationRequest = only(session, ParticipationRequest)  # type: ignore[assignment]
    address = f"/requests/{request.public_id}"
    assert as_coordinator.submit(f"{address}/decline", {"reason": ""}).status_code == 200
    as_coordinator.submit(f"{address}/messages", {"text": "Hur lång tid tar det?"})
    as_contact_person.submit(f"{address}/messages", {"text": "Två timmar"})
    as_coordinator.submit(f"{address}/decline", {"reason": "Ni fick sex personer i våras."})
    page = as_contact_person.page(address)
    assert "Ni fick sex personer i våras." in page
    assert "Hur lång tid tar det?" in page
    again = as_coordinator.submit(f"{address}/accept")
    assert again.status_code == 409


def test_another_organisation_sees_and_changes_nothing(
    as_outsider: CheckingClient, county: SmallCounty, session: Session
) -> None:
    account = make_account(session, name="Kim")
    request = make_request(session, county.region, account)
    activity = make_activity(session, county.region)
    session.commit()
    for address in (f"/requests/{request.public_id}", f"/activities/{activity.public_id}/overview"):
        assert as_outsider.get(address).status_code == 404
    told = as_outsider.submit(f"/requests/{request.public_id}/messages", {"text": "Hej"})
    assert told.status_code == 404
    assert "Bättre kallelser" not in as_outsider.page("/requests")
    assert "Hem från avdelningen" not in as_outsider.page("/activities")


def test_only_open_activities_have_a_public_page(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    hidden = make_activity(session, county.region)
    open_one = make_activity(
        session, county.region, kind="theme_dialogue", title="Temadialog", is_open_to_all=True
    )
    session.commit()
    assert client.get(f"/activities/{hidden.public_id}").status_code == 404
    assert "Temadialog" in client.page(f"/activities/{open_one.public_id}")


@pytest.mark.parametrize("state", ["late", "cancelled", "withdrawn", "completed", "full"])
def test_every_state_behind_the_link_is_friendly(
    client: CheckingClient, county: SmallCounty, session: Session, state: str
) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    invitation_round = make_round(session, activity)
    other = make_member(session, name="Annan Person")
    invitation = make_invitation(session, invitation_round, make_member(session))
    if state == "full":
        make_invitation(session, invitation_round, other, state="accepted")
    elif state == "late":
        invitation_round.reply_by = now() - timedelta(days=1)
    elif state == "withdrawn":
        invitation.state = "withdrawn"
    else:
        activity.state = state
        activity.state_reason = "Lokalen är stängd"
    session.commit()
    client.page(link_of(invitation))
    answered = client.submit(link_of(invitation), {"answer": "yes", "words": ""})
    assert answered.status_code == (303 if state == "full" else 410)
    if state == "full":
        assert "nummer 1" in client.page(link_of(invitation))
    assert client.get("/i/" + "a" * 32).status_code == 410
    for other_locale in ("en", "ar"):
        client.page(f"{link_of(invitation)}?lang={other_locale}")


def test_asking_for_more_decides_nothing(
    client: CheckingClient, as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    activity = make_activity(session, county.region, state="open")
    invitation = make_invitation(session, make_round(session, activity), make_member(session))
    session.commit()
    empty = client.submit(link_of(invitation), {"answer": "more", "words": ""})
    assert empty.status_code == 200
    client.submit(link_of(invitation), {"answer": "more", "words": "Finns det hiss? <b>"})
    assert only(session, Invitation).state == "sent"  # type: ignore[attr-defined]
    page = as_coordinator.page(f"/activities/{activity.public_id}/answers")
    assert "Finns det hiss? &lt;b&gt;" in page


def test_those_who_rest_are_shown_with_the_reason(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    activity = make_activity(session, county.region)
    earlier = make_activity(session, county.region, title="En annan", state="completed")
    rests = [
        make_member(session, name="Pau Sad", state="paused"),
        make_member(session, name="Tak Nådd", yearly_ceiling=1),
        make_member(session, name="Ny Ligen"),
    ]
    invitation_round = make_round(session, earlier)
    make_invitation(session, invitation_round, rests[1], created_at=now() - timedelta(days=60))
    make_invitation(session, invitation_round, rests[2])
    free = make_member(session, name="Le Dig")
    session.commit()
    page = as_coordinator.page(f"/activities/{activity.public_id}/invite")
    for member in rests:
        assert member.code in page
        assert member.public_id not in page
        seen = [entry.action for entry in entries_about(session, member.account_id)]
        assert "candidates_seen" in seen
    session.commit()
    assert free.public_id in page
    refused = as_coordinator.submit(
        f"/activities/{activity.public_id}/invite",
        {
            "members": [rests[0].public_id],
            "reply_day": str(today() + timedelta(days=3)),
            "reason": "x",
        },
    )
    assert refused.status_code == 200
    assert session.scalar(select(Invitation).where(Invitation.activity_id == activity.id)) is None


def test_calling_off_mails_everybody_once_and_shows_in_the_calendar(
    as_coordinator: CheckingClient, client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    activity = make_activity(session, county.region, state="open")
    invitation_round = make_round(session, activity)
    asked = [
        make_invitation(session, invitation_round, make_member(session, name=name), state=state)
        for name, state in (("Ja", "accepted"), ("Nej", "declined"), ("Ej Svar", "sent"))
    ]
    session.commit()
    address = f"/activities/{activity.public_id}/cancel"
    as_coordinator.submit(address, {"reason": "Lokalen är stängd"})
    assert as_coordinator.submit(address, {"reason": "igen"}).status_code == 409
    sent = session.scalars(select(OutboxMail.template)).all()
    assert sent == ["activities/cancelled"] * 2
    session.commit()
    assert b"STATUS:CANCELLED" in client.get(f"{link_of(asked[0])}/calendar.ics").data


def test_an_answer_can_be_changed_until_the_last_day(county: SmallCounty, session: Session) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    invitation_round = make_round(session, activity)
    first = make_invitation(session, invitation_round, make_member(session, name="Första"))
    second = make_invitation(session, invitation_round, make_member(session, name="Andra"))

    def say(invitation: Invitation, answer: Answer) -> str:
        return answer_invitation(session, link_of(invitation)[3:], answer).state

    assert say(first, Answer.YES) == "accepted"
    assert say(first, Answer.YES) == "accepted"
    assert say(second, Answer.YES) == "waiting"
    assert say(first, Answer.NO) == "declined"
    assert second.state == "accepted"
    assert say(first, Answer.YES) == "waiting"
    templates = [m.template for m in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    assert templates == [
        "activities/accepted",
        "activities/waiting",
        "activities/not_coming",
        "activities/seat_free",
        "activities/waiting",
    ]
    with frozen_at(now() + timedelta(days=11)):
        with pytest.raises(Exception, match="invitation_closed"):
            say(first, Answer.YES)
        assert say(second, Answer.NO) == "declined"
        assert first.state == "accepted"


def test_pages_of_an_activity_cost_few_queries(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session, engine: Engine
) -> None:
    activity = make_activity(session, county.region, seats=200, state="open")
    invitation_round = make_round(session, activity)
    for n in range(60):
        member = make_member(session, name=f"Person {n}")
        if n % 2:
            make_invitation(session, invitation_round, member, state="accepted")
    session.commit()
    as_coordinator.page("/activities")
    own = ("event_log_entries", "pg_advisory")  # the event log's line is foundation's
    for tab in ("overview", "invite", "rounds", "answers", "messages", "attendance"):
        with counted_queries(engine) as asked:
            as_coordinator.page(f"/activities/{activity.public_id}/{tab}")
        reads = [query for query in asked if not any(word in query for word in own)]
        assert len(reads) <= 8, (tab, reads)


def test_a_choice_by_hand_shows_its_spread_before_anything_is_sent(
    as_coordinator: CheckingClient, county: SmallCounty, session: Session
) -> None:
    activity = make_activity(session, county.region, seats=2)
    woman = make_member(session, name="Vald Kvinna", gender="woman")
    make_member(session, name="Ej Vald", gender="man")
    session.commit()
    address = f"/activities/{activity.public_id}/invite"
    typed = {
        "members": [woman.public_id],
        "reply_day": str(today() + timedelta(days=3)),
        "reason": "Bor nära",
    }
    seen = as_coordinator.submit(address, {**typed, "step": "spread"}).get_data(as_text=True)
    assert "Ingen vald: " in seen
    assert "Bor nära" in seen
    assert f'value="{woman.public_id}"' in seen
    again = as_coordinator.submit(address, {**typed, "step": "choose"}).get_data(as_text=True)
    assert re.search(rf'value="{woman.public_id}"[^>]*checked', again)
    invited = select(Invitation.member_id).where(Invitation.activity_id == activity.id)
    assert session.scalars(invited).all() == []
    session.commit()
    assert as_coordinator.submit(address, typed).status_code == 303
    assert session.scalars(invited).all() == [woman.id]
