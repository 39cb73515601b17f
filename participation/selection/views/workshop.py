"""The quota workshop: which spread matters, how many of whom, can it be done, what does it cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, request

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.selection.forms import FeaturesForm, quota_form, quotas_in
from participation.selection.models import Draw
from participation.selection.queries import (
    county_parts,
    feature_label,
    jobs_about,
    knows_practice,
    quotas_of,
)
from participation.selection.queries.draws import PRICES, WORKSHOP
from participation.selection.queries.traits import CountyParts
from participation.selection.rules.features import Limits, QuotaKey, like_population
from participation.selection.services import (
    QuotasNotTried,
    TooFewCandidates,
    agree_on_quotas,
    choose_features,
    price_quotas,
    relax_quota,
    reopen_quotas,
    set_quotas,
)
from participation.selection.views.blueprint import WORDS, looked_after, selection
from participation.selection.views.overview import percent_of
from participation.selection.views.verdicts import (
    bound_words,
    change_words,
    has_free_quotas,
    price_rows,
)


@dataclass(frozen=True)
class ValueLine:
    """One value of a feature in the workshop's table."""

    key: QuotaKey
    label: str
    in_pool: int
    share: float | None
    suggestion: Limits | None


@selection.get("/selection/<public_id>/quotas")
@requires(Permission.MANAGE_DRAWS)
def quotas(public_id: str) -> str:
    draw = looked_after(public_id)
    return _page(draw, county_parts(db(), draw.features), None)


@selection.post("/selection/<public_id>/quotas")
@requires(Permission.MANAGE_DRAWS)
@commits
def save_quotas(public_id: str) -> Any:
    """Keep what was typed and let the background work try it."""
    draw = looked_after(public_id)
    parts = county_parts(db(), draw.features)
    words = offered(draw, parts)
    form = quota_form(words, draw.seats)
    if not form.validate():
        return _page(draw, parts, form)
    set_quotas(db(), actor(), draw, quotas_in(form, words))
    return see_other(".quotas", public_id=public_id, _anchor="verdict")


@selection.post("/selection/<public_id>/quotas/like-county")
@requires(Permission.MANAGE_DRAWS)
@commits
def like_county(public_id: str) -> Any:
    """Fill in the county's own spread for everything that has one."""
    draw = looked_after(public_id)
    parts = county_parts(db(), draw.features)
    kept = quotas_of(db(), draw.id)
    for key in offered(draw, parts):
        suggestion = like_population(parts.residents.get(key), draw.seats)
        if suggestion is not None:
            kept[key] = suggestion
    set_quotas(db(), actor(), draw, kept)
    flash(_("The quotas are like the county now. Change what you like."))
    return see_other(".quotas", public_id=public_id)


@selection.post("/selection/<public_id>/features")
@requires(Permission.MANAGE_DRAWS)
@commits
def features(public_id: str) -> Any:
    draw = looked_after(public_id)
    form = FeaturesForm(knows_practice=knows_practice(db(), draw.id))
    if form.validate():
        choose_features(db(), actor(), draw, form.features.data or [])
    return see_other(".quotas", public_id=public_id)


@selection.post("/selection/<public_id>/quotas/relax")
@requires(Permission.MANAGE_DRAWS)
@commits
def relax(public_id: str) -> Any:
    """Take the proposal with this place in the list, if the quotas are still those it is about."""
    draw = looked_after(public_id)
    verdict = draw.workshop or {}
    proposals = verdict.get("relaxations", [])
    place = request.form.get("place", "")
    is_fresh = request.form.get("version") == str(draw.quota_version) == str(verdict.get("version"))
    if not is_fresh or not place.isdigit() or int(place) >= len(proposals):
        flash(_("The quotas have changed since. Look at the proposals again."))
        return see_other(".quotas", public_id=public_id)
    relax_quota(db(), actor(), draw, _changed(draw, proposals[int(place)]["changes"]))
    return see_other(".quotas", public_id=public_id, _anchor="verdict")


