"""What indicators declare: their pages, jobs, and a section of the county file."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.foundation.providers import Address, SearchDocument
from participation.indicators.jobs import CheckImport, RunImport
from participation.indicators.models import Indicator
from participation.indicators.services.load_section import IndicatorsSection
from participation.indicators.views import blueprint


class IndicatorsInSearch:
    """Indicators with their definitions, for the search index: public."""

    source = "indicators"
    label = to_translate("Indicators")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for found in session.scalars(
            select(Indicator).where(Indicator.is_current).order_by(Indicator.id)
        ):
            yield SearchDocument(
                source=self.source,
                object_id=found.public_id,
                title=found.name,
                body=" ".join(filter(None, (found.description, found.source))),
                address=Address(
                    endpoint="indicators.indicator", values={"public_id": found.public_id}
                ),
            )


FEATURE = Feature(
    name="indicators",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="answers",
            order=120,
            label=to_translate("Indicators"),
            endpoint="indicators.register",
            permission=Permission.MANAGE_PLANS,
            room="indicators",
        ),
    ),
    county_sections=(IndicatorsSection(),),
    search_sources=(IndicatorsInSearch(),),
    job_handlers=(CheckImport(), RunImport()),
)
