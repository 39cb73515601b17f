"""What institutions answered: the council's statements, promises and action plans."""

from collections import defaultdict
from collections.abc import Sequence

from participation.commitments.models import Commitment
from participation.council.queries import sent_statements
from participation.follow_up.views.words import plan_line
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.plans.queries.plans import PlanHead, ToldAction, actions_told, plan_heads
from participation.plans.rules.words import PLAN_STATUS_WORDS
from participation.reports.queries.composing.asked import Asked
from participation.reports.queries.composing.opening import state_of
from participation.reports.rules.snapshot import Json, row, table


def statements(asked: Asked) -> list[Json]:
    rows = [
        row(
            one.statement.title,
            one.statement.group.name,
            format_day(one.statement.sent_on) if one.statement.sent_on else None,
            state_of(asked, one.commitment) if one.commitment else None,
            (one.commitment.answer_text or None) if one.commitment else None,
            refs=asked.refs_of(one.commitment) if one.commitment else (),
        )
        for one in sent_statements(asked.session)
        if asked.is_in_period(one.statement.sent_on)
    ]
    columns = (_("Statement"), _("To"), _("Sent"), _("How it is going"), _("Answer"))
    return [table(_("Statements and answers"), columns, rows)] if rows else []


def commitments(asked: Asked) -> list[Json]:
    """How many each owes, has answered and is late with; then those of the period."""
    by_owner: dict[str, list[Commitment]] = defaultdict(list)
    for one in asked.promises:
        by_owner[one.owed_by_name()].append(one)
    counts = [
        row(
            name,
            len(owed),
            sum(1 for one in owed if one.answered_on),
            sum(1 for one in owed if one.status == "done"),
            sum(1 for one in owed if asked.days_late(one)),
        )
        for name, owed in sorted(by_owner.items())
    ]
    if not counts:
        return []
    columns = (_("Who"), _("Questions"), _("Answered"), _("Done"), _("Late"))
    shown = [
        row(one.title, one.owed_by_name(), state_of(asked, one), refs=asked.refs_of(one))
        for one in asked.promises
        if one.status == "open" or asked.is_in_period(one.answered_on)
    ]
    each = (_("About what"), _("Who"), _("How it is going"))
    return [
        table(_("Answers that are owed"), columns, counts, numbers="1234"),
        *([table(_("In the period, and what waits"), each, shown)] if shown else []),
    ]


def plans(asked: Asked) -> list[Json]:
    """How every group's plan stands, then the lines whose status was told in the period."""
    told = actions_told(asked.session, asked.report.period_from, asked.report.period_to)
    heads = [
        head
        for head in plan_heads(asked.session)
        if head.plan.period_to >= asked.report.period_from.year
    ]
    if not heads:
        return []
    columns = (_("Action plan"), _("Group"), _("How it is going"))
    rows = [row(head.plan.title, head.group.name, plan_line(head)) for head in heads]
    return [
        table(_("Action plans"), columns, rows),
        *(_plan(head, told[head.plan.id]) for head in heads if head.plan.id in told),
    ]


def _plan(head: PlanHead, actions: Sequence[ToldAction]) -> Json:
    rows = [
        row(
            action.text,
            str(PLAN_STATUS_WORDS[action.status]),
            format_day(action.status_on),
            action.status_text or None,
        )
        for action in actions
    ]
    columns = (_("Plan action"), _("How is it going?"), _("Told"), _("What has happened?"))
    return table(head.plan.title, columns, rows)
