"""Public pages: who has adopted the participation model, and how one does."""

from participation.foundation.i18n import current_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import db, render, requires
from participation.organisations.queries import adopter_lines
from participation.organisations.views.blueprint import organisations


@organisations.get("/adoption")
@requires(Permission.PUBLIC)
def adopted() -> str:
    """Who may invite, and since when."""
    lines = adopter_lines(db())
    return render(
        "organisations/adopted.html",
        lines=[line for line in lines if not line.organisation.is_fictional],
        invented=[line for line in lines if line.organisation.is_fictional],
        locale_code=current_locale(),
    )


@organisations.get("/adoption/how")
@requires(Permission.PUBLIC)
def how_to_adopt() -> str:
    """What the model asks of an organisation, and the steps to adopt it."""
    return render("organisations/how_to_adopt.html")


@organisations.get("/adoption/decision")
@requires(Permission.PUBLIC)
def decision_text() -> str:
    """A proposal for the decision, to copy or print."""
    return render("organisations/decision_text.html")
