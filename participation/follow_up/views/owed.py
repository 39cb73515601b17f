"""Answers that groups owe: for everybody how they keep to them, for a group its own list."""

from typing import Any

from flask import Response

from participation.county.queries import groups
from participation.disclosure.outlets import outlet
from participation.follow_up.queries.owed import (
    GroupAnswers,
    GroupKeeping,
    answers_of_group,
    keeping_of_groups,
)
from participation.follow_up.rules.owed_words import keeping_in_words
from participation.follow_up.views.blueprint import blueprint
from participation.foundation.clock import today
from participation.foundation.files.web import attachment
from participation.foundation.i18n import current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes
from participation.foundation.tabular import csv_bytes
from participation.foundation.web import actor, db, render, requires, see_other


@blueprint.get("/answers-owed")
@requires(Permission.PUBLIC)
@outlet("publication")
def answers_owed() -> str:
    """Group by group: what was asked, answered in time, and is overdue."""
    lines = keeping_of_groups(db(), today())
    return render(
        "follow_up/public_answers_owed.html",
        lines=lines,
        owed=sum(one.keeping.owed for one in lines),
        overdue=sum(one.keeping.overdue for one in lines),
        rows=[_cells(one) for one in lines],
    )


@blueprint.get("/answers-owed.csv")
@requires(Permission.PUBLIC)
@outlet("publication")
def answers_owed_csv() -> Response:
    """The same figures for a spreadsheet."""
    headings = (
        _("Group"),
        _("Questions put"),
        _("Answered in time"),
        _("Answered late"),
        _("Waits for an answer"),
        _("Overdue now"),
        _("Days from question to answer, median"),
    )
    rows = [_cells(one) for one in keeping_of_groups(db(), today())]
    return attachment(csv_bytes(headings, rows), _("answers-owed") + ".csv", "text/csv")


def _cells(line: GroupKeeping) -> list[Any]:
    kept = line.keeping
    name = line.group.name_in(current_locale())
    counts = [kept.asked, kept.in_time, kept.late, kept.owed, kept.overdue]
    return [name, *counts, "" if kept.median_days is None else kept.median_days]


@blueprint.get("/my-groups/answers")
@requires(Permission.READ_GROUP)
def my_group_answers() -> Any:
    """To the group's own page, for whoever is in one; else to choose among groups."""
    scope = actor().scope(Permission.READ_GROUP)
    own = [one for one in groups(db()) if scope.has_group(one.id)]
    if len(own) == 1:
        return see_other("follow_up.group_answers", group=own[0].public_id)
    kept = {one.group.id: one.keeping for one in keeping_of_groups(db(), today())}
    return render(
        "follow_up/my_group_answers.html",
        groups=[(one, keeping_in_words(kept[one.id]) if one.id in kept else "") for one in own],
    )


@blueprint.get("/groups/<group>/answers")
@requires(Permission.READ_GROUP)
def group_answers(group: str) -> str:
    """What waits for the group's answer, the most pressing first."""
    found = answers_of_group(db(), actor(), group)
    return render("follow_up/group_answers.html", found=found, mark=_mark, today=today())


@blueprint.get("/groups/<group>/answers/print")
@requires(Permission.READ_GROUP)
def group_answers_sheet(group: str) -> str:
    """For the meeting's agenda: what is to be answered, with lines to write on."""
    return _sheet(answers_of_group(db(), actor(), group), as_pdf=False)


@blueprint.get("/groups/<group>/answers.pdf")
@requires(Permission.READ_GROUP)
def group_answers_pdf(group: str) -> Any:
    """The same as a PDF; where this machine makes none, the page to print."""
    found = answers_of_group(db(), actor(), group)
    if not can_make_pdf():
        return see_other("follow_up.group_answers_sheet", group=group)
    return attachment(pdf_bytes(_sheet(found, as_pdf=True)), _("To answer") + ".pdf", PDF)


def _sheet(found: GroupAnswers, *, as_pdf: bool) -> str:
    return render(
        "follow_up/group_answers_paper.html",
        found=found,
        mark=_mark,
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
        today=today(),
    )


def _mark(commitment: Any) -> tuple[str, str]:
    """How pressing it is: ("late", "12 days late")."""
    day = commitment.deadline
    if day is None:
        return ("done", _("Done")) if commitment.status == "done" else ("no", _("No"))
    days = (day - today()).days
    if days < 0:
        return "late", ngettext("%(num)s day late", "%(num)s days late", -days)
    if commitment.status == "in_progress":
        return "going", _("Under way")
    if days == 0:
        return "soon", _("Due today")
    return "soon", ngettext("%(num)s day left", "%(num)s days left", days)
