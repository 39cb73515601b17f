"""HTTP of audits: ordering, the way, the team's work, the report, the public summary."""

from participation.audits.views import (
    agreement,
    guides,
    information,
    interviews,
    overview,
    public,
    reports,
    teams,
)
from participation.audits.views.blueprint import audits

__all__ = [
    "agreement",
    "audits",
    "guides",
    "information",
    "interviews",
    "overview",
    "public",
    "reports",
    "teams",
]
