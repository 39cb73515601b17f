"""The page of results before it is published: for those who publish, a look that is remembered."""

from typing import Any

from flask import make_response, request

from participation.disclosure.models import Release, ReleasePreview
from participation.disclosure.outlets import outlet
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)
from participation.results import queries
from participation.results.services import newest_figures, order_round_preview
from participation.results.views.blueprint import blueprint
from participation.results.views.public import shown_release
from participation.results.views.rounds import chosen_attributes, foreseen, ordered


@blueprint.post("/results/rounds/<public_id>/figures")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def show_figures(public_id: str) -> Any:
    """Let the worker make the page as it would be published."""
    return ordered(public_id, order_round_preview, with_figures=True)


@blueprint.get("/results/rounds/<public_id>/figures")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@outlet("workroom")
def figures(public_id: str) -> Any:
    """The page as readers would see it, while nothing has changed. Each look is logged."""
    line = queries.closed_round(db(), actor(), public_id)
    job = queries.newest_preview_job(db(), line.round.id)
    preview = newest_figures(db(), line.round)
    seen = foreseen(line.round, job).get("seen", "")
    if line.release or preview is None or seen != preview.public_id:
        return see_other("results.round_page", public_id=public_id)
    log_access("figures_seen", "survey_round", public_id)
    page = render(
        "results/release.html",
        **shown_release(_as_release(preview), request.args.get("by", "")),
        findings=[],
        themes=None,
        preview_of=line.round,
        chosen=chosen_attributes(job),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_release(preview: ReleasePreview) -> Release:
    """In the shape of a release, so that the page is drawn by what draws the published one."""
    return Release(
        public_id=preview.public_id,
        kind=ReleaseKind.ROUND_TOTALS.value,
        source_kind=preview.source_kind,
        source_public_id=preview.source_public_id,
        title=preview.title,
        payload=preview.payload,
        is_fictional=preview.is_fictional,
        published_at=preview.made_at,
        hash=f"preview {preview.public_id}",  # what the drawn page is kept under
    )
