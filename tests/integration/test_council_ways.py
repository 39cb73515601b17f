"""The council's longer ways: offers of seats, alternates, papers, minutes, statements, places."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import grants_of
from participation.activities.models import Activity
from participation.commitments.services import answer_commitment
from participation.council import queries
from participation.council.models import CouncilMeeting, SeatOffer, SeatPast
from participation.council.providers import MinutesToAdjust, OwnPromises, SeatData
from participation.council.rules.offers import OfferState, offer_token
from participation.council.rules.succession import VacancyKind
from participation.council.rules.terms import Renewal
from participation.council.services import (
    AgendaPoint,
    Decided,
    Layout,
    Shown,
    SitsThereAlready,
    accept_offer,
    add_agenda_item,
    adjust_minutes,
    agree_statement,
    appoint_representation,
    approve_minutes,
    attach_paper,
    change_statement,
    follow_up_statement,
    lapse_offers,
    leave_council,
    move_agenda_item,
    name_adjusters,
    offer_seat,
    publish_minutes,
    record_decision,
    remove_agenda_item,
    send_statement,
    show_representation,
    show_seat,
    step_in,
    vacate_seat,
    write_minutes,
)
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict
from participation.foundation.files import UnsafeFile
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from tests.factories.council import (
    make_agreed_statement,
    make_meeting,
    make_seated,
    make_statement,
    make_term,
    seat_numbered,
)
from tests.factories.interest_bank import make_member
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

SignIn = Callable[..., CheckingClient]
COORDINATOR = Actor(display_name="Ebba", grants=(Grant(Role.COORDINATOR),), is_strong=True)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _offered(session: Session, number: int = 3, name: str = "Tuva Tillfrågad") -> SeatOffer:
    seat = seat_numbered(session, make_term(session), number)
    member = make_member(session, name=name)
    return offer_seat(session, SYSTEM, seat, member, reply_by=now() + timedelta(days=14))


def _loaded(session: Session, offer: SeatOffer) -> SeatOffer:
    """The offer with its seat, term and member."""
    session.expire_all()
    return queries.offer_by_token(session, offer_token(offer.public_id))


def _whole(session: Session, meeting: CouncilMeeting) -> CouncilMeeting:
    session.expire_all()
    return queries.meeting_visible_to(session, COORDINATOR, meeting.public_id)


def test_somebody_asked_says_yes_without_signing_in(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    offer = _offered(session)
    session.commit()
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "council/offer")).one()
    link = f"/s/{offer_token(offer.public_id)}"
    assert link in mail.text
    for _scan in range(5):
        client.page(link)
    assert _loaded(session, offer).state == OfferState.ASKED
    session.rollback()
    client.submit(link, {"answer": "yes"})
    taken = _loaded(session, offer)
    assert taken.seat.member_id == taken.member_id
    session.rollback()
    assert "Välkommen till utvecklingsrådet" in client.page(link)
    answer = client.submit(link, {"answer": "no"})
    assert answer.status_code == 410
    assert "Välkommen" in answer.get_data(as_text=True)


def test_a_no_keeps_the_seat_empty_and_the_reason_with_the_coordinators(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    offer = _offered(session)
    session.commit()
    link = f"/s/{offer_token(offer.public_id)}"
    client.submit(link, {"answer": "no", "reason": "Hinner inte."})
    session.expire_all()
    assert offer.state == OfferState.DECLINED
    assert offer.reason == "Hinner inte."
    session.rollback()
    assert "Hinner inte" not in client.page("/council")
    client.page("/s/" + "x" * 32, status=410)


def test_one_person_is_asked_about_a_seat_at_a_time(session: Session, county: SmallCounty) -> None:
    offer = _loaded(session, _offered(session))
    soon = now() + timedelta(days=3)
    other = seat_numbered(session, offer.seat.term, 4)
    somebody = make_member(session, name="Annan Ann")
    with pytest.raises(Conflict):  # somebody thinks about it
        offer_seat(session, SYSTEM, offer.seat, somebody, reply_by=soon)
    with pytest.raises(Conflict):  # the same person, another seat
        offer_seat(session, SYSTEM, other, offer.member, reply_by=soon)


def test_an_offer_nobody_answers_lapses(session: Session, county: SmallCounty) -> None:
    offer = _offered(session)
    assert not lapse_offers(session)
    with frozen_at(now() + timedelta(days=15)):
        with pytest.raises(Conflict):
            accept_offer(session, SYSTEM, offer)
        assert lapse_offers(session) == [offer]
    assert offer.state == OfferState.LAPSED


def test_leaving_the_bank_takes_the_open_offer_along(session: Session, county: SmallCounty) -> None:
    offer = _offered(session)
    leave_council(session, SYSTEM, offer.member_id)
    assert offer.state == OfferState.WITHDRAWN


def test_an_alternate_steps_in_with_what_they_show(session: Session, county: SmallCounty) -> None:
    term = make_term(session, alternates=2)
    seat, _left = make_seated(session, term, number=5)
    alternate, member = make_seated(session, term, number=1, is_alternate=True)
    show_seat(session, SYSTEM, alternate, Shown(name="Gun", about="Närstående"))
    with pytest.raises(Conflict):  # somebody sits there
        step_in(session, SYSTEM, seat, alternate)
    vacate_seat(session, SYSTEM, seat, kind=VacancyKind.DIED)
    taken = step_in(session, SYSTEM, seat, alternate)
    assert taken.member_id == member.id
    assert taken.shown_name == "Gun"
    assert alternate.is_vacant
    assert alternate.vacant_kind == VacancyKind.MOVED_UP
    assert Role.COUNCIL_MEMBER in {grant.role for grant in grants_of(session, member.account_id)}


def test_a_coordinator_sees_why_a_seat_is_empty_and_lets_the_first_alternate_in(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    term = make_term(session, alternates=2)
    seat, _left = make_seated(session, term, number=5)
    make_seated(session, term, number=2, is_alternate=True)
    first, _member = make_seated(session, term, number=1, is_alternate=True)
    session.commit()
    as_coordinator.submit(
        f"/council/seats/{seat.public_id}/empty",
        {"kind": "own_wish", "on": today().isoformat(), "reason": "Hinner inte."},
    )
    page = as_coordinator.page(f"/council/seats/{seat.public_id}/fill")
    assert page.index("Suppleant 1son") < page.index("Suppleant 2son")
    assert "Vill lämna. Hinner inte." in as_coordinator.page("/council/people")
    as_coordinator.submit(
        f"/council/seats/{seat.public_id}/step-in", {"alternate": first.public_id}
    )
    assert "Plats 5: Suppleant 1son" in as_coordinator.page("/council/people")
    assert "Hinner inte" not in as_coordinator.page("/council")


def test_a_member_leaves_from_their_own_page(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    client = sign_in(Role.COUNCIL_MEMBER, name="Rut Skissdotter")
    seat, _member = make_seated(session, make_term(session), number=7, name="Rut Skissdotter")
    session.commit()
    client.page("/council/my-seat/leave")
    client.submit("/council/my-seat/leave", {"reason": ""})
    session.expire_all()
    assert seat.is_vacant
    assert session.scalars(select(SeatPast)).one().kind == VacancyKind.OWN_WISH
    client.page("/council/workspace", status=403)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "council/left"))
    assert len(mails.all()) == 1


def test_half_of_the_council_goes_on_into_the_next_term(
    session: Session, county: SmallCounty
) -> None:
    term = make_term(
        session,
        layout=Layout(seats=4, renewal=Renewal.HALF),
        starts_on=today() - timedelta(days=400),
        ends_on=today() - timedelta(days=1),
    )
    members = [make_seated(session, term, number=number)[1] for number in (1, 2, 3, 4)]
    show_seat(session, SYSTEM, seat_numbered(session, term, 2), Shown(name="Tvåan"))
    coming = make_term(
        session,
        group=term.group,
        layout=Layout(seats=4, renewal=Renewal.HALF),
        starts_on=today(),
        ends_on=today() + timedelta(days=300),
    )
    held = {seat.number: seat for seat in queries.seats_of(session, coming.id)}
    assert [number for number, seat in held.items() if seat.is_vacant] == [1, 3]
    assert held[2].member_id == members[1].id
    assert held[2].shown_name == "Tvåan"


def test_somebody_with_protected_identity_is_never_shown(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    term = make_term(session)
    seat, member = make_seated(session, term, number=1, name="Maj Provberg")
    show_seat(session, SYSTEM, seat, Shown(name="Maj P", shows_municipality=True))
    session.commit()
    assert "Maj P" in client.page("/council")
    member.is_protected = True
    session.commit()
    assert "Maj P" not in client.page("/council")
    with pytest.raises(Conflict):
        show_seat(session, SYSTEM, seat, Shown(name="Maj P"))


def test_a_place_in_a_group_shows_a_name_only_with_consent(
    session: Session, county: SmallCounty, client: CheckingClient, sign_in: SignIn
) -> None:
    make_term(session)
    own = sign_in(Role.RESIDENT, name="Bo Bankman")
    member = make_member(session, name="Bo Bankman")
    item = appoint_representation(
        session, SYSTEM, group=county.group, kind="ordinary", member=member
    )
    with pytest.raises(SitsThereAlready):
        appoint_representation(session, SYSTEM, group=county.group, kind="ordinary", member=member)
    session.commit()
    assert "Någon ur intressebanken" in client.page("/council")
    own.submit(f"/council/my-places/{item.public_id}/show", {"name": "Bosse B"})
    assert "Bosse B" in client.page("/council")
    own.submit(f"/council/my-places/{item.public_id}/hide")
    assert "Bosse B" not in client.page("/council")
    member.is_protected = True
    with pytest.raises(Conflict):
        show_representation(session, SYSTEM, item, "Bosse B")


def test_a_place_ends_and_stands_among_the_earlier_ones(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    make_term(session)
    member = make_member(session, name="Bo Bankman")
    yesterday = today() - timedelta(days=40)
    item = appoint_representation(
        session, SYSTEM, group=county.group, kind="ordinary", member=member, from_on=yesterday
    )
    session.commit()
    assert "Bo Bankman" in as_coordinator.page("/council/representations")
    as_coordinator.page(f"/council/representations/{item.public_id}/end")
    as_coordinator.submit(f"/council/representations/{item.public_id}/end")
    session.expire_all()
    assert item.to_on == today()


def test_points_keep_their_papers_and_decisions_when_they_move(
    session: Session, county: SmallCounty
) -> None:
    meeting = make_meeting(session, make_term(session), county.region.id)
    for title in ("Ett", "Två", "Tre"):
        add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title=title))
    found = _whole(session, meeting)
    third = found.agenda[2]
    attach_paper(session, SYSTEM, found, third, name="Tre.pdf", content=PDF)
    record_decision(session, SYSTEM, found, Decided(text="Ja.", agenda_number=third.number))
    move_agenda_item(session, SYSTEM, found, third, -2)
    found = _whole(session, meeting)
    assert [item.title for item in found.agenda] == ["Tre", "Ett", "Två"]
    assert [p.name for p in queries.papers_of(session, found)[third.public_id]] == ["Tre.pdf"]
    with pytest.raises(Conflict):  # something is decided under it
        remove_agenda_item(session, SYSTEM, found, found.agenda[0])
    remove_agenda_item(session, SYSTEM, found, found.agenda[1])
    assert [item.title for item in _whole(session, meeting).agenda] == ["Tre", "Två"]


def test_papers_are_pdfs_for_the_council_alone_and_always_downloads(
    session: Session,
    county: SmallCounty,
    as_council_member: CheckingClient,
    as_outsider: CheckingClient,
    client: CheckingClient,
    sign_in: SignIn,
) -> None:
    term = make_term(session)
    make_seated(session, term, number=2, name="Rut Rådman")
    meeting = make_meeting(session, term, county.region.id)
    item = add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title="Budget"))
    session.commit()
    point = f"/council/meetings/{meeting.public_id}/points/{item.public_id}"
    as_council_member.submit(f"{point}/papers", {"paper": (io.BytesIO(PDF), "Budget.pdf")})
    (paper,) = queries.papers_of(session, _whole(session, meeting))[item.public_id]
    file_id = paper.public_id
    session.rollback()
    address = f"{point}/papers/{file_id}"
    given = as_council_member.get(address)
    assert given.data == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert as_outsider.get(address).status_code in {403, 404}
    assert client.get(address).status_code in {302, 303, 401, 403, 404}
    narrow = sign_in(Role.COORDINATOR, name="Nora Närmare", organisation=county.region)
    assert narrow.get(address).status_code == 404
    other = add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title="Annat"))
    session.commit()
    wrong = f"/council/meetings/{meeting.public_id}/points/{other.public_id}/papers"
    assert as_council_member.get(f"{wrong}/{file_id}").status_code == 404
    for content in (b"<html><script>1</script></html>", b"\x89PNG\r\n\x1a\nIEND\xaeB`\x82"):
        refused = as_council_member.submit(
            f"{point}/papers", {"paper": (io.BytesIO(content), "x.pdf")}
        )
        assert "Välj en PDF" in refused.get_data(as_text=True)


def test_only_a_pdf_is_a_paper(session: Session, county: SmallCounty) -> None:
    meeting = make_meeting(session, make_term(session), county.region.id)
    item = add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title="Budget"))
    with pytest.raises(UnsafeFile):
        attach_paper(session, SYSTEM, meeting, item, name="a.pdf", content=b"hello")


def test_minutes_are_adjusted_by_everybody_named_and_then_stand_fast(
    session: Session, county: SmallCounty
) -> None:
    term = make_term(session)
    people = [make_seated(session, term, number=number)[1] for number in (1, 2)]
    meeting = make_meeting(session, term, county.region.id)
    item = add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title="Ett"))
    found = _whole(session, meeting)
    with pytest.raises(Conflict):  # nothing is written
        approve_minutes(session, SYSTEM, found)
    write_minutes(session, SYSTEM, found, "", {item.number: "Vi sa det."})
    name_adjusters(session, SYSTEM, found, [member.id for member in people])
    with pytest.raises(Conflict):  # that is for the adjusters to say
        approve_minutes(session, SYSTEM, found)
    adjust_minutes(session, SYSTEM, found, people[0].id)
    write_minutes(session, SYSTEM, found, "", {item.number: "Vi sa något annat."})
    adjust_minutes(session, SYSTEM, found, people[1].id)
    assert found.approved_on is None  # the first one reads the new words
    with pytest.raises(Conflict):
        publish_minutes(session, SYSTEM, found)
    adjust_minutes(session, SYSTEM, found, people[0].id)
    assert found.approved_on == today()
    with pytest.raises(Conflict):
        write_minutes(session, SYSTEM, found, "Nej.")
    with pytest.raises(Conflict):
        record_decision(session, SYSTEM, found, Decided(text="För sent."))


def test_public_minutes_name_only_those_who_want_to_be_named(
    session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    term = make_term(session)
    seat, shown = make_seated(session, term, number=1, name="Maj Provberg")
    _hidden_seat, hidden = make_seated(session, term, number=2, name="Sigge Testström")
    show_seat(session, SYSTEM, seat, Shown(name="Maj P"))
    meeting = make_meeting(session, term, county.region.id)
    found = _whole(session, meeting)
    for member in (shown, hidden):
        record_decision(session, SYSTEM, found, Decided(text="Ring.", owner_member_id=member.id))
    write_minutes(session, SYSTEM, found, "Alla var där.")
    session.commit()
    address = f"/council/meetings/{meeting.public_id}/minutes"
    client.page(address, status=404)
    approve_minutes(session, SYSTEM, found)
    publish_minutes(session, SYSTEM, found)
    session.commit()
    page = client.page(address)
    assert "Maj P" in page
    assert "Provberg" not in page
    assert "Testström" not in page
    assert "En ledamot i rådet" in page
    assert meeting.public_id in client.page("/council")


def test_a_member_sees_what_they_promised_and_what_waits_for_them(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    client = sign_in(Role.COUNCIL_MEMBER, name="Rut Skissdotter")
    term = make_term(session)
    _seat, member = make_seated(session, term, number=7, name="Rut Skissdotter")
    meeting = make_meeting(session, term, county.region.id)
    found = _whole(session, meeting)
    decision = record_decision(
        session,
        SYSTEM,
        found,
        Decided(
            text="Ring gruppen.", owner_member_id=member.id, due_on=today() - timedelta(days=2)
        ),
    )
    write_minutes(session, SYSTEM, found, "Vi ses.")
    name_adjusters(session, SYSTEM, found, [member.id])
    session.commit()
    page = client.page("/council/workspace")
    assert "Det här har du lovat" in page
    assert "2 dagar försenat" in page
    start = client.page("/start")
    assert "Gör det du lovade rådet" in start
    assert "Läs protokollet och säg om det stämmer" in start
    client.submit(
        f"/council/meetings/{meeting.public_id}/decisions/{decision.public_id}/done",
        {"back": "follow-up"},
    )
    assert "Gjort" in client.page("/council/decisions")
    client.submit(f"/council/meetings/{meeting.public_id}/minutes/adjust")
    session.expire_all()
    assert found.approved_on == today()


def test_a_series_is_planned_at_once_or_not_at_all(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    term = make_term(session)
    session.commit()
    told = {
        "title": "Rådets möte",
        "day": (today() + timedelta(days=7)).isoformat(),
        "starts": "13:00",
        "ends": "16:00",
        "place": "Nybro",
        "organisation": str(county.region.id),
        "rhythm": "every_month",
        "count": "3",
    }
    as_coordinator.submit("/council/meetings/series", told)
    assert len(queries.coming_meetings(session, term.id)) == 3
    term.ends_on = today() + timedelta(days=30)
    session.commit()
    refused = as_coordinator.submit("/council/meetings/series", told)
    assert "mandatperiodens slut" in refused.get_data(as_text=True)
    session.expire_all()
    assert len(queries.coming_meetings(session, term.id)) == 3


def test_a_statement_goes_from_draft_to_followed_up(session: Session, county: SmallCounty) -> None:
    term = make_term(session)
    statement = make_statement(session, term, county.group)
    with pytest.raises(Conflict):  # no meeting has agreed
        send_statement(session, SYSTEM, statement)
    meeting = make_meeting(session, term, county.region.id)
    agree_statement(session, SYSTEM, statement, meeting)
    change_statement(session, SYSTEM, statement, group=county.group, title="Nytt", text="Ord")
    assert statement.agreed_on is None  # other words must be agreed anew
    agree_statement(session, SYSTEM, statement, meeting)
    commitment = send_statement(session, SYSTEM, statement, is_told=False)
    with pytest.raises(Conflict):  # no answer yet
        follow_up_statement(session, SYSTEM, statement, commitment, "Bra.")
    answer_commitment(session, SYSTEM, commitment, answer="yes", answer_text="Vi gör så.")
    follow_up_statement(session, SYSTEM, statement, commitment, "Det märks.")
    line = queries.public_statement(session, statement.public_id)
    assert line.state == "followed_up"


def test_a_late_group_is_reminded_once_a_week(
    session: Session, county: SmallCounty, sign_in: SignIn, as_coordinator: CheckingClient
) -> None:
    sign_in(Role.GROUP_MEMBER, name="Greta Gruppberg", group=county.group)
    statement = make_agreed_statement(session, make_term(session), county.group, county.region.id)
    commitment = send_statement(session, SYSTEM, statement, is_told=False)
    commitment.due_on = today() - timedelta(days=1)
    session.commit()
    remind = f"/council/statements/{statement.public_id}/remind"
    as_coordinator.submit(remind)
    as_coordinator.submit(remind)
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.template == "commitment_reminder")
    ).all()
    assert len(mails) == 1


def test_the_members_are_told_when_the_agenda_is_ready(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    term = make_term(session, alternates=1)
    make_seated(session, term, number=1)
    make_seated(session, term, number=1, is_alternate=True)
    meeting = make_meeting(session, term, county.region.id)
    add_agenda_item(session, SYSTEM, meeting, AgendaPoint(title="Diagnoser"))
    session.commit()
    as_coordinator.submit(f"/council/meetings/{meeting.public_id}/send-agenda")
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "council/agenda")).all()
    assert len(mails) == 2
    assert all("Diagnoser" not in mail.text + mail.subject for mail in mails)


def test_a_person_reads_every_offer_and_promise_they_had(
    session: Session, county: SmallCounty
) -> None:
    offer = _offered(session)
    asked = queries.offer_by_token(session, offer_token(offer.public_id)).member
    (section,) = SeatData().sections(session, asked.account_id)
    assert section.raw["offers"][0]["answer"] == "asked"
    assert "Tillfrågad" in " ".join(text for row in section.rows for text in row)


def test_start_cards_are_for_those_who_sit(session: Session, county: SmallCounty) -> None:
    assert not list(MinutesToAdjust().items(session, SYSTEM))
    assert not list(OwnPromises().items(session, SYSTEM))
    assert session.scalar(select(Activity.id).limit(1)) is None
