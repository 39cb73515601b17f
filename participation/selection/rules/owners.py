"""What a draw is for, as the floor above says it; selection itself knows no activities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DrawOwner:
    """Whose seats are drawn: a kind ("activity") and its public id, and the page to go back to.

    `purpose` tells two draws of one owner apart ("invite", "seats").
    """

    kind: str
    public_id: str
    path: str
    purpose: str = ""


@dataclass(frozen=True)
class HeldBack:
    """How many fit but rest, why (in words for the page), and from when they can be asked again."""

    reason: str
    count: int
    again_on: date | None = None

    def stored(self) -> dict[str, Any]:
        again = self.again_on.isoformat() if self.again_on else None
        return {"reason": self.reason, "count": self.count, "again_on": again}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "HeldBack":
        again = stored["again_on"]
        return cls(stored["reason"], stored["count"], date.fromisoformat(again) if again else None)
