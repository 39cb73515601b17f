"""What indicators declare: their pages, and a section of the county file."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.indicators.services.load_section import IndicatorsSection
from participation.indicators.views import blueprint

FEATURE = Feature(
    name="indicators",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="answers",
            order=120,
            label=to_translate("Indicators"),
            endpoint="indicators.indicators",
            permission=Permission.MANAGE_PLANS,
            room="indicators",
        ),
    ),
    county_sections=(IndicatorsSection(),),
)
