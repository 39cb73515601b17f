"""Everything at once, for the person who walks through a text before others may read it."""

from collections.abc import Iterable

from participation.foundation.deidentification.names import name_spans
from participation.foundation.deidentification.shapes import shape_spans
from participation.foundation.deidentification.spans import Span, without_overlaps
from participation.foundation.deidentification.units import unit_spans


def find_spans(text: str, care_units: Iterable[str] = ()) -> list[Span]:
    """What in `text` may point to a person, in order and without overlaps.

    `care_units` are names the caller knows; they are found whatever their case. Positions count
    Unicode code points. An empty answer does not mean that the text points to nobody.
    """
    return without_overlaps([*shape_spans(text), *name_spans(text), *unit_spans(text, care_units)])
