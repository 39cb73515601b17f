"""Public pages of the county: its groups, its documents; and the organisations for staff."""

from flask import Blueprint

from participation.county import queries
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, extension, render, requires

blueprint = Blueprint("county", __name__)

LEVEL_LABELS = {
    "political": _l("Elected representatives"),
    "management": _l("Joint management"),
    "coordinating": _l("Coordinating groups"),
    "area": _l("Area groups across the county"),
    "council": _l("Development council"),
    "working": _l("Working groups"),
}
ORGANISATION_LABELS = {
    "region": _l("Region"),
    "municipality": _l("Municipality"),
    "federation": _l("Federation of municipalities"),
    "user_organisation": _l("User organisation"),
    "other": _l("Other organisation"),
}


@blueprint.get("/groups")
@requires(Permission.PUBLIC)
def groups() -> str:
    """Every group by level, with the seats that residents have."""
    found = queries.groups_with_seats(db())
    return render(
        "county/groups.html",
        levels=[(label, found.on_level(kind)) for kind, label in LEVEL_LABELS.items()],
        earlier=found.earlier,
        resident_seats=found.resident_seats,
        locale_code=current_locale(),
    )


@blueprint.get("/groups/<public_id>")
@requires(Permission.PUBLIC)
def group(public_id: str) -> str:
    """One group: what it does, who sits there and who appoints them."""
    page = queries.group_overview(db(), public_id)
    links = [
        link
        for source in extension().features.collect("group_links")
        for link in source.links(db(), page.group.id)
    ]
    return render(
        "county/group.html",
        page=page,
        links_above=links,
        facts=_facts(page, current_locale()),
        level=LEVEL_LABELS[page.group.kind],
        locale_code=current_locale(),
    )


def _facts(page: queries.GroupOverview, locale: str) -> list[tuple[str, str]]:
    facts = (
        (_("Formed"), page.group.formed),
        (_("Earlier name"), page.group.earlier_name),
        (_("Meets"), page.group.meets),
        (_("Reports to"), page.parent.name_in(locale) if page.parent else None),
    )
    return [(label, value) for label, value in facts if value]


@blueprint.get("/county")
@requires(Permission.PUBLIC)
def about() -> str:
    """The county: its documents and who adopted them, its agreements, its population."""
    return render(
        "county/about.html",
        page=queries.county_overview(db()),
        locale_code=current_locale(),
    )


@blueprint.get("/organisations")
@requires(Permission.READ_COUNTY)
def organisations() -> str:
    """Every organisation: has it adopted the model, and so may it invite?"""
    return render(
        "county/organisations.html",
        lines=queries.organisation_lines(db()),
        may_manage=actor().can(Permission.MANAGE_ORGANISATIONS),
        labels=ORGANISATION_LABELS,
    )
