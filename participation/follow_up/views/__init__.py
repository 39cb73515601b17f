"""Pages of follow-up."""

from participation.follow_up.views import (
    feedback,
    overview,
    perspective,
    perspective_files,
    public_start,
)
from participation.follow_up.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "feedback",
    "overview",
    "perspective",
    "perspective_files",
    "public_start",
]
