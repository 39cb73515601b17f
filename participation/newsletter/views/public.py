"""The archive, an issue, and asking for the newsletter and leaving it."""

from flask import request
from werkzeug.wrappers import Response

from participation.accounts.rules.throttling import ADDRESS_LINKS
from participation.accounts.services import check_throttle, count_try
from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.disclosure.outlets import outlet
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, db, render, requires, see_other
from participation.newsletter.forms import SubscribeForm
from participation.newsletter.queries.issues import issue_by_public_id, sent_issues, shown_sections
from participation.newsletter.services.subscribing import (
    CONFIRM,
    LEAVE,
    ask_for_newsletter,
    confirm,
    leave,
    subscriber_by_link,
)
from participation.newsletter.views.blueprint import blueprint, leaving
from participation.newsletter.views.news import news_sources


@blueprint.get("/newsletter")
@requires(Permission.PUBLIC)
@outlet("publication")
def archive() -> str:
    """Every issue that was sent."""
    return render("newsletter/archive.html", issues=sent_issues(db()))


@blueprint.get("/newsletter/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def issue(public_id: str) -> str:
    """One issue, without what has been withdrawn since."""
    found = issue_by_public_id(db(), public_id, is_sent=True)
    return render(
        "newsletter/issue.html",
        issue=found,
        sections=shown_sections(db(), news_sources(), found),
    )


@blueprint.route("/newsletter/subscribe", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@commits
def subscribe() -> Response | str:
    """Ask for the newsletter: an address, and a mail with a link that confirms."""
    check_throttle(db(), ADDRESS_LINKS, request.remote_addr or "")
    form = SubscribeForm()
    if not form.validate_on_submit():
        return render("newsletter/subscribe.html", form=form)
    count_try(db(), ADDRESS_LINKS, request.remote_addr or "")
    ask_for_newsletter(db(), form.email.data, current_locale())
    return see_other("newsletter.asked")


@blueprint.get("/newsletter/asked")
@requires(Permission.PUBLIC)
def asked() -> str:
    """Look in your mail: the same words whoever asked."""
    return render("newsletter/asked.html")


@blueprint.get("/newsletter/confirm/<public_id>/<token>")
@requires(Permission.PUBLIC)
def confirm_page(public_id: str, token: str) -> Response | tuple[str, int] | str:
    """Behind the mailed link: a press on the button, so that no mail scanner confirms."""
    try:
        subscriber_by_link(db(), CONFIRM, public_id, token)
    except NotFound:
        return _gone()
    return render("newsletter/confirm.html", public_id=public_id, token=token)


@blueprint.post("/newsletter/confirm/<public_id>/<token>")
@requires(Permission.PUBLIC)
@commits
def confirm_it(public_id: str, token: str) -> Response | tuple[str, int] | str:
    """The press on it."""
    try:
        confirm(db(), subscriber_by_link(db(), CONFIRM, public_id, token))
    except NotFound:
        return _gone()
    return see_other("newsletter.confirmed")


@blueprint.get("/newsletter/confirmed")
@requires(Permission.PUBLIC)
def confirmed() -> str:
    return render("newsletter/confirmed.html")


@blueprint.get("/newsletter/leave/<public_id>/<token>")
@requires(Permission.PUBLIC)
def leave_page(public_id: str, token: str) -> Response | tuple[str, int] | str:
    """Behind the link in each issue: one press. Who has left already is told so."""
    try:
        subscriber_by_link(db(), LEAVE, public_id, token)
    except NotFound:
        return render("newsletter/left.html")
    return render("newsletter/leave.html", public_id=public_id, token=token)


@leaving.post("/newsletter/leave/<public_id>/<token>")
@requires(Permission.PUBLIC)
@commits
def leave_it(public_id: str, token: str) -> str:
    """One press, here or in the mail program: the link is the proof.

    The answer is the page itself, never a redirect. Source: RFC 8058, 3.1.
    """
    try:
        leave(db(), subscriber_by_link(db(), LEAVE, public_id, token))
    except NotFound:
        count_bad_link()
    return render("newsletter/left.html")


def _gone() -> tuple[str, int]:
    count_bad_link()
    return render("newsletter/link_gone.html"), GONE
