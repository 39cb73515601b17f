"""A person's draws on their own page."""

from sqlalchemy.orm import Session

from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, OwnRow, OwnSection
from participation.selection.queries.people import OwnDraw, own_draws
from participation.selection.rules.draws import STATE_LABELS, STATE_SHAPES
from participation.selection.rules.words import chance_words

SHOWN = 3


class DrawsOnOwnPage:
    """The newest draws the person is or was in, with their own chance."""

    def section(self, session: Session, account_id: int) -> OwnSection | None:
        found = own_draws(session, account_id)
        if not found:
            return None
        return OwnSection(
            key="draws",
            title=_("Draws you were in"),
            rows=tuple(_row(draw) for draw in found[:SHOWN]),
            more=Address(endpoint="draws.my_draws"),
            more_label=_("All your draws"),
        )


def _row(draw: OwnDraw) -> OwnRow:
    return OwnRow(
        title=draw.title,
        detail=_(
            "%(day)s. Your chance: %(chance)s.",
            day=format_day(draw.drawn_at or draw.published_at),
            chance=chance_words(draw.chance),
        ),
        state=(STATE_SHAPES[draw.state], str(STATE_LABELS[draw.state])),
        address=Address(endpoint="draws.my_draw", values={"public_id": draw.public_id}),
    )
