"""What plans show in the news, and on the start page of those who tell how they go."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.i18n import current_locale, ngettext, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.providers import Address, NewsItem, StartItem
from participation.plans.queries.versions import decided_between, statuses_told_between
from participation.plans.queries.waiting import waiting_for

STATUS_ROOM = "plan_status"


class StatusesToTell:
    """Start page of coordinators and group members: plans nobody has told anything new of."""

    room = STATUS_ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        for waiting in waiting_for(session, actor, today()):
            yield StartItem(
                title=ngettext(
                    "%(num)s plan action in %(group)s has no new status",
                    "%(num)s plan actions in %(group)s have no new status",
                    len(waiting.actions),
                    group=waiting.group.name_in(current_locale()),
                ),
                detail=_("Nothing new for half a year. A sentence on each is enough."),
                address=Address(endpoint="plans.waiting"),
                action=_("Tell"),
            )


class PlansInNews:
    """Plans that were decided."""

    kinds: Mapping[str, str] = {"plan": to_translate("A plan was decided")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for version, plan in decided_between(session, since, until):
            yield NewsItem(
                kind="plan",
                key=f"plan:{plan.public_id}:{version.number}",
                title=plan.title,
                text=version.reason or _("Decided by %(body)s.", body=version.decided_by or ""),
                published_at=version.created_at,
                address=Address(endpoint="plans.plan", values={"public_id": plan.public_id}),
                is_fictional=plan.is_fictional,
            )


class StatusesInNews:
    """Plan actions whose status was told: one item a plan and day."""

    kinds: Mapping[str, str] = {"plan_status": to_translate("How a plan is going")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for plan, told_at, texts in statuses_told_between(session, since, until):
            yield NewsItem(
                kind="plan_status",
                key=f"plan-status:{plan.public_id}:{told_at:%Y-%m-%d}",
                title=plan.title,
                text=ngettext(
                    "A plan action has a new status: %(first)s",
                    "%(num)s plan actions have a new status, among them: %(first)s",
                    len(texts),
                    first=texts[0],
                ),
                published_at=told_at,
                address=Address(endpoint="plans.plan", values={"public_id": plan.public_id}),
                is_fictional=plan.is_fictional,
            )
