"""HTTP of the council: the public page, the workroom, appointing, and a member's own seat."""

from participation.council.views import (
    appointing,
    meetings,
    own_seat,
    public,
    statements,
    workspace,
)
from participation.council.views.blueprint import council

__all__ = ["appointing", "council", "meetings", "own_seat", "public", "statements", "workspace"]
