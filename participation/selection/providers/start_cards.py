"""What waits for whoever looks after draws."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.clock import now, to_local
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem
from participation.selection.models import Draw
from participation.selection.queries.draws import open_draws
from participation.selection.rules.draws import DrawState

ROOM = "selection"


class DrawCard:
    """The next step of each draw that is under way."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_DRAWS):
            return
        for draw in open_draws(session, actor):
            yield _item(draw)


def _item(draw: Draw) -> StartItem:
    address = Address(endpoint="selection.overview", values={"public_id": draw.public_id})
    title = draw.title
    if draw.state == DrawState.PREPARING:
        return StartItem(
            title=_("Agree on the quotas: %(title)s", title=title),
            detail=_("Then everybody's chance is worked out."),
            address=Address(endpoint="selection.quotas", values=address.values),
            action=_("To the quotas"),
        )
    if draw.state == DrawState.AGREED:
        return StartItem(
            title=_("Seal and publish: %(title)s", title=title),
            detail=_("Say where the seed will come from."),
            address=address,
            action=_("Go on"),
        )
    if draw.state == DrawState.SEEDED:
        return StartItem(
            title=_("Draw: %(title)s", title=title),
            detail=_("The seed is in."),
            address=address,
            action=_("Go on"),
        )
    assert draw.seed_due_at is not None
    is_known = draw.seed_due_at <= now()
    return StartItem(
        title=_("Enter the seed: %(title)s", title=title),
        detail=_("It is known from %(day)s.", day=format_day(draw.seed_due_at)),
        address=address,
        action=_("Go on"),
        due_on=to_local(draw.seed_due_at).date(),
        waits_for_others=not is_known,
        count=1 if is_known else 0,
    )
