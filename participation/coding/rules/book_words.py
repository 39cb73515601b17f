"""Changes of a codebook in words."""

from collections.abc import Mapping

from participation.foundation.i18n import gettext as _


def step_words(kind: str, words: Mapping[str, str]) -> str:
    """ "merge", {"code": "Kö", "other": "Väntan"} → "“Kö” put together with “Väntan”"."""
    code, other = words.get("code", ""), words.get("other", "")
    told = {
        "change": _("“%(code)s” changed", code=code),
        "merge": _("“%(code)s” put together with “%(other)s”", code=code, other=other),
        "split": _("“%(other)s” split off from “%(code)s”", code=code, other=other),
        "retire": _("“%(code)s” taken out of use", code=code),
        "bring_back": _("“%(code)s” brought back", code=code),
        "theme": _("the theme “%(code)s” changed", code=code),
        "order": _("the theme “%(code)s” moved", code=code),
    }
    return told[kind]
