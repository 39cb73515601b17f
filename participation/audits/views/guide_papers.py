"""The guide on paper, with room for notes: typed in afterwards through the form."""

from typing import Any

from flask import request

from participation.audits import queries
from participation.audits.rules.information import (
    WAYS_OF_SAYING,
    consent_version,
    spoken_consent,
)
from participation.audits.views.blueprint import audits
from participation.audits.views.information import name_of_way
from participation.coding.rules.drafts import ROLE_LABELS
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf
from participation.foundation.web import actor, db, render, requires, see_other


@audits.get("/audits/<public_id>/guide/print")
@requires(Permission.READ_AUDITS)
def guide_print(public_id: str) -> str:
    """Paper for one interview; `language`: which words of consent stand at the top."""
    return _paper(public_id, as_pdf=False)


@audits.get("/audits/<public_id>/guide.pdf")
@requires(Permission.READ_AUDITS)
def guide_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    html = _paper(public_id, as_pdf=True)
    if can_make_pdf():
        db().commit()  # only lets go: on SQLite a reader holds up whoever saves
        made = kept_pdf(html)
        if made is not None:
            return attachment(made, _("guide") + ".pdf", PDF)
    return see_other("audits.guide_print", public_id=public_id, **request.args)


def _paper(public_id: str, *, as_pdf: bool) -> str:
    lens = queries.audit_inside(db(), actor(), public_id)
    wanted = request.args.get("language", "")
    key = wanted if wanted in WAYS_OF_SAYING else WAYS_OF_SAYING[0]
    said = {one.key: one for one in spoken_consent(consent_version())}
    return render(
        "audits/guide_paper.html",
        title=_("The guide on paper"),
        audit=lens.audit,
        questions=queries.questions_of(db(), lens),
        consent=said[key],
        version=consent_version(),
        others=[(name_of_way(one), one) for one in WAYS_OF_SAYING if one != key],
        roles=[label for role, label in ROLE_LABELS.items() if role != "professional"],
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )
