"""How the grid is narrowed down. Anything odd in an address means "all"."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

PER_PAGE = 25


class Layer(StrEnum):
    """Whose codes are shown."""

    MINE = "mine"
    ALL = "all"
    AGREED = "agreed"


LAYERS: Mapping[str, Any] = {
    Layer.MINE: _l("Mine"),
    Layer.ALL: _l("Everybody's"),
    Layer.AGREED: _l("Agreed"),
}
WHOSE: Mapping[str, Any] = {
    Layer.MINE: _l("Answers with your codes"),
    Layer.ALL: _l("Answers with anybody's codes"),
    Layer.AGREED: _l("Answers with agreed codes"),
}
STATES: Mapping[str, Any] = {
    "": _l("Uncoded first"),
    "uncoded": _l("Uncoded only"),
    "coded": _l("Coded only"),
    "coded_by_me": _l("Coded by me"),
    "sample": _l("Sample for double coding"),
    "order": _l("In order"),
}


@dataclass(frozen=True, kw_only=True)
class TextFilter:
    """What the coder wants to see. Empty means all."""

    role: str = ""
    area_id: int | None = None
    municipality_code: str = ""
    unit_id: int | None = None
    state: str = ""
    contains: str = ""
    code_number: int | None = None
    layer: Layer = Layer.MINE
