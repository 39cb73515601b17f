"""Before a child is invited: the four questions of one activity."""

from typing import Any

from flask import flash

from participation.activities.forms.lundy import LundyForm
from participation.activities.models import Activity
from participation.activities.queries.lundy import child_answers, children_invited
from participation.activities.rules.lundy import LundyQuestion
from participation.activities.services.lundy import answer_for_children
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import managed
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@activities.get("/activities/<public_id>/children")
@requires(Permission.MANAGE_ACTIVITIES)
def children(public_id: str) -> str:
    found = managed(public_id)
    answers = child_answers(db(), found.id)
    told = {} if answers is None else {q.value: getattr(answers, q.value) for q in LundyQuestion}
    return _page(found, LundyForm(formdata=None, data=told))


@activities.post("/activities/<public_id>/children")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def answer_children(public_id: str) -> Any:
    found = managed(public_id)
    form = LundyForm()
    if not form.validate():
        return _page(found, form)
    answer_for_children(db(), actor(), found, form.answers())
    flash(_("The four answers are saved. Children can be invited now."))
    return see_other(".children", public_id=public_id)


def _page(found: Activity, form: LundyForm) -> str:
    return render(
        "activities/children.html",
        activity=found,
        form=form,
        answers=child_answers(db(), found.id),
        invited=children_invited(db(), found.id),
        tab="children",
        can_manage=True,
        **WORDS,
    )
