"""The one list of features, from the ground up. A feature that is not listed does not exist."""

from participation.accounts.feature import FEATURE as ACCOUNTS
from participation.county.feature import FEATURE as COUNTY
from participation.foundation.feature import Features

FEATURES = Features((COUNTY, ACCOUNTS))
