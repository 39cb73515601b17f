"""A draw on the way of a voice."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, TrailStep
from participation.selection.queries.people import own_draws
from participation.selection.rules.words import chance_words, outcome_words


class DrawTrail:
    """Which draws the person was in, and their own chance."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        for draw in own_draws(session, account_id):
            yield TrailStep(
                at=draw.drawn_at or draw.published_at,
                title=_("You were in a draw: %(title)s", title=draw.title),
                text=_(
                    "Your chance was %(chance)s. %(outcome)s",
                    chance=chance_words(draw.chance),
                    outcome=outcome_words(draw),
                ),
                is_answer=True,
                address=Address(endpoint="draws.my_draw", values={"public_id": draw.public_id}),
            )
