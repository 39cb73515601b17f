"""What the newsletter shows elsewhere: that an issue is owed, and that a person gets it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.clock import to_local, today
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, DataSection, StartItem
from participation.newsletter.models import NewsletterSubscriber
from participation.newsletter.queries.issues import last_sent_on
from participation.newsletter.rules.issues import is_issue_due
from participation.newsletter.services.subscribing import leave

ROOM = "newsletter"


class IssueDue:
    """A quarter has ended since the last issue."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.scope(Permission.PUBLISH_FINDINGS).everywhere:
            return
        if is_issue_due(last_sent_on(session), today()):
            yield StartItem(
                title=_("Send the quarter's newsletter"),
                detail=_("What was published since the last one is gathered for you."),
                address=Address(endpoint="newsletter.issues"),
                action=_("Look at it"),
            )


class SubscriptionData:
    """That a person's address gets the newsletter."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = self._of(session, account_id)
        if found is not None:
            yield DataSection(
                title=_("Newsletter"),
                rows=((_("You asked for it"), format_day(to_local(found.asked_at).date())),),
                raw={"newsletter_since": found.asked_at.isoformat()},
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        found = self._of(session, account_id)
        if found is not None:
            leave(session, found)
        return ()

    def _of(self, session: Session, account_id: int) -> NewsletterSubscriber | None:
        return session.scalar(
            select(NewsletterSubscriber)
            .join(Account, Account.email_index == NewsletterSubscriber.email_index)
            .where(Account.id == account_id)
        )
