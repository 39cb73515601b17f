"""Commitments: who owes an answer, to whom, by when."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.commitments.jobs import SCHEDULES, RemindOverdue
from participation.commitments.models import Commitment
from participation.commitments.queries import (
    SEARCH_SOURCE,
    all_commitments,
    commitment_figures,
    commitment_for,
    commitments_visible_to,
    due_soon_or_late,
    owed_now,
    owing_scope,
)
from participation.commitments.rules import Status
from participation.commitments.views import commitments
from participation.foundation.errors import NotFound
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import current_locale, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import (
    Address,
    Figure,
    NamedLink,
    SearchDocument,
    StartItem,
)

OWN_SHOWN = 20
OTHERS_SHOWN = 5
MOST_TO_CHOOSE = 100


def _address(commitment: Commitment) -> Address:
    return Address(endpoint="commitments.one", values={"public_id": commitment.public_id})


class OwedByMe:
    """Start page of those who owe: answer, or tell how it goes."""

    room = "commitments"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        scope = owing_scope(actor)
        if not scope:
            return
        for item in owed_now(session, scope, OWN_SHOWN):
            is_open = item.status == Status.OPEN
            yield StartItem(
                title=_("Answer: %(title)s", title=item.title)
                if is_open
                else _("Tell how it goes: %(title)s", title=item.title),
                detail=_("Waiting for the answer: %(who)s.", who=item.owed_to),
                address=_address(item),
                action=_("Write the answer") if is_open else _("Tell"),
                due_on=item.deadline,
            )


class OwedByOthers:
    """Start page of coordinators, aside: whose answers they are waiting for."""

    room = "commitments"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        scope = actor.scope(Permission.MANAGE_COMMITMENTS)
        if not scope:
            return
        for item in due_soon_or_late(session, scope, OTHERS_SHOWN):
            yield StartItem(
                title=item.owed_by_name(current_locale()),
                detail=item.title,
                address=_address(item),
                action=_("Read more"),
                due_on=item.deadline,
                waits_for_others=True,
            )


class CommitmentCounts:
    """The start page's sentence: promised, answered, late."""

    def figures(self, session: Session) -> Iterable[Figure]:
        counts = commitment_figures(session)
        yield Figure(key="commitments", value=counts.total)
        yield Figure(key="answered", value=counts.answered)
        yield Figure(key="overdue", value=counts.late)


class CommitmentsInSearch:
    """Found by those who may answer them."""

    source = SEARCH_SOURCE
    label = to_translate("Commitments")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for item in all_commitments(session):
            yield SearchDocument(
                source=self.source,
                object_id=item.public_id,
                title=item.title,
                body=" ".join((item.owed_by_name(), item.owed_to, item.answer_text)),
                address=_address(item),
                permission=Permission.ANSWER_COMMITMENT.value,
                organisation_id=item.owner_organisation_id,
                group_id=item.owed_by_group_id,
            )


class RoundsAboutCommitments:
    """Commitments that a survey round can ask about: has it got better?"""

    kind = "commitment"

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        taken_on = commitments_visible_to(actor).where(
            Commitment.status.not_in([Status.DECLINED, Status.CALLED_OFF])
        )
        for one in session.scalars(taken_on.limit(MOST_TO_CHOOSE)):
            whose = one.owed_by_name(current_locale())
            yield (
                one.public_id,
                _("Commitment: %(title)s (%(whose)s)", title=one.title, whose=whose),
            )

    def link(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None:
        try:
            found = commitment_for(session, actor, public_id)
        except NotFound:
            return None
        return NamedLink(title=found.title, text=_("Commitment"), address=_address(found))


FEATURE = Feature(
    name="commitments",
    blueprints=(commitments,),
    navigation=(
        NavItem(
            section="answers",
            order=10,
            label=to_translate("Commitments"),
            endpoint="commitments.commitment_list",
            permission=Permission.ANSWER_COMMITMENT,
            room="commitments",
        ),
    ),
    job_handlers=(RemindOverdue(),),
    schedules=SCHEDULES,
    start_cards=(OwedByMe(), OwedByOthers()),
    search_sources=(CommitmentsInSearch(),),
    public_figures=(CommitmentCounts(),),
    round_subjects=(RoundsAboutCommitments(),),
)
