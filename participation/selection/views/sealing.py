"""Sealing, checking, the seed and the draw itself."""

from typing import Any

from flask import flash

from participation.foundation.i18n import format_moment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)
from participation.selection.forms import ObserverForm, PublishForm, SeedForm
from participation.selection.models import Draw
from participation.selection.queries import lottery_of, seeds_of
from participation.selection.services import (
    ChancesNotReady,
    PoolChanged,
    TooEarly,
    enter_seed,
    make_draw,
    note_observer,
    publish_pool,
)
from participation.selection.views.blueprint import WORDS, looked_after, selection


@selection.get("/selection/<public_id>/publish")
@requires(Permission.MANAGE_DRAWS)
def publish(public_id: str) -> Any:
    draw = looked_after(public_id)
    if draw.state != "agreed" or lottery_of(db(), draw.id) is None:
        return see_other(".overview", public_id=public_id)
    return render("selection/publish.html", draw=draw, form=PublishForm(formdata=None), **WORDS)


@selection.post("/selection/<public_id>/publish")
@requires(Permission.MANAGE_DRAWS)
@commits
def publish_it(public_id: str) -> Any:
    draw = looked_after(public_id)
    form = PublishForm()
    if not form.validate() or not _is_before_it_begins(form, draw):
        return render("selection/publish.html", draw=draw, form=form, **WORDS)
    try:
        publish_pool(
            db(), actor(), draw, seed_source=form.seed_source.data, seed_due_at=form.due_at()
        )
    except ChancesNotReady:
        flash(_("Everybody's chance is not worked out yet. Wait a moment."))
    except PoolChanged:
        flash(_("Somebody has left the bank since. Open the quotas and agree on them again."))
    else:
        flash(_("The draw is sealed and published. Nothing can be changed any more."))
    return see_other(".overview", public_id=public_id)


def _is_before_it_begins(form: PublishForm, draw: Draw) -> bool:
    """A seed that is known when the activity has begun draws nobody."""
    begins = [
        source.begins_at(db(), draw.owner_id)
        for source in extension().features.collect("draw_deadlines")
        if source.kind == draw.owner_kind
    ]
    late = next((at for at in begins if at is not None and form.due_at() >= at), None)
    if late is not None:
        form.add_error(
            "due_day",
            _(
                "Choose an earlier time: what is drawn for begins %(moment)s.",
                moment=format_moment(late),
            ),
        )
    return late is None


@selection.post("/selection/<public_id>/observers")
@requires(Permission.MANAGE_DRAWS)
@commits
def observe(public_id: str) -> Any:
    draw = looked_after(public_id)
    form = ObserverForm()
    if not form.validate():
        return render("selection/observer.html", draw=draw, form=form, **WORDS)
    note_observer(
        db(),
        actor(),
        draw,
        role=form.role.data,
        found=form.found.data,
        checked_on=form.checked_on.data,
    )
    flash(_("The check is noted and published."))
    return see_other(".overview", public_id=public_id)


@selection.get("/selection/<public_id>/seed")
@requires(Permission.MANAGE_DRAWS)
def seed(public_id: str) -> str:
    return _seed_page(public_id, SeedForm(formdata=None))


@selection.post("/selection/<public_id>/seed")
@requires(Permission.MANAGE_DRAWS)
@commits
def enter_it(public_id: str) -> Any:
    draw = looked_after(public_id)
    form = SeedForm()
    if not form.validate():
        return _seed_page(public_id, form)
    try:
        enter_seed(db(), actor(), draw, value=form.value.data, witnessed_by=form.witnessed_by.data)
    except TooEarly:
        form.add_error("value", _("It is too early. The seed cannot be known yet."))
        return _seed_page(public_id, form)
    return see_other(".overview", public_id=public_id)


def _seed_page(public_id: str, form: SeedForm) -> str:
    draw = looked_after(public_id)
    return render(
        "selection/seed.html", draw=draw, form=form, seeds=seeds_of(db(), draw.id), **WORDS
    )


@selection.post("/selection/<public_id>/draw")
@requires(Permission.MANAGE_DRAWS)
@commits
def draw_it(public_id: str) -> Any:
    make_draw(db(), actor(), looked_after(public_id))
    flash(_("The draw is made."))
    return see_other(".overview", public_id=public_id)
