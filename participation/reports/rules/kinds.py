"""The kinds of report, and the parts each begins with. All of it is data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l


class PartKey(StrEnum):
    """What a report can hold, in the usual order."""

    SUMMARY = "summary"
    FINDINGS = "findings"
    RESULTS = "results"
    AUDITS = "audits"
    STATEMENTS = "statements"
    COMMITMENTS = "commitments"
    PLANS = "plans"
    INDICATORS = "indicators"
    OWN_INDICATORS = "own_indicators"
    PARTICIPATION = "participation"
    METHOD = "method"
    SOURCES = "sources"


PART_NAMES: Mapping[PartKey, Any] = {
    PartKey.SUMMARY: _l("Everything on one page"),
    PartKey.FINDINGS: _l("What people say"),
    PartKey.RESULTS: _l("Results of questionnaires"),
    PartKey.AUDITS: _l("User-directed audits"),
    PartKey.STATEMENTS: _l("What the development council has said"),
    PartKey.COMMITMENTS: _l("Answers that were promised"),
    PartKey.PLANS: _l("How the action plans are going"),
    PartKey.INDICATORS: _l("Indicators"),
    PartKey.OWN_INDICATORS: _l("How participation itself is going"),
    PartKey.PARTICIPATION: _l("Participation in figures"),
    PartKey.METHOD: _l("How the report was made"),
    PartKey.SOURCES: _l("Sources"),
}

_ALWAYS = (PartKey.METHOD, PartKey.SOURCES)


@dataclass(frozen=True)
class ReportKind:
    """Whom a report is for, and what it holds unless somebody chooses otherwise."""

    key: str
    name: Any
    parts: tuple[PartKey, ...]
    group_kind: str = ""  # of the groups it can be for; "" for a place or a unit


KINDS: Mapping[str, ReportKind] = {
    kind.key: kind
    for kind in (
        ReportKind("management", _l("Joint management"), tuple(PartKey), "management"),
        ReportKind(
            "political",
            _l("Politicians"),
            (
                PartKey.SUMMARY,
                PartKey.FINDINGS,
                PartKey.COMMITMENTS,
                PartKey.PLANS,
                PartKey.OWN_INDICATORS,
                *_ALWAYS,
            ),
            "political",
        ),
        ReportKind(
            "municipality",
            _l("A municipality"),
            (
                PartKey.SUMMARY,
                PartKey.RESULTS,
                PartKey.AUDITS,
                PartKey.COMMITMENTS,
                PartKey.INDICATORS,
                *_ALWAYS,
            ),
        ),
        ReportKind(
            "unit",
            _l("A unit"),
            (
                PartKey.SUMMARY,
                PartKey.RESULTS,
                PartKey.AUDITS,
                PartKey.COMMITMENTS,
                *_ALWAYS,
            ),
        ),
    )
}
