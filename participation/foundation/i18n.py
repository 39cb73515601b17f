"""Languages: gettext over Babel without Flask, so that services and mails speak them too.

Source strings are English; Swedish is the complete default. Catalogues are read straight from
translations/<locale>/LC_MESSAGES/messages.po: no compile step, no stale file.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from typing import Any

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import LazyProxy, NullTranslations, Translations

from participation.foundation.clock import to_local
from participation.foundation.paths import TRANSLATIONS

DEFAULT_LOCALE = "sv"
HOME_REGION = "SE"
LOCALES: dict[str, str] = {"sv": "Svenska", "en": "English", "ar": "العربية"}

EASY_CATALOGUE = "sv_easy"  # what is said otherwise in easy Swedish; all else is Swedish

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)
_is_easy: ContextVar[bool] = ContextVar("is_easy", default=False)


@contextmanager
def use_locale(code: str, *, easy: bool = False) -> Iterator[None]:
    """Speak `code` inside the block; an unknown code means the default, Swedish."""
    tokens = _locale.set(code if code in LOCALES else DEFAULT_LOCALE), _is_easy.set(easy)
    try:
        yield
    finally:
        _locale.reset(tokens[0])
        _is_easy.reset(tokens[1])


def set_locale(code: str, *, easy: bool = False) -> None:
    """Speak `code` from here on in this context (one web request); `easy` is for Swedish."""
    _locale.set(code if code in LOCALES else DEFAULT_LOCALE)
    _is_easy.set(easy)


def current_locale() -> str:
    return _locale.get()


def text_direction(code: str | None = None) -> str:
    """ "ltr" or "rtl"."""
    return _direction_of(code or current_locale())


@cache
def _direction_of(code: str) -> str:
    return Locale.parse(code).text_direction


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations of one locale; English is the source and needs no file."""
    return _read(code)


def _read(code: str) -> NullTranslations:
    path = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as source:
        catalog = read_po(source, locale=code.partition("_")[0])
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


@cache
def easy_catalogue() -> NullTranslations:
    """Swedish in short sentences, where it has been written; the ordinary Swedish elsewhere."""
    found = _read(EASY_CATALOGUE)
    found.add_fallback(catalogue(DEFAULT_LOCALE))
    return found


def _spoken() -> NullTranslations:
    """The catalogue of what is spoken now."""
    is_easy = _is_easy.get() and current_locale() == DEFAULT_LOCALE
    return easy_catalogue() if is_easy else catalogue(current_locale())


def gettext(message: str, /, **values: Any) -> str:
    """`message` in the current locale with named placeholders filled: `%(name)s`."""
    translated = str(_spoken().gettext(message))
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> str:
    """The right plural form; `%(num)s` is the number, grouped for the locale."""
    translated = str(_spoken().ngettext(singular, plural, number))
    return translated % {"num": format_number(number), **values}


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """Like gettext, where one English word needs several translations."""
    translated = str(_spoken().pgettext(context, message))
    return translated % values if values else translated


def raw_gettext(message: str) -> str:
    """For Jinja, which fills the placeholders itself (and escapes them); so "%" is written "%%"."""
    return str(_spoken().gettext(message))


def raw_ngettext(singular: str, plural: str, number: int) -> str:
    return str(_spoken().ngettext(singular, plural, number))


def raw_pgettext(context: str, message: str) -> str:
    return str(_spoken().pgettext(context, message))


def lazy_gettext(message: str, /, **values: Any) -> Any:
    """Translated when shown: for labels written at import time. Typed Any: libraries want str."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def to_translate(message: str) -> str:
    """Mark a string for the catalogue where it is declared; it is translated when shown."""
    return message


def format_day(value: date | datetime, style: str = "long") -> str:
    """A date as people write it: "12 november 2026"."""
    if isinstance(value, datetime):
        value = to_local(value).date()
    return format_date(value, format=style, locale=current_locale())


def format_month(value: date | datetime) -> str:
    """ "november 2026": for what happened a while ago."""
    if isinstance(value, datetime):
        value = to_local(value).date()
    return format_skeleton("yMMMM", value, locale=current_locale())


def format_partial_day(text: str) -> str:
    """A date known to the year, month or day ("2018", "2018-09", "2018-09-14") in words."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    known = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return format_day(known) if len(parts) > 2 else format_month(known)


