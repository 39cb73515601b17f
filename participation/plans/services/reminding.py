"""Asking a group's members how their plan is going: once a quarter, while something waits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.queries import accounts_with_role
from participation.foundation.clock import today
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Role
from participation.plans.models import PlanReminder
from participation.plans.queries.waiting import WaitingGroup, waiting_groups
from participation.plans.rules.waiting import quarter

MAIL = "plans/status"
PATH = "/plan-status"


def remind_of_statuses(session: Session) -> int:
    """Ask each group that has not been asked this quarter; how many mails.

    A group without members is asked on the day it has some.
    """
    period = quarter(today())
    asked = set(session.scalars(select(PlanReminder.group_id).where(PlanReminder.period == period)))
    return sum(
        _ask(session, waiting, period)
        for waiting in waiting_groups(session, today())
        if waiting.group.id not in asked
    )


def _ask(session: Session, waiting: WaitingGroup, period: str) -> int:
    """Never the group's name nor the plan's words: they may name an illness."""
    members = accounts_with_role(session, Role.GROUP_MEMBER, group_id=waiting.group.id)
    if not members:
        return 0
    session.add(PlanReminder(group_id=waiting.group.id, period=period))
    for account in members:
        queue_mail(
            session,
            to=account.email,
            template=MAIL,
            locale=account.locale,
            context={
                "name": account.display_name,
                "how_many": len(waiting.actions),
                "link": absolute_url(PATH),
            },
            about=("group", waiting.group.public_id),
        )
    session.flush()
    return len(members)
