"""What audits declare: pages, what waits for whom, what they hold about an auditor."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.models import Audit
from participation.audits.rules.states import FINISHED, STEP_LABELS, AuditState, Mover, next_moves
from participation.audits.services import leave_teams, note_answer
from participation.audits.services.merging import move_team_places
from participation.audits.services.own_data import forget_auditor
from participation.audits.views import audits
from participation.commitments.queries import commitment_by_id
from participation.foundation.errors import NotFound
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import current_locale, format_day, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor, Permission
from participation.foundation.providers import (
    Address,
    DataSection,
    NamedLink,
    SearchDocument,
    StartItem,
)

ROOM = "audits"
MOST_TO_CHOOSE = 100


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


_TEAM_WORKS = (
    AuditState.TEAM_READY,
    AuditState.PREPARING,
    AuditState.INTERVIEWING,
    AuditState.ANALYSING,
)


def _item(audit: Audit, mover: Mover) -> StartItem:
    step = next_moves(AuditState(audit.state), frozenset({mover}))[0]
    return StartItem(
        title=_("%(step)s: %(audit)s", step=STEP_LABELS[step], audit=audit.title),
        detail=_(
            "%(unit)s. Interviews %(start)s – %(end)s.",
            unit=audit.unit.name_in(current_locale()),
            start=format_day(audit.period_from),
            end=format_day(audit.period_to),
        ),
        address=Address(endpoint="audits.overview", values={"public_id": audit.public_id}),
        action=_("Open"),
    )


class AuditorData:
    """What audits hold about one person: the teams they are or were in."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        places = queries.places_of(session, account_id)
        if not places:
            return
        yield DataSection(
            title=_("User audits"),
            rows=tuple((_("In the team of"), audit.title) for place, audit in places),
            raw={
                "teams": [
                    {
                        "audit": audit.title,
                        "own_experience": place.own_experience,
                        "declared_no_ties_at": place.declared_at and place.declared_at.isoformat(),
                        "left_at": place.left_at and place.left_at.isoformat(),
                    }
                    for place, audit in places
                ]
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        kept = list(self.kept(session, account_id))
        forget_auditor(session, SYSTEM, account_id)
        return kept

    def kept(self, session: Session, account_id: int) -> Iterable[str]:
        if queries.places_of(session, account_id):
            yield _(
                "Notes you wrote for user audits, without your name: "
                "they are the words of those you talked with."
            )


class TeamPlacesMerged:
    """Places in audit teams follow to the entry that stays; the account that holds them stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_team_places(session, data["kept_id"], data["gone_id"])


class TeamsOfWhoLeft:
    """Somebody left the interest bank: they are in no team from now on."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        leave_teams(session, SYSTEM, data["account_id"])


class AnswerToProposal:
    """The unit answered a proposal: with the last one the audit is answered."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        note_answer(session, SYSTEM, commitment_by_id(session, data["commitment_id"]))


class SummariesInSearch:
    source = queries.SEARCH_SOURCE

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.audit_documents(session)


class CompletedAudits:
    key = "completed_audits"
    label = to_translate("Completed user audits")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.completed_audits(session, years)


class RoundsAboutAudits:
    """Audits that a survey round can belong to."""

    kind = queries.ROUND_SUBJECT

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        under_way = queries.audits_visible_to(actor).where(Audit.state.not_in(FINISHED))
        for one in session.scalars(under_way.limit(MOST_TO_CHOOSE)):
            yield one.public_id, _("User audit: %(title)s", title=one.title)

    def link(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None:
        try:
            found = queries.audit_seen_by(session, actor, public_id).audit
        except NotFound:
            return None
        where = Address(endpoint="audits.overview", values={"public_id": public_id})
        return NamedLink(title=found.title, text=_("User audit"), address=where)


FEATURE = Feature(
    name="audits",
    blueprints=(audits,),
    navigation=(
        NavItem(
            section="voices",
            order=60,
            label=to_translate("User audits"),
            endpoint="audits.audit_list",
            permission=Permission.READ_AUDITS,
            room=ROOM,
        ),
    ),
    start_cards=(AuditsToLead(), MyAudits()),
    person_data=(AuditorData(),),
    search_sources=(SummariesInSearch(),),
    indicator_counters=(CompletedAudits(),),
    round_subjects=(RoundsAboutAudits(),),
    subscribers=(AnswerToProposal(), TeamPlacesMerged(), TeamsOfWhoLeft()),
)
