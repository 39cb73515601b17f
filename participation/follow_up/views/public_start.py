"""The public start page: one clear next step, and proof that it leads somewhere."""

from collections.abc import Sequence

from participation.disclosure.outlets import outlet
from participation.follow_up.queries.feedback import Case, public_cases, tally
from participation.follow_up.rules.feedback import CaseState
from participation.follow_up.rules.words import CASE_STATE_SHAPES
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.threads import knots, state_in_words
from participation.foundation.clock import today
from participation.foundation.permissions import Permission
from participation.foundation.web import db, extension, render, requires

MOST_NOTICES = 4
LOOKED_THROUGH = 10


@blueprint.get("/")
@requires(Permission.PUBLIC)
@outlet("publication")
def public_start() -> str:
    """What the platform is, what is open now, and what voices have led to so far."""
    features = extension().features
    cases = public_cases(db(), today(), per_page=LOOKED_THROUGH).items
    notices = [n for source in features.collect("public_notices") for n in source.notices(db())]
    figures = [f for source in features.collect("public_figures") for f in source.figures(db())]
    return render(
        "follow_up/public_start.html",
        answered=_first(cases, {CaseState.GOING, CaseState.DONE}),
        late=_first(cases, {CaseState.LATE}),
        notices=sorted(notices, key=lambda notice: notice.sort_on)[:MOST_NOTICES],
        figures={figure.key: figure.value for figure in figures},
        tally=tally(db(), today()),
        knots=knots,
        state_in_words=state_in_words,
        shapes=CASE_STATE_SHAPES,
    )


def _first(cases: Sequence[Case], states: set[CaseState]) -> Case | None:
    return next((case for case in cases if case.state in states), None)
