"""Words and rules of the interest bank: states, choices, ages, fill-in. Pure."""

from participation.interest_bank.rules.ages import (
    AGE_WITHOUT_GUARDIAN,
    OLDEST_BIRTH_YEAR,
    age_in,
    needs_guardian,
)
from participation.interest_bank.rules.consents import NOTICE_VERSION, ConsentPurpose
from participation.interest_bank.rules.identity import as_phone_number, member_code
from participation.interest_bank.rules.labels import (
    CONTACT_LABELS,
    GENDER_LABELS,
    LANGUAGE_LABELS,
    NEED_LABELS,
    REASON_LABELS,
    ROLE_LABELS,
    SHORT_ROLE_LABELS,
    STATE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    choices,
)
from participation.interest_bank.rules.options import (
    HIGHEST_CEILING,
    ContactWay,
    ExperienceRole,
    Gender,
    Need,
    OpeningReason,
    TimeOfDay,
    Way,
)
from participation.interest_bank.rules.profile import Profile
from participation.interest_bank.rules.spread import SMALLEST_SHOWN_COUNT, Band, bands, shown_count
from participation.interest_bank.rules.states import (
    CONFIRMATION_LASTS,
    IN_THE_BANK,
    LONGEST_PAUSE_DAYS,
    MOVES,
    TOKEN_PURPOSE,
    UNCONFIRMED_DAYS,
    MemberState,
    may_move,
)

__all__ = [
    "AGE_WITHOUT_GUARDIAN",
    "CONFIRMATION_LASTS",
    "CONTACT_LABELS",
    "GENDER_LABELS",
    "HIGHEST_CEILING",
    "IN_THE_BANK",
    "LANGUAGE_LABELS",
    "LONGEST_PAUSE_DAYS",
    "MOVES",
    "NEED_LABELS",
    "NOTICE_VERSION",
    "OLDEST_BIRTH_YEAR",
    "REASON_LABELS",
    "ROLE_LABELS",
    "SHORT_ROLE_LABELS",
    "SMALLEST_SHOWN_COUNT",
    "STATE_LABELS",
    "TIME_LABELS",
    "TOKEN_PURPOSE",
    "UNCONFIRMED_DAYS",
    "WAY_LABELS",
    "Band",
    "ConsentPurpose",
    "ContactWay",
    "ExperienceRole",
    "Gender",
    "MemberState",
    "Need",
    "OpeningReason",
    "Profile",
    "TimeOfDay",
    "Way",
    "age_in",
    "as_phone_number",
    "bands",
    "choices",
    "may_move",
    "member_code",
    "needs_guardian",
    "shown_count",
]
