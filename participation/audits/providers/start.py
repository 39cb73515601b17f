"""Start cards: what audits wait for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.models import Audit
from participation.audits.queries import waiting
from participation.audits.rules.agreement import INFORMED_BEFORE
from participation.audits.rules.states import TASK_LABELS, AuditState, Mover, next_moves
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem

ROOM = "audits"
_UNIT, _TEAM, _LEAD = Permission.ORDER_AUDIT, Permission.CONDUCT_AUDIT, Permission.MANAGE_AUDITS


def _no_day(_audit: Audit) -> date | None:
    return None


@dataclass(frozen=True)
class ToDo:
    """What waits for whoever has one of the permissions, at each audit that the query finds."""

    permissions: tuple[Permission, ...]
    audits: Callable[[Session, Actor], Sequence[Audit]]
    title: Any
    endpoint: str
    due_on: Callable[[Audit], date | None] = _no_day
    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not any(actor.can(permission) for permission in self.permissions):
            return
        for audit in self.audits(session, actor):
            yield StartItem(
                title=_("%(step)s: %(audit)s", step=self.title, audit=audit.title),
                detail=audit.unit.name_in(current_locale()),
                address=Address(endpoint=self.endpoint, values={"public_id": audit.public_id}),
                action=_("Open"),
                due_on=self.due_on(audit),
            )


TO_DO = (
    ToDo((_TEAM,), waiting.to_declare, _l("Say whether you have ties"), "audits.team"),
    ToDo(
        (_UNIT,),
        waiting.agreements_to_accept,
        _l("Read the agreement and say yes"),
        "audits.agreement",
    ),
    ToDo((_UNIT,), waiting.users_to_tell, _l("Tell those who get help with you"), "audits.tell"),
    ToDo(
        (_LEAD,),
        waiting.ties_to_decide,
        _l("Decide on declared ties"),
        "audits.team",
        due_on=lambda audit: audit.period_from - INFORMED_BEFORE,
    ),
    ToDo(
        (_LEAD,),
        waiting.calls_wanted,
        _l("Call an auditor who wants to talk"),
        "audits.team",
        due_on=lambda _audit: today(),  # somebody who is not well waits
    ),
    ToDo(
        (_UNIT,),
        waiting.facts_to_read,
        _l("Read whether the facts are right"),
        "audits.facts",
        due_on=lambda audit: audit.facts_until,
    ),
    ToDo(
        (_TEAM, _LEAD),
        waiting.remarks_to_answer,
        _l("Answer the unit, which says that a fact is wrong"),
        "audits.facts",
    ),
    ToDo(
        (_UNIT, _TEAM),
        waiting.consents_to_give,
        _l("Say whether everybody may read it"),
        "audits.consent",
    ),
    ToDo(
        (_LEAD,),
        waiting.summaries_to_open,
        _l("Make the summary public: everybody has said yes"),
        "audits.publish",
    ),
)


class AuditsToLead:
    """Coordinators: the next step of audits where it is theirs to take."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(_LEAD):
            return
        for audit in queries.waiting_for_lead(session, actor):
            # While the team works the step is the team's, however much the leader may take it.
            if audit.state not in _TEAM_WORKS:
                yield _step(audit, Mover.COORDINATOR)


class MyAudits:
    """Auditors: what their own audits wait for."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(_TEAM):
            return
        for audit in queries.own_audits_going(session, actor):
            yield _step(audit, Mover.AUDITOR)


_TEAM_WORKS = (
    AuditState.TEAM_READY,
    AuditState.PREPARING,
    AuditState.INTERVIEWING,
    AuditState.ANALYSING,
)


def _step(audit: Audit, mover: Mover) -> StartItem:
    step = next_moves(AuditState(audit.state), frozenset({mover}))[0]
    return StartItem(
        title=_("%(step)s: %(audit)s", step=TASK_LABELS[step], audit=audit.title),
        detail=_(
            "%(unit)s. Interviews %(start)s – %(end)s.",
            unit=audit.unit.name_in(current_locale()),
            start=format_day(audit.period_from),
            end=format_day(audit.period_to),
        ),
        address=Address(endpoint="audits.overview", values={"public_id": audit.public_id}),
        action=_("Open"),
    )
