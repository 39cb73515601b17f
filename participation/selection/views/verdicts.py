"""What the background work found out about the quotas, in words."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.selection.models import Draw
from participation.selection.queries import feature_label
from participation.selection.rules.features import QuotaKey

Words = Mapping[QuotaKey, str]
SMALLEST_COST = 0.0005  # of a chance: what is shown with one decimal of a per cent


def bound_words(bound: Mapping[str, Any], words: Words) -> str:
    """ "Öland: at least 1"."""
    what = _what(bound, words)
    if bound["side"] == "minimum":
        return _("%(what)s: at least %(seats)s", what=what, seats=bound["seats"])
    return _("%(what)s: at most %(seats)s", what=what, seats=bound["seats"])


def change_words(change: Mapping[str, Any], words: Words) -> str:
    """ "Öland: at least 1 becomes at least 0"."""
    what, old, new = _what(change, words), change["seats"], change["becomes"]
    if change["side"] == "minimum":
        return _("%(what)s: at least %(new)s instead of %(old)s", what=what, new=new, old=old)
    return _("%(what)s: at most %(new)s instead of %(old)s", what=what, new=new, old=old)


def _what(bound: Mapping[str, Any], words: Words) -> str:
    key = QuotaKey(bound["feature"], bound["value"])
    return words.get(key, key.value)


def price_rows(draw: Draw, words: Words) -> list[tuple[str, float, float]]:
    """(without what, chance without it, chance with all quotas) in per cent, the dearest first.

    Quotas that cost nothing are left out: see `has_free_quotas`.
    """
    rows = [
        (_without(p, words), round(100 * p["without_it"], 1), round(100 * p["with_it"], 1))
        for p in _fresh_prices(draw)
    ]
    return [row for row in rows if row[1] > row[2]]


def has_free_quotas(draw: Draw) -> bool:
    """Whether some quota was priced and costs nothing."""
    return any(p["without_it"] - p["with_it"] < SMALLEST_COST for p in _fresh_prices(draw))


def _fresh_prices(draw: Draw) -> list[Mapping[str, Any]]:
    priced = draw.prices or {}
    return priced["prices"] if priced.get("version") == draw.quota_version else []


def _without(price: Mapping[str, Any], words: Words) -> str:
    if price["value"] is None:
        return _("Without all of: %(what)s", what=feature_label(price["feature"]))
    return _("Without: %(what)s", what=_what(price, words))
