"""From a round up to what became of it: for those who answered, and for those who hold it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink


class WhatBecameOfRound:
    """The public page of a round's findings and answers."""

    def address(self, round_public_id: str) -> Address:
        return Address(endpoint="follow_up.what_became", values={"public_id": round_public_id})


class PosterOfRound:
    """On a closed round's page: the poster that leads those who answered to what became of it."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        if actor.can(Permission.MANAGE_QUESTIONNAIRES):
            yield NamedLink(
                title=_("Poster: you said – we did"),
                text=_("For those who answered without a name, with a code for their phone."),
                address=Address(
                    endpoint="follow_up.what_became_poster", values={"public_id": public_id}
                ),
            )
