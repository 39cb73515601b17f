"""What a round is: its mode, its standing at a moment, who may answer for whom."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum

from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class Mode(StrEnum):
    """How far answers and people are kept apart. Source: TRUST, "Anonymity"."""

    ANONYMOUS = "anonymous"  # nobody can tell whose an answer is: docs/decisions/0001
    CONFIDENTIAL = "confidential"
    NAMED = "named"


MODE_LABELS: Mapping[Mode, str] = {
    Mode.ANONYMOUS: _l("Anonymous"),
    Mode.CONFIDENTIAL: _l("Confidential"),
    Mode.NAMED: _l("With names"),
}

# What each mode means to whoever chooses it, in a line.
MODE_MEANINGS: Mapping[Mode, str] = {
    Mode.ANONYMOUS: _l(
        "Nobody can find out whose an answer is, not even you. You cannot get back to anybody, and "
        "reminders go to everybody. Choose it for what is hard to say."
    ),
    Mode.CONFIDENTIAL: _l(
        "Answers lie apart from names. You can read them one by one, and people may be recognised "
        "by what they write. Choose it for ordinary follow-up."
    ),
    Mode.NAMED: _l(
        "Everybody writes their name, and you see who answered what. Fewer dare to be frank. "
        "Choose it when you have to get back to each one. It stands on no public page, and only "
        "those with a personal link can answer, unless you give it a short address, a poster or "
        "a tablet."
    ),
}


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


STATE_LABELS: Mapping[RoundState, str] = {
    RoundState.PLANNED: _l("Not opened yet"),
    RoundState.OPEN: _l("Open for answers"),
    RoundState.CLOSED: _l("Closed"),
    RoundState.PUBLISHED: _l("Results published"),
}


class LinkKind(StrEnum):
    """Where an open link of a unit is used."""

    POSTER = "poster"
    KIOSK = "kiosk"


class RespondentRole(StrEnum):
    PATIENT = "patient"
    SERVICE_USER = "service_user"
    NEXT_OF_KIN = "next_of_kin"
    PROFESSIONAL = "professional"
    CHILD = "child"


ROLE_LABELS: Mapping[RespondentRole, str] = {
    RespondentRole.PATIENT: _l("patient"),
    RespondentRole.SERVICE_USER: _l("service user"),
    RespondentRole.NEXT_OF_KIN: _l("next of kin"),
    RespondentRole.PROFESSIONAL: _l("professional"),
    RespondentRole.CHILD: _l("child or young person"),
}


class AnswersFor(StrEnum):
    """Who answers on whose behalf: stored on every response, never pooled silently."""

    NOT_STATED = "not_stated"
    SELF = "self"
    ASSISTED = "assisted"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    KIN_FOR_SELF = "kin_for_self"
    KIN_ABOUT_PERSON = "kin_about_person"
    PROFESSIONAL = "professional"


ANSWERS_FOR_LABELS: Mapping[AnswersFor, str] = {
    AnswersFor.SELF: _l("I answer for myself"),
    AnswersFor.ASSISTED: _l("I answer for myself, with somebody's help"),
    AnswersFor.KIN_FOR_SELF: _l("I am next of kin and answer about how it is for me"),
    AnswersFor.KIN_ABOUT_PERSON: _l("I am next of kin and answer for the person I am close to"),
    AnswersFor.GUARDIAN: _l("I answer for my child, as a guardian"),
    AnswersFor.REPRESENTATIVE: _l("I answer for somebody whose legal representative I am"),
}

# The same said to children; the last one is for the adult at their side.
CHILDRENS_LABELS: Mapping[AnswersFor, str] = {
    AnswersFor.SELF: _l("I answer by myself"),
    AnswersFor.ASSISTED: _l("Somebody helps me to answer"),
    AnswersFor.GUARDIAN: _l("I am a parent or another guardian and answer for my child"),
}

# Chosen instead, and stored as not stated.
UNSAID = _l("I do not want to say")

_KIN = (AnswersFor.KIN_FOR_SELF, AnswersFor.KIN_ABOUT_PERSON)
_CHILDREN = {RespondentRole.CHILD}
_PERSON = frozenset({RespondentRole.PATIENT, RespondentRole.SERVICE_USER, RespondentRole.CHILD})


def ways_to_answer(audience: Collection[str]) -> tuple[AnswersFor, ...]:
    """The choices of "whom do you answer for?"; none for a questionnaire to professionals."""
    roles = set(audience)
    if roles == {RespondentRole.PROFESSIONAL}:
        return ()
    if roles == {RespondentRole.NEXT_OF_KIN}:
        return _KIN
    if roles == _CHILDREN:
        return tuple(CHILDRENS_LABELS)
    ways = [AnswersFor.SELF, AnswersFor.ASSISTED]
    if RespondentRole.NEXT_OF_KIN in roles:
        ways += _KIN
    elif roles & _PERSON:
        ways.append(AnswersFor.KIN_ABOUT_PERSON)
    if roles & _PERSON:
        ways += [AnswersFor.GUARDIAN, AnswersFor.REPRESENTATIVE]
    return tuple(ways)


def way_labels(audience: Collection[str]) -> Mapping[AnswersFor, str]:
    """The same choices in words that suit whoever is asked, in their order."""
    said = CHILDRENS_LABELS if set(audience) == _CHILDREN else ANSWERS_FOR_LABELS
    return {way: said[way] for way in ways_to_answer(audience)}


def whom_question(audience: Collection[str]) -> str:
    """What they are choices of; a child is not asked whom it answers for."""
    is_for_children = set(audience) == _CHILDREN
    return _("Who is answering?") if is_for_children else _("Whom do you answer for?")


def answers_for(given: str, audience: Collection[str]) -> AnswersFor:
    """What is stored of the choice: one that was offered, else what follows from the audience."""
    ways = ways_to_answer(audience)
    if not ways:
        return AnswersFor.PROFESSIONAL
    return AnswersFor(given) if given in ways else AnswersFor.NOT_STATED


def standing(
    state: RoundState, opens_at: datetime, closes_at: datetime, moment: datetime
) -> RoundState:
    """What the round is at `moment`: closing time counts even before anybody closed it.

    All three times are UTC; a closing day ends at midnight in Sweden (TRUST 41).
    """
    if state in {RoundState.CLOSED, RoundState.PUBLISHED}:
        return state
    if moment >= closes_at:
        return RoundState.CLOSED
    return RoundState.OPEN if moment >= opens_at else RoundState.PLANNED


def has_names(mode: str) -> bool:
    """Whether who answered is stored with the answer."""
    return mode == Mode.NAMED


def week_number(day: date) -> int:
    """The only time a response knows: ISO year and week as one number (TRUST 46).

    >>> week_number(date(2026, 11, 22))
    202647
    """
    year, week, _weekday = day.isocalendar()
    return year * 100 + week


def promise(mode: Mode) -> tuple[str, ...]:
    """What a respondent is promised, generated from the mode in force: one sentence each.

    Never typed by hand, never more than the mode keeps (TRUST, "Anonymity").
    """
    shared = (
        _("Your answers are stored without your name and address, with the week but not the day."),
        _(
            "Others than the coordinators see answers put together, never fewer than five. "
            "A quote may be shown, without a name."
        ),
    )
    if mode is Mode.ANONYMOUS:
        return (
            _("Your answers are anonymous. Nobody can see which answers are yours, not even we."),
            _("We do not save your name, your address, your link, or when you answered."),
            shared[1],
            _("What you write in your own words can show who you are. You choose what to tell."),
            contact_promise(mode),
        )
    if mode is Mode.NAMED:
        return (
            _("Your name is stored with your answers, and the coordinators can read both."),
            _("Each time somebody reads who has answered what, it is written in a log."),
            shared[1],
            _("The coordinators may contact you about what you answer."),
        )
    return (
        _("Your answers are confidential. The coordinators can read them."),
        *shared,
        _(
            "We do not promise anonymity: what you write yourself can show who you are, and a "
            "personal link could be traced."
        ),
        contact_promise(mode),
    )


def findable(mode: Mode) -> str:
    """For staff who fear that somebody is in danger: whether the writer can be found."""
    if mode is Mode.ANONYMOUS:
        return _(
            "The round is anonymous. Nobody can find out who wrote this, and nobody may try. If "
            "the text itself says where somebody is in danger, call 112."
        )
    if mode is Mode.NAMED:
        return _("The round has names, and people know that you may contact them.")
    return _(
        "The answers lie apart from names, and people were promised that nobody contacts them "
        "because of an answer. If the text itself says where somebody is in danger, call 112."
    )


def contact_promise(mode: Mode) -> str:
    """That nobody gets in touch because of an answer; with names somebody may."""
    if mode is Mode.ANONYMOUS:
        return _("Nobody can contact you because of what you answer here.")
    if mode is Mode.CONFIDENTIAL:
        return _("Nobody will contact you because of what you answer here.")
    return ""
