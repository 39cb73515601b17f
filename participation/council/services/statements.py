"""Statements: written by the council, sent to a group, which then owes an answer."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.commitments.models import Commitment
from participation.commitments.services import owe
from participation.council.models import CouncilMeeting, CouncilTerm, Statement
from participation.council.queries import statement_document
from participation.council.rules.places import ANSWER_DAYS, SUBJECT_KIND
from participation.county.models import Group
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.foundation.search.services import index_document

PUBLIC_PATH = "/council/statements/"
ANSWER_PATH = "/commitments/"


def draft_statement(
    session: Session,
    actor: Actor,
    term: CouncilTerm,
    *,
    group: Group,
    title: str,
    text: str,
    meeting: CouncilMeeting | None = None,
) -> Statement:
    """Begin a statement to a group. Nobody outside the council sees it yet."""
    statement = Statement(
        term_id=term.id,
        meeting_id=meeting.id if meeting else None,
        group=group,
        written_by_account_id=actor.account_id,
        title=title,
        text=text,
        is_fictional=term.is_fictional or group.is_fictional,
    )
    session.add(statement)
    session.flush()
    log_event(session, actor, "statement_drafted", "statement", statement.public_id)
    return statement


def change_statement(
    session: Session, actor: Actor, statement: Statement, *, group: Group, title: str, text: str
) -> None:
    """Change what is not sent; what was agreed must be agreed again.

    Raises Conflict for what is sent.
    """
    if statement.is_sent:
        raise Conflict
    statement.agreed_on = None
    statement.group = group
    statement.title = title
    statement.text = text
    statement.is_fictional = statement.is_fictional or group.is_fictional
    session.flush()
    log_event(session, actor, "statement_changed", "statement", statement.public_id)


def agree_statement(
    session: Session,
    actor: Actor,
    statement: Statement,
    meeting: CouncilMeeting,
    on: date | None = None,
) -> None:
    """The council stands behind the words, since a meeting. Raises Conflict for what is sent."""
    if statement.is_sent or statement.agreed_on is not None or meeting.term_id != statement.term_id:
        raise Conflict
    statement.meeting_id = meeting.id
    statement.agreed_on = on or today()
    session.flush()
    log_event(session, actor, "statement_agreed", "statement", statement.public_id)


def throw_away_statement(session: Session, actor: Actor, statement: Statement) -> None:
    """Throw a draft away. Raises Conflict for what is sent: that stays for everybody to read."""
    if statement.is_sent:
        raise Conflict
    log_event(session, actor, "statement_thrown_away", "statement", statement.public_id)
    session.delete(statement)
    session.flush()


def send_statement(
    session: Session,
    actor: Actor,
    statement: Statement,
    *,
    due_on: date | None = None,
    is_told: bool = True,
) -> Commitment:
    """Send a statement: everybody can read it, and the group owes an answer by `due_on`.

    The group's members get a mail when `is_told`.

    Raises:
        Conflict: it is not agreed, it is sent already, or the day has passed.
    """
    due = due_on or today() + timedelta(days=ANSWER_DAYS)
    if statement.is_sent or statement.agreed_on is None or due < today():
        raise Conflict
    statement.sent_on = today()
    statement.due_on = due
    session.flush()
    with use_locale(DEFAULT_LOCALE):
        owed_to = _("The development council")
    commitment = owe(
        session,
        owed_by=statement.group,
        owed_to=owed_to,
        subject_kind=SUBJECT_KIND,
        subject_public_id=statement.public_id,
        title=statement.title,
        due_on=due,
        is_fictional=statement.is_fictional,
        actor=actor,
    )
    index_document(session, statement_document(statement, commitment))
    log_event(session, actor, "statement_sent", "statement", statement.public_id)
    if is_told:
        _tell_group(session, statement, commitment)
    return commitment


def follow_up_statement(
    session: Session, actor: Actor, statement: Statement, commitment: Commitment, text: str
) -> None:
    """What became of the answer, in the council's words; everybody can read it.

    Raises Conflict before there is an answer.
    """
    if commitment.answered_on is None:
        raise Conflict
    statement.follow_up_text = text
    statement.followed_up_on = today()
    session.flush()
    index_document(session, statement_document(statement, commitment))
    log_event(session, actor, "statement_followed_up", "statement", statement.public_id)


def reindex_statement(session: Session, commitment: Commitment) -> None:
    """An answer has come: search finds its words too."""
    if commitment.subject_kind != SUBJECT_KIND:
        return
    statement = session.scalar(
        select(Statement).where(Statement.public_id == commitment.subject_public_id)
    )
    if statement is not None:
        index_document(session, statement_document(statement, commitment))


def _tell_group(session: Session, statement: Statement, commitment: Commitment) -> None:
    accounts: list[Account] = list(
        accounts_with_role(session, Role.GROUP_MEMBER, group_id=statement.group_id)
    )
    for account in accounts:
        queue_mail(
            session,
            to=account.email,
            template="council/statement",
            locale=account.locale,
            context={
                "name": account.display_name,
                "due_on": statement.due_on,
                "link": absolute_url(PUBLIC_PATH + statement.public_id),
                "answer_link": absolute_url(ANSWER_PATH + commitment.public_id),
            },
            about=("statement", statement.public_id),
        )
