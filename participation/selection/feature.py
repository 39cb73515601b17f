"""What selection declares: draws for staff and for everybody, what waits, own data, the command."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.selection.commands import replay_draw
from participation.selection.jobs import JOB_HANDLERS
from participation.selection.providers import (
    DrawCard,
    DrawData,
    DrawsOnOwnPage,
    DrawTrail,
    EntriesMerged,
    SomebodyLeft,
)
from participation.selection.providers.start_cards import ROOM
from participation.selection.services.districts import DistrictsSection
from participation.selection.services.retention import PoolsOfEndedDraws
from participation.selection.views import draws, selection

FEATURE = Feature(
    name="selection",
    blueprints=(selection, draws),
    navigation=(
        NavItem(
            section="voices",
            order=35,
            label=to_translate("Draws"),
            endpoint="selection.draw_list",
            permission=Permission.MANAGE_DRAWS,
            room=ROOM,
        ),
    ),
    commands=(replay_draw,),
    job_handlers=JOB_HANDLERS,
    start_cards=(DrawCard(),),
    voice_trails=(DrawTrail(),),
    own_page_sections=(DrawsOnOwnPage(),),
    retention_rules=(PoolsOfEndedDraws(),),
    person_data=(DrawData(),),
    county_sections=(DistrictsSection(),),
    subscribers=(EntriesMerged(), SomebodyLeft()),
)
