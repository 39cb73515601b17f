"""The plan of audits year by year, and who is trained to hold them. For those who lead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries.lenses import is_led_by
from participation.audits.queries.waiting import completed_audits
from participation.audits.rules.states import FINISHED, AuditState
from participation.county.models import Unit
from participation.foundation.permissions import Actor
from participation.training.queries import trained_for
from participation.training.rules.kinds import USER_AUDIT

GOAL_PER_YEAR = 2  # Source: DOMAIN.md, indicators: at least two completed audits a year


@dataclass(frozen=True, kw_only=True)
class PlannedYear:
    """One year's audits by when their interviews begin; `held`: feedback meetings that year."""

    year: int
    held: int
    audits: Sequence[Audit]

    @property
    def is_reached(self) -> bool:
        return self.held >= GOAL_PER_YEAR


@dataclass(frozen=True, kw_only=True)
class TrainedAuditor:
    """Somebody who may audit today: in how many teams now, and when last in one."""

    account: Account
    teams_now: int
    last_from: date | None

    @property
    def is_free(self) -> bool:
        return not self.teams_now


def planned_years(session: Session, actor: Actor, this_year: int) -> list[PlannedYear]:
    """Every year with an audit and this one, newest first. Two queries."""
    found = session.scalars(
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(is_led_by(actor), Audit.state != AuditState.CANCELLED)
        .options(joinedload(Audit.unit))
        .order_by(Audit.period_from, Audit.id)
    ).all()
    by_year: dict[int, list[Audit]] = defaultdict(list)
    for audit in found:
        by_year[audit.period_from.year].append(audit)
    years = sorted({this_year, *by_year}, reverse=True)
    held: Mapping[int, int | None] = completed_audits(session, range(years[-1], years[0] + 1))
    return [
        PlannedYear(year=year, held=held.get(year) or 0, audits=by_year[year]) for year in years
    ]


def trained_auditors(session: Session, today: date) -> list[TrainedAuditor]:
    """Who is trained for audits today, those with the fewest teams first. Two queries."""
    trained = trained_for(session, USER_AUDIT, today)
    if trained is None:
        return []
    stays = AuditTeamMember.left_at.is_(None)
    going = Audit.state.not_in(FINISHED) & stays
    held = (Audit.period_from <= today) & (Audit.state != AuditState.CANCELLED) & stays
    rows = session.execute(
        select(
            Account,
            func.count(AuditTeamMember.id).filter(going),
            func.max(Audit.period_from).filter(held),
        )
        .outerjoin(AuditTeamMember, AuditTeamMember.account_id == Account.id)
        .outerjoin(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(Account.id.in_(trained), Account.is_active)
        .group_by(Account.id)
    )
    people = [
        TrainedAuditor(account=account, teams_now=now, last_from=last)
        for account, now, last in rows
    ]
    return sorted(people, key=lambda one: (one.teams_now, one.account.display_name, one.account.id))
