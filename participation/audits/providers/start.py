"""Start cards: what audits wait for."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.models import Audit
from participation.audits.rules.states import TASK_LABELS, AuditState, Mover, next_moves
from participation.foundation.i18n import current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import (
    Address,
    StartItem,
)

ROOM = "audits"


class AuditsToLead:
    """Coordinators: the next step of audits where it is theirs to take."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_AUDITS):
            return
        for audit in queries.waiting_for_lead(session, actor):
            # While the team works the step is the team's, however much the leader may take it.
            if audit.state not in _TEAM_WORKS:
                yield _item(audit, Mover.COORDINATOR)


class MyAudits:
    """Auditors: what their own audits wait for."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.CONDUCT_AUDIT):
            return
        for audit in queries.own_audits_going(session, actor):
            yield _item(audit, Mover.AUDITOR)


class AgreementsToAccept:
    """Units: an agreement that waits for their yes."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.ORDER_AUDIT):
            for audit in queries.agreements_to_accept(session, actor):
                yield _to_do(audit, _("Read the agreement and say yes"), "audits.agreement")


class UsersToTell:
    """Units: tell those who get help there before the interviews begin."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.ORDER_AUDIT):
            for audit in queries.users_to_tell(session, actor):
                yield _to_do(audit, _("Tell those who get help with you"), "audits.tell")


class TiesToDeclare:
    """Auditors: say which ties you have before the team is complete."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.CONDUCT_AUDIT):
            for audit in queries.to_declare(session, actor):
                yield _to_do(audit, _("Say whether you have ties"), "audits.team")


class TiesToDecide:
    """Coordinators: somebody in a team has declared ties."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.MANAGE_AUDITS):
            for audit in queries.ties_to_decide(session, actor):
                yield _to_do(audit, _("Decide on declared ties"), "audits.team")


class CallsWanted:
    """Coordinators: an auditor wants somebody to call after listening."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.MANAGE_AUDITS):
            for audit in queries.calls_wanted(session, actor):
                yield _to_do(audit, _("Call an auditor who wants to talk"), "audits.team")


class SummariesToConsentTo:
    """Unit and auditors: may everybody read the summary?"""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.can(Permission.ORDER_AUDIT) or actor.can(Permission.CONDUCT_AUDIT):
            for audit in queries.consents_to_give(session, actor):
                yield _to_do(audit, _("Say whether everybody may read it"), "audits.consent")


def _to_do(audit: Audit, title: str, endpoint: str) -> StartItem:
    return StartItem(
        title=_("%(step)s: %(audit)s", step=title, audit=audit.title),
        detail=audit.unit.name_in(current_locale()),
        address=Address(endpoint=endpoint, values={"public_id": audit.public_id}),
        action=_("Open"),
    )


_TEAM_WORKS = (
    AuditState.TEAM_READY,
    AuditState.PREPARING,
    AuditState.INTERVIEWING,
    AuditState.ANALYSING,
)


def _item(audit: Audit, mover: Mover) -> StartItem:
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
