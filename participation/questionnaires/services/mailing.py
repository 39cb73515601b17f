"""Links by mail: whom a round goes to, the links, the reminders (TRUST 45, 48).

Links are made in a transaction of their own, never beside an address. Each is derived from the
round's key for links and the random id of the contact, so the job can be started again anywhere:
it makes the same links, and nobody is left out or written to twice. When the key is destroyed,
nobody can derive or read a link any more.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.bulk import insert_rows
from participation.foundation.crypto import email_index
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import new_message_id
from participation.foundation.outbox import Addressee, queue_mails
from participation.foundation.outbox.rules import has_mailbox
from participation.foundation.outbox.services import cancel_mails_about
from participation.foundation.permissions import Actor
from participation.foundation.temporary_keys import key_for
from participation.questionnaires.models import (
    AccessToken,
    RoundContact,
    SurveyRound,
    new_row_id,
)
from participation.questionnaires.queries.named import has_answered
from participation.questionnaires.rules.codes import RANDOM, code_of
from participation.questionnaires.rules.contacts import Contact
from participation.questionnaires.rules.mixing import (
    ABOUT,
    BATCH,
    LINK_MAIL,
    REMINDER_MAIL,
    links_key,
)
from participation.questionnaires.rules.rounds import RoundState, has_names
from participation.questionnaires.rules.sealing import access_hash
from participation.questionnaires.services.mail_words import words_of_mail

MAILS_AT_A_TIME = 200
LINK_BYTES = 20


class LinkUsed(Conflict):
    """An answer came by the link that was to be replaced."""

    code = "link_used"


def add_contacts(
    session: Session, actor: Actor, survey_round: SurveyRound, contacts: Iterable[Contact]
) -> int:
    """Addresses of an imported list; how many were new. Raises Conflict when the round is over."""
    rows = [
        _row(survey_round, email_index(one.address), one.locale, address=one.address)
        for one in contacts
    ]
    return _add(session, actor, survey_round, rows)


def add_people(
    session: Session, actor: Actor, survey_round: SurveyRound, accounts: Iterable[Account]
) -> int:
    """People of the bank who can be mailed; how many were new. Raises Conflict."""
    rows = [
        _row(survey_round, email_index(one.email), one.locale, account_id=one.id)
        for one in accounts
        if has_mailbox(one.email)
    ]
    return _add(session, actor, survey_round, rows)


def _row(
    survey_round: SurveyRound,
    index: str,
    locale: str,
    *,
    address: str | None = None,
    account_id: int | None = None,
) -> dict[str, Any]:
    return {
        "id": new_row_id(),
        "round_id": survey_round.id,
        "account_id": account_id,
        "address": address,
        "address_index": index,
        "locale": locale,
        "message_id": None,
        "reminders": 0,
    }


def _add(
    session: Session, actor: Actor, survey_round: SurveyRound, rows: Sequence[dict[str, Any]]
) -> int:
    _check_going(survey_round)
    known = set(
        session.scalars(
            select(RoundContact.address_index).where(RoundContact.round_id == survey_round.id)
        )
    )
    new = {row["address_index"]: row for row in rows if row["address_index"] not in known}
    insert_rows(session, RoundContact, list(new.values()))
    if new:
        log_event(
            session, actor, "round_contacts_added", ABOUT, survey_round.public_id, people=len(new)
        )
    return len(new)


def _check_going(survey_round: SurveyRound) -> None:
    if survey_round.standing() in {RoundState.CLOSED, RoundState.PUBLISHED}:
        raise Conflict


def make_links(session: Session, survey_round: SurveyRound) -> Sequence[bytes]:
    """Links for whoever has not been written to: their hashes alone, in the order of the draw.

    Gives back the ids of those contacts: only they may be mailed, not who comes in meanwhile. A
    few at a time come among links that nobody has, so that none can be told to be somebody's.
    """
    found = session.scalars(
        select(RoundContact.id)
        .where(RoundContact.round_id == survey_round.id, RoundContact.message_id.is_(None))
        .order_by(RoundContact.id)
    ).all()
    ids = [bytes(row_id) for row_id in found]
    if not ids:
        return ids
    key = key_for(links_key(survey_round.public_id))
    links = [_link(key, b"link", row_id) for row_id in ids]
    links += [
        _link(key, b"nobody", ids[0] + bytes([number])) for number in range(BATCH - len(links))
    ]
    rows = [
        {"hash": access_hash(link), "round_id": survey_round.id, "unit_id": None, "is_spent": False}
        for link in links
    ]
    RANDOM.shuffle(rows)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table = AccessToken.__table__
    assert isinstance(table, Table)
    session.connection().execute(dialect.insert(table).on_conflict_do_nothing(), rows)
    return ids


def link_of(survey_round: SurveyRound, contact_id: bytes) -> str:
    """The link that a contact is mailed, as long as the round's key for links is there."""
    return _link(key_for(links_key(survey_round.public_id)), b"link", contact_id)


def _link(key: bytes, purpose: bytes, about: bytes) -> str:
    return code_of(hmac.digest(key, purpose + b"\0" + about, "sha256")[:LINK_BYTES])


