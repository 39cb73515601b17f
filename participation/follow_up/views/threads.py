"""A matter as the knots of a thread, in words."""

from collections.abc import Iterator
from datetime import date, datetime

from participation.commitments.models import Commitment
from participation.follow_up.models import Feedback
from participation.follow_up.queries.feedback import Case
from participation.follow_up.rules.feedback import CaseState, Knot
from participation.follow_up.rules.words import CASE_STATE_WORDS
from participation.foundation.clock import to_local
from participation.foundation.i18n import format_day, format_month, ngettext
from participation.foundation.i18n import gettext as _


def state_in_words(case: Case) -> str:
    """ "43 days late", or the state's own word."""
    if case.state is CaseState.LATE and case.days_late:
        return ngettext("%(num)s day late", "%(num)s days late", case.days_late)
    return str(CASE_STATE_WORDS[case.state])


def knots(case: Case) -> list[Knot]:
    """Voice, answer, what was done, lateness, and whether it rings true, in order of time."""
    feedback = case.feedback
    voice = Knot(
        kind="voice",
        who=_("You said"),
        when=format_month(feedback.voice_on),
        text=feedback.voice_text,
        meta=feedback.voice_where,
    )
    done = [
        Knot(kind="answer", who=_("We did"), when=format_month(_day(u.created_at)), text=u.text)
        for u in case.updates
        if u.text
    ]
    known = [voice, *_answered(case.commitment), *done]
    return [*known, *_measured(case), *_waiting(case), *_checked(feedback)]


def _measured(case: Case) -> Iterator[Knot]:
    """A later round has asked the same: published numbers, and how sure the difference is."""
    if case.measured is not None:
        yield Knot(
            kind="",
            who=_("Asked again"),
            when=case.measured.wave,
            text=case.measured.in_words,
        )


def _answered(commitment: Commitment) -> Iterator[Knot]:
    if commitment.answer is None or commitment.answered_on is None:
        return
    answered = {"no": _("We answered no"), "partly": _("We said yes, in part")}
    yield Knot(
        kind="answer",
        who=answered.get(commitment.answer, _("We decided")),
        when=format_month(commitment.answered_on),
        text=_sentences(commitment.answer_text, commitment.action_text),
    )


def _checked(feedback: Feedback) -> Iterator[Knot]:
    if feedback.check_text and feedback.check_on:
        yield Knot(
            kind="voice",
            who=_("Does it ring true?"),
            when=format_month(feedback.check_on),
            text=feedback.check_text,
        )


def _waiting(case: Case) -> list[Knot]:
    """The last knot of a matter that is not settled: late, or when to expect more."""
    commitment = case.commitment
    due_on = commitment.due_on if commitment.answer is None else commitment.action_due_on
    if due_on is None:
        return []
    if case.state is CaseState.LATE:
        when = _("should have been ready %(date)s", date=format_day(due_on))
        return [Knot(kind="late", who=_("We are late"), when=when, text=_late_words(case))]
    if case.state in {CaseState.WAITING, CaseState.GOING}:
        text = (
            _("An answer is due %(date)s.", date=format_day(due_on))
            if commitment.answer is None
            else _("It should be ready %(date)s.", date=format_day(due_on))
        )
        return [Knot(kind="open", who=_("Still to come"), when="", text=text)]
    return []


def _late_words(case: Case) -> str:
    return _("%(who)s owes the answer.", who=case.owed_by)


def _sentences(*texts: str) -> str:
    return " ".join(text.strip() for text in texts if text and text.strip())


def _day(moment: datetime) -> date:
    return to_local(moment).date()
