"""A report put together from what is published: one function for each part."""

from collections.abc import Callable, Mapping

from participation.foundation.clock import today
from participation.foundation.i18n import DEFAULT_LOCALE, format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.reports.models import Report
from participation.reports.queries.composing import answers, closing, numbers, opening, voices
from participation.reports.queries.composing.asked import Asked, Providers
from participation.reports.rules.kinds import PART_NAMES, PartKey
from participation.reports.rules.snapshot import Json, words

__all__ = ["Providers", "compose"]

_PARTS: Mapping[PartKey, Callable[[Asked], list[Json]]] = {
    PartKey.SUMMARY: opening.summary,
    PartKey.FINDINGS: voices.findings,
    PartKey.RESULTS: voices.results,
    PartKey.AUDITS: voices.audits,
    PartKey.STATEMENTS: answers.statements,
    PartKey.COMMITMENTS: answers.commitments,
    PartKey.PLANS: answers.plans,
    PartKey.INDICATORS: numbers.indicators,
    PartKey.OWN_INDICATORS: numbers.own_indicators,
    PartKey.PARTICIPATION: numbers.participation,
    PartKey.METHOD: closing.method,
}


def compose(report: Report, providers: Providers) -> Json:
    """The snapshot of a report as it would be made now, in the language that reports are in."""
    with use_locale(DEFAULT_LOCALE):
        asked = Asked(report, providers, today())
        parts = [_part(asked, PartKey(key)) for key in report.parts if key != PartKey.SOURCES]
        told: Json = {"about": _about(asked), "parts": parts}
        if PartKey.SOURCES in report.parts:
            told["parts"].append(_named(PartKey.SOURCES, closing.sources(asked, told)))
        return told


def _part(asked: Asked, key: PartKey) -> Json:
    return _named(key, _PARTS[key](asked) or [words(_("Nothing has been published for this yet."))])


def _named(key: PartKey, blocks: list[Json]) -> Json:
    return {"key": key.value, "title": str(PART_NAMES[key]), "blocks": blocks}


def _about(asked: Asked) -> Json:
    report = asked.report
    name = _("Report for %(reader)s", reader=report.reader_name())
    return {
        "title": report.title or name,
        "name": name,
        "introduction": report.introduction,
        "reader": report.reader_name(),
        "period": f"{format_day(report.period_from)} – {format_day(report.period_to)}",
        "made_on": asked.today.isoformat(),
        "language": DEFAULT_LOCALE,
        "is_fictional": asked.is_fictional,
    }
