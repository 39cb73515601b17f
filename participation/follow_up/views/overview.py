"""Follow-up of a group or an area: three findings, promises, and the figures by perspective."""

from participation.disclosure.outlets import outlet
from participation.follow_up.queries.followed import followed_areas, followed_groups
from participation.follow_up.queries.overview import Overview, overview
from participation.follow_up.queries.subjects import subject
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.words import (
    plan_line,
    said,
    value_in_words,
)
from participation.foundation.clock import today
from participation.foundation.permissions import Permission
from participation.foundation.web import db, extension, render, requires
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.views.indicators import chart_points


@blueprint.get("/follow-up")
@requires(Permission.PUBLIC)
def followed() -> str:
    """Every group and area that is followed up."""
    return render(
        "follow_up/public_followed.html",
        groups=followed_groups(db(), today()),
        areas=followed_areas(db()),
    )


@blueprint.get("/groups/<group>/follow-up")
@blueprint.get("/areas/<area>/follow-up")
@requires(Permission.PUBLIC)
@outlet("publication")
def follow_up(group: str = "", area: str = "") -> str:
    """One page for who has one minute."""
    return render(
        "follow_up/public_overview.html",
        page=overview_of(group, area),
        plan_line=plan_line,
        said=said,
        value_in_words=value_in_words,
        chart_points=chart_points,
        sexes=SEX_WORDS,
        today=today(),
    )


def overview_of(group: str, area: str) -> Overview:
    """What the page of a group or area holds. Raises NotFound."""
    about = subject(db(), group=group, area=area)
    counters = extension().features.collect("indicator_counters")
    return overview(db(), about, counters, today())
