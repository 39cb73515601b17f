"""Pages of follow-up."""

from participation.follow_up.views import (
    feedback,
    overview,
    owed,
    perspective,
    perspective_files,
    public_start,
    putting,
    rounds,
)
from participation.follow_up.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "feedback",
    "overview",
    "owed",
    "perspective",
    "perspective_files",
    "public_start",
    "putting",
    "rounds",
]
