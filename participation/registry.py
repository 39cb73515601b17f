"""The one list of features, from the ground up. A feature that is not listed does not exist."""

from participation.accounts.feature import FEATURE as ACCOUNTS
from participation.activities.feature import FEATURE as ACTIVITIES
from participation.assignments.feature import FEATURE as ASSIGNMENTS
from participation.audits.feature import FEATURE as AUDITS
from participation.coding.feature import FEATURE as CODING
from participation.commitments.feature import FEATURE as COMMITMENTS
from participation.council.feature import FEATURE as COUNCIL
from participation.county.feature import FEATURE as COUNTY
from participation.disclosure.feature import FEATURE as DISCLOSURE
from participation.follow_up.feature import FEATURE as FOLLOW_UP
from participation.foundation.feature import Features
from participation.foundation.operations_feature import FEATURE as OPERATIONS
from participation.foundation.retention_feature import retention_feature
from participation.foundation.search_feature import search_feature
from participation.indicators.feature import FEATURE as INDICATORS
from participation.interest_bank.feature import FEATURE as INTEREST_BANK
from participation.inventory.feature import FEATURE as INVENTORY
from participation.meetings.feature import FEATURE as MEETINGS
from participation.newsletter.feature import newsletter_feature
from participation.open_data.feature import FEATURE as OPEN_DATA
from participation.organisations.feature import FEATURE as ORGANISATIONS
from participation.plans.feature import FEATURE as PLANS
from participation.questionnaires.feature import FEATURE as QUESTIONNAIRES
from participation.reports.feature import FEATURE as REPORTS
from participation.results.feature import FEATURE as RESULTS
from participation.selection.feature import FEATURE as SELECTION
from participation.training.feature import FEATURE as TRAINING

_BUILT = Features(
    (
        OPERATIONS,
        COUNTY,
        DISCLOSURE,
        ACCOUNTS,
        COMMITMENTS,
        INTEREST_BANK,
        SELECTION,
        TRAINING,
        ACTIVITIES,
        ASSIGNMENTS,
        COUNCIL,
        ORGANISATIONS,
        CODING,
        MEETINGS,
        INVENTORY,
        QUESTIONNAIRES,
        AUDITS,
        RESULTS,
        INDICATORS,
        PLANS,
        FOLLOW_UP,
        REPORTS,
        OPEN_DATA,
    )
)

# Made from all the others, because they gather what those offer.
FEATURES = Features(
    (
        *_BUILT.features,
        newsletter_feature(_BUILT),
        search_feature(_BUILT),
        retention_feature(_BUILT),
    )
)
