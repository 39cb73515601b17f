"""Words of the start page and the logs: counts in words, names of events and roles."""

from datetime import date
from typing import Any

from participation.accounts.forms import ROLE_NAMES
from participation.accounts.rules.waiting import Waiting, When
from participation.foundation.i18n import format_number, ngettext, pgettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Role

HEADINGS: dict[When, Any] = {
    When.LATE: _l("Late"),
    When.TODAY: _l("Today"),
    When.THIS_WEEK: _l("This week"),
    When.LATER: _l("Later"),
    When.ANY_TIME: _l("When you have time"),
}

# What a line of the event log says happened. A feature's action that is missing here is shown as
# its code, which is readable enough for the officer; people see EVENT_UNNAMED.
EVENT_NAMES: dict[str, Any] = {
    "signed_in": _l("Signed in"),
    "strong_sign_in_set": _l("Chose password and authenticator"),
    "account_opened": _l("Opened an account"),
    "account_invited": _l("Invited to an account"),
    "account_deactivated": _l("Closed an account"),
    "account_reactivated": _l("Opened a closed account again"),
    "role_granted": _l("Gave a role"),
    "role_revoked": _l("Took a role back"),
    "email_changed": _l("Changed the e-mail address"),
    "own_data_exported": _l("Downloaded their own data"),
    "person_erased": _l("Erased their data"),
    "commitment_owed": _l("Noted a commitment"),
    "commitment_answered": _l("Answered a commitment"),
    "commitment_status": _l("Changed the status of a commitment"),
    "commitment_moved": _l("Moved the date of a commitment"),
    "commitments_reminded": _l("Reminded about commitments"),
    "member_opened": _l("Opened a person in the interest bank"),
    "membership_confirmed": _l("Joined the interest bank"),
    "membership_paused": _l("Rests from the interest bank"),
    "membership_resumed": _l("Is back in the interest bank"),
    "membership_left": _l("Left the interest bank"),
    "guardian_asked": _l("Asked a guardian"),
    "guardian_approved": _l("A guardian said yes"),
    "guardian_refused": _l("A guardian said no"),
    "guardian_withdrew": _l("A guardian took their yes back"),
    "guardian_no_longer_needed": _l("Needs no guardian any more"),
    "membership_changed": _l("Changed the membership of the interest bank"),
    "protection_set": _l("Noted a protected identity"),
    "protection_lifted": _l("Removed the note of a protected identity"),
    "member_invited": _l("Invited to an activity"),
    "bank_searched": _l("Searched in the interest bank"),
    "candidates_seen": _l("Looked at who fits an activity"),
    "children_considered": _l("Answered how children are heard in an activity"),
    "answers_seen": _l("Read the answers to an invitation"),
    "attendance_closed": _l("Noted who came"),
    "agreements_seen": _l("Looked at who has agreed to an assignment"),
    "agreement_answered": _l("Answered a question about an assignment"),
    "ties_seen": _l("Read declared ties"),
    "ties_decided": _l("Decided on declared ties"),
    "claim_seen": _l("Looked at a compensation claim"),
    "claim_submitted": _l("Sent in a compensation claim"),
    "claim_declined": _l("Declined compensation"),
    "claim_withdrawn": _l("Took back a compensation claim"),
    "claim_approved": _l("Approved a compensation claim"),
    "claim_returned": _l("Sent back a compensation claim"),
    "claim_adjusted": _l("Changed the amount of a compensation claim"),
    "claim_exported": _l("Sent a compensation claim to payroll"),
    "claim_paid": _l("Noted that a compensation claim was paid"),
    "payroll_exported": _l("Made a payroll batch"),
    "payroll_fetched": _l("Fetched a payroll file"),
    "payroll_paid": _l("Noted that a payroll batch was paid"),
    "certificate_seen": _l("Looked at a certificate"),
    "contact_persons_seen": _l("Looked at who speaks for an organisation"),
    "contact_person_seen": _l("Looked at who speaks for an organisation"),
    "nominated_seen": _l("Looked at who is nominated"),
    "trained_people_seen": _l("Looked at who has completed a course"),
    "refreshers_seen": _l("Looked at whose course ends"),
    "drawn_seen": _l("Looked at who was drawn by lot"),
    "full_pool_seen": _l("Fetched the pool of a draw, by number"),
    "households_seen": _l("Looked at who shares a home"),
    "walk_in_search": _l("Searched for somebody who came to an activity"),
    "council_people_read": _l("Opened the list of the council"),
    "accounts_listed": _l("Listed accounts"),
    "members_listed": _l("Listed people in the interest bank"),
    "members_exported": _l("Took along a list out of the interest bank"),
    "member_exported": _l("Took along a list with the person on it"),
    "notes_read": _l("Read the notes about a person"),
    "note_written": _l("Wrote a note about a person"),
    "note_deleted": _l("Deleted a note about a person"),
    "glass_broken": _l("Opened protected contact details"),
    "pair_compared": _l("Compared two people who may be one"),
    "pair_kept_apart": _l("Noted that two people are not the same"),
    "members_merged": _l("Merged two entries of one person"),
    "member_signed_up": _l("Signed a person up for the interest bank"),
    "consent_recorded": _l("Wrote down that a person said yes"),
    "letters_listed": _l("Listed people to call or write to"),
    "letter_read": _l("Opened a letter to a person"),
    "letter_told": _l("Called or wrote to a person"),
    "import_checked": _l("Checked a list before taking it in"),
    "member_imported": _l("Took a person in from an earlier list"),
    "import_undone": _l("Took an import back"),
    "mail_read": _l("Read a mail that was not delivered"),
}
EVENT_UNNAMED = _l("Handled your data")

