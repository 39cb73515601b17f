"""Dialogues: begun, written in, brought to a statement that the group owes an answer to."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from participation.accounts.queries import accounts_with_role
from participation.activities.models import Activity, CoArranger
from participation.commitments.services import owe
from participation.county.models import Group, Organisation
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor, Permission, Role
from participation.organisations.models import Dialogue, DialogueMessage, DialogueStatement
from participation.organisations.queries import STATEMENT
from participation.organisations.rules.states import STATEMENT_ANSWER_DAYS


def begin_dialogue(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    group: Group,
    *,
    theme: str,
    text: str,
) -> Dialogue:
    """Take a theme up with a group; its members get a mail."""
    dialogue = Dialogue(
        organisation_id=organisation.id,
        group_id=group.id,
        theme=theme,
        is_fictional=organisation.is_fictional or group.is_fictional,
    )
    session.add(dialogue)
    session.flush()
    log_event(session, actor, "dialogue_begun", "dialogue", dialogue.public_id)
    write_in_dialogue(session, actor, dialogue, text)
    return dialogue


def write_in_dialogue(
    session: Session, actor: Actor, dialogue: Dialogue, text: str
) -> DialogueMessage:
    """One more line; the other side gets a mail. Raises Conflict when the dialogue is over."""
    if actor.account_id is None:
        raise NotFound
    _check_going(dialogue)
    message = DialogueMessage(
        dialogue_id=dialogue.id,
        author_account_id=actor.account_id,
        is_from_organisation=speaks_in(actor, dialogue),
        text=text,
    )
    session.add(message)
    session.flush()
    _tell(session, dialogue, to_group=message.is_from_organisation)
    return message


def set_meeting(
    session: Session, actor: Actor, dialogue: Dialogue, *, meets_on: date | None, where: str
) -> None:
    """When and where they meet next."""
    _check_going(dialogue)
    dialogue.meets_on, dialogue.meets_where = meets_on, where
    session.flush()
    log_event(session, actor, "dialogue_meeting_set", "dialogue", dialogue.public_id)


def send_statement(
    session: Session, actor: Actor, dialogue: Dialogue, *, title: str, text: str, is_public: bool
) -> DialogueStatement:
    """The organisation asks for an answer, and the group owes one within 60 days.

    Raises NotFound unless the person speaks for the organisation.
    """
    if actor.account_id is None or not speaks_in(actor, dialogue):
        raise NotFound
    _check_going(dialogue)
    statement = DialogueStatement(
        dialogue_id=dialogue.id,
        written_by_account_id=actor.account_id,
        title=title,
        text=text,
        is_public=is_public,
    )
    session.add(statement)
    session.flush()
    owe(
        session,
        owed_by=session.get_one(Group, dialogue.group_id),
        owed_to=session.get_one(Organisation, dialogue.organisation_id).name,
        subject_kind=STATEMENT,
        subject_public_id=statement.public_id,
        title=title,
        due_on=today() + timedelta(days=STATEMENT_ANSWER_DAYS),
        is_public=is_public,
        is_fictional=dialogue.is_fictional,
        actor=actor,
    )
    _tell(session, dialogue, to_group=True)
    return statement


def arrange_together(
    session: Session, actor: Actor, dialogue: Dialogue, activity: Activity
) -> None:
    """The organisation arranges an activity together with whoever invites; its page says so."""
    dialogue.activity_id = activity.id
    if session.get(CoArranger, (activity.id, dialogue.organisation_id)) is None:
        session.add(CoArranger(activity_id=activity.id, organisation_id=dialogue.organisation_id))
    session.flush()
    log_event(session, actor, "arranged_together", "activity", activity.public_id)


def close_dialogue(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """Nothing more is written; statements are still owed their answers."""
    _check_going(dialogue)
    dialogue.closed_at = now()
    session.flush()
    log_event(session, actor, "dialogue_closed", "dialogue", dialogue.public_id)


def speaks_in(actor: Actor, dialogue: Dialogue) -> bool:
    """Whether the person speaks for the organisation in this dialogue."""
    return actor.scope(Permission.OWN_ORGANISATION).has_organisation(dialogue.organisation_id)


def _check_going(dialogue: Dialogue) -> None:
    if dialogue.closed_at is not None:
        raise Conflict


def _tell(session: Session, dialogue: Dialogue, *, to_group: bool) -> None:
    """A mail to the other side; the theme may name an illness and stays behind the link."""
    accounts = (
        accounts_with_role(session, Role.GROUP_MEMBER, group_id=dialogue.group_id)
        if to_group
        else accounts_with_role(
            session, Role.USER_ORGANISATION, organisation_id=dialogue.organisation_id
        )
    )
    for account in accounts:
        queue_mail(
            session,
            to=account.email,
            template="organisations/dialogue",
            locale=account.locale,
            context={
                "name": account.display_name,
                "link": absolute_url(f"/dialogues/{dialogue.public_id}"),
            },
            about=("dialogue", dialogue.public_id),
        )
