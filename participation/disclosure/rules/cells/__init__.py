"""Single cells of a question by group, hidden instead of whole rows.

A table of groups and answers whose margins are told. Some of its cells must be hidden; which
others go with them, so that each can be anything over at least five values and no few are known
together? As few as are found, not surely the fewest: `choosing` adds the cheapest ways round and
takes back what is not needed; `ways` says how far a hidden cell can move, in whole people;
`together` which hidden cells add up to a known number.

Source: ANALYSIS.md, "Disclosure control"; Fischetti and Salazar, "Solving the cell suppression
problem on tabular data with linear constraints", Management Science 47 (2001).
"""

from participation.disclosure.rules.cells.choosing import hidden_cells
from participation.disclosure.rules.cells.ways import Cell, Grid

__all__ = ["Cell", "Grid", "hidden_cells"]
