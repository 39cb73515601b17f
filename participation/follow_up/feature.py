"""What follow-up declares: the public pages, plans and indicators, and two sections of the file."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about
from participation.county.models import Group
from participation.follow_up.models import ActionPlan, Feedback, PlanNode
from participation.follow_up.queries.feedback import SEARCH_SOURCE
from participation.follow_up.queries.goals import goals_of_finding
from participation.follow_up.queries.plans import plan_heads
from participation.follow_up.services.feedback import (
    feedback_of_finding,
    hide_feedback_of_finding,
)
from participation.follow_up.services.load_sections import ActionPlansSection, IndicatorsSection
from participation.follow_up.views import blueprint
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink, SearchDocument
from participation.results.models import Finding
from participation.results.queries import one_published


class PlansInSearch:
    """Plans and their plan actions, for the search index: public."""

    source = "plans"

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        lines: dict[int, list[str]] = {}
        for plan_id, text in session.execute(
            select(PlanNode.plan_id, PlanNode.text)
            .where(PlanNode.is_current)
            .order_by(PlanNode.position, PlanNode.id)
        ):
            lines.setdefault(plan_id, []).append(text)
        for head in plan_heads(session):
            plan = head.plan
            yield SearchDocument(
                source=self.source,
                object_id=plan.public_id,
                title=plan.title,
                body=" ".join([plan.overall_goal or "", *lines.get(plan.id, [])]),
                address=Address(endpoint="follow_up.plan", values={"public_id": plan.public_id}),
            )


class FeedbackInSearch:
    """Matters of "you said – we did", for the search index: public."""

    source = SEARCH_SOURCE

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for told in session.scalars(
            select(Feedback)
            .join(Commitment, Commitment.id == Feedback.commitment_id)
            .where(Feedback.is_public, Commitment.is_public)
            .order_by(Feedback.id)
        ):
            yield SearchDocument(
                source=self.source,
                object_id=told.public_id,
                title=told.title,
                body=told.voice_text,
                address=Address(endpoint="follow_up.matter", values={"public_id": told.public_id}),
            )


class PerspectiveOfGroup:
    """From a group's page to its resident perspective and its plan."""

    def links(self, session: Session, group_id: int) -> Iterable[NamedLink]:
        group = session.get_one(Group, group_id)
        yield NamedLink(
            title=_("The residents' perspective"),
            text=_("What people say, what the group has promised and how it is going."),
            address=Address(
                endpoint="follow_up.perspective", values={"public_id": group.public_id}
            ),
        )
        for plan in session.scalars(
            select(ActionPlan)
            .where(ActionPlan.group_id == group_id, ActionPlan.is_current)
            .order_by(ActionPlan.period_from.desc(), ActionPlan.id)
        ):
            yield NamedLink(
                title=plan.title,
                text=_("What the group has decided to do."),
                address=Address(endpoint="follow_up.plan", values={"public_id": plan.public_id}),
            )


class GoalsOfFinding:
    """From a finding up to the goals of plans that it speaks for."""

    title = to_translate("Goals it speaks for")

    def links(self, session: Session, finding_id: int) -> Iterable[NamedLink]:
        for goal in goals_of_finding(session, finding_id):
            yield NamedLink(
                title=goal.node.text,
                text=goal.plan.title,
                address=Address(
                    endpoint="follow_up.plan", values={"public_id": goal.plan.public_id}
                ),
            )

    def choosing(self, actor: Actor, public_id: str) -> NamedLink | None:
        if not actor.can(Permission.PUBLISH_FINDINGS):
            return None
        here = Address(endpoint="follow_up.finding_goals", values={"public_id": public_id})
        return NamedLink(title=_("Choose goals"), text="", address=here)


class TellWhenFindingIsPublished:
    """A published finding becomes a matter of "you said – we did" for each group that owes."""

    event_name = "finding_published"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        public_id = session.scalar(
            select(Finding.public_id).where(Finding.id == data["finding_id"])
        )
        assert public_id is not None
        finding = one_published(session, public_id)
        for commitment in commitments_about(session, "finding", public_id):
            feedback_of_finding(session, finding, commitment)


class HideWhenFindingIsWithdrawn:
    """With a withdrawn finding its matters go, and the quote they showed."""

    event_name = "finding_withdrawn"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        hide_feedback_of_finding(session, data["finding_id"])


FEATURE = Feature(
    name="follow_up",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="answers",
            order=110,
            label=to_translate("Action plans"),
            endpoint="follow_up.plans",
            permission=Permission.MANAGE_PLANS,
            room="plans",
        ),
        NavItem(
            section="answers",
            order=120,
            label=to_translate("Indicators"),
            endpoint="follow_up.indicators",
            permission=Permission.MANAGE_PLANS,
            room="indicators",
        ),
    ),
    county_sections=(ActionPlansSection(), IndicatorsSection()),
    search_sources=(PlansInSearch(), FeedbackInSearch()),
    subscribers=(TellWhenFindingIsPublished(), HideWhenFindingIsWithdrawn()),
    group_links=(PerspectiveOfGroup(),),
    finding_links=(GoalsOfFinding(),),
)
