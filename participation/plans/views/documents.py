"""A plan to take along: to print, as a tagged PDF, and as a document for a word processor."""

import re

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from participation.foundation.documents import DOCX, docx_bytes
from participation.foundation.files.web import attachment
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf
from participation.foundation.web import db, render, requires, see_other
from participation.plans.queries.documents import plan_paper
from participation.plans.rules.documents import plan_blocks, told_status, under
from participation.plans.views.blueprint import blueprint

_NOT_IN_A_NAME = re.compile(r"[^\w –-]+")


@blueprint.get("/plans/<public_id>/print")
@requires(Permission.PUBLIC)
def plan_print(public_id: str) -> str:
    """The whole plan on sheets of paper."""
    return _sheets(public_id, as_pdf=False)[1]


@blueprint.get("/plans/<public_id>/plan.pdf")
@requires(Permission.PUBLIC)
def plan_pdf(public_id: str) -> AnyResponse:
    """The same as a tagged PDF; where this machine makes none, or makes another, the page."""
    if can_make_pdf():
        title, html = _sheets(public_id, as_pdf=True)
        db().commit()  # only lets go: on SQLite a reader holds up whoever saves
        made = kept_pdf(html)
        if made is not None:
            return attachment(made, file_name(title, "pdf"), PDF)
    return see_other("plans.plan_print", public_id=public_id)


@blueprint.get("/plans/<public_id>/plan.docx")
@requires(Permission.PUBLIC)
def plan_docx(public_id: str) -> Response:
    """The same for a word processor, in Swedish as the plan is."""
    with use_locale(DEFAULT_LOCALE):
        page, paper = plan_paper(db(), public_id)
        made = docx_bytes(
            plan_blocks(paper, finding_address),
            title=paper.title,
            language=DEFAULT_LOCALE,
            is_wide=page.plan.form == "goals",
        )
    return attachment(made, file_name(paper.title, "docx"), DOCX)


def _sheets(public_id: str, *, as_pdf: bool) -> tuple[str, str]:
    """The plan's title, and its page."""
    page, paper = plan_paper(db(), public_id)
    html = render(
        "plans/plan_paper.html",
        title=paper.title,
        plan=page.plan,
        group=page.group,
        paper=paper,
        under=under,
        told_status=told_status,
        finding_address=finding_address,
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )
    return paper.title, html


def finding_address(public_id: str) -> str:
    """The full public address of a finding, as it stands on paper."""
    return absolute_url(url_for("results.published", public_id=public_id))


def file_name(title: str, ending: str) -> str:
    """The plan's title as a file's name."""
    return f"{_NOT_IN_A_NAME.sub(' ', title).strip()[:100]}.{ending}"
