"""Writing and deleting notes about a person. The text never stands in the event log."""

from sqlalchemy.orm import Session

from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, MemberNote


def write_note(session: Session, actor: Actor, member: BankMember, text: str) -> MemberNote:
    """Note something about the person, who can read it among their own data."""
    note = MemberNote(member_id=member.id, author_account_id=actor.account_id, text=text)
    session.add(note)
    session.flush()
    _log(session, actor, member, "note_written")
    return note


def delete_note(session: Session, actor: Actor, member: BankMember, note: MemberNote) -> None:
    """Delete a note; the caller has made sure that it is the actor's own."""
    session.delete(note)
    session.flush()
    _log(session, actor, member, "note_deleted")


def _log(session: Session, actor: Actor, member: BankMember, action: str) -> None:
    log_event(
        session,
        actor,
        action,
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )
