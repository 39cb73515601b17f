"""What audits show in search, in figures and beside survey rounds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.models import Audit
from participation.audits.rules.states import FINISHED
from participation.audits.services import note_answer
from participation.commitments.queries import commitment_by_id
from participation.foundation.clock import day_start
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import SYSTEM, Actor
from participation.foundation.providers import (
    Address,
    CountedThing,
    NamedLink,
    NewsItem,
    SearchDocument,
)

MOST_TO_CHOOSE = 100


class AnswerToProposal:
    """The unit answered a proposal: with the last one the audit is answered."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        note_answer(session, SYSTEM, commitment_by_id(session, data["commitment_id"]))


class ProposalsToAnswer:
    """A proposal, as the unit that answers it reads it."""

    kind = queries.SUBJECT_KIND

    def subject(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None:
        found = queries.proposal_seen_by(session, actor, public_id)
        if found is None:
            return None
        proposal, audit = found
        return NamedLink(
            title=_("All proposals of the audit “%(title)s”", title=audit.title),
            text=proposal.text or proposal.title,
            address=Address(endpoint="audits.proposals", values={"public_id": audit.public_id}),
        )


class SummariesInSearch:
    source = queries.SEARCH_SOURCE
    label = to_translate("User audits")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.audit_documents(session)


class CompletedAudits:
    key = "completed_audits"
    label = to_translate("Completed user audits")
    rule = to_translate(
        "An audit counts in the year its feedback meeting with users, staff and managers is held."
    )
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.completed_audits(session, years)

    def things(self, session: Session, year: int) -> Iterable[CountedThing]:
        for audit, on, is_off in queries.audits_of_year(session, year):
            is_counted = on is not None and on.year == year
            why_not = _("It was called off.") if is_off else _("No feedback meeting this year.")
            yield CountedThing(
                title=audit.title,
                on=on if is_counted else None,
                why_not="" if is_counted else why_not,
                address=Address(endpoint="audits.overview", values={"public_id": audit.public_id}),
            )


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


class SummariesInNews:
    """User audits whose summary was published."""

    kinds: Mapping[str, str] = {"audit": to_translate("User audit")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for audit in queries.published_audits(session):
            assert audit.published_on is not None
            published = day_start(audit.published_on)
            if since <= published < until:
                yield NewsItem(
                    kind="audit",
                    key=f"audit:{audit.public_id}",
                    title=audit.title,
                    text=audit.question,
                    published_at=published,
                    address=Address(
                        endpoint="audits.summary", values={"public_id": audit.public_id}
                    ),
                    area_id=audit.area_id,
                    is_fictional=audit.is_fictional,
                )
