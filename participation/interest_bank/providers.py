"""What pages below show of the bank: start card, a voice's trail, a person's data, figures."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.i18n import (
    current_locale,
    format_and,
    format_day,
    format_labels,
    format_moment,
    format_phone,
    ngettext,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor
from participation.foundation.providers import Address, DataSection, Figure, StartItem, TrailStep
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.queries import (
    bank_figures,
    membership_to_erase,
    own_membership,
    valid_consents,
)
from participation.interest_bank.queries.calls import call_count
from participation.interest_bank.queries.duplicates import undecided_count
from participation.interest_bank.queries.letters import letter_count
from participation.interest_bank.queries.notes import notes_about_account
from participation.interest_bank.rules import (
    ASSIGNMENT_LABELS,
    CONTACT_LABELS,
    GENDER_LABELS,
    LANGUAGE_LABELS,
    NEED_LABELS,
    ROLE_LABELS,
    STATE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    MemberState,
    is_a_name,
)
from participation.interest_bank.services import call_member, withdraw_membership
from participation.interest_bank.services.letters import write_letter

ROOM = "interest_bank"
MEMBERSHIP = Address(endpoint="interest_bank.membership")


class PauseCard:
    """A member who rests is reminded of it, without a date and without weight."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        member = own_membership(session, actor.account_id)
        if member is None or member.state != MemberState.PAUSED:
            return
        until = member.paused_until
        yield StartItem(
            title=_("You are resting"),
            detail=_("We ask you again after %(day)s.", day=format_day(until))
            if until
            else _("We ask you nothing until you say so."),
            address=MEMBERSHIP,
            action=_("To your page"),
            count=0,
        )


class MembershipTrail:
    """The first step of a voice: the person joined."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        member = own_membership(session, account_id)
        if member is not None and member.confirmed_at is not None:
            yield TrailStep(
                at=member.confirmed_at,
                title=_("You joined the interest bank"),
                text=_("Since then we can ask you about what fits."),
                address=MEMBERSHIP,
            )


class MembershipData:
    """What the bank holds about one person."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        member = own_membership(session, account_id)
        if member is None:
            return
        consents = valid_consents(session, member.id)
        yield DataSection(
            title=_("Interest bank"),
            rows=_rows(member),
            raw=_raw(member, consents),
            edit=MEMBERSHIP,
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        member = membership_to_erase(session, account_id)
        if member is not None:
            withdraw_membership(session, SYSTEM, member)
        return ()


def _rows(member: BankMember) -> tuple[tuple[str, str], ...]:
    def words(values: Iterable[str], known: dict[str, object]) -> str:
        labels = [known[value] for value in values]
        return format_labels(labels, are_names=known is LANGUAGE_LABELS)

    areas = [row.area.name_in(current_locale()) for row in member.experiences]
    confirmed = format_moment(member.confirmed_at) if member.confirmed_at else ""
    place = member.municipality.name_in(current_locale()) if member.municipality else ""
    return (
        (_("Name"), member.name),
        (_("Mobile number"), format_phone(member.phone) if member.phone else ""),
        (_("Contact"), str(CONTACT_LABELS[member.preferred_contact])),
        (_("Municipality"), place),
        (_("Born"), str(member.birth_year)),
        (_("Gender"), member.gender_text or str(GENDER_LABELS[member.gender])),
        (_("Experience"), words((row.role for row in member.roles), ROLE_LABELS)),
        (_("Areas"), format_and(areas)),
        (_("In your own words"), member.experience_text or ""),
        (_("Ways"), words(member.ways, WAY_LABELS)),
        (_("Something more"), words(member.assignments, ASSIGNMENT_LABELS)),
        (_("Times"), words(member.times, TIME_LABELS)),
        (_("Languages"), words(member.languages, LANGUAGE_LABELS)),
        (_("What you need"), words(member.needs, NEED_LABELS)),
        (_("Interpreter to"), member.interpreter_language or ""),
        (_("Other needs"), member.needs_text or ""),
        (_("State"), str(STATE_LABELS[member.state])),
        (_("In the bank since"), confirmed),
    )


def _raw(member: BankMember, consents: Iterable[Consent]) -> dict[str, object]:
    told = vars(member.profile())
    return {
        **{
            name: list(value) if isinstance(value, tuple) else value for name, value in told.items()
        },
        "areas": [row.area.key for row in member.experiences],
        "state": member.state,
        "is_protected": member.is_protected,
        "paused_until": member.paused_until.isoformat() if member.paused_until else None,
        "confirmed_at": member.confirmed_at.isoformat() if member.confirmed_at else None,
        "consents": [
            {
                "purpose": consent.purpose,
                "notice_version": consent.notice_version,
                "notice_kind": consent.notice_kind,
                "locale": consent.locale,
                "given_at": consent.given_at.isoformat(),
            }
            for consent in consents
        ],
    }


class NameFollows:
    """Somebody changed what they are called on the account: the bank calls them so too."""

    event_name = "account_renamed"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        member = membership_to_erase(session, data["account_id"])
        account = session.get_one(Account, data["account_id"])
        if member is not None and is_a_name(account.display_name):
            call_member(session, member, account.display_name)


class MemberFigure:
    """How many are in the bank, for the start page."""

    def figures(self, session: Session) -> Iterable[Figure]:
        yield Figure(key="members", value=bank_figures(session).members)


class NotesData:
    """What coordinators have written about one person."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        notes = notes_about_account(session, account_id)
        if not notes:
            return
        yield DataSection(
            title=_("Notes about you"),
            rows=tuple(
                (f"{format_moment(note.created_at)}, {note.author.display_name}", note.text)
                for note in notes
            ),
            raw={
                "notes": [
                    {
                        "at": note.created_at.isoformat(),
                        "by": note.author.display_name,
                        "text": note.text,
                    }
                    for note in notes
                ]
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        return ()  # they go with the membership


class LetterInstead:
    """Somebody without e-mail would have got a mail: a coordinator calls or writes."""

    event_name = "mail_without_mailbox"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        write_letter(
            session,
            data["email_index"],
            template=data["template"],
            locale=data["locale"],
            subject=data["subject"],
            text=data["text"],
        )


class LetterCard:
    """Coordinators: people to call or write to."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        count = letter_count(session, actor)
        if count:
            yield StartItem(
                title=ngettext(
                    "Call or write to one person", "Call or write to %(num)s people", count
                ),
                detail=_("They have no e-mail."),
                address=Address(endpoint="interest_bank.letters"),
                action=_("See whom"),
                count=count,
            )


class CallCard:
    """Coordinators: people who asked to be called."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        count = call_count(session, actor)
        if count:
            yield StartItem(
                title=ngettext("Call one person", "Call %(num)s people", count),
                detail=_("They have asked us to call."),
                address=Address(endpoint="interest_bank.calls"),
                action=_("See whom"),
                count=count,
            )


class DuplicateCard:
    """Coordinators: entries that may be one person, when there is time."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        count = undecided_count(session, actor)
        if count:
            yield StartItem(
                title=_("Look at possible duplicates"),
                detail=ngettext(
                    "Two entries may be one person.", "%(num)s pairs may be one person each.", count
                ),
                address=Address(endpoint="interest_bank.duplicates"),
                action=_("Compare"),
                count=count,
            )
