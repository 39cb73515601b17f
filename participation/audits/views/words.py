"""Sentences about a proposal's answer, and about what the end of an audit destroys."""

from participation.audits.queries import ProposalLine
from participation.commitments.rules import Answer, Status
from participation.foundation.clock import today
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

Mark = tuple[str, str]  # a shape of the `status` macro, and its words


def answer_mark(line: ProposalLine) -> Mark | None:
    """How far the unit has come with a proposal; None before the feedback meeting."""
    commitment = line.commitment
    if commitment is None:
        return None
    if commitment.is_late(today()):
        days = (today() - (commitment.deadline or today())).days
        return "late", ngettext("%(num)s day late", "%(num)s days late", days)
    marks = {
        Status.OPEN.value: ("soon", _("Answer by %(day)s", day=format_day(commitment.due_on))),
        Status.IN_PROGRESS.value: ("going", _("In progress")),
        Status.DONE.value: ("done", _("Done")),
        Status.DECLINED.value: ("no", _("No")),
        Status.CALLED_OFF.value: ("no", _("No answer is needed any more")),
    }
    return marks[commitment.status]


def answer_word(line: ProposalLine) -> str:
    """The answer in a word; nothing where the unit's own words begin with it."""
    said = {
        Answer.YES.value: _("Yes."),
        Answer.PARTLY.value: _("Partly."),
        Answer.NO.value: _("No") + ".",
    }
    commitment = line.commitment
    word = said.get(commitment.answer or "", "") if commitment else ""
    text = commitment.answer_text if commitment else ""
    return "" if text.startswith(word[:-1]) else word


def goes_unread(waiting: int) -> str:
    """What the end of the audit destroys, in words; "": nothing waits."""
    if not waiting:
        return ""
    return ngettext(
        "%(num)s interview from a device waits for the team. It is destroyed unread when the "
        "audit ends.",
        "%(num)s interviews from devices wait for the team. They are destroyed unread when the "
        "audit ends.",
        waiting,
    )


def may_be_on_devices(taken: int) -> str:
    """What to ask the team before the interviews end; "": it was never taken along."""
    if not taken:
        return ""
    return ngettext(
        "The audit was taken along on a phone or tablet %(num)s time. Ask each other whether "
        "everything has been sent. What is still on a device arrives later, and the team decides "
        "whether to take it in.",
        "The audit was taken along on a phone or tablet %(num)s times. Ask each other whether "
        "everything has been sent. What is still on a device arrives later, and the team decides "
        "whether to take it in.",
        taken,
    )


CHANGED_MEANWHILE = _l(
    "A colleague has changed it meanwhile; theirs stands below. "
    "Put the two together here and save again."
)
