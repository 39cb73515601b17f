"""What waits: nominations for a user organisation, applications for coordinators."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem
from participation.organisations.queries import applications_waiting, open_asks_to
from participation.organisations.rules.states import SUBJECT_LABELS

ORGANISATION = "organisation"
ORGANISATIONS = "organisations"


class NominationCard:
    """What a user organisation is asked to nominate for, while nobody is nominated."""

    room = ORGANISATION

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        scope = actor.scope(Permission.OWN_ORGANISATION)
        if not scope:
            return
        for ask in open_asks_to(session, scope.organisation_ids):
            yield StartItem(
                title=ngettext("Nominate one person", "Nominate %(num)s people", ask.how_many),
                detail=ask.activity.title if ask.activity else str(SUBJECT_LABELS[ask.subject]),
                address=Address(endpoint="organisations.ask", values={"public_id": ask.public_id}),
                action=_("Read and nominate"),
                due_on=ask.due_on,
            )


class ApplicationCard:
    """User organisations that ask for a place."""

    room = ORGANISATIONS

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.scope(Permission.MANAGE_ORGANISATIONS).everywhere:
            return
        waiting = applications_waiting(session)
        if waiting:
            yield StartItem(
                title=ngettext(
                    "A user organisation asks for a place",
                    "%(num)s user organisations ask for a place",
                    waiting,
                ),
                detail=_("Read what they do, and answer."),
                address=Address(endpoint="organisations.application_list"),
                action=_("Read"),
                count=waiting,
            )
