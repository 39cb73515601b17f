"""Whose voice is missing: every step of the way beside the county."""

from collections.abc import Sequence

from participation.foundation.i18n import format_number
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, extension, render, requires
from participation.interest_bank.queries.representation import representation
from participation.interest_bank.rules import Band
from participation.interest_bank.views.blueprint import interest_bank

ChartRow = tuple[str, int, int | None]


@interest_bank.get("/interest-bank/spread")
@requires(Permission.READ_BANK)
def spread() -> str:
    counters = extension().features.collect("representation_counters")
    shown = representation(db(), actor(), counters)
    return render(
        "interest_bank/spread.html",
        shown=shown,
        step_columns=[(step.label, "num") for step in shown.steps],
        step_facts=[(step.label, format_number(step.people), None) for step in shown.steps],
        chart_rows=chart_rows,
    )


def chart_rows(bands: Sequence[Band]) -> list[ChartRow]:
    """Whole per cents of the bank and the county; hidden counts have no bar."""
    return [
        (band.label, round(100 * band.share), round(100 * band.county_share) or None)
        for band in bands
        if band.share is not None
    ]
