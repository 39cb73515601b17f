"""Writing and sending issues."""

from flask import flash
from werkzeug.wrappers import Response

from participation.accounts.models import Account
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import format_month
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.newsletter.forms import CorrectionForm, IssueForm, ItemForm
from participation.newsletter.queries.issues import (
    has_draft,
    is_standing,
    issue_by_public_id,
    issue_lines,
    items_of,
    news_since,
    sending_job,
    shown_sections,
    standing_keys,
    subscriber_count,
)
from participation.newsletter.rules.issues import SECTIONS
from participation.newsletter.services.issues import (
    begin_issue,
    change_issue,
    correct_issue,
    discard_issue,
    drop_or_keep,
    item_of,
    move,
    reword,
    send_issue,
    send_test,
)
from participation.newsletter.views.blueprint import blueprint
from participation.newsletter.views.drafting import proposed
from participation.newsletter.views.news import news_sources

STEPS = {"up": -1, "down": 1}


@blueprint.get("/newsletter/issues")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
def issues() -> str:
    """Drafts and what was sent, and how many get it."""
    return render(
        "newsletter/issues.html",
        lines=issue_lines(db()),
        subscribers=subscriber_count(db()),
        has_draft=has_draft(db()),
    )


@blueprint.post("/newsletter/issues/new")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def new_issue() -> Response:
    """Begin the next issue with everything that was published since the last."""
    title = _("News in %(month)s", month=format_month(today()))
    try:
        begun = begin_issue(db(), actor(), title, proposed(news_since(db())))
    except Conflict as problem:
        flash(problem.message)
        return see_other("newsletter.issues")
    return see_other("newsletter.draft", public_id=begun.public_id)


@blueprint.route("/newsletter/issues/<public_id>", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def draft(public_id: str) -> Response | str:
    """One issue: its title and greeting, and what may be dropped, moved and reworded."""
    found = issue_by_public_id(db(), public_id)
    form = IssueForm(obj=found)
    if form.validate_on_submit():
        change_issue(db(), found, form.title.data, form.greeting.data or "")
        flash(_("Saved."))
        return see_other("newsletter.draft", public_id=public_id)
    standing = standing_keys(db(), news_sources(), found)
    return render(
        "newsletter/draft.html",
        issue=found,
        form=form,
        items=items_of(db(), found.id),
        is_gone=lambda item: not is_standing(item, standing),
        sections=SECTIONS,
        sending=sending_job(db(), found) if found.state == "sending" else None,
    )


@blueprint.route("/newsletter/issues/<public_id>/items/<item_id>", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def change_item(public_id: str, item_id: str) -> Response | str:
    """Other words for an item."""
    found = issue_by_public_id(db(), public_id)
    item = item_of(db(), found, item_id)
    form = ItemForm(obj=item)
    if form.validate_on_submit():
        reword(db(), item, form.title.data, form["text"].data or "")
        return see_other("newsletter.draft", public_id=public_id, _anchor=f"item-{item_id}")
    return render("newsletter/item.html", issue=found, item=item, form=form)


@blueprint.post("/newsletter/issues/<public_id>/items/<item_id>/<way>")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def move_item(public_id: str, item_id: str, way: str) -> Response:
    """Up, down, out or in again."""
    item = item_of(db(), issue_by_public_id(db(), public_id), item_id)
    if way == "drop":
        drop_or_keep(db(), item)
    elif way in STEPS:
        move(db(), item, STEPS[way])
    else:
        raise NotFound
    return see_other("newsletter.draft", public_id=public_id, _anchor=f"item-{item_id}")


@blueprint.post("/newsletter/issues/<public_id>/test")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def test_mail(public_id: str) -> Response:
    """A copy to oneself."""
    found = issue_by_public_id(db(), public_id)
    own = db().get_one(Account, actor().account_id)
    send_test(db(), found, shown_sections(db(), news_sources(), found), own.email)
    flash(_("A copy is on its way to you."))
    return see_other("newsletter.draft", public_id=public_id)


@blueprint.get("/newsletter/issues/<public_id>/send")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
def before_sending(public_id: str) -> str:
    """The issue as everybody will read it, and how many get it."""
    found = issue_by_public_id(db(), public_id)
    return render(
        "newsletter/send.html",
        issue=found,
        sections=shown_sections(db(), news_sources(), found),
        subscribers=subscriber_count(db()),
    )


@blueprint.post("/newsletter/issues/<public_id>/send")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def send(public_id: str) -> Response:
    """The yes: it goes out in the background and stands in the archive at once."""
    try:
        send_issue(db(), actor(), issue_by_public_id(db(), public_id))
    except Conflict as problem:
        flash(problem.message)
    return see_other("newsletter.draft", public_id=public_id)


@blueprint.get("/newsletter/issues/<public_id>/discard")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
def discard(public_id: str) -> str:
    """Whether a draft is to be thrown away."""
    return render("newsletter/discard.html", issue=issue_by_public_id(db(), public_id))


@blueprint.post("/newsletter/issues/<public_id>/discard")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def throw_away(public_id: str) -> Response:
    """The yes to that question."""
    try:
        discard_issue(db(), actor(), issue_by_public_id(db(), public_id))
    except Conflict as problem:
        flash(problem.message)
    else:
        flash(_("The draft is thrown away."))
    return see_other("newsletter.issues")


@blueprint.route("/newsletter/issues/<public_id>/correction", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@commits
def correction(public_id: str) -> Response | str:
    """What was wrong in what was sent, for its page."""
    found = issue_by_public_id(db(), public_id, is_sent=True)
    form = CorrectionForm(obj=found)
    if form.validate_on_submit():
        correct_issue(db(), actor(), found, form.correction.data or "")
        return see_other("newsletter.issue", public_id=public_id)
    return render("newsletter/correction.html", issue=found, form=form)
