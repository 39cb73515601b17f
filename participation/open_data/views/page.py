"""The page about open data: what there is, how to read it, under which licence."""

from participation.disclosure.services import thresholds_in_force
from participation.foundation.permissions import Permission
from participation.foundation.web import extension, render, requires
from participation.open_data.rules.declared import RESOURCES
from participation.open_data.rules.licences import licence_name
from participation.open_data.views.answers import site
from participation.open_data.views.blueprint import open_data

EXAMPLE = "result-cells?breakdown=role"


@open_data.get("/open-data")
@requires(Permission.PUBLIC)
def about() -> str:
    """Every dataset with its files, and what one has to know to read them."""
    licence = extension().config.data_licence
    return render(
        "open_data/public_about.html",
        resources=RESOURCES,
        base=f"{site()}/api/v1",
        example=EXAMPLE,
        licence=licence,
        licence_name=licence_name(licence),
        smallest=thresholds_in_force().minimum,
    )
