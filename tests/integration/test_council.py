"""The council: seats and consent, representations, meetings, statements and their answers."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import grants_of
from participation.activities.models import Activity
from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment
from participation.council import queries
from participation.council.models import CouncilSeat, Representation, SeatPast
from participation.council.providers import CouncilTrail, SeatData, SeatOfWhoLeft
from participation.council.services import (
    Shown,
    appoint_representation,
    end_past_terms,
    hide_seat,
    open_term,
    seat_member,
    send_statement,
    show_seat,
    throw_away_statement,
    vacate_seat,
)
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import NOBODY, SYSTEM, Role
from tests.factories.council import (
    make_agreed_statement,
    make_council_group,
    make_meeting,
    make_seated,
    make_term,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

SignIn = Callable[..., CheckingClient]


def test_two_terms_of_one_council_never_overlap(session: Session, county: SmallCounty) -> None:
    group = make_council_group(session)
    make_term(session, group=group)
    with pytest.raises(Conflict):
        make_term(session, group=group)
    group.is_current = False
    session.flush()
    with pytest.raises(NotFound):  # no council in the county
        open_term(session, SYSTEM, name="x", starts_on=date(2040, 1, 1), ends_on=date(2041, 1, 1))


def test_whoever_takes_a_seat_can_open_the_workspace_and_gets_a_mail(
    session: Session, county: SmallCounty
) -> None:
    term = make_term(session)
    member = make_member(session, name="Maj Provberg")
    seat = queries.seats_of(session, term.id)[0]
    seat_member(session, SYSTEM, seat, member)
    roles = {grant.role for grant in grants_of(session, member.account_id)}
    assert Role.COUNCIL_MEMBER in roles
    mail = session.scalars(select(OutboxMail)).one()
    assert "/council/my-seat" in mail.text
    with pytest.raises(Conflict):  # taken
        seat_member(session, SYSTEM, seat, make_member(session, name="Sigge Testström"))
    with pytest.raises(Conflict):  # one seat each
        seat_member(session, SYSTEM, queries.seats_of(session, term.id)[1], member)


def test_only_somebody_in_the_bank_takes_a_seat(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    member = make_member(session, name="Olof Ovissberg", state="unconfirmed")
    with pytest.raises(Conflict):
        seat_member(session, SYSTEM, queries.seats_of(session, term.id)[0], member)


def test_an_empty_seat_remembers_who_left_and_shows_nobody(
    session: Session, county: SmallCounty
) -> None:
    term = make_term(session)
    seat, member = make_seated(session, term)
    show_seat(session, SYSTEM, seat, Shown(name="Rådis", about="Patient"))
    vacate_seat(session, SYSTEM, seat, reason="Flyttade.")
    assert seat.is_vacant
    assert seat.shown_name is None
    assert seat.vacant_since == today()
    assert session.scalars(select(SeatPast)).one().member_id == member.id
    assert not grants_of(session, member.account_id)
    with pytest.raises(Conflict):
        vacate_seat(session, SYSTEM, seat)


def test_a_representation_needs_a_free_place_and_ends_with_the_seat(
    session: Session, county: SmallCounty
) -> None:
    term = make_term(session)
    seats = [make_seated(session, term, number=number)[0] for number in (1, 2, 3)]
    for seat in seats[:2]:
        appoint_representation(session, SYSTEM, group=county.group, kind="ordinary", seat=seat)
    with pytest.raises(Conflict):  # two places, both taken
        appoint_representation(session, SYSTEM, group=county.group, kind="ordinary", seat=seats[2])
    with pytest.raises(Conflict):  # the group has no such seat
        appoint_representation(session, SYSTEM, group=county.group, kind="alternate", seat=seats[2])
    vacate_seat(session, SYSTEM, seats[0])
    ended = session.scalars(select(Representation).where(Representation.seat_id == seats[0].id))
    assert ended.one().to_on is not None


def test_the_public_page_names_only_those_who_agreed(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    term = make_term(session)
    shown, _one = make_seated(session, term, number=1, name="Maj Provberg")
    make_seated(session, term, number=2, name="Sigge Testström")
    show_seat(session, SYSTEM, shown, Shown(name="Maj P", about="Närstående"))
    session.commit()
    page = client.page("/council")
    assert "Maj P" in page
    assert "Provberg" not in page
    assert "Testström" not in page
    hide_seat(session, SYSTEM, shown)
    session.commit()
    assert "Maj P" not in client.page("/council")


def test_the_public_page_says_what_will_come_before_there_is_a_council(
    client: CheckingClient,
) -> None:
    assert "Inget råd än" in client.page("/council")
    assert "لا يوجد مجلس بعد" in client.page("/council?lang=ar")


def test_a_statement_is_the_councils_own_until_it_is_sent(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    term = make_term(session)
    statement = make_agreed_statement(session, term, county.group, county.region.id)
    session.commit()
    address = f"/council/statements/{statement.public_id}"
    client.page(address, status=404)
    commitment = send_statement(session, SYSTEM, statement, due_on=today())
    session.commit()
    assert "Låt närstående" in client.page(address)
    assert commitment.owed_by_group_id == county.group.id
    answer_commitment(
        session, SYSTEM, commitment, answer="no", answer_text="Det saknas personal för kvällar."
    )
    session.commit()
    page = client.page(address)
    assert "Det saknas personal" in page
    assert "Nej." in page
    with pytest.raises(Conflict):
        send_statement(session, SYSTEM, statement)
    with pytest.raises(Conflict):
        throw_away_statement(session, SYSTEM, statement)


def test_sending_a_statement_mails_the_groups_members(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    sign_in(Role.GROUP_MEMBER, name="Greta Gruppberg", group=county.group)
    sign_in(Role.GROUP_MEMBER, name="Annan Grupp", group=county.other_group)
    statement = make_agreed_statement(session, make_term(session), county.group, county.region.id)
    commitment = send_statement(session, SYSTEM, statement)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "council/statement"))
    mail = mails.one()
    assert commitment.public_id in mail.text
    assert statement.title not in mail.subject


def test_a_coordinator_fills_a_seat_and_plans_a_meeting(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    term = make_term(session)
    member = make_member(session, name="Maj Provberg")
    seat = queries.seats_of(session, term.id)[0]
    session.commit()
    form = as_coordinator.page(f"/council/seats/{seat.public_id}/fill?q=Maj")
    assert "Maj Provberg, Kalmar" in form
    as_coordinator.submit(
        f"/council/seats/{seat.public_id}/fill",
        {"member": member.public_id, "how": "seat", "since": today().isoformat()},
    )
    assert "Maj Provberg" in as_coordinator.page("/council/people")
    tomorrow = today() + timedelta(days=1)
    answer = as_coordinator.submit(
        "/council/meetings/new",
        {
            "title": "Rådets möte",
            "day": tomorrow.isoformat(),
            "starts": "13:00",
            "ends": "16:00",
            "place": "Nybro",
            "organisation": str(county.region.id),
        },
    )
    meeting = answer.headers["Location"]
    as_coordinator.submit(f"{meeting}/agenda", {"agenda-title": "Svar vi har fått"})
    as_coordinator.submit(
        f"{meeting}/decisions",
        {"decision-text": "Pausen är tjugo minuter.", "decision-due_on": tomorrow.isoformat()},
    )
    as_coordinator.submit(f"{meeting}/minutes/write", {"minutes": "Vi sa det.", "record_1": "Ja."})
    page = as_coordinator.page(meeting)
    for words in ("Svar vi har fått", "Pausen är tjugo minuter.", "Vi sa det."):
        assert words in page


def test_a_meeting_must_end_after_it_begins(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    make_term(session)
    session.commit()
    told = {"title": "Möte", "day": "2026-11-17", "starts": "16:00", "ends": "13:00", "place": "X"}
    answer = as_coordinator.submit(
        "/council/meetings/new", {**told, "organisation": str(county.region.id)}
    )
    assert "Mötet måste sluta" in answer.get_data(as_text=True)


def test_a_council_member_writes_a_statement_but_appoints_nobody(
    session: Session, county: SmallCounty, as_council_member: CheckingClient
) -> None:
    term = make_term(session)
    make_seated(session, term, number=2, name="Rut Rådman")
    meeting = make_meeting(session, term, county.region.id)
    seat = queries.seats_of(session, term.id)[0]
    session.commit()
    assert "Nästa möte" in as_council_member.page("/council/workspace")
    as_council_member.page(f"/council/seats/{seat.public_id}/fill", status=403)
    answer = as_council_member.submit(
        "/council/statements/new",
        {"group": county.group.public_id, "title": "Ring oss", "text": "Skriv ett nummer."},
    )
    check = answer.headers["Location"]
    assert "Skriv ett nummer." in as_council_member.page(check)
    session.get_one(Activity, meeting.activity_id).starts_at = now() - timedelta(days=1)
    session.commit()
    as_council_member.submit(check.replace("/check", "/agree"), {"meeting": meeting.public_id})
    sent = as_council_member.submit(
        check.replace("/check", "/send"), {"due_on": (today() + timedelta(days=9)).isoformat()}
    )
    assert "Inget svar än" in as_council_member.page(sent.headers["Location"])


def test_the_workroom_is_closed_to_everybody_else(
    session: Session,
    county: SmallCounty,
    as_outsider: CheckingClient,
    as_group_member: CheckingClient,
    sign_in: SignIn,
) -> None:
    term = make_term(session)
    meeting = make_meeting(session, term, county.region.id)
    session.commit()
    for client in (as_outsider, as_group_member):
        client.page(f"/council/meetings/{meeting.public_id}", status=403)
    narrow = sign_in(Role.COORDINATOR, name="Nora Närmare", organisation=county.region)
    narrow.page(f"/council/meetings/{meeting.public_id}", status=404)
    with pytest.raises(NotFound):
        queries.meetings_of(session, NOBODY, term.id)


def test_a_member_chooses_to_be_shown_and_changes_their_mind(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    client = sign_in(Role.COUNCIL_MEMBER, name="Rut Skissdotter")
    term = make_term(session)
    seat, _member = make_seated(session, term, number=7, name="Rut Skissdotter")
    session.commit()
    assert "Ditt namn visas inte" in client.page("/council/my-seat")
    client.submit("/council/my-seat/show", {"name": "Rut", "about": "Patient"})
    assert "Rut" in client.page("/council")
    client.submit("/council/my-seat/hide")
    session.expire_all()
    assert session.get_one(CouncilSeat, seat.id).shown_name is None


def test_leaving_the_bank_empties_the_seat(session: Session, county: SmallCounty) -> None:
    seat, member = make_seated(session, make_term(session))
    SeatOfWhoLeft().handle(session, {"account_id": member.account_id, "member_id": member.id})
    assert seat.is_vacant
    assert session.scalars(select(SeatPast)).one().reason is None


def test_a_person_reads_and_erases_what_the_council_holds(
    session: Session, county: SmallCounty
) -> None:
    seat, member = make_seated(session, make_term(session))
    show_seat(session, SYSTEM, seat, Shown(name="Rådis", about="Patient"))
    data = SeatData()
    (section,) = data.sections(session, member.account_id)
    assert section.raw["seat"]["shown_name"] == "Rådis"
    assert len(list(data.erase(session, member.account_id))) == 1
    assert seat.is_vacant
    assert seat.shown_name is None
    assert not list(data.sections(session, 10_000))


def test_the_trail_shows_statements_and_answers(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    _seat, member = make_seated(session, term)
    statement = make_agreed_statement(session, term, county.group, county.region.id)
    commitment = send_statement(session, SYSTEM, statement, is_told=False)
    answer_commitment(session, SYSTEM, commitment, answer="yes", answer_text="Vi gör så.")
    steps = list(CouncilTrail().steps(session, member.account_id))
    assert [step.is_answer for step in steps] == [False, False, True]


def test_seats_are_counted_for_a_year(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    seat, _one = make_seated(session, term, number=1)
    make_seated(session, term, number=2, birth_year=today().year - 20)
    appoint_representation(session, SYSTEM, group=county.group, kind="ordinary", seat=seat)
    year = today().year
    years = range(year - 1, year + 2)
    filled = queries.resident_seats_filled(session, years)
    assert filled == {year - 1: None, year: 3, year + 1: None}
    young = queries.young_people_in_forums(session, years)
    assert young == {year - 1: 0, year: 1, year + 1: None}


def test_every_sent_statement_has_one_commitment(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    statement = make_agreed_statement(session, term, county.group, county.region.id)
    send_statement(session, SYSTEM, statement)
    assert len(commitments_about(session, "statement", statement.public_id)) == 1
    (line,) = queries.waiting_statements(session)
    assert line.statement.id == statement.id
    assert session.scalar(select(Account.id).limit(1)) is None


def test_a_role_that_outlives_its_term_opens_nothing(
    session: Session, county: SmallCounty, as_council_member: CheckingClient
) -> None:
    term = make_term(session)
    _seat, member = make_seated(session, term, number=2, name="Rut Rådman")
    session.commit()
    as_council_member.page("/council/workspace")
    term.ends_on = today() - timedelta(days=1)
    session.commit()
    as_council_member.page("/council/workspace", status=404)
    as_council_member.page("/council/people", status=404)
    assert end_past_terms(session) == 1
    assert end_past_terms(session) == 0
    assert not grants_of(session, member.account_id)
    session.commit()
    as_council_member.page("/council/workspace", status=403)


def test_a_seat_in_the_next_term_keeps_the_role(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    _seat, member = make_seated(session, term)
    term.ends_on = today() - timedelta(days=1)
    coming = make_term(
        session,
        group=term.group,
        starts_on=today() + timedelta(days=9),
        ends_on=today() + timedelta(days=99),
    )
    seat_member(session, SYSTEM, queries.seats_of(session, coming.id)[0], member, is_told=False)
    assert end_past_terms(session) == 0
    assert not queries.sits_now(session, member.account_id)


def test_everybody_the_list_of_the_council_names_can_read_who_saw_it(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    term = make_term(session)
    members = [make_seated(session, term, number=number)[1] for number in (1, 2)]
    session.commit()
    empty = queries.seats_of(session, term.id)[4].public_id
    session.commit()
    as_coordinator.page("/council/people")
    as_coordinator.page(f"/council/seats/{empty}/fill?q=rådis")
    for member in members:
        seen = [entry.action for entry in entries_about(session, member.account_id, 9)]
        assert sorted(seen)[:2] == ["bank_searched", "council_people_read"]


def test_a_statement_is_addressed_to_nobody_until_somebody_chooses(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_term(session)
    session.commit()
    page = as_coordinator.page("/council/statements/new")
    assert page.index('<option value=""') < page.index(
        "<option", page.index('<option value=""') + 1
    )
    sent = as_coordinator.submit("/council/statements/new", {"title": "Svara", "text": "I tid."})
    assert (sent.status_code, 'id="group-error"' in sent.text) == (200, True)
