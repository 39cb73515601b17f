"""The one list of features, from the ground up. A feature that is not listed does not exist."""

from participation.accounts.feature import FEATURE as ACCOUNTS
from participation.commitments.feature import FEATURE as COMMITMENTS
from participation.county.feature import FEATURE as COUNTY
from participation.foundation.feature import Features
from participation.foundation.operations_feature import FEATURE as OPERATIONS
from participation.interest_bank.feature import FEATURE as INTEREST_BANK
from participation.questionnaires.feature import FEATURE as QUESTIONNAIRES

FEATURES = Features((OPERATIONS, COUNTY, ACCOUNTS, COMMITMENTS, INTEREST_BANK, QUESTIONNAIRES))
