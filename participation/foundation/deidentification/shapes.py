"""Identifiers that have a shape: personal numbers, phones, e-mail and street addresses.

Mistyped ones count: a missing digit, a letter O for a zero, blanks in odd places. A pattern that
begins with a repeat begins where the repeated signs begin, or has an end to it: texts come from
anybody, and time must not grow with the square of their length.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

_DIGIT = "[0-9OoIl]"
# (century) yymmdd, a separator, four signs; or ten or twelve digits in a row.
_PERSONAL_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?:19|20)[ ]?)?(?P<date>{_DIGIT}{{6}})[ ]?(?P<mark>[-–—+/]?)[ ]?"
    rf"(?P<end>(?:{_DIGIT}|[TRSUWXJKLMN]){_DIGIT}{{2,4}})(?![\w-])"
)
_SPACED_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d{2}[-. /]\d{2}[-. /]\d{2}[ ]?[-–+ ][ ]?\d{4}(?![\w-])"
)
# The last four left out or crossed over by somebody who thought that was enough.
_HALF_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d{6}[ ]?[-–—+ ]?[ ]?(?:[xX]{2,4}|[*#_?.•]{3,4})(?!\w)"
)
# Eight digits or more, however they are put together: worth a look.
_MANY_DIGITS = re.compile(
    rf"(?<![\w.,])\+?\d(?:[ ]{{0,2}}[-‐‑–—−/.,+_()]?[ ]{{0,2}}{_DIGIT}){{7,}}(?!\w)"
)
_DATE_AND_LITTLE = re.compile(r"(?<![\w-])(?:19|20)?\d{6}[ ]?[-–+][ ]?\d{1,3}(?!\w)")
_BIRTH_DATE = re.compile(r"(?<![\w.,-])(?:19|20)?\d{2}-?[01]\d-?[0-3]\d(?![\w.,]|-\d)")
_CROSSED_OVER = re.compile(  # "5302**-1123", "xx0230-1123"
    r"(?<!\w)(?=[\d*?_#•xX]{0,12}[*?_#•xX])(?=(?:[^\d\s]{0,12}\d){4})"
    r"[\d*?_#•xX]{6,8}[-+ ]?[\d*?_#•xX]{2,4}(?!\w)"
)
_IN_TWO_PARTS = re.compile(  # "530230, sista fyra 1123"
    r"(?<![\w-])(?:19|20)?\d{6}[ ,.-]{1,3}(?:och |å |med |me )?(?:de |dom )?(?:sista|fyra sista|"
    r"slut\w*|kontroll\w*)"
    r"(?: fyra| siffror\w*| på| e| är| va| var| som| blir| då)*[ :]{1,2}\d{3,4}(?!\w)"
)
_SAID_TO_BE_ONE = re.compile(
    rf"(?i:personnr|personnummer|person nr|pers\.? ?nr|pnr|p\.nr|födelsenummer|född)"
    rf"[ ]?[.:]?[ ]?(?:är |e |va |var )?(?P<number>\d(?:[-– ./]{{0,2}}{_DIGIT}){{5,}}[xX*]{{0,4}})"
)
_NO_NUMBER = re.compile(  # days, spans of years, sums
    r"(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d|\d{1,3}(?: \d{3})+"
)
_PHONE_SHAPE = re.compile(
    r"(?<![\w-])(?:\+46|0046|0)[ ]?(?:\(0\)[ ]?)?\d{1,3}[ ]?[-–/ ][ ]?"
    r"\d{2,3}(?:[ -]?\d{2,3}){1,3}(?![\w-])"
)
_DIGITS = re.compile(r"\d")
_FEWEST_PHONE_DIGITS = 7
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+[ ]?@[ ]?[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
    r"|(?<![\w.+-])[\w.+-]+[ ]?(?:\(at\)|\[at\]|\(a\)| at |[ ]?snabel-?a[ ]?)"
    r"[ ]?[\w-]+(?:[ ]?(?:\.|punkt)[ ]?[\w-]+)+"
)
_STREET = (
    r"(?:gatan|gata|vägen|väg|gränd|gränden|torget|torg|stigen|stig|allén|alle|allé|backen|gången|"
    r"platsen|plan|esplanaden|leden|kajen|parken|promenaden|brinken|liden|slingan|svängen|tået|kvarteret)"
)
_PART_OF_TOWN = "östra|västra|norra|södra|stora|lilla|gamla|nya|övre|nedre|inre|yttre"
_ADDRESS = re.compile(
    rf"(?<![\w'-])(?:(?:[A-ZÅÄÖ][\w'-]+|[Ss]:ta?|[Ss]ankta?|{_PART_OF_TOWN})[ ])?[\w'-]*{_STREET}"
    r"[ ]?(?:nr ?)?\d{1,3}[ ]?(?:[A-Ha-h](?!\w))?"
    r"(?:,?[ ](?:lgh|lägenhet|vån|våning|port|uppg|uppgång)\.?[ ]?(?:\d{1,4}|[A-Za-z])(?!\w))?"
    r"(?:,?[ ](?:\d|en|ett|två|tre|fyra|fem|sex)[ ]?"
    r"(?:tr\.?|trappor|trappa|trapp)(?:[ ]upp)?(?!\w))?"
    r"(?:,?[ ]lgh\.?[ ]?\d{1,4})?(?:,?[ ]\d{3}[ ]?\d{2}[ ]\w+)?(?![\w])",
)
_FARM = re.compile(  # "Ugglebo 14"
    r"(?<!\w)(?:[A-ZÅÄÖ][a-zåäö]+|(?<=på )[a-zåäö]{3,}|(?<=i )[a-zåäö]{3,})"
    r"(?:bo|torp|by|hult|måla|ryd|lund|gård|gården|berg|näs|vik|tomta|boda|ås|säter|hem|rum|ö"
    r"|hagen|höjden|kullen|ringen|kroken|dalen|strand|stranden|hamnen|bruk|äng|ängen|lid|sjö|holm"
    r"|holmen|mo|hed|dal|backa|udden|skog|bro|fors|å)"
    r" \d{1,3}(?: ?[A-Da-d](?!\w))?(?![\w:.%-]| (?:kr|år|min|tim|dag|veck|mån|km|mil|pers|st))"
)
_STREET_NAME = re.compile(
    r"(?<!\w)[A-ZÅÄÖ][\w'-]{2,40}(?:gatan|vägen|gränd|torget|stigen|allén|esplanaden)(?!\w)"
)
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{2} \d{2}[ ]+[A-Za-zÅÄÖåäö]{3,}(?!\w)")

_ADDRESSES = (
    (_ADDRESS, Certainty.SURE),
    (_FARM, Certainty.LIKELY),
    (_POSTCODE, Certainty.LIKELY),
)
_MAYBE_EMAIL = re.compile(r"@|\bat\b|\[at|\(a|snabel")


def shape_spans(text: str) -> Iterator[Span]:
    """Everything in `text` that has the shape of an identifier; may overlap."""
    if any(char.isdigit() for char in text):
        yield from _numbers(text)
    if _MAYBE_EMAIL.search(text):
        for match in _EMAIL.finditer(text):
            yield _span(match, SpanKind.EMAIL, Certainty.SURE)
    for match in _STREET_NAME.finditer(text):
        yield _span(match, SpanKind.ADDRESS, Certainty.LIKELY)


def _numbers(text: str) -> Iterator[Span]:
    yield from _personal_numbers(text)
    yield from _phones(text)
    for match in _MANY_DIGITS.finditer(text):
        if not _NO_NUMBER.fullmatch(match[0]):
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.POSSIBLE)
    for match in _BIRTH_DATE.finditer(text):
        yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.POSSIBLE)
    for shape, certainty in _ADDRESSES:
        for match in shape.finditer(text):
            yield _span(match, SpanKind.ADDRESS, certainty)


def _personal_numbers(text: str) -> Iterator[Span]:
    for match in _PERSONAL_NUMBER.finditer(text):
        date = match["date"].translate(str.maketrans("OoIl", "0011"))
        if sum(char.isdigit() for char in match[0]) < 8:
            continue
        if _can_be_birth_date(date):
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.SURE)
        elif match["mark"] or len(match[0]) >= 12:
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.LIKELY)
    for match in _SPACED_PERSONAL_NUMBER.finditer(text):
        yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.SURE)
    for shape in (_HALF_PERSONAL_NUMBER, _DATE_AND_LITTLE, _CROSSED_OVER, _IN_TWO_PARTS):
        for match in shape.finditer(text):
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.LIKELY)
    for match in _SAID_TO_BE_ONE.finditer(text):
        yield Span(
            start=match.start("number"),
            end=match.end("number"),
            kind=SpanKind.PERSONAL_NUMBER,
            certainty=Certainty.LIKELY,
        )


def _can_be_birth_date(six_digits: str) -> bool:
    """yymmdd, with 60 added to the day in a coordination number."""
    month, day = int(six_digits[2:4]), int(six_digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _phones(text: str) -> Iterator[Span]:
    if len(_DIGITS.findall(text)) < _FEWEST_PHONE_DIGITS:
        return  # the matcher is slow
    for found in PhoneNumberMatcher(text, "SE", leniency=Leniency.VALID):
        is_special = not phonenumbers.is_valid_number(found.number)
        certainty = Certainty.LIKELY if is_special else Certainty.SURE
        yield Span(start=found.start, end=found.end, kind=SpanKind.PHONE, certainty=certainty)
    for match in _PHONE_SHAPE.finditer(text):
        if 8 <= sum(char.isdigit() for char in match[0]) <= 13:
            yield _span(match, SpanKind.PHONE, Certainty.LIKELY)


def _span(match: re.Match[str], kind: SpanKind, certainty: Certainty) -> Span:
    return Span(start=match.start(), end=match.end(), kind=kind, certainty=certainty)
