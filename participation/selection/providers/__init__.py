"""What selection shows on others' pages."""

from participation.selection.providers.own_data import DrawData
from participation.selection.providers.own_page import DrawsOnOwnPage
from participation.selection.providers.start_cards import DrawCard
from participation.selection.providers.subscribers import EntriesMerged, SomebodyLeft
from participation.selection.providers.trail import DrawTrail

__all__ = [
    "DrawCard",
    "DrawData",
    "DrawTrail",
    "DrawsOnOwnPage",
    "EntriesMerged",
    "SomebodyLeft",
]
