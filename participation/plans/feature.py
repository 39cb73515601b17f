"""What plans declare: their pages, a section of the county file, search and links."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink, SearchDocument
from participation.plans.jobs import SCHEDULES, RemindStatuses
from participation.plans.models import ActionPlan
from participation.plans.providers import STATUS_ROOM, PlansInNews, StatusesInNews, StatusesToTell
from participation.plans.queries.goals import goals_of_finding
from participation.plans.queries.plans import SEARCH_SOURCE, plan_documents
from participation.plans.services.load_section import ActionPlansSection
from participation.plans.views import blueprint


class PlansInSearch:
    """Plans and their plan actions, for the search index: public."""

    source = SEARCH_SOURCE
    label = to_translate("Action plans")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return plan_documents(session)


class PlansOfGroup:
    """From a group's page to its plans."""

    def links(self, session: Session, group_id: int) -> Iterable[NamedLink]:
        for plan in session.scalars(
            select(ActionPlan)
            .where(ActionPlan.group_id == group_id, ActionPlan.is_current)
            .order_by(ActionPlan.period_from.desc(), ActionPlan.id)
        ):
            yield NamedLink(
                title=plan.title,
                text=_("What the group has decided to do."),
                address=Address(endpoint="plans.plan", values={"public_id": plan.public_id}),
            )


class GoalsOfFinding:
    """From a finding up to the goals of plans that it speaks for."""

    title = to_translate("Goals it speaks for")

    def links(self, session: Session, finding_id: int) -> Iterable[NamedLink]:
        for goal in goals_of_finding(session, finding_id):
            yield NamedLink(
                title=goal.node.text,
                text=goal.plan.title,
                address=Address(endpoint="plans.plan", values={"public_id": goal.plan.public_id}),
            )

    def choosing(self, actor: Actor, public_id: str) -> NamedLink | None:
        if not actor.can(Permission.PUBLISH_FINDINGS):
            return None
        here = Address(endpoint="plans.finding_goals", values={"public_id": public_id})
        return NamedLink(title=_("Choose goals"), text="", address=here)


FEATURE = Feature(
    name="plans",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="answers",
            order=110,
            label=to_translate("Action plans"),
            endpoint="plans.drafts",
            permission=Permission.MANAGE_PLANS,
            room="plans",
        ),
        NavItem(
            section="answers",
            order=111,
            label=to_translate("How plans are going"),
            endpoint="plans.waiting",
            permission=Permission.READ_GROUP,
            room=STATUS_ROOM,
        ),
    ),
    start_cards=(StatusesToTell(),),
    job_handlers=(RemindStatuses(),),
    schedules=SCHEDULES,
    county_sections=(ActionPlansSection(),),
    search_sources=(PlansInSearch(),),
    published_news=(PlansInNews(), StatusesInNews()),
    group_links=(PlansOfGroup(),),
    finding_links=(GoalsOfFinding(),),
)
