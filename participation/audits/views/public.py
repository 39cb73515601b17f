"""The public summary: for everybody, once unit and team agreed."""

from participation.audits import queries
from participation.audits.rules.states import STATE_LABELS
from participation.audits.views import words
from participation.audits.views.blueprint import audits
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import db, render, requires


@audits.get("/audits/published")
@requires(Permission.PUBLIC)
def published() -> str:
    """Every audit with a public summary."""
    return render(
        "audits/published.html",
        audits=queries.published_audits(db()),
        locale_code=current_locale(),
    )


@audits.get("/audits/<public_id>/summary")
@requires(Permission.PUBLIC)
def summary(public_id: str) -> str:
    """One published summary: strengths, shortcomings, proposals and the unit's answers."""
    return render(
        "audits/summary.html",
        report=queries.public_summary(db(), public_id),
        labels=STATE_LABELS,
        words=words,
        locale_code=current_locale(),
    )