# What a line of the event log is about; a kind that is missing here is shown as its code.
THING_NAMES: dict[str, Any] = {
    "account": _l("Account"),
    "activity": _l("Activity"),
    "audit": _l("User audit"),
    "audit_interview": _l("Interview in a user audit"),
    "audits": _l("User audits"),
    "bank": _l("Interest bank"),
    "bank_import": _l("List taken into the interest bank"),
    "bank_member": _l("Person in the interest bank"),
    "bank_pair": _l("Two people who may be one"),
    "bank_letter": _l("Letter to a person in the interest bank"),
    "agreement": _l("Agreement on an assignment"),
    "claim": _l("Compensation claim"),
    "claims": _l("Compensation claims"),
    "declaration": _l("Declaration of ties"),
    "payroll": _l("Payroll batch"),
    "code": _l("Code"),
    "codebook": _l("Codebook"),
    "commitment": _l("Commitment"),
    "council_decision": _l("Decision of the council"),
    "council_meeting": _l("Meeting of the council"),
    "council_seat": _l("Seat in the council"),
    "council_term": _l("Term of the council"),
    "county": _l("County data"),
    "feedback": _l("Feedback"),
    "finding": _l("Finding"),
    "invitation": _l("Invitation"),
    "mail": _l("Mail"),
    "material": _l("Material"),
    "material_text": _l("Text in a material"),
    "participation_request": _l("Request"),
    "plan_action": _l("Action in a plan"),
    "questionnaire": _l("Questionnaire"),
    "quote": _l("Quote"),
    "release": _l("Publication"),
    "representation": _l("Place in a group"),
    "statement": _l("Statement"),
    "survey_round": _l("Survey round"),
}


def event_name(action: str) -> str:
    """For those who know the codes."""
    return str(EVENT_NAMES.get(action, action.replace("_", " ")))


def thing_name(kind: str) -> str:
    """What a logged line is about: "council_seat" → "Seat in the council"."""
    return str(THING_NAMES.get(kind, kind.replace("_", " ")))


def event_name_for_person(action: str) -> str:
    """For the person it was about."""
    return str(EVENT_NAMES.get(action, EVENT_UNNAMED))


def role_names(codes: str) -> str:
    """ "coordinator,administrator" → names in the reader's language."""
    known = {role.value: str(ROLE_NAMES[role]) for role in Role}
    return ", ".join(known.get(code, "") for code in codes.split(",") if code in known)


def count_word(number: int) -> str:
    """Up to twelve in words, above in digits, with a capital: "Seven"."""
    words = (
        pgettext("count of things", "one"),
        pgettext("count of things", "two"),
        pgettext("count of things", "three"),
        pgettext("count of things", "four"),
        pgettext("count of things", "five"),
        pgettext("count of things", "six"),
        pgettext("count of things", "seven"),
        pgettext("count of things", "eight"),
        pgettext("count of things", "nine"),
        pgettext("count of things", "ten"),
        pgettext("count of things", "eleven"),
        pgettext("count of things", "twelve"),
    )
    word = words[number - 1] if 1 <= number <= len(words) else format_number(number)
    return word[:1].upper() + word[1:]


def heading(total: int) -> str:
    """What the start page is called: "Seven things are waiting for you"."""
    if not total:
        return _("Nothing is waiting for you")
    return ngettext(
        "One thing is waiting for you",
        "%(word)s things are waiting for you",
        total,
        word=count_word(total),
    )


def lead(waiting: Waiting) -> str:
    """What cannot wait: "One is late. Two need to be done today." """
    late, today = waiting.count(When.LATE), waiting.count(When.TODAY)
    sentences = []
    if late:
        sentences.append(
            ngettext("One is late.", "%(word)s are late.", late, word=count_word(late))
        )
    if today:
        sentences.append(
            ngettext(
                "One needs to be done today.",
                "%(word)s need to be done today.",
                today,
                word=count_word(today),
            )
        )
    return " ".join(sentences)


def due_text(due_on: date | None, today: date) -> tuple[str, str] | None:
    """The mark beside something with a date: (kind of status, words)."""
    if due_on is None or due_on == today:
        return None
    days = (due_on - today).days
    if days < 0:
        return "late", ngettext("%(num)s day late", "%(num)s days late", -days)
    return "soon", ngettext("In %(num)s day", "In %(num)s days", days)
