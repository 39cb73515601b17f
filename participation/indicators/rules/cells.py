"""Cells as people write them: numbers, periods, genders, ages, yes and no. Pure."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# What statisticians write where there is no figure: not available, not meaningful, secret.
NO_VALUE = frozenset(
    {"", ".", "..", "...", "…", "-", "–", "—", "−", "x", "*", "n/a", "na", "null", "saknas"}
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?")
_MOST = 1e15

_SEXES = {
    "T": "t total totalt totala alla samtliga båda bägge all both 1+2 "
    "bådakönen bägggekönen kvinnorochmän mänochkvinnor flickorochpojkar",
    "K": "k kvinnor kvinna flickor flicka women woman female females girls f 2",
    "M": "m män man pojkar pojke men male males boys 1",
}
SEX_OF: Mapping[str, str] = {
    word: sex
    for sex, words in _SEXES.items()
    for word in [*words.split(), ""]
    if word or sex == "T"
}
_YES = frozenset(
    {"ja", "j", "yes", "y", "true", "sant", "1", "x", "p", "prel", "prel.", "preliminär"}
)
_NO = frozenset({"", "nej", "n", "no", "false", "falskt", "0", "-", "–", "slutlig", "final"})

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER = r"(?:q|k|kv\.?|kvartal|kvart)\s*(?P<number>[1-4])"
_HALF = r"(?:h|halvår|hå)\s*(?P<number>[12])"
_TERM = r"(?P<term>ht|vt)"
_GAP = r"[\s\-_:.,]*"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("year", re.compile(rf"(?:år\s*)?{_YEAR}(?:\.0)?")),
    ("quarter", re.compile(rf"{_YEAR}{_GAP}{_QUARTER}")),
    ("quarter", re.compile(rf"{_QUARTER}{_GAP}{_YEAR}")),
    ("half_year", re.compile(rf"{_YEAR}{_GAP}(?:{_HALF}|{_TERM})")),
    ("half_year", re.compile(rf"(?:{_HALF}|{_TERM}){_GAP}{_YEAR}")),
    (
        "school_year",
        re.compile(rf"(?:läsår(?:et)?|lå)?\s*{_YEAR}\s*[/–-]\s*(?P<next>(?:\d\d)?\d\d)"),
    ),
)


class Period(NamedTuple):
    """A period as it is stored, and its kind."""

    kind: str
    text: str


def read_number(text: str) -> float | None:
    """A number as Swedes and spreadsheet programs write it; None when it is none.

    Spaces part thousands, a comma begins decimals. With both signs the last one does.

    >>> read_number("1 234,5 %"), read_number("1.234,5"), read_number("−3"), read_number("tolv")
    (1234.5, 1234.5, -3.0, None)
    """
    bare = _SPACES.sub("", text).removesuffix("%").replace("−", "-")
    if "," in bare and "." in bare:
        thousands = "." if bare.rindex(",") > bare.rindex(".") else ","
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".")
    if _NUMBER.fullmatch(bare) is None:
        return None
    return bounded(float(bare))


def bounded(number: float) -> float | None:
    """The number as it is stored; None for what no figure is: not finite, or far too large.

    >>> bounded(3), bounded(float("nan")), bounded(10**400)
    (3.0, None, None)
    """
    return float(number) if abs(number) < _MOST else None


def is_no_value(text: str) -> bool:
    """Whether the cell says that there is no figure.

    >>> is_no_value(".."), is_no_value("X"), is_no_value("0")
    (True, True, False)
    """
    return text.strip().casefold() in NO_VALUE


def read_period(text: str) -> Period | None:
    """A period in any of its spellings; None when it is none.

    >>> [read_period(t).text for t in ("2024 kv 1", "2024K1", "HT2024", "2023/2024", "2024")]
    ['2024-Q1', '2024-Q1', '2024-H2', '2023/24', '2024']
    """
    said = " ".join(text.split()).casefold()
    for kind, pattern in _KINDS:
        found = pattern.fullmatch(said)
        if found is not None:
            stored = _stored(kind, found.groupdict())
            return Period(kind, stored) if stored else None
    return None


def _stored(kind: str, found: Mapping[str, str | None]) -> str:
    year = found["year"] or ""
    if kind == "year":
        return year
    if kind == "quarter":
        return f"{year}-Q{found['number']}"
    if kind == "half_year":
        return f"{year}-H{found['number'] or ('1' if found['term'] == 'vt' else '2')}"
    following = f"{int(year) + 1}"
    return f"{year}/{following[2:]}" if following.endswith(found["next"] or "-") else ""


def read_sex(text: str) -> str | None:
    """T, K or M; an empty cell is everybody. None when it is none of them."""
    return SEX_OF.get(_SPACES.sub("", text).casefold())


def read_age_band(text: str) -> str | None:
    """Ages as "18-29", "80+" or "37"; "" for all ages. None when they are none.

    >>> read_age_band("18–29 år"), read_age_band("100+ år"), read_age_band("totalt ålder")
    ('18-29', '100+', '')
    """
    said = _SPACES.sub("", text).casefold().replace("–", "-").removesuffix("år")
    if said in ("", "t", "total", "totalt", "alla", "allaåldrar", "totaltålder", "samtliga"):
        return ""
    said = said.replace("ochäldre", "+").replace("åroch", "").replace("år+", "+").replace("-w", "+")
    band = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|(\+))?", said)
    if band is None or (band[2] and int(band[2]) < int(band[1])):
        return None
    return said


def read_flag(text: str) -> bool | None:
    """Yes or no; None when it is neither."""
    said = text.strip().casefold()
    return True if said in _YES else False if said in _NO else None
