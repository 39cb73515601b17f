"""What the interest bank declares: its pages, its room, its jobs and its providers."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.interest_bank.jobs import (
    FIND_DAILY,
    TIDY_DAILY,
    CheckImport,
    FindDuplicates,
    RunImport,
    TidyBank,
)
from participation.interest_bank.providers import (
    ROOM,
    CallCard,
    DuplicateCard,
    LetterCard,
    LetterInstead,
    MemberFigure,
    MembershipData,
    MembershipTrail,
    NameFollows,
    NotesData,
    PauseCard,
)
from participation.interest_bank.services.ages import AgePolicySection
from participation.interest_bank.services.retention import RETENTION_RULES
from participation.interest_bank.views import interest_bank

FEATURE = Feature(
    name="interest_bank",
    blueprints=(interest_bank,),
    navigation=(
        NavItem(
            section="care",
            order=60,
            label=to_translate("Opened protected details"),
            endpoint="interest_bank.opened_protected",
            permission=Permission.READ_EVENT_LOG,
            room="opened_protected",
        ),
        NavItem(
            section="voices",
            order=10,
            label=to_translate("Interest bank"),
            endpoint="interest_bank.members",
            permission=Permission.READ_BANK,
            room=ROOM,
        ),
    ),
    job_handlers=(TidyBank(), FindDuplicates(), CheckImport(), RunImport()),
    schedules=(TIDY_DAILY, FIND_DAILY),
    start_cards=(PauseCard(), CallCard(), LetterCard(), DuplicateCard()),
    subscribers=(LetterInstead(), NameFollows()),
    voice_trails=(MembershipTrail(),),
    county_sections=(AgePolicySection(),),
    retention_rules=RETENTION_RULES,
    person_data=(MembershipData(), NotesData()),
    public_figures=(MemberFigure(),),
)
