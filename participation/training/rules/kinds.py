"""Kinds of activities that can demand a course, as the floor above calls them. Pure."""

from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

USER_AUDIT = "user_audit"

DEMANDING_KINDS: dict[str, Any] = {
    USER_AUDIT: _l("User-directed audit"),
    "interview": _l("Interview"),
    "improvement_team": _l("Improvement team"),
    "process_work": _l("Process work"),
    "risk_analysis": _l("Risk or incident analysis"),
    "working_group": _l("Working group"),
    "council_meeting": _l("Meeting of the development council"),
}
