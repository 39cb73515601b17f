"""Pages that say the same to everybody: how it works, privacy, accessibility, help."""

from flask import Blueprint

from participation.foundation.permissions import Permission
from participation.foundation.web import render, requires

pages = Blueprint("pages", __name__)


@pages.get("/about")
@requires(Permission.PUBLIC)
def about() -> str:
    return render("pages/about.html")


@pages.get("/joining")
@requires(Permission.PUBLIC)
def joining() -> str:
    return render("pages/joining.html")


@pages.get("/privacy")
@requires(Permission.PUBLIC)
def privacy() -> str:
    return render("pages/privacy.html")


@pages.get("/accessibility")
@requires(Permission.PUBLIC)
def accessibility() -> str:
    return render("pages/accessibility.html")


@pages.get("/help")
@requires(Permission.PUBLIC)
def help_page() -> str:
    return render("pages/help.html")
