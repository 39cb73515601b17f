"""Draws: the list, one draw with its next step, its pool, its end."""

from typing import Any

from flask import Response, flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs.models import Job
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.views_operations import percent_done
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.selection.forms import CancelForm, ObserverForm
from participation.selection.models import Draw
from participation.selection.queries import (
    county_parts,
    draws_visible_to,
    feature_label,
    job_about,
    observers_of,
    people_of,
    places_of,
    replacements_of,
    seeds_of,
)
from participation.selection.queries.draws import LOTTERY
from participation.selection.queries.spread import spread_of
from participation.selection.rules.draws import DrawState
from participation.selection.rules.owners import HeldBack
from participation.selection.services import cancel_draw, close_draw
from participation.selection.services.full_file import full_file
from participation.selection.views.blueprint import WORDS, looked_after, selection

SHOWN_AT_FIRST = 50


@selection.get("/selection")
@requires(Permission.MANAGE_DRAWS)
def draw_list() -> str:
    page = paginate(db(), draws_visible_to(actor()), page_number(request.args.get("page")))
    return render("selection/list.html", page=page, **WORDS)


@selection.get("/selection/<public_id>")
@requires(Permission.MANAGE_DRAWS)
def overview(public_id: str) -> str:
    """Where the draw stands and what comes next."""
    draw = looked_after(public_id)
    return render("selection/overview.html", draw=draw, tab="overview", **_about(draw), **WORDS)


def _about(draw: Draw) -> dict[str, Any]:
    lottery_job = job_about(db(), LOTTERY, draw) if draw.state == DrawState.AGREED else None
    places = places_of(db(), draw.id) if draw.has_panel else ()
    is_sealed = draw.published_at is not None
    log_access_to(
        [p.person.member.account_id for p in places if p.person.member],
        "drawn_seen",
        "draw",
        draw.public_id,
    )
    return {
        "held_back": [HeldBack.read(one) for one in draw.held_back],
        "lottery_job": lottery_job,
        "percent": percent_of(lottery_job),
        "places": places,
        "replacements": replacements_of(db(), draw.id) if draw.has_panel else (),
        "seeds": seeds_of(db(), draw.id) if is_sealed else (),
        "observers": observers_of(db(), draw.id) if is_sealed else (),
        "observer_form": ObserverForm(formdata=None),
    }


def percent_of(job: Job | None) -> int:
    return 100 if job is None else percent_done(job)


@selection.get("/selection/<public_id>/people")
@requires(Permission.MANAGE_DRAWS)
def people(public_id: str) -> str:
    """Who is in the lottery: what the quotas ask about and the chance, nothing more."""
    draw = looked_after(public_id)
    everybody = people_of(db(), draw.id)
    shown = everybody if "all" in request.args else everybody[:SHOWN_AT_FIRST]
    parts = county_parts(db(), draw.features)
    log_access_to(
        [one.member.account_id for one in shown if one.member],
        "candidates_seen",
        "draw",
        draw.public_id,
    )
    return render(
        "selection/people.html",
        draw=draw,
        tab="people",
        shown=shown,
        total=len(everybody),
        words={str(key): label for key, label in parts.words().items()},
        labels={feature: feature_label(feature) for feature in draw.features},
        **WORDS,
    )


@selection.get("/selection/<public_id>/spread")
@requires(Permission.MANAGE_DRAWS)
def spread(public_id: str) -> str:
    """How those who were drawn spread, beside the pool and the county."""
    draw = looked_after(public_id)
    if not draw.has_panel:
        raise NotFound
    everybody = people_of(db(), draw.id)
    drawn = {p.person_id for p in places_of(db(), draw.id) if p.kind == "panel"}
    return render(
        "selection/spread.html",
        draw=draw,
        tab="spread",
        spread=spread_of(
            [p.traits for p in everybody if p.id in drawn and p.traits],
            [p.traits for p in everybody if p.traits],
            county_parts(db(), draw.features),
            draw.features,
        ),
        **WORDS,
    )


@selection.get("/selection/<public_id>/full.json")
@requires(Permission.MANAGE_DRAWS)
def full(public_id: str) -> Response:
    """The whole sealed pool with its salt, for appointed observers. Each row is logged."""
    draw = looked_after(public_id)
    content = full_file(db(), draw)
    log_access_to(
        [one.member.account_id for one in people_of(db(), draw.id) if one.member],
        "full_pool_seen",
        "draw",
        draw.public_id,
    )
    return Response(
        content,
        mimetype="application/json",
        headers={"Content-Disposition": f"attachment; filename=pool-{draw.public_id}.json"},
    )


@selection.get("/selection/<public_id>/cancel")
@requires(Permission.MANAGE_DRAWS)
def cancel(public_id: str) -> str:
    draw = looked_after(public_id)
    return render("selection/cancel.html", draw=draw, form=CancelForm(formdata=None), **WORDS)


@selection.post("/selection/<public_id>/cancel")
@requires(Permission.MANAGE_DRAWS)
@commits
def cancel_it(public_id: str) -> Any:
    draw = looked_after(public_id)
    form = CancelForm()
    if not form.validate():
        return render("selection/cancel.html", draw=draw, form=form, **WORDS)
    cancel_draw(db(), actor(), draw, form.reason.data or "")
    flash(_("The draw is cancelled."))
    return see_other(".overview", public_id=public_id)


@selection.post("/selection/<public_id>/close")
@requires(Permission.MANAGE_DRAWS)
@commits
def close(public_id: str) -> Any:
    close_draw(db(), actor(), looked_after(public_id))
    flash(_("The draw is closed."))
    return see_other(".overview", public_id=public_id)
