"""Writing plans: drafts, their lines, and what the plan says of itself."""

from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from participation.county.queries import group_by_public_id, groups
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import AboutPlanForm, LineForm, NewPlanForm
from participation.plans.models import ActionPlan, PlanDraft, PlanDraftLine
from participation.plans.queries.drafts import (
    draft_for,
    draft_tree,
    indicator_names,
    line_of,
    may_write,
    open_drafts,
    plan_to_write,
    removed_count,
)
from participation.plans.queries.plans import plan_heads
from participation.plans.rules.drafts import DETAILS, kinds_below
from participation.plans.rules.words import KIND_WORDS
from participation.plans.rules.writing_words import ADD_WORDS, HEADING_WORDS
from participation.plans.services.drafts import (
    ChangedMeanwhile,
    add_line,
    begin_draft,
    begin_next_plan,
    begin_plan,
    change_about,
    change_line,
    discard_draft,
    move_line,
    remove_line,
    restore_last_removed,
)
from participation.plans.views.blueprint import blueprint

STEPS = {"up": -1, "down": 1}


@blueprint.get("/plans/drafts")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def drafts() -> str:
    """The coordinators' room: drafts first, then every plan with the way to its next version."""
    heads = [head for head in plan_heads(db()) if may_write(actor(), head.group.id)]
    found = open_drafts(db(), actor())
    return render(
        "plans/drafts.html",
        drafts=found,
        heads=heads,
        drafted={head.draft.plan_id for head in found},
    )


