"""What an indicator's definition may say: levels, directions, targets, periods. Pure."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

BETTER = ("higher", "lower", "none")
SEXES = ("T", "K", "M")
PERIOD_PATTERNS = {
    "year": r"\d{4}",
    "half_year": r"\d{4}-H[12]",
    "quarter": r"\d{4}-Q[1-4]",
    "school_year": r"\d{4}/\d{2}",
}
MOST_DECIMALS = 4


class Level(StrEnum):
    """The smallest place that values are told for."""

    UNIT = "unit"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    NATION = "nation"


class TargetKind(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


def is_period(text: str, kind: str) -> bool:
    """Whether the text is a period as it is stored: "2024", "2024-H1", "2024-Q1", "2016/17"."""
    return re.fullmatch(PERIOD_PATTERNS[kind], text) is not None


def reaches(value: float, target: float, kind: str) -> bool:
    """Whether a value is where the target wants it.

    >>> reaches(64, 70, "at_least"), reaches(12.5, 13, "at_most")
    (False, True)
    """
    return value >= target if kind == TargetKind.AT_LEAST else value <= target


def is_web_address(text: str) -> bool:
    """Whether a link may lead there.

    >>> is_web_address("https://www.kolada.se"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
