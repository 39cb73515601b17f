"""Telling everybody who took part what came of it: each once for each event, and never who.

Mails lie in the outbox in the transaction of what they tell; where many are to be told, a job of
that transaction writes them. Who was told is written beside them, so that a job that runs again,
or an event that comes again, tells nobody twice.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.commitments.models import Commitment
from participation.commitments.queries import commitment_by_id
from participation.commitments.services import lock_commitment
from participation.follow_up.models import Feedback, FeedbackTold
from participation.follow_up.queries.voices import (
    matter_to_tell,
    not_yet_told,
    times_taken_back,
)
from participation.follow_up.rules.telling import MOST_AT_ONCE, Told, event_of, kind_of
from participation.foundation.clock import today
from participation.foundation.jobs import enqueue
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import Addressee, personal, queue_mails
from participation.foundation.outbox.services import cancel_mails_about
from participation.interest_bank.models import BankMember

JOB_KIND = "follow_up.tell"
ABOUT = "feedback"
TEMPLATE = "follow_up/came_of_it"


def tell_answered(session: Session, commitment: Commitment) -> int:
    """An answer was given."""
    again = times_taken_back(session, commitment.id)
    return tell(session, commitment, event_of(Told.ANSWERED, again))


def tell_moved_on(session: Session, commitment: Commitment) -> int:
    """What was promised is done, or will not be done after all."""
    again = times_taken_back(session, commitment.id)
    return tell(session, commitment, event_of(Told(commitment.status), again))


def tell_measured(session: Session, commitment: Commitment, round_public_id: str) -> int:
    """A later round has asked the same question."""
    return tell(session, commitment, event_of(Told.MEASURED, round_public_id))


def tell(session: Session, commitment: Commitment, event: str) -> int:
    """Tell those who took part and were not told: at once, or by a job where they are many.

    How many are told. Nobody, while the finding behind it is not published.
    """
    matter = matter_to_tell(session, commitment)
    if matter is None:
        return 0
    people = not_yet_told(session, matter, event)
    if len(people) > MOST_AT_ONCE:
        enqueue(
            session,
            JOB_KIND,
            {"commitment_id": commitment.id, "event": event},
            once_key=f"{JOB_KIND}:{commitment.id}:{event}",
        )
        return len(people)
    return _mail(session, matter, event, people)


def tell_the_rest(session: Session, commitment_id: int, event: str) -> int:
    """The job's work: whoever is not told yet, at the moment it runs."""
    commitment = commitment_by_id(session, commitment_id)
    lock_commitment(session, commitment)
    matter = matter_to_tell(session, commitment)
    if matter is None:
        return 0
    return _mail(session, matter, event, not_yet_told(session, matter, event))


def stop_telling(session: Session, matter: Feedback) -> int:
    """What it tells of is gone: mails that have not left stay here."""
    return cancel_mails_about(session, ABOUT, matter.public_id, TEMPLATE)


def forget_told(session: Session, account_id: int) -> None:
    """Somebody is erased: that they were told of something goes too."""
    session.execute(delete(FeedbackTold).where(FeedbackTold.account_id == account_id))


def move_told(session: Session, kept_member_id: int, gone_member_id: int) -> None:
    """What one entry of a person was told, the entry that stays was told."""
    kept, gone = (
        session.get_one(BankMember, one).account_id for one in (kept_member_id, gone_member_id)
    )
    if kept == gone:
        return
    rows = session.scalars(select(FeedbackTold).where(FeedbackTold.account_id == gone)).all()
    for row in rows:
        if session.get(FeedbackTold, (row.commitment_id, row.event, kept)) is None:
            session.add(
                FeedbackTold(
                    commitment_id=row.commitment_id,
                    event=row.event,
                    account_id=kept,
                    told_on=row.told_on,
                )
            )
        session.delete(row)
    session.flush()


def _mail(session: Session, matter: Feedback, event: str, people: Sequence[Account]) -> int:
    if not people:
        return 0
    session.execute(
        insert(FeedbackTold),
        [
            {
                "commitment_id": matter.commitment_id,
                "event": event,
                "account_id": account.id,
                "told_on": today(),
            }
            for account in people
        ],
    )
    return queue_mails(
        session,
        template=TEMPLATE,
        context=lambda: _context(matter, event),
        about_kind=ABOUT,
        addressees=[
            Addressee(
                to=account.email,
                locale=account.locale,
                about_id=matter.public_id,
                values={"name": account.display_name},
            )
            for account in people
        ],
    )


def _context(matter: Feedback, event: str) -> Mapping[str, Any]:
    """Never its title, nor whose answer it is: both may name an illness."""
    return {
        "name": personal("name"),
        "kind": kind_of(event).value,
        "link": absolute_url(f"/you-said-we-did/{matter.public_id}"),
    }
