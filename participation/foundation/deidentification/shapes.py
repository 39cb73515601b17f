"""Identifiers that have a shape: personal numbers, phones, e-mail and street addresses.

Mistyped ones count: a missing digit, a letter O for a zero, blanks in odd places.
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
_PHONE_SHAPE = re.compile(
    r"(?<![\w-])(?:\+46|0046|0)[ ]?(?:\(0\)[ ]?)?\d{1,3}[ ]?[-–/ ][ ]?"
    r"\d{2,3}(?:[ -]?\d{2,3}){1,3}(?![\w-])"
)
_EMAIL = re.compile(
    r"[\w.+%-]+[ ]?@[ ]?[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}|[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
    r"|[\w.+-]+[ ]?(?:\(at\)|\[at\]|\(a\)| at |[ ]?snabel-?a[ ]?)"
    r"[ ]?[\w-]+(?:[ ]?(?:\.|punkt)[ ]?[\w-]+)+"
)
_STREET = (
    r"(?:gatan|gata|vägen|väg|gränd|gränden|torget|torg|stigen|stig|allén|alle|allé|backen|gången|"
    r"platsen|plan|esplanaden|leden|kajen|parken|promenaden|brinken|liden|slingan|svängen|tået|kvarteret)"
)
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:[A-ZÅÄÖ][\w'-]+|[Ss]:t|[Ss]ankt)[ ])?[\w'-]*{_STREET}"
    r"[ ]?\d{1,3}[ ]?(?:[A-Ha-h](?!\w))?"
    r"(?:,?[ ]lgh[ ]?\d{3,4})?(?:,?[ ]\d{3}[ ]?\d{2}[ ]\w+)?(?![\w])",
)
_STREET_NAME = re.compile(
    r"(?<!\w)[A-ZÅÄÖ][\w'-]{2,}(?:gatan|vägen|gränd|torget|stigen|allén|esplanaden)(?!\w)"
)
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{2} \d{2}[ ]+[A-Za-zÅÄÖåäö]{3,}(?!\w)")


def shape_spans(text: str) -> Iterator[Span]:
    """Everything in `text` that has the shape of an identifier; may overlap."""
    yield from _personal_numbers(text)
    yield from _phones(text)
    for match in _EMAIL.finditer(text):
        yield _span(match, SpanKind.EMAIL, Certainty.SURE)
    for match in _ADDRESS.finditer(text):
        yield _span(match, SpanKind.ADDRESS, Certainty.SURE)
    for match in _STREET_NAME.finditer(text):
        yield _span(match, SpanKind.ADDRESS, Certainty.LIKELY)
    for match in _POSTCODE.finditer(text):
        yield _span(match, SpanKind.ADDRESS, Certainty.LIKELY)


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


def _can_be_birth_date(six_digits: str) -> bool:
    """yymmdd, with 60 added to the day in a coordination number."""
    month, day = int(six_digits[2:4]), int(six_digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _phones(text: str) -> Iterator[Span]:
    for found in PhoneNumberMatcher(text, "SE", leniency=Leniency.VALID):
        is_special = not phonenumbers.is_valid_number(found.number)
        certainty = Certainty.LIKELY if is_special else Certainty.SURE
        yield Span(start=found.start, end=found.end, kind=SpanKind.PHONE, certainty=certainty)
    for match in _PHONE_SHAPE.finditer(text):
        if 8 <= sum(char.isdigit() for char in match[0]) <= 13:
            yield _span(match, SpanKind.PHONE, Certainty.LIKELY)


def _span(match: re.Match[str], kind: SpanKind, certainty: Certainty) -> Span:
    return Span(start=match.start(), end=match.end(), kind=kind, certainty=certainty)
