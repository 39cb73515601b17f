"""What reports declare: their pages, their jobs, and that withdrawn things leave them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import format_day, to_translate
from participation.foundation.jobs import enqueue
from participation.foundation.permissions import Permission
from participation.foundation.providers import Address, NamedLink
from participation.reports.jobs import SCHEDULES, BuildReport, RenewReports
from participation.reports.models import Report
from participation.reports.services.reports import RENEW
from participation.reports.views import blueprint


class RenewWhenFindingIsWithdrawn:
    """A withdrawn finding leaves the pages at once; here its words leave the stored reports."""

    event_name = "finding_withdrawn"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        enqueue(session, RENEW, {"finding_id": data["finding_id"]})


class ReportsOfGroup:
    """From a group's page to the reports for it that everybody may read."""

    def links(self, session: Session, group_id: int) -> Iterable[NamedLink]:
        for report in session.scalars(
            select(Report)
            .where(Report.group_id == group_id, Report.is_public)
            .order_by(Report.made_on.desc(), Report.id.desc())
        ):
            yield NamedLink(
                title=report.title,
                text=f"{format_day(report.period_from)} – {format_day(report.period_to)}",
                address=Address(endpoint="reports.report", values={"public_id": report.public_id}),
            )


FEATURE = Feature(
    name="reports",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="answers",
            order=130,
            label=to_translate("Reports"),
            endpoint="reports.work",
            permission=Permission.MANAGE_REPORTS,
            room="reports",
        ),
    ),
    job_handlers=(BuildReport(), RenewReports()),
    schedules=SCHEDULES,
    subscribers=(RenewWhenFindingIsWithdrawn(),),
    group_links=(ReportsOfGroup(),),
)
