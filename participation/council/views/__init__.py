"""HTTP of the council: the public page, the workroom, appointing, and a member's own seat."""

from participation.council.views import (
    agenda,
    deciding,
    decisions,
    drawing,
    meetings,
    minutes,
    offers,
    own_seat,
    public,
    representations,
    statements,
    succession,
    workspace,
)
from participation.council.views.blueprint import council

__all__ = [
    "agenda",
    "council",
    "deciding",
    "decisions",
    "drawing",
    "meetings",
    "minutes",
    "offers",
    "own_seat",
    "public",
    "representations",
    "statements",
    "succession",
    "workspace",
]
