"""The resident perspective of a group: what people say, what was promised, how it goes."""

from participation.county.queries import group_by_public_id
from participation.disclosure.outlets import outlet
from participation.disclosure.rules.tables import ShownTable, TableKind
from participation.follow_up.queries.feedback import public_cases
from participation.follow_up.queries.perspective import resident_perspective
from participation.follow_up.rules.words import CASE_STATE_SHAPES
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.threads import knots, state_in_words
from participation.foundation.clock import today
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.indicators.rules.series import whole_percents
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.views.indicators import chart_points
from participation.plans.rules.words import PLAN_STATUS_SHAPES, PLAN_STATUS_WORDS
from participation.results.rules.round_tables import step_kinds

MOST_MATTERS = 3


@blueprint.get("/groups/<public_id>/resident-perspective")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective(public_id: str) -> str:
    """Three findings first, then promises, the plan, and only then the figures."""
    group = group_by_public_id(db(), public_id)
    return render(
        "follow_up/public_perspective.html",
        page=resident_perspective(db(), group, today().year),
        matters=public_cases(db(), today(), group_id=group.id, per_page=MOST_MATTERS),
        words=PLAN_STATUS_WORDS,
        shapes=PLAN_STATUS_SHAPES,
        sexes=SEX_WORDS,
        chart_points=chart_points,
        today=today(),
        may_answer=actor().scope(Permission.ANSWER_COMMITMENT).has_group(group.id),
        shares_of=shares_of,
        knots=knots,
        state_in_words=state_in_words,
        case_shapes=CASE_STATE_SHAPES,
    )


def shares_of(table: ShownTable) -> tuple[list[str], list[int], list[str]]:
    """Answers, their whole percents and what they are; empty where the gate hides a part."""
    counts = [cell.count for cell in table.cells if cell.count is not None]
    if table.has_hidden_cells or table.kind is TableKind.MANY:
        return [], [], []
    return [cell.label for cell in table.cells], whole_percents(counts), [*step_kinds(table)]
