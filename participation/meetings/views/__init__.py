"""Pages of meetings: leading, at the table, published."""

from participation.meetings.views import leading, published, publishing, reviewing, sheets, table
from participation.meetings.views.blueprint import CEILINGS, Ceilings, at_the_table, meetings

__all__ = [
    "CEILINGS",
    "Ceilings",
    "at_the_table",
    "leading",
    "meetings",
    "published",
    "publishing",
    "reviewing",
    "sheets",
    "table",
]
