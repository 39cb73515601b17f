"""How a round goes while it is open: what the round's page shows, and more time for answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash

from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import day_start, to_local, today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.giving_out import LengthenForm
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.mailing import Mailed, mailed
from participation.questionnaires.queries.monitor import (
    Answered,
    answered,
    links_handed_out,
    units_asked,
)
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.monitor import (
    Going,
    Step,
    next_step,
    share_of,
    told_counts,
    weeks_between,
)
from participation.questionnaires.rules.rounds import has_names, week_number
from participation.questionnaires.services import lengthen_round
from participation.questionnaires.views.manage.parts import questionnaires

WEEKS_SHOWN = 12
Point = tuple[str, int | None, bool, None]


@dataclass(frozen=True)
class UnitLine:
    """One unit: answers and links handed out, as far as they may be told."""

    name: str
    answers: int | None
    asked: int
    share: float | None


@dataclass(frozen=True)
class Monitor:
    """What the page shows of a round that is planned or open."""

    going: Going
    step: Step
    mails: Mailed
    share: float | None
    units: tuple[UnitLine, ...]
    weeks: tuple[Point, ...]
    is_mixed: bool
    has_names: bool

    @property
    def days_in_words(self) -> str:
        if self.going.days_left == 1:
            return _("the last day is today")
        return ngettext("%(num)s day left", "%(num)s days left", self.going.days_left)

    @property
    def has_hidden(self) -> bool:
        hidden = [line.answers is None for line in self.units]
        return any(hidden) or any(point[1] is None for point in self.weeks)


def monitor_of(found: SurveyRound) -> Monitor:
    """Counted now: five statements."""
    counts, mails = answered(db(), found.id), mailed(db(), found)
    links = links_handed_out(db(), found.id)
    asked = mails.sent + sum(links.values())
    known = {one for one in (*counts.by_unit, *links) if one is not None}
    named = units_asked(db(), found.id, known)
    going = Going(
        state=found.standing(),
        today=today(),
        last_day=to_local(found.last_moment).date(),
        answers=counts.total,
        asked=asked,
        unwritten=mails.unwritten,
        has_open_links=any(is_open for _name, is_open in named.values()),
        reminders=mails.reminders,
        last_mail_on=to_local(mails.last_on).date() if mails.last_on else None,
        is_mailing=mails.is_mailing,
    )
    return Monitor(
        going=going,
        step=next_step(going),
        mails=mails,
        share=_share(going, is_mixed=is_mixed(found.mode)),
        # In an anonymous round "9 of 9" would say of nine people that they have answered.
        units=_unit_lines(named, counts, {} if is_mixed(found.mode) else links),
        weeks=_weeks(found, counts),
        is_mixed=is_mixed(found.mode),
        has_names=has_names(found.mode),
    )


def _share(going: Going, *, is_mixed: bool) -> float | None:
    """Of everybody who was asked; with open links nobody knows how many that is."""
    limits = thresholds_in_force()
    is_everybody = is_mixed and going.answers >= going.asked
    if going.has_open_links or is_everybody or going.answers < limits.minimum:
        return None
    return share_of(going.answers, going.asked, limits)


def _unit_lines(
    named: Mapping[int, tuple[str, bool]], counts: Answered, links: Mapping[int, int]
) -> tuple[UnitLine, ...]:
    """Every unit that was asked, and last the answers that came without a unit."""
    if not named:
        return ()
    limits = thresholds_in_force()
    ids = [*named, None]
    told = told_counts([counts.by_unit.get(one, 0) for one in ids], limits)
    lines = [
        UnitLine(
            named[one][0] if one is not None else _("Without a unit"),
            count,
            asked := _told_asked(links, one, count),
            # Who scans a poster has no link of their own: then a share would mean nothing.
            None if one is None or named[one][1] else share_of(count, asked, limits),
        )
        for one, count in zip(ids, told, strict=True)
    ]
    return tuple(lines if lines[-1].answers != 0 else lines[:-1])


def _told_asked(links: Mapping[int, int], unit_id: int | None, answers: int | None) -> int:
    """How many were asked; 0 where it would tell what is hidden, or that only a few are left."""
    asked = links.get(unit_id, 0) if unit_id is not None else 0
    if answers is None or thresholds_in_force().is_small(asked - answers):
        return 0
    return asked


def _weeks(found: SurveyRound, counts: Answered) -> tuple[Point, ...]:
    """Answers by week; none for an anonymous round, whose answers carry no week of their own."""
    if is_mixed(found.mode) or not counts.total:
        return ()
    first = to_local(found.opens_at).date()
    mondays = weeks_between(first, today())
    told = told_counts(
        [counts.by_week.get(week_number(day), 0) for day in mondays], thresholds_in_force()
    )
    points = [
        (_("week %(number)s", number=day.isocalendar().week), count, day == mondays[-1], None)
        for day, count in zip(mondays, told, strict=True)
    ]
    return tuple(points[-WEEKS_SHOWN:])


# ---------------------------------------------------------------- more time


@questionnaires.route("/rounds/<public_id>/lengthen", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def lengthen(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    last_day = to_local(found.last_moment).date()
    form = LengthenForm(data={"last_day": last_day + timedelta(days=7)})
    if form.validate_on_submit():
        try:
            lengthen_round(db(), actor(), found, day_start(form.last_day.data + timedelta(days=1)))
        except Conflict:
            form.add_error("last_day", _later_than(last_day))
        else:
            flash(_("Answers are welcome until %(day)s.", day=format_day(form.last_day.data)))
            return see_other("questionnaires.round_page", public_id=public_id)
    return render(
        "questionnaires/manage/lengthen.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
    )


def _later_than(day: date) -> str:
    return _("Choose a day later than %(day)s.", day=format_day(day))
