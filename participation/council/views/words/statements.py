"""Sentences about statements: how far one has come, what the group answered."""

from participation.commitments.rules import Answer
from participation.council.queries import StatementLine
from participation.council.rules.statements import StatementState
from participation.council.views.words.names import Mark
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _


def answer_mark(line: StatementLine) -> Mark:
    """How far the group's answer has come."""
    commitment = line.commitment
    if commitment is None:
        return "no", _("Not sent yet")
    if commitment.answered_on is None:
        if line.days_late:
            return "late", ngettext("%(num)s day late", "%(num)s days late", line.days_late)
        return "going", _("Awaited by %(day)s", day=format_day(commitment.due_on))
    said = {
        Answer.YES.value: ("done", _("Answered yes %(day)s")),
        Answer.PARTLY.value: ("going", _("Answered yes, partly, %(day)s")),
        Answer.NO.value: ("no", _("Answered no %(day)s")),
    }
    shape, words = said[commitment.answer or Answer.NO.value]
    return shape, words % {"day": format_day(commitment.answered_on)}


def answer_word(line: StatementLine) -> str:
    """The answer in a word; nothing where the group's own words begin with it."""
    words = {
        Answer.YES.value: _("Yes."),
        Answer.PARTLY.value: _("Partly."),
        Answer.NO.value: _("No") + ".",
    }
    commitment = line.commitment
    word = words.get(commitment.answer or "", "") if commitment else ""
    text = commitment.answer_text if commitment else ""
    return "" if text.startswith(word[:-1]) else word


def waiting_words(waiting: int, late: int) -> str:
    """ "Two statements wait for an answer, one of them late." """
    if not waiting:
        return _("No statement waits for an answer.")
    waits = ngettext(
        "%(num)s statement waits for an answer", "%(num)s statements wait for an answer", waiting
    )
    if not late:
        return _("%(waits)s.", waits=waits)
    if late == waiting:
        return (
            _("%(waits)s. It is late.", waits=waits)
            if late == 1
            else _("%(waits)s. All of them are late.", waits=waits)
        )
    return ngettext(
        "%(waits)s, %(num)s of them late.", "%(waits)s, %(num)s of them late.", late, waits=waits
    )


def state_mark(line: StatementLine) -> Mark:
    """How far a statement has come, from draft to followed up."""
    if line.state is StatementState.DRAFT:
        return "no", _("Draft")
    if line.state is StatementState.AGREED:
        return "soon", _("Agreed, not sent yet")
    if line.state is StatementState.FOLLOWED_UP:
        assert line.statement.followed_up_on is not None
        day = format_day(line.statement.followed_up_on)
        return "done", _("Followed up %(day)s", day=day)
    return answer_mark(line)
