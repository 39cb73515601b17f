"""Everything at once, for the person who walks through a text before others may read it."""

import re
from collections.abc import Iterable, Iterator

from participation.foundation.deidentification.names import name_spans
from participation.foundation.deidentification.shapes import shape_spans
from participation.foundation.deidentification.spans import (
    Certainty,
    Span,
    SpanKind,
    without_overlaps,
)

_PLACE = (
    r"(?:mottagning|hemtjänst|habilitering|vårdcentral|hälsocentral|boende|boendestöd|familjecentral|"
    r"behandlingshem|träffpunkt|avdelning|enhet|team|skola|förskola|sjukhus|klinik)"
)
_NAMED = r"[A-ZÅÄÖ][a-zåäö]+"
_CARE_UNIT_SHAPE = re.compile(
    # "Ekbackens vårdcentral", "Psykiatriska mottagningen Ekbacken", "Ekbacksskolan", "avdelning 12"
    rf"(?<!\w){_NAMED}s(?: {_NAMED})? (?:vårdcentral|hälsocentral|sjukhus|lasarett|folktandvård)\w*"
    rf"|(?<!\w)(?:{_NAMED} )?(?:[A-ZÅÄÖ]?[a-zåäö]*{_PLACE}|{_PLACE.title()})(?:en|et|n|an|t)?"
    rf" {_NAMED}(?: (?:gården|{_NAMED}))?"
    r"|(?<!\w)[A-ZÅÄÖ][a-zåäö]{2,}(?:skolan|gården|lasarettet|sjukhuset)(?!\w)"
    r"|(?<!\w)(?:[Aa]vdelning|[Aa]vd\.?) ?\d{1,3}[A-Ea-e]?(?!\w)"
)
_NO_PART_OF_A_NAME = frozenset(("min", "vår", "en", "den", "ett", "på", "annan", "ingen", "någon"))


def find_spans(text: str, care_units: Iterable[str] = ()) -> list[Span]:
    """What in `text` may point to a person, in order and without overlaps.

    `care_units` are names the caller knows; they are found whatever their case. Positions count
    Unicode code points. An empty answer does not mean that the text points to nobody.
    """
    return without_overlaps([*shape_spans(text), *name_spans(text), *_care_units(text, care_units)])


def _care_units(text: str, known: Iterable[str]) -> Iterator[Span]:
    for name in known:
        pattern = rf"(?<!\w){re.escape(name.strip())}s?(?!\w)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield _unit(match, Certainty.SURE)
    for match in _CARE_UNIT_SHAPE.finditer(text):
        first, _blank, _rest = match[0].partition(" ")
        skipped = len(first) + 1 if first.lower() in _NO_PART_OF_A_NAME else 0
        start = match.start() + skipped
        yield Span(
            start=start, end=match.end(), kind=SpanKind.CARE_UNIT, certainty=Certainty.LIKELY
        )


def _unit(match: re.Match[str], certainty: Certainty) -> Span:
    return Span(start=match.start(), end=match.end(), kind=SpanKind.CARE_UNIT, certainty=certainty)
