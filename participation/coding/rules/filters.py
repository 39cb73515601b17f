"""How the grid is narrowed down. Anything odd in an address means "all"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

PER_PAGE = 50
STATES: Mapping[str, Any] = {
    "": _l("Uncoded first"),
    "uncoded": _l("Uncoded only"),
    "coded": _l("Coded only"),
    "order": _l("In order"),
}


@dataclass(frozen=True, kw_only=True)
class TextFilter:
    """What the coder wants to see. Empty means all."""

    role: str = ""
    area_id: int | None = None
    municipality_code: str = ""
    state: str = ""
    contains: str = ""
    code_number: int | None = None
