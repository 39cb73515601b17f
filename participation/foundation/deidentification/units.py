"""Units that somebody was at: by the names the caller knows, and by what units are called."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from participation.foundation.deidentification.lists import (
    is_no_person,
    is_ordinary,
    is_plain_word,
    word_list,
)
from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

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
# "ymergårdens särskola", "Blåklintens BB": a name in the genitive before what it is.
_KIND = (
    r"(?:skola|boende|bostad|hem|hemtjänst|mottagning|avdelning|vårdcentral|hälsocentral|barnavårdscentral"
    r"|mödravårdscentral|psykiatri|klinik|träffpunkt|center|centrum|fritids|fritidsgård|korttids|korttidsboende"
    r"|gymnasi|gymnasium|habilitering|tandvård|sjukhus|lasarett|verksamhet|enhet|rehab|akut|sjukvård"
    r"|rehabilitering|öppenvård|familjecentral|hospice|sjukstuga|kirurgi|ortopedi|medicin|apotek|dagvård"
    r"|hemvård|äldreomsorg|församling|kyrka|folkhögskola|stödcenter|servicehus|klubbhus|hus)"
)
_GENITIVE_UNIT = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÅÄÖa-zåäö][a-zåäö]{2,}s) "
    rf"(?:[a-zåäö]+(?:ska|iga|na) |vård- och )?(?:[a-zåäö]{{0,14}}{_KIND}(?:en|et|n|t)?"
    r"|hvb|bb|bvc|mvc|vc|hc|iva|komvux|dagis|soc|lss|bup|HVB|BB|BVC|MVC|VC|HC|IVA|LSS|BUP)(?![\w-])"
)
_NAMED_UNIT = re.compile(  # "Ekbacken vårdcentral", "ekbacken äldreboende"
    rf"(?<![\w-])(?P<name>[A-ZÅÄÖa-zåäö][a-zåäö]{{3,30}}) [a-zåäö]{{0,14}}{_KIND}(?![\w-])"
)
_NO_UNIT_WITHOUT_CAPITAL = re.compile(r"(?:hem|hus|akut|medicin|center|verksamhet)$")
_DEFINITE = re.compile(r"(?:en|et|an)$")  # "backen äldreboende" is no Swedish, so it is a name
_UNIT_WITH_PLACE = re.compile(  # "folktandvården Ekstad", "vårdcentralen i Ekstad"
    r"(?<![\w-])[A-ZÅÄÖa-zåäö][a-zåäö]*(?:vården|akuten|habiliteringen|psykiatrin|hemtjänsten|gruppen"
    r"|centralen|mottagningen|kliniken|boendet|hemmet|skolan) (?:i )?[A-ZÅÄÖ][a-zåäö]{2,}(?!\w)"
)
_WHERE = re.compile(  # "på Ekbacken", "från ekbacken"
    r"(?<![\w-])(?:på|vid|från) (?P<name>[A-ZÅÄÖ][a-zåäö]{3,40}|[a-zåäö]{5,40})(?![\w-])"
)
_UNIT_BY_NAME = re.compile(  # "ryggkliniken kotan", "kvinnojouren vintergatan"
    r"(?<![\w-])[a-zåäö]*(?:kliniken|jouren|mottagningen|boendet|vårdcentralen|hemmet|avdelningen"
    r"|träffpunkten|förskolan|gruppbostaden|enheten|teamet|skolan|gården"
    r"|huset|centralen|verksamheten|centret|lasarettet|sjukhuset|hospicet|servicehuset)"
    r" (?P<name>[A-ZÅÄÖa-zåäö]{4,})(?![\w-])"
)
_UNIT_BY_PART = re.compile(  # "hemtjänsten norr", "team 3", "BUP Väst"
    r"(?<![\w-])(?i:[a-zåäö]{0,12}(?:hemtjänst|psykiatri|öppenvård|team|enhet|hemtjänstgrupp"
    r"|mottagning|sektion|boende|avdelning|bup|soc|psyk|rehab)(?:en|et|n|t)?)"
    r" (?:(?i:norr|söder|öster|väster|nord|syd|öst|väst|centrum|område \d+)|\d{1,3} ?[A-Ea-e]?)"
    r"(?![\w:.,-]\w| ?(?:kr|år|tim|min|dag|veck|pers))(?!\w)"
)
_SHORT_KIND = re.compile(  # "BUP Kalmar", "hvb ekudden"
    r"(?<![\w-])(?:[Bb]up|BUP|[Hh]vb|HVB|[Bb]vc|BVC|[Mm]vc|MVC|[Vv]c|VC|[Hh]c|HC|[Ll]ss|LSS|BB)"
    r"[- ](?P<name>[A-ZÅÄÖa-zåäö]{3,})(?![\w-])"
)
_SCHOOL = re.compile(r"(?<![\w-])(?P<which>[a-zåäö]{3,}?)s?(?:skolan|gymnasiet)s?(?![\w-])")
_KINDS_OF_SCHOOL = word_list("kinds_of_school")
_WHOSE_ANYTHING = word_list("anybodys")
_NO_PART_OF_A_NAME = frozenset(("min", "vår", "en", "den", "ett", "på", "annan", "ingen", "någon"))


@lru_cache(8)
def _known_units(names: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all; the longest first, so that no name hides behind a shorter one."""
    longest_first = sorted((name.strip() for name in names), key=len, reverse=True)
    either = "|".join(re.escape(name) for name in longest_first if name)
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})s?(?!\w)", re.IGNORECASE)


