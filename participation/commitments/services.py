"""Writes of commitments: owe, answer, tell how it goes, move the date, remind."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.queries import called_off_on, to_remind
from participation.commitments.rules import (
    Answer,
    Status,
    UpdateKind,
    can_become,
    due_anew,
    status_after,
)
from participation.county.models import Group, Organisation, Unit
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import SYSTEM, Actor, Role

PATH = "/commitments/"
COLUMNS = [column.key for column in Commitment.__mapper__.column_attrs]


def owe(
    session: Session,
    *,
    owed_by: Organisation | Group | Unit,
    owed_to: str,
    subject_kind: str,
    subject_public_id: str,
    title: str,
    due_on: date,
    meeting_on: date | None = None,
    is_public: bool = True,
    is_fictional: bool = False,
    actor: Actor = SYSTEM,
) -> Commitment:
    """Note that somebody owes an answer by `due_on`; it then waits for them until they answer.

    `title` says what is asked ("What did the focus group lead to?"), `owed_to` whom they answer
    ("eight people in the focus group"). `subject_kind`: activity, statement, audit_proposal, …
    """
    commitment = Commitment(
        organisation=owed_by if isinstance(owed_by, Organisation) else None,
        group=owed_by if isinstance(owed_by, Group) else None,
        unit=owed_by if isinstance(owed_by, Unit) else None,
        owed_to=owed_to,
        subject_kind=subject_kind,
        subject_public_id=subject_public_id,
        title=title,
        due_on=due_on,
        meeting_on=meeting_on,
        status=Status.OPEN.value,
        is_public=is_public,
        is_fictional=is_fictional,
    )
    session.add(commitment)
    session.flush()
    _tell(session, actor, commitment, UpdateKind.OWED, new_day=due_on)
    return commitment


def lock_commitment(session: Session, commitment: Commitment) -> None:
    """An answer and what it is about being withdrawn take turns; the second sees the first."""
    session.refresh(commitment, COLUMNS, with_for_update=True)


def answer_commitment(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    *,
    answer: Answer | str,
    answer_text: str,
    action_text: str = "",
    responsible: str = "",
    action_due_on: date | None = None,
    is_done: bool = False,
) -> Commitment:
    """Answer yes, partly or no, and why; may be answered anew, and the history keeps both.

    Announces commitment_answered, so that those who asked get to know. Raises Conflict when it
    is called off.
    """
    lock_commitment(session, commitment)
    if commitment.is_called_off:
        raise Conflict("nobody waits for an answer any more")
    said = Answer(answer)
    commitment.answer = said.value
    commitment.answer_text = answer_text
    commitment.action_text = action_text if said is not Answer.NO else ""
    commitment.responsible = responsible
    commitment.action_due_on = action_due_on if said is not Answer.NO else None
    commitment.answered_on = today()
    commitment.status = status_after(said, is_done=is_done).value
    session.flush()
    _tell(session, actor, commitment, UpdateKind.ANSWERED, text=_all_words(commitment))
    announce(session, "commitment_answered", commitment_id=commitment.id)
    return commitment


def _all_words(commitment: Commitment) -> str:
    """Why, what and who, so that the history keeps all that an answer once said."""
    said = (commitment.answer_text, commitment.action_text, commitment.responsible)
    return "\n".join(words for words in said if words)


def take_back_answer(
    session: Session, actor: Actor, commitment: Commitment, reason: str
) -> Commitment:
    """An answer that was wrong goes, and is owed again by the day it was; its words stay in the
    history. Announces commitment_taken_back.

    Raises Conflict when there is no answer.
    """
    lock_commitment(session, commitment)
    if commitment.answer is None:
        raise Conflict("there is no answer to take back", now=commitment.status)
    commitment.answer = commitment.answered_on = commitment.action_due_on = None
    commitment.answer_text = commitment.action_text = commitment.responsible = ""
    commitment.status = Status.OPEN.value
    session.flush()
    _tell(session, actor, commitment, UpdateKind.TAKEN_BACK, text=reason)
    announce(session, "commitment_taken_back", commitment_id=commitment.id)
    return commitment


def update_status(
    session: Session, actor: Actor, commitment: Commitment, status: Status | str, text: str = ""
) -> Commitment:
    """Tell how it goes, or that it is done.

    Raises:
        Conflict: the commitment cannot go from its status to that one (rules.TRANSITIONS).
    """
    wanted = Status(status)
    lock_commitment(session, commitment)
    if not can_become(Status(commitment.status), wanted):
        raise Conflict("the status does not allow that", now=commitment.status)
    commitment.status = wanted.value
    session.flush()
    _tell(session, actor, commitment, UpdateKind.STATUS, text=text)
    if wanted in (Status.DONE, Status.DECLINED):
        announce(session, "commitment_moved_on", commitment_id=commitment.id)
    return commitment


def move_deadline(
    session: Session, actor: Actor, commitment: Commitment, new_day: date, reason: str
) -> Commitment:
    """A new day for the answer, or for the promised action; the reason is shown to everybody.

    Raises Conflict when nothing more is expected.
    """
    lock_commitment(session, commitment)
    status = Status(commitment.status)
    if status is Status.OPEN:
        commitment.due_on = new_day
    elif status is Status.IN_PROGRESS:
        commitment.action_due_on = new_day
    else:
        raise Conflict("nothing more is expected of this commitment")
    session.flush()
    _tell(session, actor, commitment, UpdateKind.MOVED, text=reason, new_day=new_day)
    return commitment


def call_off(session: Session, actor: Actor, commitment: Commitment, reason: str) -> None:
    """What it is about is withdrawn: nobody waits for the answer any more, and who owed it gets a
    mail. The history keeps why, and by when it was owed.

    Raises Conflict when it is answered or called off already.
    """
    lock_commitment(session, commitment)
    if Status(commitment.status) is not Status.OPEN:
        raise Conflict("only what waits for an answer is called off", now=commitment.status)
    commitment.status = Status.CALLED_OFF.value
    session.flush()
    _tell(session, actor, commitment, UpdateKind.CALLED_OFF, text=reason, new_day=commitment.due_on)
    _mail(session, commitment, "commitment_called_off")


def put_anew(session: Session, actor: Actor, commitment: Commitment) -> None:
    """What it is about stands again: the answer is owed by the day it had (rules.due_anew), and
    who owes it gets a mail, as when it was called off.

    Raises Conflict when it was not called off.
    """
    lock_commitment(session, commitment)
    if not commitment.is_called_off:
        raise Conflict("it was never called off", now=commitment.status)
    stopped_on = called_off_on(session, commitment) or today()
    commitment.status = Status.OPEN.value
    commitment.due_on = due_anew(commitment.due_on, stopped_on, today())
    commitment.reminded_at = None
    session.flush()
    _tell(session, actor, commitment, UpdateKind.OWED, new_day=commitment.due_on)
    _mail(session, commitment, "commitment_put_anew", due_on=commitment.due_on)


def remind_overdue(session: Session) -> int:
    """One mail to each person who owes, listing what is late; each commitment once a week.

    Returns how many mails were queued.
    """
    late = to_remind(session, now())
    by_account: dict[int, tuple[Account, list[Commitment]]] = {}
    for commitment in late:
        for account in who_answers(session, commitment):
            by_account.setdefault(account.id, (account, []))[1].append(commitment)
        commitment.reminded_at = now()
    for account, theirs in by_account.values():
        _mail_reminder(session, account, theirs)
    session.flush()
    return len(by_account)


def remind_now(session: Session, actor: Actor, commitment: Commitment) -> int:
    """A coordinator reminds of one commitment at once; how many people got a mail."""
    accounts = who_answers(session, commitment)
    for account in accounts:
        _mail_reminder(session, account, [commitment])
    commitment.reminded_at = now()
    _tell(session, actor, commitment, UpdateKind.REMINDED)
    return len(accounts)


def who_answers(session: Session, commitment: Commitment) -> Sequence[Account]:
    """The contact persons of the organisation that owes, or the members of the group."""
    if commitment.owed_by_group_id is not None:
        return accounts_with_role(session, Role.GROUP_MEMBER, group_id=commitment.owed_by_group_id)
    return accounts_with_role(
        session, Role.CONTACT_PERSON, organisation_id=commitment.owner_organisation_id
    )


def _mail(session: Session, commitment: Commitment, template: str, **more: date) -> None:
    """To each who answers. Never its title: that may name an illness."""
    link = absolute_url(PATH + commitment.public_id)
    for account in who_answers(session, commitment):
        queue_mail(
            session,
            to=account.email,
            template=template,
            locale=account.locale,
            context={"name": account.display_name, "link": link, **more},
        )


def _mail_reminder(session: Session, account: Account, late: Sequence[Commitment]) -> None:
    """How many and since when; a title may name an illness, so it stands behind the link only."""
    queue_mail(
        session,
        to=account.email,
        template="commitment_reminder",
        locale=account.locale,
        context={
            "name": account.display_name,
            "commitments": [
                {"due_on": item.deadline, "link": absolute_url(PATH + item.public_id)}
                for item in late
            ],
        },
    )


def _tell(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    kind: UpdateKind,
    *,
    text: str = "",
    new_day: date | None = None,
) -> None:
    """A line in the commitment's own history, and one in the event log."""
    session.add(
        CommitmentUpdate(
            commitment_id=commitment.id,
            kind=kind.value,
            status=commitment.status,
            answer=commitment.answer,
            text=text,
            due_on=new_day,
            by_account_id=actor.account_id,
        )
    )
    session.flush()
    log_event(session, actor, f"commitment_{kind}", "commitment", commitment.public_id)
