"""A question by group: which groups stand for themselves, and which rows may be shown.

No cell inside a shown row is ever hidden, so there is nothing to work out within it. Instead

- groups too small to stand alone are put together, once for the whole breakdown;
- answers that the whole round hides are one column, "other answers", and further ones join
  where too many rows would have to be hidden;
- a row with a small count or complement is hidden whole, and with it as many rows as are needed
  for the hidden ones together to be a row that could be shown.

Then, for whoever subtracts, the hidden rows are a table whose margins are all 0 or at least the
minimum. Such a table lets a cell range over at least the minimum: `min(row, column, rest of the
rows, rest of the columns)`. tests/unit/test_breakdowns.py attacks it with linear programming.
"""

from participation.disclosure.rules.breakdowns.beside import breakdown_clashes, skips_are_told
from participation.disclosure.rules.breakdowns.crossed import telling_together
from participation.disclosure.rules.breakdowns.groups import shown_groups
from participation.disclosure.rules.breakdowns.rows import hidden_rows, rows_without_n
from participation.disclosure.rules.breakdowns.shapes import (
    Breakdown,
    Group,
    GroupRow,
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.breakdowns.showing import shown_breakdown

__all__ = [
    "Breakdown",
    "Group",
    "GroupRow",
    "ShownBreakdown",
    "ShownGroup",
    "ShownGrouped",
    "ShownRow",
    "breakdown_clashes",
    "hidden_rows",
    "rows_without_n",
    "shown_breakdown",
    "shown_groups",
    "skips_are_told",
    "telling_together",
]
