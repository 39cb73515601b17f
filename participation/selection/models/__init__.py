"""Tables of fair selection. Importing the package registers them all."""

from participation.selection.models.districts import District
from participation.selection.models.draws import Draw, DrawObserver, DrawQuota, DrawSeed
from participation.selection.models.households import Household, HouseholdMember
from participation.selection.models.people import (
    DrawLottery,
    DrawPerson,
    DrawPlace,
    DrawReplacement,
)

__all__ = [
    "District",
    "Draw",
    "DrawLottery",
    "DrawObserver",
    "DrawPerson",
    "DrawPlace",
    "DrawQuota",
    "DrawReplacement",
    "DrawSeed",
    "Household",
    "HouseholdMember",
]
