"""What everybody sees of the council."""

from participation.council import queries
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import db, render, requires


@council.get("/council")
@requires(Permission.PUBLIC)
def public() -> str:
    """Seats, who consents to be shown, representations, statements and the groups' answers."""
    page = queries.council_page(db())
    return render("council/public.html", page=page, words=words, locale_code=current_locale())


@council.get("/council/statements/<public_id>")
@requires(Permission.PUBLIC)
def statement(public_id: str) -> str:
    """One sent statement with the group's answer."""
    line = queries.public_statement(db(), public_id)
    return render("council/statement.html", line=line, words=words, locale_code=current_locale())
