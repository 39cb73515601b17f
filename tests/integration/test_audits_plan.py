"""The plan of audits counts against the goal, and names whoever is trained."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import actor_of
from participation.audits.models import AuditStep, AuditTeamMember
from participation.audits.queries.plan import planned_years, trained_auditors
from participation.audits.rules.states import AuditState
from participation.foundation.clock import now, today
from tests.factories.accounts import make_staff
from tests.factories.audits import make_audit_at
from tests.factories.training import make_completion, make_course
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def test_audits_stand_in_the_year_of_their_interviews_and_count_in_that_of_their_meeting(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    held_on = session.scalars(
        select(AuditStep.taken_on).where(
            AuditStep.audit_id == audit.id, AuditStep.state == "fed_back"
        )
    ).one()
    called_off = make_audit_at(session, county.unit, AuditState.ORDERED)
    called_off.state = AuditState.CANCELLED
    audit.period_from = date(held_on.year - 1, 11, 2)
    session.flush()
    session.expire_all()
    leads = actor_of(session, make_staff(session))
    years = {one.year: one for one in planned_years(session, leads, held_on.year)}
    assert years[held_on.year].held == 1
    assert years[held_on.year].audits == []
    assert [one.id for one in years[held_on.year - 1].audits] == [audit.id]
    assert not years[held_on.year].is_reached


def test_the_page_names_the_goal(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    make_audit_at(session, county.unit, AuditState.ORDERED)
    session.commit()
    page = as_coordinator.page("/audits/plan")
    assert "minst 2 revisioner om året" in page
    assert "0 av 2 genomförda" in page


def test_only_interviews_that_began_in_teams_somebody_stayed_in_are_their_latest(
    session: Session, county: SmallCounty
) -> None:
    past = make_audit_at(session, county.unit, AuditState.FOLLOWED_UP)
    ahead = make_audit_at(session, county.unit, AuditState.PREPARING, title="Ska hållas")
    past.period_from = today() - timedelta(200)
    past.period_to = ahead.period_to = today() + timedelta(40)
    ahead.period_from = today() + timedelta(20)
    session.flush()
    stays, leaves = session.scalars(
        select(AuditTeamMember)
        .where(AuditTeamMember.audit_id == past.id)
        .order_by(AuditTeamMember.id)
    ).all()[:2]
    joined, _other = session.scalars(
        select(AuditTeamMember)
        .where(AuditTeamMember.audit_id == ahead.id)
        .order_by(AuditTeamMember.id)
    ).all()[:2]
    joined.account_id = stays.account_id
    leaves.left_at = now()
    course = make_course(session)
    for one in (stays, leaves):
        make_completion(session, course, one.account_id)
    session.flush()
    found = {one.account.id: one for one in trained_auditors(session, today())}
    assert found[stays.account_id].last_from == past.period_from
    assert not found[stays.account_id].is_free
    assert found[leaves.account_id].last_from is None
