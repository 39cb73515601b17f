"""Pages that say the same to everybody: how it works, privacy, accessibility, help.

And, in development only, every building part in every state.
"""

from typing import Any

from flask import Blueprint
from werkzeug.datastructures import MultiDict

from participation.foundation.forms import (
    Clock,
    Day,
    EmailLine,
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    PasswordLine,
    PhoneLine,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
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


@pages.get("/dev/components")
@requires(Permission.DEVELOPMENT)
def components() -> str:
    return render("pages/components.html", **components_context())


class ExampleForm(Form):
    """One field of each kind, for the component page; its words are examples, not translated."""

    class Meta(Form.Meta):
        csrf = False

    name = TextLine("Vad vill du bli kallad?", hint="Förnamn räcker.")
    email = EmailLine("E-post", hint="Hit skickar vi en länk. Du behöver inget lösenord.")
    phone = PhoneLine("Mobilnummer", optional=True)
    password = PasswordLine("Lösenord", autocomplete="current-password")
    task = TextBlock("Vad ska deltagarna göra?", hint="Skriv som du säger det.", rows=3)
    on_day = Day("Vilken dag?")
    at = Clock("Klockan", optional=True)
    people = WholeNumber("Hur många?", minimum=1, maximum=12)
    municipality = OneOfList("Kommun", [("0880", "Kalmar"), ("0881", "Nybro")])
    ways = ManyOf("Vilka sätt passar?", [("place", "På plats"), ("link", "På länk")], optional=True)
    often = OneOf(
        "Hur ofta har du fått vara med och bestämma?",
        [("1", "Alltid"), ("2", "Ibland"), ("3", "Aldrig"), ("unsure", "Vet inte")],
    )
    agrees = Tick("Jag har läst informationen", must="Kryssa i rutan för att gå vidare.")


def components_context() -> dict[str, Any]:
    """The example form as it is met, and as it comes back when it was filled in wrongly."""
    wrong = MultiDict(
        {"wrong-email": "tuva.exempel.se", "wrong-people": "99", "wrong-ways": "place"}
    )
    refused = ExampleForm(wrong, prefix="wrong-")
    refused.validate()
    seats = [{"number": n, "is_lead": n in (3, 7), "is_vacant": n == 9} for n in range(1, 13)]
    return {"blank": ExampleForm(MultiDict({"often": "2"})), "refused": refused, "seats": seats}
