"""How the report was made, and where each number comes from."""

from participation.disclosure.services import thresholds_in_force
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.reports.queries.composing.asked import Asked
from participation.reports.rules.snapshot import Json, refs_of, row, table, words

RULES_VERSION = "1"


def method(_asked: Asked) -> list[Json]:
    limits = thresholds_in_force()
    return [
        words(_("The report holds only what was published already. Nothing is counted anew.")),
        words(
            _(
                "A number about people is shown when at least %(number)s stand behind it. Where it "
                "could be worked out from other numbers, those are hidden too.",
                number=limits.minimum,
            )
        ),
        words(
            _(
                "With fewer than %(number)s answers, the steps of a scale are put together.",
                number=limits.merge_below,
            )
        ),
        words(_("The uncertainty is a 95 per cent interval.")),
        words(
            _(
                "The report was frozen on the day it was made. Later numbers do not change it. "
                "What is withdrawn leaves it, and it gets a new version number."
            )
        ),
    ]


def sources(asked: Asked, told: Json) -> list[Json]:
    """Every publication that the report rests on, and what does not come from a publication."""
    refs = refs_of(told)
    found = [one for one in asked.standing_releases if f"release:{one.public_id}" in refs]
    kinds = {
        "round_totals": _("Questionnaire"),
        "finding": _("Finding"),
        "theme_counts": _("Themes"),
        "audit_report": _("User-directed audit"),
        "meeting": _("Theme dialogue"),
    }
    rows = [
        row(
            one.number,
            one.title,
            kinds[one.kind],
            format_day(one.published_at),
            one.hash[:12],
            refs=[f"release:{one.public_id}"],
        )
        for one in found
    ]
    columns = (_("Publication"), _("What"), _("Kind"), _("Published"), _("Mark in the ledger"))
    published = [table(_("Publications"), columns, rows)] if rows else []
    return [*published, *_measured(asked, told), *_counted(asked)]


def _measured(asked: Asked, told: Json) -> list[Json]:
    if not any(part["key"] == "indicators" for part in told["parts"]):
        return []
    rows = [
        row(line.indicator.name, line.indicator.source)
        for line in asked.indicator_lines
        if line.indicator.source
    ]
    return [table(_("Sources of indicators"), (_("Indicator"), _("Source")), rows)] if rows else []


def _counted(asked: Asked) -> list[Json]:
    day = format_day(asked.today)
    return [
        words(
            _(
                "Promises, plans, statements and counts are the platform's own, as they stood on "
                "%(day)s.",
                day=day,
            )
        ),
        words(_("Rules of reports: version %(number)s.", number=RULES_VERSION)),
    ]
