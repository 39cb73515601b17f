"""The blueprint, and what every page of one audit shows."""

from typing import Any

from flask import Blueprint, url_for

from participation.audits.queries import Lens
from participation.audits.rules.meeting import MEETING_SHOWN
from participation.audits.rules.states import STATE_LABELS, STATE_SHAPES
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.web import render

audits = Blueprint("audits", __name__)


def audit_page(template: str, lens: Lens, here: str, /, **values: Any) -> str:
    """A page of one audit, with its tabs."""
    return render(
        f"audits/{template}.html",
        lens=lens,
        audit=lens.audit,
        tab_entries=_tabs(lens, here),
        labels=STATE_LABELS,
        shapes=STATE_SHAPES,
        locale_code=current_locale(),
        **values,
    )


def _tabs(lens: Lens, here: str) -> list[tuple[str, str, bool]]:
    entries = [("overview", _("Overview"), True)]
    entries += [
        ("agreement", _("The agreement"), True),
        ("team", _("Team"), lens.is_inside),
        ("guide", _("Guide"), lens.is_inside),
        ("tell", _("Information"), True),
        ("interviews", _("Interviews"), lens.is_inside),
        ("report", _("Report"), lens.sees_report),
        ("meeting", _("Feedback"), lens.state in MEETING_SHOWN),
        ("proposals", _("Proposals and answers"), lens.sees_report),
    ]
    return [
        (label, url_for(f"audits.{name}", public_id=lens.audit.public_id), name == here)
        for name, label, is_shown in entries
        if is_shown
    ]