def format_weekday(value: date | datetime) -> str:
    """ "torsdag 12 november": without the year, for what is near."""
    if isinstance(value, datetime):
        value = to_local(value).date()
    # CLDR has no skeleton MMMMEEEEd for Swedish; the long pattern is the same words.
    if current_locale() == "sv":
        return format_date(value, format="EEEE d MMMM", locale="sv")
    return format_skeleton("MMMMEd", value, locale=current_locale())


def format_moment(value: datetime) -> str:
    """Date and time in Swedish time, without seconds: "22 nov. 2026 17:08"."""
    local = to_local(value)
    return (
        str(get_datetime_format("medium", locale=current_locale()))
        .replace("'", "")
        .replace("{0}", format_time(local, format="short", locale=current_locale()))
        .replace("{1}", format_date(local, format="medium", locale=current_locale()))
    )


def format_clock(value: datetime) -> str:
    """ "17:30" in Swedish time."""
    return format_time(to_local(value), format="short", locale=current_locale())


def format_number(value: float, decimals: int | None = None) -> str:
    """A number as the reader writes it; with just so many decimals, when said: 14 → "14,0"."""
    if decimals is None:
        return format_decimal(value, locale=current_locale())
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=current_locale())


def format_share(value: float, decimals: int = 0) -> str:
    """A share 0–1 as percent: 0.49 → "49 %"."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + " %"
    if current_locale() == "sv":
        return format_percent(value, format=pattern, locale="sv")
    return format_percent(round(value, 2 + decimals), locale=current_locale())


def format_and(items: list[str]) -> str:
    """ "a, b och c"."""
    return format_list(items, locale=current_locale())


def format_or(labels: Sequence[object]) -> str:
    """Labels of which one holds: "Patient eller närstående"."""
    rest = [mid_sentence(label) for label in labels[1:]]
    items = [*(str(label) for label in labels[:1]), *rest]
    return format_list(items, style="or", locale=current_locale())


def mid_sentence(label: object, are_names: bool = False) -> str:
    """A label as it stands inside a sentence: "Sällan" → "sällan".

    Abbreviations ("BUP") and English "I" keep their capital; so do names such as languages, in
    English, where `are_names`.
    """
    text = str(label)
    first_word = text.split(maxsplit=1)[0] if text.strip() else ""
    is_short_form = first_word[1:] != first_word[1:].lower()
    is_english_capital = current_locale() == "en" and (are_names or first_word == "I")
    if is_short_form or is_english_capital:
        return text
    return text[:1].lower() + text[1:]


def format_labels(labels: Sequence[object], are_names: bool = False) -> str:
    """Labels as one list: "På plats, på länk (video) och skriftligt"."""
    rest = [mid_sentence(label, are_names) for label in labels[1:]]
    return format_and([*(str(label) for label in labels[:1]), *rest])


def format_phone(number: str) -> str:
    """A stored number (E.164) as people write it: "070-174 06 05", abroad "+47 22 86 44 00"."""
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    is_home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, shape.NATIONAL if is_home else shape.INTERNATIONAL)


_LAST_LETTERS = str.maketrans("åäö", "{|}")


def alphabetical(words: str) -> str:
    """What words are sorted by: small and large letters alike, å, ä and ö last.

    >>> sorted(["Örjan", "ove", "Åsa", "Änis"], key=alphabetical)
    ['ove', 'Åsa', 'Änis', 'Örjan']
    """
    return words.casefold().translate(_LAST_LETTERS)
