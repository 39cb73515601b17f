"""Pages of follow-up."""

from participation.follow_up.views import (
    feedback,
    goals,
    indicators,
    perspective,
    plans,
    public_start,
)
from participation.follow_up.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "feedback",
    "goals",
    "indicators",
    "perspective",
    "plans",
    "public_start",
]
