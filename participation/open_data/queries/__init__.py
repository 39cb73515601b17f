"""Reading open data: nothing that the public pages do not show."""

from collections.abc import Mapping

from participation.audits.queries import public_summary
from participation.open_data.queries import voices, work
from participation.open_data.queries.asked import Asked, Piece, Reader, WholeList
from participation.open_data.rules import declared_voices as of_voices
from participation.open_data.rules import declared_work as of_work
from participation.results.queries import one_published

__all__ = ["READERS", "Asked", "Piece", "Reader", "WholeList"]

_LISTS = (
    WholeList(of_voices.FINDINGS, voices.findings, one_published),
    WholeList(of_voices.QUOTES, voices.quotes),
    WholeList(of_voices.RESULTS, voices.results, voices.check_result),
    WholeList(of_voices.MATTERS, voices.matters),
    WholeList(of_voices.AUDITS, voices.audits, public_summary),
    WholeList(of_voices.SURVEYS, voices.surveys),
    WholeList(of_voices.OPEN_NOW, voices.open_now),
    WholeList(of_work.PLANS, work.plans),
    WholeList(of_work.PLAN_LINES, work.plan_lines),
    WholeList(of_work.INDICATORS, work.indicators),
    WholeList(of_work.COUNTS, work.counts),
    WholeList(of_work.GROUPS, work.groups),
    WholeList(of_work.AREAS, work.areas),
    WholeList(of_work.MUNICIPALITIES, work.municipalities),
    WholeList(of_work.PERSPECTIVES, work.perspectives),
)
READERS: Mapping[str, Reader] = {
    of_voices.RESULT_CELLS.key: voices.ResultCells(),
    of_work.MEASUREMENTS.key: work.Measurements(),
    **{one.resource.key: one for one in _LISTS},
}
