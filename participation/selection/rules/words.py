"""How a chance and its outcome are told. Pure."""

from typing import Protocol

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.selection.rules.draws import DrawState, PlaceKind


class Outcome(Protocol):
    """What somebody's own draw tells about how it went for them."""

    @property
    def state(self) -> str: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def position(self) -> int | None: ...


def chance_words(chance: float | None) -> str:
    """A chance (0–1) in per cent with one decimal: "8,3 %"."""
    return _("%(percent)s %%", percent=format_number(round(100 * (chance or 0.0), 1)))


def outcome_words(own: Outcome) -> str:
    """How it went, in a sentence."""
    if own.state == DrawState.CANCELLED:
        return _("The draw was cancelled.")
    if own.state not in (DrawState.DRAWN, DrawState.CLOSED):
        return _("Nobody is drawn yet.")
    if own.kind == PlaceKind.PANEL:
        return _("You were drawn.")
    if own.kind == PlaceKind.ALTERNATE:
        return _("You are number %(position)s among the alternates.", position=own.position)
    return _("You were not drawn this time.")
