"""A release on paper: the page the browser prints, and the same as a tagged PDF."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import breakdowns_of
from participation.disclosure.services import thresholds_in_force
from participation.foundation.files.web import attachment
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes
from participation.foundation.web import db, render, requires, see_other
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.results import queries
from participation.results.rules.round_tables import chart, grouped_chart
from participation.results.rules.silence import silence
from participation.results.views.blueprint import blueprint
from participation.results.views.public import highlights_of, of_release

PAPERS_KEPT = 64
_kept: OrderedDict[str, bytes] = OrderedDict()
_press = Lock()


@blueprint.get("/releases/<public_id>/print")
@requires(Permission.PUBLIC)
@outlet("publication")
def release_sheets(public_id: str) -> str:
    """Everything that is published of a round, on sheets of paper."""
    return _sheets(queries.public_release(db(), public_id), as_pdf=False)


@blueprint.get("/releases/<public_id>/results.pdf")
@requires(Permission.PUBLIC)
@outlet("publication")
def release_pdf(public_id: str) -> Any:
    """The same as a PDF; where this machine makes none, or makes another, the page to print."""
    found = queries.public_release(db(), public_id)
    name = _("results") + f"-{found.public_id}.pdf"
    made = _made(_sheets(found, as_pdf=True)) if can_make_pdf() else None
    if made is None:
        return see_other("results.release_sheets", public_id=public_id)
    return attachment(made, name, PDF)


def _made(html: str) -> bytes | None:
    """A release never changes: its paper is made once per language, and one at a time.

    Seconds of work that anybody may ask for: nobody's answer waits for it. None while busy.
    """
    made = _kept.get(html)
    if made is None and _press.acquire(blocking=False):
        try:
            db().commit()  # only lets go: on SQLite a reader holds up whoever saves
            made = _kept[html] = pdf_bytes(html)
            while len(_kept) > PAPERS_KEPT:
                _kept.popitem(last=False)
        finally:
            _press.release()
    return made


def _sheets(found: Release, *, as_pdf: bool) -> str:
    page = of_release(found)
    titles = {table.key: table for table in page.tables}
    parts = [
        (
            str(ATTRIBUTE_LABELS[Attribute(shown.attribute)]),
            [grouped_chart(titles[one.key], shown, one) for one in shown.tables],
        )
        for shown in (
            page.reading.breakdown(one) if page.reading else one for one in breakdowns_of(found)
        )
        if shown.tables
    ]
    return render(
        "results/paper.html",
        title=page.title,
        release=found,
        silence=silence(page.tables, None, thresholds_in_force().minimum),
        not_counted=page.not_counted,
        highlights=highlights_of(found, page, queries.earlier_waves(db(), found)),
        charts=[chart(table) for table in page.tables],
        parts=parts,
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
        language=current_locale(),
    )
