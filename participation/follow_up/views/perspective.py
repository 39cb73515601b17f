"""The resident perspective: what people say, what was promised, how it goes; easy to read too."""

from collections.abc import Callable
from typing import Any

from participation.disclosure.outlets import outlet
from participation.follow_up.queries.perspective import (
    ResidentPerspective,
    ShownQuestion,
    resident_perspective,
    resident_words,
)
from participation.follow_up.queries.subjects import Subject, subject
from participation.follow_up.rules.perspective_charts import chart_rows, question_chart
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.words import (
    plan_line,
    said,
    value_in_words,
)
from participation.foundation.charts import StackedChart
from participation.foundation.clock import today
from participation.foundation.permissions import Permission
from participation.foundation.printing import can_make_pdf
from participation.foundation.web import actor, db, extension, render, requires
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.views.indicators import chart_points
from participation.plans.rules.words import PLAN_STATUS_SHAPES, PLAN_STATUS_WORDS


@blueprint.get("/groups/<group>/resident-perspective")
@blueprint.get("/areas/<area>/resident-perspective")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective(group: str = "", area: str = "") -> str:
    """Three findings first, then promises, the plan, and only then the figures."""
    page = page_of(group, area)
    return render(
        "follow_up/public_perspective.html",
        **told(page),
        charts=[(one, chart) for one in page.questions if (chart := drawn(one))],
        chart_rows=chart_rows,
        may_answer=_may_answer(page.subject),
        has_pdf=can_make_pdf(),
    )


@blueprint.get("/groups/<group>/resident-perspective/easy")
@blueprint.get("/areas/<area>/resident-perspective/easy")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective_easy(group: str = "", area: str = "") -> str:
    """The same in short sentences and larger letters."""
    page = resident_words(db(), subject(db(), group=group, area=area), today())
    return render("follow_up/public_perspective_easy.html", **told(page))


def page_of(
    group: str, area: str, read: Callable[..., ResidentPerspective] = resident_perspective
) -> ResidentPerspective:
    """What the page of a group or area holds, all of it or as much as `read`. Raises NotFound."""
    about = subject(db(), group=group, area=area)
    return read(db(), about, extension().features.collect("indicator_counters"), today())


def told(page: ResidentPerspective) -> dict[str, Any]:
    """What every face of the page is drawn with."""
    return {
        "page": page,
        "said": said,
        "plan_line": plan_line,
        "value_in_words": value_in_words,
        "chart_points": chart_points,
        "sexes": SEX_WORDS,
        "words": PLAN_STATUS_WORDS,
        "shapes": PLAN_STATUS_SHAPES,
        "today": today(),
    }


def drawn(question: ShownQuestion) -> StackedChart | None:
    """The chart behind a finding; its headline is what the finding says."""
    return question_chart(
        question.finding.title, question.table, question.by_role, question.release.title
    )


def _may_answer(about: Subject) -> bool:
    if about.group is None:
        return False
    return actor().scope(Permission.ANSWER_COMMITMENT).has_group(about.group.id)
