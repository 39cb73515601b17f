"""How a promise, a plan and a figure are said on the pages of follow-up."""

from dataclasses import dataclass

from participation.follow_up.queries.promises import Promise
from participation.foundation.i18n import format_day, format_number, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.indicators.rules.series import Point
from participation.plans.queries.plans import PlanHead
from participation.plans.rules.plans import PlanStatus

PROMISE_SHAPES = {"open": "soon", "in_progress": "going", "done": "done", "declined": "no"}
PROMISE_WORDS = {
    "open": _l("Waiting for an answer"),
    "in_progress": _l("Under way"),
    "done": _l("Done"),
    "declined": _l("No, with reasons"),
}
_IN_ORDER = (PlanStatus.DONE, PlanStatus.GOING, PlanStatus.NOT_STARTED, PlanStatus.DECLINED)


def promise_state(promise: Promise) -> tuple[str, str]:
    """The shape and the word of a promise: ("late", "12 days late")."""
    if promise.is_late:
        return "late", ngettext("%(num)s day late", "%(num)s days late", promise.days_late)
    status = promise.commitment.status
    return PROMISE_SHAPES[status], str(PROMISE_WORDS[status])


@dataclass(frozen=True)
class SaidPromise:
    """A promise on a page: what it is called, what became of it, and what it answers."""

    state: tuple[str, str]
    title: str
    text: str
    meta: str


def said(promise: Promise, number: int | None = None) -> SaidPromise:
    """What was promised stands first; before an answer, that it is owed.

    `number`: of the finding on the same page that it answers.
    """
    about = promise.commitment
    answers = _("Answers finding %(number)s.", number=number) if number else ""
    state = promise_state(promise)
    if about.action_text and about.status != "declined":
        meta = answers or _("About: %(title)s", title=about.title)
        return SaidPromise(state, about.action_text, promise.happened or _ready(promise), meta)
    title = about.title
    if number and about.answer is None:
        title, answers = _("Answer finding %(number)s", number=number), ""
    return SaidPromise(
        state, title, promise.happened or about.answer_text or _due(promise), answers
    )


def _due(promise: Promise) -> str:
    return _("An answer is due %(date)s.", date=format_day(promise.commitment.due_on))


def _ready(promise: Promise) -> str:
    about = promise.commitment
    if about.status == "done" or about.action_due_on is None:
        return about.answer_text
    return _("It should be ready %(date)s.", date=format_day(about.action_due_on))


def plan_line(head: PlanHead) -> str:
    """ "17 plan actions: 3 done, 5 under way, 9 not started." """
    if head.plan.content_state != "loaded":
        return _("What the plan says has not been put into the platform.")
    actions = ngettext("%(num)s plan action", "%(num)s plan actions", head.total)
    told = [
        _counted(status, head.counts[status]) for status in _IN_ORDER if head.counts.get(status)
    ]
    unknown = head.counts.get(PlanStatus.NOT_LOADED, 0)
    if unknown == head.total:
        return _(
            "%(actions)s. The group has not told the platform how it is going.", actions=actions
        )
    if unknown:
        told.append(_("%(num)s not told", num=unknown))
    return _("%(actions)s: %(told)s.", actions=actions, told=", ".join(told))


def _counted(status: PlanStatus, count: int) -> str:
    return {
        PlanStatus.DONE: ngettext("%(num)s done", "%(num)s done", count),
        PlanStatus.GOING: _("%(num)s under way", num=count),
        PlanStatus.NOT_STARTED: _("%(num)s not started", num=count),
        PlanStatus.DECLINED: _("%(num)s will not be done", num=count),
    }[status]


def value_in_words(point: Point, unit: str, decimals: int) -> str:
    """ "14.5 per cent (2017, preliminary)"."""
    preliminary = [_("preliminary")] if point.is_preliminary else []
    when = ", ".join([point.period, *preliminary])
    return f"{format_number(point.value or 0, decimals)} {unit} ({when})"
