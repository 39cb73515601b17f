"""What coding declares."""

from participation.coding.commands import load_codebooks
from participation.coding.jobs import SCHEDULES, ForgetOldImports, LearnFromCodes
from participation.coding.providers import (
    CoderData,
    MaterialToRead,
    SampleToCode,
    SomebodyMayBeInDanger,
)
from participation.coding.views import blueprint
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission

FEATURE = Feature(
    name="coding",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="findings",
            order=60,
            label=to_translate("Coding"),
            endpoint="coding.materials",
            permission=Permission.CODE_MATERIAL,
            room="coding",
        ),
    ),
    commands=(load_codebooks,),
    job_handlers=(LearnFromCodes(), ForgetOldImports()),
    schedules=SCHEDULES,
    person_data=(CoderData(),),
    start_cards=(SomebodyMayBeInDanger(), SampleToCode(), MaterialToRead()),
)
