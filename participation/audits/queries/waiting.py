"""Counts of audits, and those that wait for somebody."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import (
    Audit,
    AuditAgreement,
    AuditConsent,
    AuditDebrief,
    AuditInterview,
    AuditStep,
    AuditTeamMember,
)
from participation.audits.queries.facts import has_remarks, has_unanswered
from participation.audits.queries.lenses import is_in_team, is_led_by, is_ordered_by
from participation.audits.rules.facts import READING_OPEN
from participation.audits.rules.states import (
    AGREEMENT_OPEN,
    COMPLETED,
    FOLLOW_UP_DAYS,
    TEAM_OPEN,
    AuditState,
    Mover,
    next_moves,
)
from participation.county.models import Unit
from participation.disclosure.models import Release
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import today
from participation.foundation.permissions import Actor


def completed_audits(session: Session, years: range) -> dict[int, int | None]:
    """Audits by the year their feedback meeting was held. One query.

    Source: DOMAIN.md, indicators: goal at least two a year.
    """
    held = session.scalars(
        select(AuditStep.taken_on).where(
            AuditStep.state == AuditState.FED_BACK,
            AuditStep.taken_on >= date(years.start, 1, 1),
            AuditStep.taken_on < date(years.stop, 1, 1),
        )
    )
    by_year = Counter(day.year for day in held)
    return {year: by_year[year] for year in years}


def audits_of_year(session: Session, year: int) -> Sequence[tuple[Audit, date | None, bool]]:
    """Audits that were fed back in the year or went on in it: the day of that meeting or None, and
    whether the audit was called off."""
    fed_back = (
        select(AuditStep.audit_id, AuditStep.taken_on)
        .where(AuditStep.state == AuditState.FED_BACK)
        .subquery()
    )
    begun = (
        select(func.min(AuditStep.taken_on)).where(AuditStep.audit_id == Audit.id).scalar_subquery()
    )
    rows = session.execute(
        select(Audit, fed_back.c.taken_on)
        .outerjoin(fed_back, fed_back.c.audit_id == Audit.id)
        .where(
            or_(fed_back.c.taken_on.is_(None), fed_back.c.taken_on >= date(year, 1, 1)),
            or_(fed_back.c.taken_on < date(year + 1, 1, 1), begun < date(year + 1, 1, 1)),
        )
        .order_by(Audit.id)
    )
    return [(audit, on, audit.state == AuditState.CANCELLED) for audit, on in rows]


def waiting_for_lead(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits whose next step is the leader's: new orders, teams to build, meetings to hold, and
    follow-ups whose time has come."""
    too_soon = exists().where(
        AuditStep.audit_id == Audit.id,
        AuditStep.state == AuditState.ANSWERED,
        AuditStep.taken_on > today() - timedelta(days=FOLLOW_UP_DAYS[0]),
    )
    return _waiting(session, is_led_by(actor) & ~too_soon, Mover.COORDINATOR)


