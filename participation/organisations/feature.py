"""What organisations declare: their rooms, what waits, whom they nominated."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.organisations.jobs import JOB_HANDLERS, SCHEDULES
from participation.organisations.providers import (
    ORGANISATION,
    ORGANISATIONS,
    ApplicationCard,
    ContactData,
    EntriesMerged,
    NominatedJoined,
    NominationCard,
)
from participation.organisations.services.retention import DeclinedApplications
from participation.organisations.views import adoptions, organisations

FEATURE = Feature(
    name="organisations",
    blueprints=(adoptions, organisations),
    navigation=(
        NavItem(
            section="voices",
            order=15,
            label=to_translate("Our organisation"),
            endpoint="organisations.workspaces",
            permission=Permission.OWN_ORGANISATION,
            room=ORGANISATION,
        ),
        NavItem(
            section="voices",
            order=38,
            label=to_translate("User organisations"),
            endpoint="organisations.nomination_list",
            permission=Permission.MANAGE_ORGANISATIONS,
            room=ORGANISATIONS,
        ),
    ),
    job_handlers=JOB_HANDLERS,
    schedules=SCHEDULES,
    start_cards=(NominationCard(), ApplicationCard()),
    retention_rules=(DeclinedApplications(),),
    person_data=(ContactData(),),
    subscribers=(EntriesMerged(), NominatedJoined()),
)
