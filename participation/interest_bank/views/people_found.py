"""Searching the bank for somebody to appoint, seat or note, on pages of the floors above."""

from collections.abc import Sequence

from flask import request

from participation.foundation.i18n import current_locale
from participation.foundation.web import actor, db, log_access_to
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import Filters, members_visible_to

SHOWN_PEOPLE = 20


def typed() -> str:
    """What the reader searches for."""
    return request.args.get("q", "").strip()[:100]


def people_found(room: str) -> Sequence[BankMember]:
    """Members whose name was searched for; nobody before somebody has searched.

    `room` says in the event log where the search was made.
    """
    if not typed():
        return []
    statement = members_visible_to(actor(), Filters(text=typed()))
    found = db().scalars(statement.limit(SHOWN_PEOPLE)).all()
    log_access_to([member.account_id for member in found], "bank_searched", "bank", room)
    return found


def label(member: BankMember) -> str:
    """A name and where they live; of somebody with protected identity, the name alone."""
    if member.is_protected or member.municipality is None:
        return member.name
    return f"{member.name}, {member.municipality.name_in(current_locale())}"
