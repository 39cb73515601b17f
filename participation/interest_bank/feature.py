"""What the interest bank declares: its pages, its room, its jobs and its providers."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.interest_bank.jobs import TIDY_DAILY, TidyBank
from participation.interest_bank.providers import (
    ROOM,
    MemberFigure,
    MembershipData,
    MembershipTrail,
    NameFollows,
    PauseCard,
)
from participation.interest_bank.services.ages import AgePolicySection
from participation.interest_bank.views import interest_bank

FEATURE = Feature(
    name="interest_bank",
    blueprints=(interest_bank,),
    navigation=(
        NavItem(
            section="voices",
            order=10,
            label=to_translate("Interest bank"),
            endpoint="interest_bank.members",
            permission=Permission.READ_BANK,
            room=ROOM,
        ),
    ),
    job_handlers=(TidyBank(),),
    schedules=(TIDY_DAILY,),
    start_cards=(PauseCard(),),
    voice_trails=(MembershipTrail(),),
    subscribers=(NameFollows(),),
    county_sections=(AgePolicySection(),),
    person_data=(MembershipData(),),
    public_figures=(MemberFigure(),),
)
