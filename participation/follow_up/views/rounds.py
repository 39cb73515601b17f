"""What became of a round: the page that respondents are led to, and a poster with its address."""

from typing import Any

from participation.disclosure.outlets import outlet
from participation.follow_up.queries.rounds import FollowedRound, followed_round
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.feedback import THREAD
from participation.follow_up.views.threads import knots
from participation.foundation.clock import today
from participation.foundation.files.web import attachment
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf, qr_picture
from participation.foundation.web import db, render, requires, see_other
from participation.questionnaires.queries import content_of_round


@blueprint.get("/what-became/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def what_became(public_id: str) -> str:
    """From the answers of a round to findings, and to what groups answered."""
    found = followed_round(db(), public_id, today())
    return render(
        "follow_up/public_what_became.html",
        found=found,
        name=_name(found),
        answers=lambda case: knots(case)[1:],  # the voice stands with the finding above
        **THREAD,
    )


@blueprint.get("/what-became/<public_id>/poster")
@requires(Permission.PUBLIC)
@outlet("publication")
def what_became_poster(public_id: str) -> str:
    """For the waiting room: where to see what became of it."""
    return _poster(followed_round(db(), public_id, today()), as_pdf=False)


@blueprint.get("/what-became/<public_id>/poster.pdf")
@requires(Permission.PUBLIC)
@outlet("publication")
def what_became_poster_pdf(public_id: str) -> Any:
    """The same as a PDF; where this machine makes none, or makes another, the page to print."""
    html = _poster(followed_round(db(), public_id, today()), as_pdf=True)
    db().commit()  # only lets go: on SQLite a reader holds up whoever saves
    made = kept_pdf(html) if can_make_pdf() else None
    if made is None:
        return see_other("follow_up.what_became_poster", public_id=public_id)
    return attachment(made, _("you-said-we-did") + ".pdf", PDF)


def _poster(found: FollowedRound, *, as_pdf: bool) -> str:
    address = absolute_url(f"/what-became/{found.round.public_id}")
    return render(
        "follow_up/what_became_poster.html",
        found=found,
        name=_name(found),
        address=address.partition("://")[2],
        picture=qr_picture(address),
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )


def _name(found: FollowedRound) -> str:
    """The questionnaire's title in the reader's language."""
    return content_of_round(db(), found.round).title.said(current_locale())
