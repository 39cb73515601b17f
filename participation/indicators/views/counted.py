"""Behind a number that the platform counts itself: what it is made of, and why the rest is not."""

from flask import request

from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import ExplainedCounter
from participation.foundation.web import db, extension, render, requires
from participation.indicators.queries.counted import COUNTED_YEARS
from participation.indicators.queries.indicators import whole_line
from participation.indicators.views.blueprint import blueprint


@blueprint.get("/indicators/<public_id>/counted")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def counted(public_id: str) -> str:
    """A year's things, those that count first; titles of things that are not public stay here."""
    counters = extension().features.collect("indicator_counters")
    line = whole_line(db(), counters, today().year, public_id)
    counter = next((one for one in counters if one.key == line.indicator.counter_key), None)
    if counter is None or not isinstance(counter, ExplainedCounter):
        raise NotFound
    year = _year()
    things = list(counter.things(db(), year))
    return render(
        "indicators/counted.html",
        line=line,
        rule=_(counter.rule),
        year=year,
        years=range(today().year, today().year - COUNTED_YEARS, -1),
        counted=[thing for thing in things if not thing.why_not],
        not_counted=[thing for thing in things if thing.why_not],
    )


def _year() -> int:
    """The year asked for, within those that are shown. Raises NotFound for another."""
    asked = request.args.get("year", str(today().year))
    if not asked.isdecimal() or not 0 <= today().year - int(asked) < COUNTED_YEARS:
        raise NotFound
    return int(asked)
