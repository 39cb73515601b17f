"""Quotes of a finding: chosen among coded passages, approved by a person."""

from flask import request
from werkzeug.wrappers import Response

from participation.coding.models import MaterialText
from participation.coding.queries import Found
from participation.coding.queries.codebooks import quotable_excerpt, quotable_excerpts
from participation.coding.rules.drafts import role_label
from participation.disclosure.outlets import outlet
from participation.foundation.errors import NotFound
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import ExcerptForm
from participation.results.services import add_quote, approve_quote, drop_quote
from participation.results.views.blueprint import blueprint


@blueprint.get("/results/findings/<public_id>/quotes")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def choose_quotes(public_id: str) -> str:
    """Every passage with one of the finding's codes that is counted."""
    found = queries.finding(db(), actor(), public_id)
    codes = [code.id for code, _theme in queries.codes_of(db(), found)]
    materials = [material.id for material in queries.materials_of(db(), found)]
    page = paginate(
        db(),
        quotable_excerpts(db(), actor(), codes, materials),
        page_number(request.args.get("page")),
    )
    return render(
        "results/quotes.html",
        finding=found,
        page=page,
        passages=[Found(*row) for row in page.items],
        chosen={quote.excerpt_id for quote in queries.quotes_of(db(), found)},
        role_label=role_label,
        has_codes=bool(codes),
    )


@blueprint.post("/results/findings/<public_id>/quotes")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def choose_quote(public_id: str) -> Response:
    """Take a passage as a quote; it waits for approval."""
    found = queries.finding(db(), actor(), public_id)
    form = ExcerptForm()
    if not form.validate_on_submit() or not form.excerpt.data:
        raise NotFound
    excerpt = quotable_excerpt(db(), actor(), form.excerpt.data)
    add_quote(db(), actor(), found, excerpt, db().get_one(MaterialText, excerpt.text_id))
    return see_other("results.finding", public_id=found.public_id)


@blueprint.post("/results/findings/<public_id>/quotes/<quote_id>/approve")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def approve(public_id: str, quote_id: str) -> Response:
    """A person has read it and says that it points to nobody."""
    found = queries.finding(db(), actor(), public_id)
    approve_quote(db(), actor(), queries.quote(db(), found, quote_id))
    return see_other("results.finding", public_id=found.public_id)


@blueprint.post("/results/findings/<public_id>/quotes/<quote_id>/drop")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def drop(public_id: str, quote_id: str) -> Response:
    """Take a quote out of the finding."""
    found = queries.finding(db(), actor(), public_id)
    drop_quote(db(), actor(), found, queries.quote(db(), found, quote_id))
    return see_other("results.finding", public_id=found.public_id)