def unit_spans(text: str, known: Iterable[str]) -> Iterator[Span]:
    """Units the caller knows, whatever their case, and what else is called as units are."""
    names = tuple(known)
    for match in _known_units(names).finditer(text) if names else ():
        yield _unit(match, Certainty.SURE)
    yield from _units_by_what_they_are(text)
    yield from _where_somebody_was(text)
    for match in _CARE_UNIT_SHAPE.finditer(text):
        first, _blank, _rest = match[0].partition(" ")
        skipped = len(first) + 1 if first.lower() in _NO_PART_OF_A_NAME else 0
        start = match.start() + skipped
        yield Span(
            start=start, end=match.end(), kind=SpanKind.CARE_UNIT, certainty=Certainty.LIKELY
        )


def _where_somebody_was(text: str) -> Iterator[Span]:
    for match in _WHERE.finditer(text):
        name = match["name"]
        is_known = is_plain_word(name) if name[0].isupper() else is_ordinary(name)
        if not is_known and not is_no_person(name):
            start, end = match.span("name")
            yield Span(start=start, end=end, kind=SpanKind.CARE_UNIT, certainty=Certainty.POSSIBLE)


def _units_by_what_they_are(text: str) -> Iterator[Span]:
    low = text.lower()
    if not any(part in low for part in _PARTS_OF_UNITS):
        return
    yield from _named_units(text)
    for match in _UNIT_BY_PART.finditer(text):
        yield _unit(match, Certainty.LIKELY)
    for match in _SCHOOL.finditer(text):
        if match["which"] not in _KINDS_OF_SCHOOL:
            yield _unit(match, Certainty.LIKELY)


def _named_units(text: str) -> Iterator[Span]:
    for match in _GENITIVE_UNIT.finditer(text):
        if match["name"].lower() not in _WHOSE_ANYTHING:
            yield from _named(match, match["name"])
    for shape in (_SHORT_KIND, _UNIT_BY_NAME):
        for match in shape.finditer(text):
            yield from _named(match, match["name"])
    for match in _UNIT_WITH_PLACE.finditer(text):
        yield _unit(match, Certainty.POSSIBLE)
    for match in _NAMED_UNIT.finditer(text):
        name = match["name"]
        if name[0].isupper() and not is_plain_word(name):
            yield _unit(match, Certainty.LIKELY)
        elif _is_name_before_kind(name, match[0]):
            yield _unit(match, Certainty.POSSIBLE)


def _is_name_before_kind(name: str, whole: str) -> bool:
    if is_plain_word(name) or _NO_UNIT_WITHOUT_CAPITAL.search(whole):
        return False
    return bool(_DEFINITE.search(name)) or not is_ordinary(name)


# Every pattern of `_units_by_what_they_are` has one of these; asking first saves most of the time.
_PARTS_OF_UNITS = (
    *("skola", "boende", "bostad", "hem", "mottag", "avdel", "central", "psyk", "klinik", "punkt"),
    *("cent", "fritids", "kortt", "gymnas", "habil", "vård", "sjuk", "lasar", "verksam", "enhet"),
    *("rehab", "hus", "akut", "hosp", "kirurg", "ortop", "medicin", "hvb", "bb", "komvux", "dagis"),
    *("soc", "lss", "bup", "jour", "team", "gård", "sektion", "bvc", "mvc", "vc", "hc"),
)


def _named(match: re.Match[str], name: str) -> Iterator[Span]:
    """A unit called by a word that is none of ours, or by one made of two of them."""
    if name[0].isupper() or not is_ordinary(name):
        yield _unit(match, Certainty.LIKELY)
    elif not is_plain_word(name):
        yield _unit(match, Certainty.POSSIBLE)


def _unit(match: re.Match[str], certainty: Certainty) -> Span:
    return Span(start=match.start(), end=match.end(), kind=SpanKind.CARE_UNIT, certainty=certainty)
