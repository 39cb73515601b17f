"""What assignments declares: its pages, room, daily work, county sections and providers."""

from participation.assignments.jobs import SCHEDULES, TidyClaims
from participation.assignments.providers import (
    ROOM,
    ApproveCard,
    AssignmentData,
    AssignmentLinks,
    AssignmentsOnOwnPage,
    AssignmentSteps,
    AssignmentTrail,
    ClaimData,
    CorrectClaims,
    DecideCard,
    EntriesMerged,
    ForgetWhoLeft,
    OfferClaims,
    OwnAssignmentCard,
    PayrollCard,
)
from participation.assignments.services.retention import BookedClaims
from participation.assignments.services.sections import (
    AgreementsSection,
    BaseAmountsSection,
    RatesSection,
)
from participation.assignments.views import assignments, compensation
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission

FEATURE = Feature(
    name="assignments",
    blueprints=(assignments, compensation),
    navigation=(
        NavItem(
            section="voices",
            order=35,
            label=to_translate("Compensation"),
            endpoint="compensation.claim_list",
            permission=Permission.APPROVE_CLAIMS,
            room=ROOM,
        ),
        NavItem(
            section="care",
            order=60,
            label=to_translate("Payroll"),
            endpoint="compensation.batches",
            permission=Permission.EXPORT_PAYROLL,
            room="payroll",
        ),
        NavItem(
            section="voices",
            order=36,
            label=to_translate("What it cost"),
            endpoint="compensation.totals",
            permission=Permission.READ_COSTS,
            room="costs",
        ),
    ),
    job_handlers=(TidyClaims(),),
    schedules=SCHEDULES,
    start_cards=(OwnAssignmentCard(), ApproveCard(), PayrollCard(), DecideCard()),
    voice_trails=(AssignmentTrail(),),
    own_page_sections=(AssignmentsOnOwnPage(),),
    retention_rules=(BookedClaims(),),
    person_data=(AssignmentData(), ClaimData()),
    county_sections=(BaseAmountsSection(), RatesSection(), AgreementsSection()),
    subscribers=(OfferClaims(), CorrectClaims(), EntriesMerged(), ForgetWhoLeft()),
    invitation_steps=(AssignmentSteps(),),
    activity_links=(AssignmentLinks(),),
)
