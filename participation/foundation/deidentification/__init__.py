"""Finding what points to a person in free text. It helps somebody to look; it never anonymises."""

from participation.foundation.deidentification.find import find_spans
from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

__all__ = ["Certainty", "Span", "SpanKind", "find_spans"]
