"""HTTP of audits: ordering, the way, the team's work, the report, the public summary."""

from participation.audits.views import (
    agreement,
    consents,
    debriefs,
    drawing,
    facts,
    field,
    guide_papers,
    guides,
    information,
    interviews,
    overview,
    papers,
    plan,
    points,
    public,
    reports,
    teams,
    writing,
)
from participation.audits.views.blueprint import audits
from participation.audits.views.field import FIELD_CEILINGS, FieldCeilings, field_box

__all__ = [
    "FIELD_CEILINGS",
    "FieldCeilings",
    "agreement",
    "audits",
    "consents",
    "debriefs",
    "drawing",
    "facts",
    "field",
    "field_box",
    "guide_papers",
    "guides",
    "information",
    "interviews",
    "overview",
    "papers",
    "plan",
    "points",
    "public",
    "reports",
    "teams",
    "writing",
]