def _changed(draw: Draw, changes: list[Mapping[str, Any]]) -> dict[QuotaKey, Limits]:
    limits = quotas_of(db(), draw.id)
    for change in changes:
        key = QuotaKey(change["feature"], change["value"])
        old = limits.get(key, Limits(0, draw.seats))
        limits[key] = (
            Limits(change["becomes"], old.maximum)
            if change["side"] == "minimum"
            else Limits(old.minimum, change["becomes"])
        )
    return limits


@selection.post("/selection/<public_id>/quotas/prices")
@requires(Permission.MANAGE_DRAWS)
@commits
def prices(public_id: str) -> Any:
    price_quotas(db(), actor(), looked_after(public_id))
    return see_other(".quotas", public_id=public_id, _anchor="prices")


@selection.post("/selection/<public_id>/quotas/agree")
@requires(Permission.MANAGE_DRAWS)
@commits
def agree(public_id: str) -> Any:
    try:
        agree_on_quotas(db(), actor(), looked_after(public_id))
    except QuotasNotTried:
        flash(_("The quotas have not been tried yet as they are now. Wait a moment."))
        return see_other(".quotas", public_id=public_id)
    except TooFewCandidates:
        flash(_("So many have left that everybody can have a seat. Cancel the draw."))
        return see_other(".quotas", public_id=public_id)
    flash(_("The quotas are agreed. Now everybody's chance is worked out."))
    return see_other(".overview", public_id=public_id)


@selection.post("/selection/<public_id>/quotas/reopen")
@requires(Permission.MANAGE_DRAWS)
@commits
def reopen(public_id: str) -> Any:
    reopen_quotas(db(), actor(), looked_after(public_id))
    return see_other(".quotas", public_id=public_id)


def offered(draw: Draw, parts: CountyParts) -> dict[QuotaKey, str]:
    """Every value of the chosen features, in words, in order."""
    values = parts.values()
    return {
        QuotaKey(feature, value): label
        for feature in draw.features
        for value, label in values.get(feature, [])
    }


def _page(draw: Draw, parts: CountyParts, form: Any) -> str:
    words = offered(draw, parts)
    limits = quotas_of(db(), draw.id)
    verdict = draw.workshop or {}
    jobs = jobs_about(db(), (WORKSHOP, PRICES), draw)
    job = jobs.get(WORKSHOP) if draw.state == "preparing" else None
    priced = jobs.get(PRICES)
    all_words = parts.words()
    return render(
        "selection/quotas.html",
        draw=draw,
        tab="quotas",
        form=form or quota_form(words, draw.seats, limits),
        features_form=FeaturesForm(
            knows_practice=knows_practice(db(), draw.id),
            formdata=None,
            data={"features": draw.features},
        ),
        tables=_tables(draw, parts, verdict.get("counts", {})),
        limits=limits,
        verdict=verdict,
        is_fresh=verdict.get("version") == draw.quota_version,
        job=job,
        percent=percent_of(job),
        price_job=priced,
        price_percent=percent_of(priced),
        prices=price_rows(draw, all_words),
        costs_nothing=has_free_quotas(draw),
        conflicts=[bound_words(b, all_words) for b in verdict.get("conflicts", [])],
        proposals=[
            [change_words(c, all_words) for c in one["changes"]]
            for one in verdict.get("relaxations", [])
        ],
        **WORDS,
    )


def _tables(
    draw: Draw, parts: CountyParts, counts: Mapping[str, Any]
) -> list[tuple[str, list[ValueLine]]]:
    """The lines of each feature's quotas, under its name."""
    words = offered(draw, parts).items()
    return [
        (
            feature_label(feature),
            [
                _line(key, said, draw, parts, counts)
                for key, said in words
                if key.feature == feature
            ],
        )
        for feature in draw.features
    ]


def _line(
    key: QuotaKey,
    label: str,
    draw: Draw,
    parts: CountyParts,
    counts: Mapping[str, Mapping[str, int]],
) -> ValueLine:
    share = parts.residents.get(key)
    return ValueLine(
        key=key,
        label=label,
        in_pool=counts.get(key.feature, {}).get(key.value, 0),
        share=share,
        suggestion=like_population(share, draw.seats),
    )
