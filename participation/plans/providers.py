"""What plans show in the news."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext, to_translate
from participation.foundation.providers import Address, NewsItem
from participation.plans.queries.versions import decided_between, statuses_told_between


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
