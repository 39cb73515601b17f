"""Danger in a free text: flagged, mailed to those responsible, taken by one, done."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.coding.models import MaterialText, UrgentContact, UrgentText
from participation.coding.queries.urgent import urgent_contacts
from participation.coding.rules.urgent import Outcome
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor, Role

ABOUT = "urgent_text"
MAIL = "coding/urgent"


def flag_text(session: Session, actor: Actor, text: MaterialText) -> UrgentText:
    """Somebody may be in danger: those responsible get a mail without a word of the text.

    Flagging a text again changes nothing.
    """
    found = session.scalar(select(UrgentText).where(UrgentText.text_id == text.id))
    if found is not None:
        return found
    made = UrgentText(text_id=text.id, flagged_by_account_id=actor.account_id)
    session.add(made)
    session.flush()
    told = _responsible(session)
    for account in told:
        queue_mail(
            session,
            to=account.email,
            template=MAIL,
            locale=account.locale,
            context={
                "name": account.display_name,
                "link": absolute_url(f"/coding/urgent/{made.public_id}"),
            },
            about=(ABOUT, made.public_id),
        )
    log_event(session, actor, "urgent_text_flagged", ABOUT, made.public_id, told=len(told))
    return made


def _responsible(session: Session) -> Sequence[Account]:
    """Those who are named; every coordinator of the whole county while nobody is."""
    named = urgent_contacts(session)
    return named or accounts_with_role(session, Role.COORDINATOR)


def take_urgent(session: Session, actor: Actor, found: UrgentText) -> None:
    """The actor sees to it; taking it over from a colleague is noted too.

    Raises:
        Conflict: it is done.
    """
    session.refresh(found, with_for_update=True)
    if found.done_at is not None:
        raise Conflict
    was_taken = found.taken_by_account_id not in {None, actor.account_id}
    found.taken_by_account_id, found.taken_at = actor.account_id, now()
    session.flush()
    log_event(session, actor, "urgent_text_taken", ABOUT, found.public_id, was_taken=was_taken)


def finish_urgent(
    session: Session, actor: Actor, found: UrgentText, outcome: Outcome, note: str
) -> None:
    """What was done, in a word and perhaps a few more.

    Raises:
        Conflict: nobody has taken it, or it is done.
    """
    session.refresh(found, with_for_update=True)
    if found.taken_by_account_id is None or found.done_at is not None:
        raise Conflict
    found.done_at, found.outcome, found.note = now(), outcome, note
    session.flush()
    log_event(session, actor, "urgent_text_done", ABOUT, found.public_id, outcome=outcome)


def name_urgent_contacts(session: Session, actor: Actor, account_ids: Collection[int]) -> None:
    """Who gets the mail from now on; none: every coordinator of the whole county."""
    session.execute(delete(UrgentContact), execution_options={"synchronize_session": False})
    session.add_all(UrgentContact(account_id=one) for one in sorted(account_ids))
    session.flush()
    log_event(
        session, actor, "urgent_contacts_named", "urgent_contacts", "all", people=len(account_ids)
    )
