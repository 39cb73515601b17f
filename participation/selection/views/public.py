"""What everybody may see of a draw, and what each candidate sees of their own."""

from flask import Blueprint, Response, request

from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.selection.models import Draw
from participation.selection.queries import (
    county_parts,
    drawn_successors,
    feature_label,
    observers_of,
    own_draw,
    own_draws,
    places_of,
    public_draw,
    public_draws,
    published_file,
    published_successor_file,
    quotas_of,
    seeds_of,
)
from participation.selection.rules.draws import STATE_LABELS, STATE_SHAPES
from participation.selection.rules.replay import script_text
from participation.selection.rules.words import chance_words, outcome_words

draws = Blueprint("draws", __name__)

WORDS = {
    "states": STATE_LABELS,
    "shapes": STATE_SHAPES,
    "chance_words": chance_words,
    "outcome_words": outcome_words,
}


@draws.get("/draws")
@requires(Permission.PUBLIC)
def draw_list() -> str:
    page = paginate(db(), public_draws(), page_number(request.args.get("page")))
    return render("selection/public_list.html", page=page, **WORDS)


@draws.get("/draws/<public_id>")
@requires(Permission.PUBLIC)
def one(public_id: str) -> str:
    """The sealed draw: hash, panels by number, source of the seed, who checked, and the result."""
    draw = public_draw(db(), public_id)
    return render(
        "selection/public.html",
        draw=draw,
        quotas=_quota_rows(draw),
        seeds=seeds_of(db(), draw.id),
        observers=observers_of(db(), draw.id),
        places=places_of(db(), draw.id, earlier=True),
        successors=drawn_successors(db(), draw.id),
        **WORDS,
    )


def _quota_rows(draw: Draw) -> list[tuple[str, int, int]]:
    limits = quotas_of(db(), draw.id)
    if not limits:
        return []
    words = county_parts(db(), draw.features).words()
    return [
        (f"{feature_label(key.feature)}: {words.get(key, key.value)}", one.minimum, one.maximum)
        for key, one in limits.items()
    ]


@draws.get("/draws/<public_id>/lottery.json")
@requires(Permission.PUBLIC)
def lottery_file(public_id: str) -> Response:
    """The file exactly as it was published."""
    return _download(
        published_file(db(), public_draw(db(), public_id)),
        "application/json",
        f"lottery-{public_id}.json",
    )


@draws.get("/draws/<public_id>/successors/<successor_id>.json")
@requires(Permission.PUBLIC)
def successor_lot(public_id: str, successor_id: str) -> Response:
    """The lot about one successor: who could have come, each as often as they were likely to."""
    return _download(
        published_successor_file(db(), public_draw(db(), public_id), successor_id),
        "application/json",
        f"successor-{successor_id}.json",
    )


@draws.get("/draws/replay.py")
@requires(Permission.PUBLIC)
def script() -> Response:
    """The small program that replays any published lottery; standard library only."""
    return _download(script_text(), "text/x-python", "replay.py")


def _download(content: str, mimetype: str, name: str) -> Response:
    return Response(
        content,
        mimetype=mimetype,
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@draws.get("/my-draws")
@requires(Permission.OWN_PAGE)
def my_draws() -> str:
    return render("selection/my_draws.html", found=own_draws(db(), actor().account_id), **WORDS)


@draws.get("/my-draws/<public_id>")
@requires(Permission.OWN_PAGE)
def my_draw(public_id: str) -> str:
    """One's own chance and outcome, and nobody else's."""
    found = own_draw(db(), actor().account_id, public_id)
    return render("selection/my_draw.html", own=found, **WORDS)
