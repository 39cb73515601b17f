"""What waits: a refresher for a person, people to call for coordinators."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.i18n import current_locale, format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem
from participation.training.queries import completions_of, refreshers_due
from participation.training.rules.validity import Validity, validity

TRAINING = "training"


class RefresherCard:
    """A person's own refresher; for coordinators, how many people need one."""

    room = TRAINING

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.account_id is not None:
            yield from _own(session, actor.account_id)
        if actor.scope(Permission.MANAGE_TRAINING).everywhere:
            yield from _for_coordinators(session)


def _own(session: Session, account_id: int) -> Iterable[StartItem]:
    seen: set[int] = set()
    for one in completions_of(session, account_id):  # the newest first: only that one counts
        if one.course_id in seen or not one.course.is_current or one.valid_until is None:
            seen.add(one.course_id)
            continue
        seen.add(one.course_id)
        if validity(one.valid_until, today()) is not Validity.HOLDS:
            yield StartItem(
                title=_(
                    "Take a refresher: %(course)s", course=one.course.name_in(current_locale())
                ),
                detail=_("Your training holds until %(day)s.", day=format_day(one.valid_until)),
                address=Address(
                    endpoint="training.course", values={"public_id": one.course.public_id}
                ),
                action=_("See when it is offered"),
                due_on=one.valid_until,
            )


def _for_coordinators(session: Session) -> Iterable[StartItem]:
    due = len(refreshers_due(session))
    if due:
        yield StartItem(
            title=ngettext("One person needs a refresher", "%(num)s people need a refresher", due),
            detail=_("They have got a mail. Plan an occasion."),
            address=Address(endpoint="training.refreshers"),
            action=_("See who"),
        )
