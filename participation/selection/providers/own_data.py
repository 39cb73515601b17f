"""A person's own data: the draws they were in, with their chance."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, DataSection
from participation.interest_bank.queries import own_membership
from participation.selection.queries.people import own_draws
from participation.selection.rules.words import chance_words, outcome_words
from participation.selection.services.leaving import forget_in_draws


class DrawData:
    """The draws somebody was in: shown, taken along, and unlinked."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = own_draws(session, account_id)
        if not found:
            return
        yield DataSection(
            title=_("Draws"),
            rows=tuple(
                (
                    format_day(draw.published_at),
                    _(
                        "%(title)s: number %(number)s, chance %(chance)s. %(outcome)s",
                        title=draw.title,
                        number=draw.number,
                        chance=chance_words(draw.chance),
                        outcome=outcome_words(draw),
                    ),
                )
                for draw in found
            ),
            raw={
                "draws": [
                    {
                        "title": draw.title,
                        "published_at": draw.published_at.isoformat(),
                        "number": draw.number,
                        "chance": draw.chance,
                        "state": draw.state,
                        "place": draw.kind,
                    }
                    for draw in found
                ]
            },
            edit=Address(endpoint="draws.my_draws"),
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        member = own_membership(session, account_id)
        was_drawn_among = bool(own_draws(session, account_id))
        if member is not None:
            forget_in_draws(session, member.id)
        if was_drawn_among:
            yield _(
                "That a number was in a draw, and its chance, stays, so that the draw can be "
                "checked. Nothing leads from the number to you any more."
            )
