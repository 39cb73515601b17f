"""What codes are called on screen. One place, so that one thing has one word."""

from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

SEX_WORDS = {"T": _l("All"), "K": _l("Women and girls"), "M": _l("Men and boys")}
BETTER_WORDS: dict[str, Any] = {
    "higher": _l("higher"),
    "lower": _l("lower"),
    "none": _l("neither: it only describes"),
}
PERIOD_WORDS: dict[str, Any] = {
    "year": _l("Every year"),
    "half_year": _l("Every half-year"),
    "quarter": _l("Every quarter"),
    "school_year": _l("Every school year"),
}
LEVEL_WORDS: dict[str, Any] = {
    "unit": _l("Units"),
    "municipality": _l("Municipalities"),
    "county": _l("The whole county"),
    "nation": _l("The nation"),
}
TARGET_WORDS: dict[str, Any] = {"at_least": _l("at least"), "at_most": _l("at most")}
