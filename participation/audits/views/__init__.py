"""HTTP of audits: ordering, the way, the team's work, the report, the public summary."""

from participation.audits.views import (
    agreement,
    consents,
    debriefs,
    guides,
    information,
    interviews,
    overview,
    papers,
    points,
    public,
    reports,
    teams,
)
from participation.audits.views.blueprint import audits

__all__ = [
    "agreement",
    "audits",
    "consents",
    "debriefs",
    "guides",
    "information",
    "interviews",
    "overview",
    "papers",
    "points",
    "public",
    "reports",
    "teams",
]
