"""What training declares: its room, its courses, who needs a refresher."""

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.training.jobs import JOB_HANDLERS, SCHEDULES
from participation.training.providers import (
    TRAINING,
    CoursesInSearch,
    InterestEnds,
    RefresherCard,
    TrainingData,
    TrainingTrail,
)
from participation.training.services import CoursesSection
from participation.training.views import training

FEATURE = Feature(
    name="training",
    blueprints=(training,),
    navigation=(
        NavItem(
            section="voices",
            order=35,
            label=to_translate("Training"),
            endpoint="training.manage",
            permission=Permission.MANAGE_TRAINING,
            room=TRAINING,
        ),
    ),
    job_handlers=JOB_HANDLERS,
    schedules=SCHEDULES,
    start_cards=(RefresherCard(),),
    voice_trails=(TrainingTrail(),),
    person_data=(TrainingData(),),
    county_sections=(CoursesSection(),),
    search_sources=(CoursesInSearch(),),
    subscribers=(InterestEnds(),),
)