def queue_links(session: Session, survey_round: SurveyRound, ids: Sequence[bytes]) -> int:
    """Mails with the link to contacts whose links are made; how many.

    None to who was written to before, or got another link or left the list meanwhile.
    """
    unwritten = RoundContact.message_id.is_(None)
    people = _people(session, survey_round, unwritten & RoundContact.id.in_(ids))
    if not people:
        return 0
    name = links_key(survey_round.public_id)
    key = key_for(name)
    message_ids = {bytes(contact.id): new_message_id() for contact, _email in people}
    addressees = [
        Addressee(
            to=contact.address or email,
            locale=contact.locale,
            about_id=survey_round.public_id,
            sealed={"code": _link(key, b"link", bytes(contact.id))},
            message_id=message_ids[bytes(contact.id)],
        )
        for contact, email in people
    ]
    queue_mails(
        session,
        template=LINK_MAIL,
        context=lambda: words_of_mail(session, survey_round),
        addressees=addressees,
        about_kind=ABOUT,
        sealed_with=name,
    )
    for contact, _email in people:
        contact.message_id = message_ids[bytes(contact.id)]
        if has_names(survey_round.mode):
            contact.link_hash = access_hash(_link(key, b"link", bytes(contact.id)))
    session.flush()
    return len(people)


def queue_reminders(session: Session, survey_round: SurveyRound, number: int) -> int:
    """Reminder `number` to the next people who have not got it, whether they answered or not.

    Only in a round with names it is known whose link was used, and they are left alone.
    """
    waiting = (RoundContact.message_id.is_not(None)) & (RoundContact.reminders < number)
    people = _people(session, survey_round, waiting & ~has_answered())
    queue_mails(
        session,
        template=REMINDER_MAIL,
        context=lambda: words_of_mail(session, survey_round),
        addressees=[
            Addressee(
                to=contact.address or email,
                locale=contact.locale,
                about_id=survey_round.public_id,
                headers=_thread(contact.message_id or ""),
            )
            for contact, email in people
        ],
        about_kind=ABOUT,
    )
    for contact, _email in people:
        contact.reminders = number
    session.flush()
    return len(people)


def _people(
    session: Session, survey_round: SurveyRound, who: Any
) -> Sequence[tuple[RoundContact, str]]:
    rows = session.execute(
        select(RoundContact, Account.email)
        .outerjoin(Account, Account.id == RoundContact.account_id)
        .where(
            RoundContact.round_id == survey_round.id,
            who,
            or_(RoundContact.address.is_not(None), Account.email.is_not(None)),
        )
        .order_by(RoundContact.id)
        .limit(MAILS_AT_A_TIME)
        .with_for_update(of=RoundContact)
    )
    return [(contact, email) for contact, email in rows]


def _thread(message_id: str) -> Mapping[str, str]:
    return {"In-Reply-To": message_id, "References": message_id}


def replace_link(session: Session, actor: Actor, survey_round: SurveyRound, address: str) -> None:
    """A new link for somebody who lost theirs.

    Where it is not kept whose link is whose the old one works on, so two answers may come. In a
    round with names it ends: an answer by it would be nobody's.

    Raises:
        NotFound: the round was not mailed to that address.
        LinkUsed: in a round with names, the old one was used.
        Conflict: the round is over.
    """
    _check_going(survey_round)
    contact = session.scalar(
        select(RoundContact)
        .where(
            RoundContact.round_id == survey_round.id,
            RoundContact.address_index == email_index(address),
        )
        .with_for_update()
    )
    if contact is None:
        raise NotFound
    _end_link(session, contact)
    again = _row(
        survey_round,
        contact.address_index,
        contact.locale,
        address=contact.address,
        account_id=contact.account_id,
    )
    again["reminders"] = contact.reminders
    session.delete(contact)
    session.flush()
    insert_rows(session, RoundContact, [again])
    log_event(session, actor, "link_replaced", ABOUT, survey_round.public_id)


def _end_link(session: Session, contact: RoundContact) -> None:
    """Delete the link that is known to be somebody's. Raises LinkUsed."""
    if contact.link_hash is None:
        return
    link = session.scalar(
        select(AccessToken).where(AccessToken.hash == contact.link_hash).with_for_update()
    )
    if link is not None and link.is_spent:
        raise LinkUsed
    if link is not None:
        session.delete(link)


def end_mailing(session: Session, survey_round: SurveyRound) -> None:
    """No reminder remains: mails that have not left are stopped, the addresses are deleted."""
    for template in (LINK_MAIL, REMINDER_MAIL):
        cancel_mails_about(session, ABOUT, survey_round.public_id, template)
    session.execute(
        delete(RoundContact)
        .where(RoundContact.round_id == survey_round.id)
        .execution_options(synchronize_session=False)
    )


def forget_contact(session: Session, account_id: int) -> int:
    """Somebody leaves or is erased: no round is mailed to them any more; how many were."""
    email = session.scalar(select(Account.email).where(Account.id == account_id))
    mine = RoundContact.account_id == account_id
    if email:
        mine = or_(mine, RoundContact.address_index == email_index(email))
    gone = session.scalars(
        delete(RoundContact)
        .where(mine)
        .returning(RoundContact.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone)
