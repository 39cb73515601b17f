"""The poster of the feedback meeting, to print and hang up."""

from typing import Any

from flask import request

from participation.audits import queries
from participation.audits.queries.meeting import meeting_to_show
from participation.audits.rules.information import WAYS_OF_SAYING
from participation.audits.rules.poster import MeetingFacts, poster
from participation.audits.views.blueprint import audits
from participation.audits.views.information import name_of_way
from participation.county.queries import contact
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf, qr_picture
from participation.foundation.web import actor, db, render, requires, see_other


@audits.get("/audits/<public_id>/meeting/poster")
@requires(Permission.READ_AUDITS)
def meeting_poster(public_id: str) -> str:
    """One way of saying it a sheet; `language` which, or "all"."""
    return _paper(public_id, as_pdf=False)


@audits.get("/audits/<public_id>/meeting/poster.pdf")
@requires(Permission.READ_AUDITS)
def meeting_poster_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    html = _paper(public_id, as_pdf=True)
    if can_make_pdf():
        db().commit()  # only lets go: on SQLite a reader holds up whoever saves
        made = kept_pdf(html)
        if made is not None:
            return attachment(made, _("poster") + ".pdf", PDF)
    return see_other("audits.meeting_poster", public_id=public_id, **request.args)


def _paper(public_id: str, *, as_pdf: bool) -> str:
    lens = queries.audit_seen_by(db(), actor(), public_id)
    found = meeting_to_show(db(), lens)
    wanted = request.args.get("language", "")
    key = wanted if wanted in WAYS_OF_SAYING else WAYS_OF_SAYING[0]
    own = contact(db())
    facts = MeetingFacts(
        unit=lens.audit.unit.name,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        phone=(own.phone if own else None) or "",
    )
    summary = absolute_url(f"/audits/{public_id}/summary") if lens.audit.is_published else ""
    return render(
        "audits/meeting_paper.html",
        title=_("Poster of the feedback meeting"),
        audit=lens.audit,
        meeting=found,
        said=[poster(one, facts) for one in (WAYS_OF_SAYING if wanted == "all" else (key,))],
        others=[(name_of_way(one), one) for one in WAYS_OF_SAYING if one != wanted],
        language=wanted or None,
        picture=qr_picture(summary) if summary else "",
        address=summary.partition("://")[2],
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )
