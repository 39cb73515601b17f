"""The search page: one for everybody, each seeing their own hits."""

from flask import Blueprint, request

from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.search.queries import hits
from participation.foundation.web import actor, db, render, requires

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@requires(Permission.PUBLIC)
def results() -> str:
    typed = request.args.get("q", "").strip()[:200]
    page = hits(db(), actor(), typed, page_number(request.args.get("page")))
    return render("search/results.html", typed=typed, page=page, search_text=typed)
