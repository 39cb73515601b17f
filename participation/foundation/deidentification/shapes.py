"""Identifiers that have a shape: personal numbers, phones, e-mail and street addresses.

Mistyped ones count: a missing digit, a letter O for a zero, blanks in odd places. A pattern that
begins with a repeat begins where the repeated signs begin, or has an end to it: texts come from
anybody, and time must not grow with the square of their length.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from participation.foundation.deidentification.dictionary import is_listed
from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

_DIGIT = "[0-9OoIl]"
# (century) yymmdd, a separator, four signs; or ten or twelve digits in a row.
_PERSONAL_NUMBER = re.compile(
    rf"(?<![\d-])(?<![OoIl])(?:(?:19|20)[ ]?)?(?P<date>{_DIGIT}{{6}})[ ]?"
    rf"(?P<mark>[-–—+/.:=~_|]?)[ \n]?(?P<end>(?:{_DIGIT}|[TRSUWXJKLMN]){_DIGIT}{{2,4}})"
    r"(?!\d|-\d)"
)
# Two letters in the last four, as numbers lent by a hospital have, or a letter for a digit.
_LENT_NUMBER = re.compile(r"(?<!\w)[\dOIlBSZ]{6}[-+](?=\D{0,3}\d)[\dA-Z]{4}(?!\w)")
_LAST_FOUR = re.compile(  # "de fyra sista är 1123"
    r"(?<!\w)(?:(?:de )?fyra sista|sista fyra|kontrollsiffr\w{1,4}|sista siffrorna)"
    r"(?: siffr\w{1,4}| i (?:mitt )?p\w{1,14}| är| e| va| var){0,3}[ :]{1,2}"
    r"(?P<number>\d{3,4})(?!\w)"
)
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,7}\.?"
_BORN = re.compile(  # "född den 3 maj 1953", "f. 3/5-53", "född -53"
    r"(?i:(?<!\w)(?:född|födelsedag\w{0,3}|födelsedatum|f\.)[ :]{0,2}(?:är |var |den |på |i ){0,3})"
    rf"(?P<number>\d{{1,2}}(?::?[ea])?[ ]?(?:[/.-][ ]?\d{{1,2}}|{_MONTH})"
    r"(?:[ ]?[-/., ]?[ ]?(?:19|20)?\d{2})?|[-–'’]\d{2})(?!\w)"
)
_SPACED_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d{2}[-. /]\d{2}[-. /]\d{2}[ ]?[-–+ ][ ]?\d{4}(?![\w-])"
)
# The last four left out or crossed over by somebody who thought that was enough.
_HALF_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d{6}[ ]?[-–—+ ]?[ ]?(?:[xX]{2,4}|[*#_?.•]{3,4}"
    r"|(?=\d{0,3}[xX*#_?•])[\dxX*#_?•]{4})(?!\w)"
)
# Eight digits or more, however they are put together: worth a look.
_BETWEEN_DIGITS = r"[ ]{0,2}[-–—/.,+_()=~|]?[ ]{0,2}"
_MANY_DIGITS = re.compile(
    rf"(?<!\d)(?<!\d[.,])\+?\d(?:{_BETWEEN_DIGITS}{_DIGIT}){{6,}}{_BETWEEN_DIGITS}\d(?!\d)"
)
_DATE_AND_LITTLE = re.compile(r"(?<![\w-])(?:19|20)?\d{6}[ ]?[-–+][ ]?\d{1,3}(?!\w)")
_BIRTH_DATE = re.compile(
    r"(?<![\w.,-])(?:19|20)?\d{2}-?(?!00)[01]\d-?(?!00)[0-9]\d(?!\w|[.,]\d|-\d)"
)
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
    r"(?i:pers(?:\.|on)?[ -]?n(?:umm?e?ret|umm?er|r)\.?|pnr|p\.nr|födelse(?:nummer|nr|data|tid)"
    r"|samordning\w{0,12}|reservn\w{0,8}|(?:patient|id)[ -]?n(?:umm?er|r)|född)"
    r"[ ]?[.:]?[ ]?(?:är |e |va |var |blir )?"
    rf"(?P<number>\d(?:[-–—+ ./:,_]{{0,3}}{_DIGIT}){{5,}}[xX*]{{0,4}})"
)
_OTHER_PERSONAL_NUMBERS = (
    *(_HALF_PERSONAL_NUMBER, _DATE_AND_LITTLE, _CROSSED_OVER, _IN_TWO_PARTS, _LENT_NUMBER),
)
_PLAIN_SIGNS = str.maketrans("\u00a0\u202f\u2009\u2007‐‑‒−", "    ----")
_NO_NUMBER = re.compile(  # days, spans of years, sums, times
    r"\d{1,2}[.:]\d\d ?[-–,] ?\d{1,2}[.:]\d\d|"
    r"(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d|\d{1,3}(?: \d{3})+"
)
_PHONE_SHAPE = re.compile(
    r"(?<![\w-])(?:\+46|0046|0)[ ]?(?:\(0\)[ ]?)?\d{1,3}[ ]?[-–/ ][ ]?"
    r"\d{2,3}(?:[ -]?\d{2,3}){1,3}(?![\w-])"
)
_DIGITS = re.compile(r"\d")
_FEWEST_PHONE_DIGITS = 7
_MOST_DIGITS, _LONGEST_NUMBER = 13, 60
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+[ ]?@[ ]?[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
    r"|(?<![\w.+-])[\w.+-]+[ ]?(?:\(at\)|\[at\]|\(a\)| at |[ ]?snabel-?a[ ]?)"
    r"[ ]?[\w-]+(?:[ ]?(?:\.|punkt)[ ]?[\w-]+)+"
)
_STREET = (
    r"(?:gatan|gata|vägen|väg|gränd|gränden|torget|torg|stigen|stig|allén|alle|allé|backen|gången|"
    r"platsen|plan|esplanaden|leden|kajen|parken|promenaden|brinken|liden|slingan|svängen|tået|kvarteret"
    r"|stråket|promenad|esplanad|bågen|vången|vreten|spåret|terrassen|rundan|gärdet|hörnet)"
)
_PART_OF_TOWN = "östra|västra|norra|södra|stora|lilla|gamla|nya|övre|nedre|inre|yttre"
_ADDRESS = re.compile(
    r"(?<![\w'-])(?:(?:[A-ZÅÄÖ][\w'-]+|[a-zåäö]{3,30}s(?= (?:väg|gata|gränd|stig|torg|backe) )"
    rf"|[Ss]:ta?|[Ss]ankta?|{_PART_OF_TOWN})[ ])?[\w'-]*{_STREET}"
    r"[ ]?(?:nr\.? ?|nummer |n:o )?\d{1,3}(?:[-–:/]\d{1,3})?[ ]?(?:[A-Ha-h](?!\w))?"
    r"(?:,?[ ](?:lgh|lägenhet|vån|våning|port|uppg|uppgång)\.?[ ]?(?:\d{1,4}|[A-Za-z])(?!\w))?"
    r"(?:,?[ ](?:\d|en|ett|två|tre|fyra|fem|sex)[ ]?"
    r"(?:tr\.?|trappor|trappa|trapp)(?:[ ]upp)?(?!\w))?"
    r"(?:,?[ ]lgh\.?[ ]?\d{1,4})?(?:,?[ ]\d{3}[ ]?\d{2}[ ]\w+)?(?![\w])",
)
_FARM = re.compile(  # "Ugglebo 14"
    r"(?<!\w)(?:[A-ZÅÄÖ][a-zåäö]+|(?<=på )[a-zåäö]{3,}|(?<=bor )[a-zåäö]{3,}|(?<=i )[a-zåäö]{3,})"
    r"(?:kulla|lycka|lyckan|stad|åker|tuna|inge|arp|kvarn|kvarnen|viken|näset|gärde|åsen|lunda|lunden"
    r"|backen|stuga|stugan|holma|skär|böke|bo|torp|by|hult|måla|ryd|lund|gård|gården|berg|näs|vik|tomta|boda|ås|säter|hem|rum|ö"
    r"|hagen|höjden|kullen|ringen|kroken|dalen|strand|stranden|hamnen|bruk|äng|ängen|lid|sjö|holm"
    r"|holmen|mo|hed|dal|backa|udden|skog|bro|fors|å)"
    r" \d{1,3}(?: ?[A-Da-d](?!\w))?(?![\w:.%-]| (?:kr|år|min|tim|dag|veck|mån|km|mil|pers|st))"
)
_STREET_NAME = re.compile(
    r"(?<!\w)(?:[A-ZÅÄÖ][\w'-]{2,40}|(?P<small>[a-zåäö]{3,40}))"
    r"(?:gatan|vägen|gränd|torget|stigen|allén|esplanaden)(?!\w)"
)
_POSTCODE = re.compile(
    r"(?<!\d)(?:[1-9]\d{2} \d{2}[ ]+[A-Za-zÅÄÖåäö]{3,}|[1-9]\d{4}[ ]+[A-ZÅÄÖ][a-zåäö]{2,})(?!\w)"
)
_BOX = re.compile(r"(?<!\w)[Bb]ox[ ]\d{1,5}(?!\d)")

_ADDRESSES = (
    (_ADDRESS, Certainty.SURE),
    (_FARM, Certainty.LIKELY),
    (_POSTCODE, Certainty.LIKELY),
    (_BOX, Certainty.LIKELY),
)
_MAYBE_EMAIL = re.compile(r"@|\bat\b|\[at|\(a|snabel")


def shape_spans(text: str) -> Iterator[Span]:
    """Everything in `text` that has the shape of an identifier; may overlap."""
    text = text.translate(_PLAIN_SIGNS)
    if any(char.isdigit() for char in text):
        yield from _numbers(text)
    if _MAYBE_EMAIL.search(text):
        for match in _EMAIL.finditer(text):
            yield _span(match, SpanKind.EMAIL, Certainty.SURE)
    for match in _STREET_NAME.finditer(text):
        if not match["small"]:
            yield _span(match, SpanKind.ADDRESS, Certainty.LIKELY)
        elif not is_listed(match[0]):
            yield _span(match, SpanKind.ADDRESS, Certainty.POSSIBLE)


def _numbers(text: str) -> Iterator[Span]:
    yield from _together(
        text, [*_personal_numbers(text), *_phones(text), *_many_digits(text), *_birth_dates(text)]
    )
    for shape, certainty in _ADDRESSES:
        for match in shape.finditer(text):
            yield _span(match, SpanKind.ADDRESS, certainty)


def _together(text: str, found: list[Span]) -> Iterator[Span]:
    """One find where several see parts of the same number, but never two numbers in one."""
    reach: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        last = reach[-1] if reach else None
        if last is None or span.start >= last.end:
            reach.append(span)
            continue
        whole = slice(last.start, max(last.end, span.end))
        is_long = whole.stop - whole.start > _LONGEST_NUMBER
        if is_long or len(_DIGITS.findall(text[whole])) > _MOST_DIGITS:
            reach.append(span)
            continue
        surest = max(last, span, key=lambda s: s.certainty)
        reach[-1] = replace(surest, start=whole.start, end=whole.stop)
    yield from reach


def _many_digits(text: str) -> Iterator[Span]:
    for match in _MANY_DIGITS.finditer(text):
        if not _NO_NUMBER.fullmatch(match[0]):
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.POSSIBLE)


def _birth_dates(text: str) -> Iterator[Span]:
    for match in _BIRTH_DATE.finditer(text):
        yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.POSSIBLE)


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
    for shape in _OTHER_PERSONAL_NUMBERS:
        for match in shape.finditer(text):
            yield _span(match, SpanKind.PERSONAL_NUMBER, Certainty.LIKELY)
    for shape in (_SAID_TO_BE_ONE, _LAST_FOUR, _BORN):
        for match in shape.finditer(text):
            start, end = match.span("number")
            yield Span(
                start=start,
                end=end,
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