@blueprint.route("/plans/drafts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def new_plan() -> Response | str:
    """Begin a plan: empty in either form, or with the lines of an earlier one."""
    form = NewPlanForm(period_from=today().year + 1, period_to=today().year + 1)
    written = [group for group in groups(db()) if may_write(actor(), group.id)]
    earlier = {
        head.plan.public_id: head.plan
        for head in plan_heads(db())
        if head.plan.content_state == "loaded" and may_write(actor(), head.group.id)
    }
    form.group.choices = [("", _("Choose")), *((one.public_id, one.name) for one in written)]
    form.begins_with.choices = [
        ("", _("An empty plan")),
        *((public_id, plan.title) for public_id, plan in earlier.items()),
    ]
    if not form.validate_on_submit():
        return render("plans/new_plan.html", form=form)
    draft = _begun(form, earlier.get(form.begins_with.data or ""))
    flash(_("The draft is begun. Only you who write plans see it."))
    return see_other("plans.draft", public_id=draft.public_id)


def _begun(form: NewPlanForm, earlier: ActionPlan | None) -> PlanDraft:
    group = group_by_public_id(db(), form.group.data)
    period = (form.period_from.data, form.period_to.data)
    if earlier is not None:
        return begin_next_plan(db(), actor(), group, earlier, period=period, title=form.title.data)
    return begin_plan(
        db(), actor(), group, form.form_of_plan.data, period=period, title=form.title.data
    )


@blueprint.post("/plans/<public_id>/draft")
@requires(Permission.MANAGE_PLANS)
@commits
def begin(public_id: str) -> Response:
    """Open the draft of a plan's next version; begin it where there is none."""
    draft = begin_draft(db(), actor(), plan_to_write(db(), actor(), public_id))
    return see_other("plans.draft", public_id=draft.public_id)


@blueprint.get("/plans/drafts/<public_id>")
@requires(Permission.MANAGE_PLANS)
def draft(public_id: str) -> str:
    """The draft as a tree, with everything that can be done to each line."""
    found = draft_for(db(), actor(), public_id)
    return render(
        "plans/draft.html",
        draft=found,
        plan=db().get(ActionPlan, found.plan_id) if found.plan_id else None,
        tops=draft_tree(db(), found.id),
        removed=removed_count(db(), found.id),
        kinds_below=kinds_below,
        kind_words=KIND_WORDS,
        add_words=ADD_WORDS,
        headings=HEADING_WORDS,
        indicators=indicator_names(db()),
    )


@blueprint.route("/plans/drafts/<public_id>/about", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
@commits
def draft_about(public_id: str) -> Response | str:
    """What the plan says of itself: years, goal, for whom, who, how."""
    found = draft_for(db(), actor(), public_id)
    form = AboutPlanForm(obj=found, seen=str(found.revision))
    if form.validate_on_submit():
        said = {f.name: f.data for f in form if f.name not in {"seen", "csrf_token"}}
        try:
            change_about(db(), found, form.seen_revision, **said)
        except ChangedMeanwhile as problem:
            _show_theirs(form, found.revision, problem.message, "title")
        else:
            return see_other("plans.draft", public_id=public_id)
    return render("plans/draft_about.html", form=form, draft=found)


@blueprint.route("/plans/drafts/<public_id>/lines/new/<kind>", methods=["GET", "POST"])
@blueprint.route("/plans/drafts/<public_id>/lines/<line_id>/new/<kind>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
@commits
def new_line(public_id: str, kind: str, line_id: str = "") -> Response | str:
    """A new line, last among its kind below a line or at the top; several in a row if wished."""
    found = draft_for(db(), actor(), public_id)
    parent = line_of(db(), found, line_id) if line_id else None
    if kind not in kinds_below(found.form, parent.kind if parent else None):
        raise NotFound
    form = _line_form(kind)
    if not form.validate_on_submit():
        return _line_page(found, form, kind, parent=parent)
    line = add_line(db(), found, parent, kind, **_words(form))
    if form.and_another.data:
        flash(_("Added: “%(text)s”.", text=line.text))
        return see_other("plans.new_line", public_id=public_id, line_id=line_id or None, kind=kind)
    return _back_to(found, line)


@blueprint.route("/plans/drafts/<public_id>/lines/<line_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
@commits
def change(public_id: str, line_id: str) -> Response | str:
    """Other words for a line."""
    found = draft_for(db(), actor(), public_id)
    line = line_of(db(), found, line_id)
    form = _line_form(line.kind, line)
    if form.validate_on_submit():
        try:
            change_line(db(), found, line, form.seen_revision, **_words(form))
        except ChangedMeanwhile as problem:
            _show_theirs(form, line.revision, problem.message, "text")
            return _line_page(found, form, line.kind, theirs=line)
        return _back_to(found, line)
    return _line_page(found, form, line.kind, line=line)


@blueprint.post("/plans/drafts/<public_id>/lines/<line_id>/<way>")
@requires(Permission.MANAGE_PLANS)
@commits
def move(public_id: str, line_id: str, way: str) -> Response:
    """One place up or down among the lines beside it."""
    found = draft_for(db(), actor(), public_id)
    line = line_of(db(), found, line_id)
    if way not in STEPS:
        raise NotFound
    move_line(db(), found, line, STEPS[way])
    return _back_to(found, line)


@blueprint.post("/plans/drafts/<public_id>/lines/<line_id>/remove")
@requires(Permission.MANAGE_PLANS)
@commits
def remove(public_id: str, line_id: str) -> Response:
    """Take a line and what stands below it away; the page offers to bring it back."""
    found = draft_for(db(), actor(), public_id)
    count = remove_line(db(), found, line_of(db(), found, line_id))
    flash(ngettext("One line is taken away.", "%(num)s lines are taken away.", count))
    return see_other("plans.draft", public_id=public_id)


@blueprint.post("/plans/drafts/<public_id>/restore")
@requires(Permission.MANAGE_PLANS)
@commits
def restore(public_id: str) -> Response:
    """Bring back what was taken away last."""
    count = restore_last_removed(db(), draft_for(db(), actor(), public_id))
    flash(ngettext("One line is back.", "%(num)s lines are back.", count))
    return see_other("plans.draft", public_id=public_id)


@blueprint.get("/plans/drafts/<public_id>/discard")
@requires(Permission.MANAGE_PLANS)
def discard(public_id: str) -> str:
    """Whether a draft is to be thrown away."""
    return render("plans/discard.html", draft=draft_for(db(), actor(), public_id))


@blueprint.post("/plans/drafts/<public_id>/discard")
@requires(Permission.MANAGE_PLANS)
@commits
def throw_away(public_id: str) -> Response:
    """The yes to that question."""
    discard_draft(db(), actor(), draft_for(db(), actor(), public_id))
    flash(_("The draft is thrown away. What is in force stays as it is."))
    return see_other("plans.drafts")


def _line_form(kind: str, line: PlanDraftLine | None = None) -> LineForm:
    form = LineForm(obj=line, seen=str(line.revision if line else 1))
    for name in ("purpose", "time_frame", "responsible", "indicator_key"):
        if name not in DETAILS.get(kind, ()):
            delattr(form, name)
    if "indicator_key" in form:
        known = sorted(indicator_names(db()).items(), key=lambda pair: pair[1])
        form.indicator_key.choices = [("", _("None of them")), *known]
    if line is not None:
        del form.and_another
    return form


def _words(form: LineForm) -> dict[str, Any]:
    return {f.name: f.data for f in form if f.name not in {"seen", "csrf_token", "and_another"}}


def _show_theirs(
    form: LineForm | AboutPlanForm, revision: int, message: str, field_name: str
) -> None:
    """What was typed stays; whoever reads the other's words and saves again writes over them."""
    form.seen.data = str(revision)
    form.add_error(field_name, message)


def _line_page(draft: PlanDraft, form: LineForm, kind: str, **more: Any) -> str:
    return render(
        "plans/draft_line.html",
        draft=draft,
        form=form,
        kind=kind,
        kind_words=KIND_WORDS,
        add_words=ADD_WORDS,
        **{"line": None, "parent": None, "theirs": None, **more},
    )


def _back_to(draft: PlanDraft, line: PlanDraftLine) -> Response:
    return see_other("plans.draft", public_id=draft.public_id, _anchor=f"line-{line.public_id}")
