"""An audit's team by lot: who can be drawn, the demands, yes and no, the end of the draw."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.assignments.rules.states import TieKind
from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries import team_size, tied_members
from participation.audits.queries.drawing import auditor_pool, draw_of_team, drawn_seats
from participation.audits.rules.drawing import Demands, Held
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    advance_audit,
    begin_team_draw,
    declare_ties,
    note_users_told,
    pass_place_on,
    remove_auditor,
    take_place,
)
from participation.audits.services.interviews import lock_audit
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.events import replace_subscribers
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.interest_bank.models import BankMember
from participation.registry import FEATURES
from participation.selection.models import Draw, DrawPerson, DrawReplacement
from participation.selection.queries import quotas_of
from participation.selection.rules.features import Limits, QuotaKey
from participation.selection.services import (
    DrawUnderWay,
    ReplacementUnderWay,
    TooFewCandidates,
    accept_swap,
    agree_on_quotas,
)
from participation.selection.services.replacing import propose_swap
from tests.conftest import SignIn
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.audits import make_audit_at, make_auditor
from tests.factories.draws import drawn, make_candidates, run_jobs
from tests.factories.interest_bank import make_member
from tests.factories.training import make_completion, make_course
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

Sessions = sessionmaker[Session]
COORDINATOR = Actor(display_name="Ebba", grants=(Grant(Role.COORDINATOR),), is_strong=True)
DEMANDS = Demands(people=3, rest_days=0)


@pytest.fixture
def willing(session: Session, county: SmallCounty) -> list[BankMember]:
    """Six women and four men who can imagine audits; everybody listens to the lot."""
    replace_subscribers(FEATURES.collect("subscribers"))
    members = make_candidates(session)
    for member in members:
        member.assignments = ["audit"]
    session.commit()
    return members


@pytest.fixture
def audit(session: Session, willing: list[BankMember], county: SmallCounty) -> Audit:
    made = make_audit_at(
        session,
        county.unit,
        AuditState.AGREED,
        period_from=today() + timedelta(days=60),
        period_to=today() + timedelta(days=80),
    )
    session.commit()
    return made


def _held(session: Session, audit: Audit, rest_days: int = 182) -> dict[int, Held]:
    pool = auditor_pool(session, COORDINATOR, audit, rest_days)
    return {one.member.id: one.why for one in pool.held}


def _drawn(session: Session, sessions: Sessions, audit: Audit) -> Draw:
    made = drawn(session, sessions, begin_team_draw(session, COORDINATOR, audit, DEMANDS))
    assert made.has_panel
    return made


def _was_in(session: Session, audit: Audit, member: BankMember) -> None:
    session.add(
        AuditTeamMember(
            audit_id=audit.id,
            account_id=member.account_id,
            member_id=member.id,
            declared_at=now(),
        )
    )
    session.flush()


def test_everybody_who_cannot_be_drawn_is_counted_with_the_reason(
    session: Session, willing: list[BankMember], audit: Audit, county: SmallCounty
) -> None:
    make_auditor(session, audit, willing[0])
    willing[1].state = "paused"
    other = make_audit_at(session, county.unit, AuditState.AGREED)
    silent = make_auditor(session, other, willing[2], has_declared=False)
    tied = make_auditor(session, other, willing[3], has_declared=False)
    declare_ties(session, SYSTEM, other, tied, kinds=[TieKind.PATIENT])
    make_auditor(session, other, willing[4])
    session.flush()
    held = _held(session, audit)
    assert held == {
        willing[0].id: Held.IN_TEAM,
        willing[1].id: Held.PAUSED,
        silent.member_id: Held.SILENT,
        tied.member_id: Held.TIES,
        willing[4].id: Held.RESTS,
    }
    assert willing[4].id not in _held(session, audit, rest_days=0)


def test_only_those_whose_course_holds_are_in_the_lottery(
    session: Session, willing: list[BankMember], audit: Audit
) -> None:
    course = make_course(session)
    outside = make_member(session, name="Ute Kursson")
    for member in (*willing[:2], outside):
        make_completion(session, course, member.account_id)
    session.flush()
    pool = auditor_pool(session, COORDINATOR, audit, 0)
    assert {member.id for member in pool.free} == {willing[0].id, willing[1].id, outside.id}
    assert {one.why for one in pool.held} == {Held.UNTRAINED}


def test_a_yes_to_something_else_of_the_organisation_without_declared_ties_is_no_answer(
    session: Session, willing: list[BankMember], audit: Audit, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, kind="user_audit")
    make_invitation(session, make_round(session, activity), willing[0], state="accepted")
    session.flush()
    assert _held(session, audit, 0) == {willing[0].id: Held.SILENT}


def test_a_rest_ends_after_the_time_that_was_chosen(
    session: Session, willing: list[BankMember], audit: Audit, county: SmallCounty
) -> None:
    other = make_audit_at(session, county.unit, AuditState.AGREED)
    make_auditor(session, other, willing[0])
    done = make_audit_at(session, county.unit, AuditState.FED_BACK)
    member = session.scalars(
        select(BankMember)
        .join(AuditTeamMember, AuditTeamMember.member_id == BankMember.id)
        .where(AuditTeamMember.audit_id == done.id)
    ).first()
    assert member is not None
    member.assignments = ["audit"]
    session.flush()
    pool = auditor_pool(session, COORDINATOR, audit, 182)
    resting = {one.member.id: one.again_on for one in pool.held if one.why is Held.RESTS}
    assert resting[member.id] == today() + timedelta(days=182)
    assert resting[willing[0].id] is None  # in an audit now
    assert member.id in pool.practised


def test_who_does_not_see_the_bank_draws_nobody(session: Session, audit: Audit) -> None:
    pool = auditor_pool(session, Actor(display_name="Kim"), audit, 0)
    assert not pool.free
    assert not pool.held


def test_demands_become_quotas_and_nobody_reads_the_unit_in_the_title(
    session: Session, willing: list[BankMember], audit: Audit, county: SmallCounty
) -> None:
    done = make_audit_at(session, county.unit, AuditState.FED_BACK)
    _was_in(session, done, willing[0])
    session.flush()
    demands = Demands(
        people=3,
        own_experience=True,
        even_gender=True,
        somebody_practised=True,
        somebody_new=True,
        rest_days=0,
    )
    draw = begin_team_draw(session, COORDINATOR, audit, demands)
    assert quotas_of(session, draw.id) == {
        QuotaKey("gender", "woman"): Limits(0, 2),
        QuotaKey("gender", "man"): Limits(0, 2),
        QuotaKey("role", "service_user"): Limits(1, 3),
        QuotaKey("practice", "done"): Limits(1, 2),
    }
    assert audit.title not in draw.title
    assert county.unit.name not in draw.title
    practised = select(DrawPerson.member_id).where(DrawPerson.has_done)
    assert set(session.scalars(practised)) == {willing[0].id}
    with pytest.raises(DrawUnderWay):
        begin_team_draw(session, COORDINATOR, audit, demands)


def test_a_quota_about_practice_can_be_met_and_is_kept_when_the_pool_is_frozen(
    session: Session,
    sessions: Sessions,
    willing: list[BankMember],
    audit: Audit,
    county: SmallCounty,
) -> None:
    done = make_audit_at(session, county.unit, AuditState.FED_BACK)
    _was_in(session, done, willing[0])
    demands = Demands(people=2, somebody_practised=True, rest_days=0)
    draw = begin_team_draw(session, COORDINATOR, audit, demands)
    session.commit()
    run_jobs(sessions)
    session.refresh(draw)
    agree_on_quotas(session, SYSTEM, draw)
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    person = session.scalars(
        select(DrawPerson).where(DrawPerson.draw_id == draw.id, DrawPerson.has_done)
    ).one()
    assert person.traits == {"practice": ["done"]}
    assert person.chance == 1  # the only one who has done it


def test_a_draw_needs_more_people_than_places_and_an_open_team(
    session: Session, willing: list[BankMember], audit: Audit
) -> None:
    for member in willing[2:]:
        member.assignments = []
    session.flush()
    with pytest.raises(TooFewCandidates):
        begin_team_draw(session, COORDINATOR, audit, DEMANDS)
    audit.state = AuditState.INTERVIEWING
    with pytest.raises(Conflict):
        begin_team_draw(session, COORDINATOR, audit, Demands(people=1))


def test_who_says_yes_joins_the_team_and_must_declare_their_ties(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    first = drawn_seats(session, audit, draw)[0]
    member = take_place(session, COORDINATOR, audit, first.number)
    session.flush()
    seat = drawn_seats(session, audit, draw)[0]
    assert seat.is_in_team
    assert seat.place is not None
    assert seat.place.declared_at is None
    told = select(OutboxMail).where(OutboxMail.template == "audits/team")
    assert len(session.scalars(told).all()) == 1
    with pytest.raises(Conflict):  # in the team: take them out there first
        pass_place_on(session, COORDINATOR, audit, first.number)
    with pytest.raises(NotFound):
        take_place(session, COORDINATOR, audit, 99)
    assert member.id == first.member.id if first.member else False


def test_a_no_is_followed_by_the_next_of_the_same_draw_and_they_are_not_drawn_again(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    gone = drawn_seats(session, audit, draw)[0]
    before = {seat.number for seat in drawn_seats(session, audit, draw)}
    pass_place_on(session, COORDINATOR, audit, gone.number)
    with pytest.raises(ReplacementUnderWay):
        pass_place_on(session, COORDINATOR, audit, drawn_seats(session, audit, draw)[1].number)
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    after = {seat.number for seat in drawn_seats(session, audit, draw)}
    assert len(after) == 3
    assert after - before
    assert gone.number not in after
    assert gone.member is not None
    assert _held(session, audit, 0)[gone.member.id] is Held.SAID_NO


def test_a_place_that_was_passed_on_is_not_taken_any_more(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    first, second, _third = drawn_seats(session, audit, draw)
    pass_place_on(session, COORDINATOR, audit, first.number)
    with pytest.raises(ReplacementUnderWay):
        take_place(session, COORDINATOR, audit, first.number)
    assert team_size(session, audit.id) == 0
    take_place(session, COORDINATOR, audit, second.number)
    assert team_size(session, audit.id) == 1


@pytest.mark.parametrize("act", [take_place, pass_place_on])
def test_yes_and_no_to_a_place_wait_for_one_another(
    act: Callable[[Session, Actor, Audit, int], object],
    session: Session,
    sessions: Sessions,
    audit: Audit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other coordinator took the place just before this one had the audit to themselves."""
    draw = _drawn(session, sessions, audit)
    number = drawn_seats(session, audit, draw)[0].number
    session.commit()

    def other_first(of: Session, audit_id: int) -> Audit:
        monkeypatch.undo()
        with sessions() as other:
            take_place(other, COORDINATOR, other.get_one(Audit, audit_id), number)
            other.commit()
        return lock_audit(of, audit_id)

    monkeypatch.setattr("participation.audits.services.drawing.lock_audit", other_first)
    with pytest.raises(Conflict):
        act(session, COORDINATOR, audit, number)
    assert team_size(session, audit.id) == 1
    assert not session.scalars(select(DrawReplacement)).all()


