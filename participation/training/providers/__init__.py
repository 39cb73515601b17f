"""What training hands to the pages of other floors."""

from participation.training.providers.own_data import TrainingData
from participation.training.providers.search import CoursesInSearch
from participation.training.providers.start_cards import TRAINING, RefresherCard
from participation.training.providers.subscribers import InterestEnds
from participation.training.providers.trail import TrainingTrail

__all__ = [
    "TRAINING",
    "CoursesInSearch",
    "InterestEnds",
    "RefresherCard",
    "TrainingData",
    "TrainingTrail",
]
