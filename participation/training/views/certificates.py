"""Certificates: a page to print, for the person and for who keeps the register."""

from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, log_access_to, render, requires
from participation.training.queries import certificate_of
from participation.training.views.blueprint import training


@training.get("/training/certificates/<public_id>")
@requires(Permission.OWN_PAGE)
def certificate(public_id: str) -> str:
    found = certificate_of(db(), actor(), public_id)
    if found.account_id != actor().account_id:
        log_access_to([found.account_id], "certificate_seen", "course_completion", public_id)
    return render(
        "training/certificate.html",
        completion=found,
        course=found.course,
        locale_code=current_locale(),
    )