def own_audits_going(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of one's own where the team has something to do."""
    return _waiting(session, is_in_team(actor), Mover.AUDITOR)


def _waiting(session: Session, mine: ColumnElement[bool], mover: Mover) -> Sequence[Audit]:
    states = [
        state
        for state in AuditState
        if any(step is not AuditState.CANCELLED for step in next_moves(state, frozenset({mover})))
    ]
    return session.scalars(
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(mine, Audit.state.in_(states))
        .options(joinedload(Audit.unit))
        .order_by(Audit.period_from, Audit.id)
    ).all()


def to_declare(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits whose team the person is in without having said which ties they have."""
    return _with(
        session,
        exists().where(
            AuditTeamMember.audit_id == Audit.id,
            AuditTeamMember.account_id == actor.account_id,
            AuditTeamMember.left_at.is_(None),
            AuditTeamMember.declared_at.is_(None),
        )
        & Audit.state.in_(TEAM_OPEN),
    )


def ties_to_decide(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits the person leads where somebody in the team has declared ties."""
    return _with(
        session,
        exists().where(
            AuditTeamMember.audit_id == Audit.id,
            AuditTeamMember.left_at.is_(None),
            AuditTeamMember.ties.is_not(None),
            AuditTeamMember.cleared_at.is_(None),
        )
        & Audit.state.in_(TEAM_OPEN)
        & is_led_by(actor),
    )


def agreements_to_accept(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of the person's units whose agreement waits for a yes."""
    return _with(
        session,
        exists().where(AuditAgreement.audit_id == Audit.id, AuditAgreement.accepted_at.is_(None))
        & Audit.state.in_(AGREEMENT_OPEN)
        & is_ordered_by(actor),
    )


def users_to_tell(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of the person's units where the team is ready and nobody has said that those who use
    the unit are told."""
    is_time = Audit.state.in_((AuditState.TEAM_READY, AuditState.PREPARING))
    return _with(session, is_time & Audit.users_told_on.is_(None) & is_ordered_by(actor))


def _with(session: Session, condition: ColumnElement[bool]) -> Sequence[Audit]:
    return session.scalars(
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(condition)
        .options(joinedload(Audit.unit))
        .order_by(Audit.id)
    ).all()


def calls_wanted(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits where an auditor wants somebody to call, for those who lead."""
    wanted = exists().where(AuditDebrief.audit_id == Audit.id, AuditDebrief.wants_call)
    return _with(session, is_led_by(actor) & wanted)


def facts_to_read(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of the person's units whose report nobody there has read for wrong facts yet."""
    is_time = Audit.state.in_(READING_OPEN) & (Audit.facts_until >= today())
    has_said = Audit.facts_read_on.is_not(None) | has_remarks()
    return _with(session, is_time & ~has_said & is_ordered_by(actor))


def remarks_to_answer(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits of one's own, or that one leads, where the unit says that a fact is wrong."""
    return _with(session, or_(is_in_team(actor), is_led_by(actor)) & has_unanswered())


def consents_to_give(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits whose summary the person, or their unit, has not said yes or no to."""
    of_unit = exists().where(AuditConsent.audit_id == Audit.id, AuditConsent.is_unit)
    own = exists().where(
        AuditConsent.audit_id == Audit.id,
        ~AuditConsent.is_unit,
        AuditConsent.account_id == actor.account_id,
    )
    waits = or_(is_in_team(actor) & ~own, is_ordered_by(actor) & ~is_in_team(actor) & ~of_unit)
    is_open = Audit.state.in_(COMPLETED) & Audit.published_on.is_(None)
    return _with(session, waits & is_open)


def summaries_to_open(session: Session, actor: Actor) -> Sequence[Audit]:
    """Audits the person leads whose summary unit and team have said yes to, with enough people
    behind it, and nobody has made public since.
    """
    said = select(AuditConsent.audit_id).where(AuditConsent.audit_id == Audit.id)
    no, of_unit = said.where(~AuditConsent.says_yes), said.where(AuditConsent.is_unit)
    is_silent = ~exists().where(
        AuditConsent.audit_id == Audit.id,
        ~AuditConsent.is_unit,
        AuditConsent.account_id == AuditTeamMember.account_id,
    )
    silent = exists().where(
        AuditTeamMember.audit_id == Audit.id, AuditTeamMember.left_at.is_(None), is_silent
    )
    held = select(func.count(AuditInterview.id)).where(AuditInterview.audit_id == Audit.id)
    taken_back = select(Release.withdrawn_at).where(Release.id == Audit.release_id)
    said_since = said.where(AuditConsent.said_at > taken_back.scalar_subquery())
    is_open = Audit.state.in_(COMPLETED) & Audit.published_on.is_(None)
    return _with(
        session,
        is_led_by(actor)
        & is_open
        & of_unit.exists()
        & ~no.exists()
        & ~silent
        & (held.scalar_subquery() >= thresholds_in_force().minimum)
        & or_(Audit.release_id.is_(None), said_since.exists()),
    )