def test_who_is_taken_out_of_the_team_is_followed_by_the_next(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    number = drawn_seats(session, audit, draw)[0].number
    take_place(session, COORDINATOR, audit, number)
    place = drawn_seats(session, audit, draw)[0].place
    assert place is not None
    declare_ties(session, SYSTEM, audit, place, kinds=[TieKind.RELATIVE])
    remove_auditor(session, COORDINATOR, audit, place)
    assert drawn_seats(session, audit, draw)[0].has_left
    pass_place_on(session, COORDINATOR, audit, number)
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    assert number not in {seat.number for seat in drawn_seats(session, audit, draw)}


def test_whoever_a_swap_takes_out_of_the_panel_leaves_the_team(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    first, second, third = drawn_seats(session, audit, draw)
    take_place(session, COORDINATOR, audit, second.number)
    pass_place_on(session, COORDINATOR, audit, first.number)
    wanted = session.scalars(select(DrawReplacement)).one()
    numbers = set(
        session.scalars(select(DrawPerson.number).where(DrawPerson.draw_id == draw.id))
    ) - {first.number, second.number, third.number}
    joining = sorted(number for number in numbers if number is not None)[:2]
    propose_swap(session, wanted, [first.number, second.number], joining)
    accept_swap(session, COORDINATOR, wanted)
    assert team_size(session, audit.id) == 0


def test_the_draw_ends_when_the_interviews_begin(
    session: Session, sessions: Sessions, audit: Audit
) -> None:
    draw = _drawn(session, sessions, audit)
    for seat in drawn_seats(session, audit, draw):
        take_place(session, COORDINATOR, audit, seat.number)
    for seat in drawn_seats(session, audit, draw):
        assert seat.place is not None
        declare_ties(session, SYSTEM, audit, seat.place)
    note_users_told(session, SYSTEM, audit)
    for state in (AuditState.TEAM_READY, AuditState.PREPARING, AuditState.INTERVIEWING):
        advance_audit(session, SYSTEM, audit, state, is_told=False)
    assert draw.state == "closed"


def test_an_audit_that_is_called_off_calls_off_the_draw_that_goes_on(
    session: Session, audit: Audit
) -> None:
    draw = begin_team_draw(session, COORDINATOR, audit, DEMANDS)
    advance_audit(session, SYSTEM, audit, AuditState.CANCELLED, is_told=False)
    assert draw.state == "cancelled"
    assert draw_of_team(session, audit) is None


def test_a_tie_declared_for_an_earlier_audit_of_the_unit_stands_in_the_way(
    session: Session, willing: list[BankMember], audit: Audit, county: SmallCounty
) -> None:
    earlier = make_audit_at(session, county.unit, AuditState.AGREED)
    place = make_auditor(session, earlier, willing[0], has_declared=False)
    declare_ties(session, SYSTEM, earlier, place, kinds=[TieKind.PATIENT])
    assert tied_members(session, county.unit, willing) == {willing[0].id}
    place.cleared_at, place.cleared_reason = now(), "Länge sedan."
    session.flush()
    assert not tied_members(session, county.unit, willing)
    place.cleared_at, place.declared_at = None, now() - timedelta(days=6 * 365)
    session.flush()
    assert not tied_members(session, county.unit, willing)


def test_a_coordinator_draws_asks_and_passes_on(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: Sessions,
    willing: list[BankMember],
    audit: Audit,
) -> None:
    team = f"/audits/{audit.public_id}/team"
    here = f"{team}/draw"
    willing[0].state = "paused"
    session.commit()
    page = as_coordinator.page(here)
    assert "9 brukarrevisorer kan lottas" in page
    assert "Vill vila just nu" in page
    too_many = as_coordinator.submit(here, {"people": "9", "rest": "0"})
    assert "1 och 5" in too_many.text
    nobody = as_coordinator.submit(
        here, {"people": "2", "rest": "182", "somebody_practised": "y", "somebody_new": "y"}
    )
    assert nobody.text.count("Ingen av dem som kan lottas nu uppfyller kravet") == 2  # one field
    begun = as_coordinator.submit(here, {"people": "2", "rest": "182", "even_gender": "y"})
    assert begun.status_code == 303
    draw = draw_of_team(session, audit)
    assert draw is not None
    assert draw.held_back[0]["count"] == 1
    session.rollback()
    assert "Fortsätt med lottningen" in as_coordinator.page(here)
    assert "En lottning pågår" in as_coordinator.page(team)
    drawn(session, sessions, draw)
    first, second = drawn_seats(session, audit, draw)
    names = [seat.member.name for seat in (first, second) if seat.member]
    session.rollback()
    waiting = as_coordinator.page(team)
    assert "En lottning pågår" not in waiting
    assert f"Lottade som inte har svarat: {names[0]} och {names[1]}" in waiting
    as_coordinator.submit(f"{here}/{first.number}/yes")
    assert "I teamet" in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/{second.number}/no")
    assert "Nästa söks" in as_coordinator.page(here)
    run_jobs(sessions)
    session.expire_all()
    assert second.number not in {s.number for s in drawn_seats(session, audit, draw)}


def test_contact_persons_and_auditors_see_no_lottery(
    sign_in: SignIn, session: Session, audit: Audit, county: SmallCounty
) -> None:
    here = f"/audits/{audit.public_id}/team/draw"
    unit = sign_in(Role.CONTACT_PERSON, name="Kim Kontaktsson", organisation=county.region)
    auditor = sign_in(Role.AUDITOR, name="Rut Revisor")
    for client in (unit, auditor):
        assert client.get(here).status_code == 403


def test_the_seed_of_a_team_draw_comes_before_the_interviews_unless_they_are_late(
    session: Session, audit: Audit
) -> None:
    deadline = next(d for d in FEATURES.collect("draw_deadlines") if d.kind == "audit")
    begins = deadline.begins_at(session, audit.public_id)
    assert begins is not None
    assert begins > now()
    audit.period_from = date(2020, 1, 1)
    session.flush()
    assert deadline.begins_at(session, audit.public_id) is None
