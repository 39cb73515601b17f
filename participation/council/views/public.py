"""What everybody sees of the council."""

from participation.council import queries
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import contact
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import db, render, requires


@council.get("/council")
@requires(Permission.PUBLIC)
def public() -> str:
    """Who consents to be shown, statements with answers, meetings, minutes, how to get in touch."""
    return render(
        "council/public.html",
        page=queries.council_page(db()),
        contact=contact(db()),
        words=words,
        locale_code=current_locale(),
    )


@council.get("/council/statements/<public_id>")
@requires(Permission.PUBLIC)
def statement(public_id: str) -> str:
    """One sent statement with the group's answer and what became of it."""
    line = queries.public_statement(db(), public_id)
    return render("council/statement.html", line=line, words=words, locale_code=current_locale())


@council.get("/council/meetings/<public_id>/minutes")
@requires(Permission.PUBLIC)
def minutes(public_id: str) -> str:
    """Approved minutes that are marked public; people by the names they chose, or by none."""
    found = queries.public_minutes(db(), public_id)
    seats = queries.seats_as_shown(db(), found.term_id)
    return render(
        "council/minutes.html", meeting=found, words=words, names=words.public_names(seats)
    )
