"""Published themes as a page and a file show them: read off their release."""

from collections.abc import Mapping

from participation.disclosure.rules.tables import ShownTable
from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _

Line = tuple[str, str, str, str]


def theme_lines(table: ShownTable, agreement: Mapping[str, str]) -> list[Line]:
    """Theme, how many, what share, and how alike two coders coded it; most first, hidden last."""
    n = table.n or 0
    words = {"high": _("High"), "fair": _("Fair"), "low": _("Low")}
    cells = sorted(table.cells, key=lambda cell: (cell.count is None, -(cell.count or 0)))
    return [
        (
            cell.label,
            _("hidden") if cell.count is None else format_number(cell.count),
            "–" if cell.count is None or not n else f"{round(100 * cell.count / n)} %",
            "–" if cell.count is None else words.get(str(agreement.get(cell.codes[0])), "–"),
        )
        for cell in cells
    ]
