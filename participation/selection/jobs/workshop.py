"""The quota workshop: can the quotas be met, what would help, what does each cost."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import JobProgress
from participation.selection.models import Draw
from participation.selection.queries.draws import PRICES, WORKSHOP, draw_by_id, locked_draw
from participation.selection.queries.traits import counts_of, county_parts
from participation.selection.rules.draws import DrawState
from participation.selection.rules.features import Traits, quota_of_flat
from participation.selection.rules.leximin import best_smallest_chance
from participation.selection.rules.pool import Pool
from participation.selection.rules.quotas import (
    Bound,
    Relaxation,
    can_be_met,
    conflicting,
    price_of_quotas,
    relaxations,
    seats_that_can_be_filled,
)
from participation.selection.services.pool import frozen_pool, live_pool

STEPS = 4
Tell = Callable[[int, int, str], None]


def unheard(_done: int, _total: int, _text: str) -> None:
    """Nobody waits for progress."""


class TryQuotas:
    """Whether the quotas can be met, and the smallest chance; else what conflicts and helps."""

    kind = WORKSHOP

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        draw_id, version = int(job.payload["draw_id"]), int(job.payload["version"])
        job.progress(0, STEPS, _("The people in the lottery are read."))
        with sessions() as session:
            draw = draw_by_id(session, draw_id)
            address = f"/selection/{draw.public_id}/quotas"
            if draw.quota_version != version or draw.state != DrawState.PREPARING:
                return {"url": address}
            pool, traits = live_pool(session, draw, county_parts(session))
        # Progress is written in transactions of its own, so no session may be open here.
        verdict = _verdict(version, pool, traits, job.progress)
        with transaction(sessions) as session:
            fresh = locked_draw(session, draw_id)
            if fresh.quota_version == version:
                fresh.workshop = verdict
        return {"url": address}


def verdict_on(session: Session, draw: Draw) -> dict[str, Any]:
    """Can the present quotas be met? As the draw stores it, with counts of the pool."""
    return _verdict(
        draw.quota_version, *live_pool(session, draw, county_parts(session)), tell=unheard
    )


def _verdict(version: int, pool: Pool, traits: Sequence[Traits], tell: Tell) -> dict[str, Any]:
    return {
        "version": version,
        "candidates": len(pool.people),
        "counts": counts_of(traits),
        **try_quotas(pool, tell),
    }


def try_quotas(pool: Pool, tell: Tell = unheard) -> dict[str, Any]:
    """The verdict itself."""
    tell(1, STEPS, _("The quotas are tried."))
    if can_be_met(pool):
        tell(2, STEPS, _("The smallest chance is worked out."))
        return {"can_be_met": True, "min_chance": best_smallest_chance(pool)}
    tell(2, STEPS, _("The smallest changes that help are looked for."))
    return {
        "can_be_met": False,
        "seats_filled": seats_that_can_be_filled(pool),
        "conflicts": [_bound(bound) for bound in conflicting(pool)],
        "relaxations": [_relaxation(one) for one in relaxations(pool)],
    }


def _bound(bound: Bound) -> dict[str, Any]:
    key = quota_of_flat(bound.feature, bound.value)
    return {
        "feature": key.feature,
        "value": key.value,
        "side": str(bound.side),
        "seats": bound.seats,
    }


def _relaxation(one: Relaxation) -> dict[str, Any]:
    changes = [{**_bound(c.bound), "becomes": c.becomes} for c in one.changes]
    return {"size": one.size, "changes": changes}


class PriceQuotas:
    """What each quota costs whoever has the smallest chance."""

    kind = PRICES

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        draw_id, version = int(job.payload["draw_id"]), int(job.payload["version"])
        with sessions() as session:
            draw = draw_by_id(session, draw_id)
            address = f"/selection/{draw.public_id}/quotas#prices"
            pool = _pool(session, draw)
        found = {"version": version, "prices": _prices(pool, job.progress)}
        with transaction(sessions) as session:
            fresh = locked_draw(session, draw_id)
            if fresh.quota_version == version:
                fresh.prices = found
        return {"url": address}


def prices_of(session: Session, draw: Draw) -> dict[str, Any]:
    """What each present quota costs, as the draw stores it."""
    return {"version": draw.quota_version, "prices": _prices(_pool(session, draw), unheard)}


def _prices(pool: Pool, tell: Tell) -> list[dict[str, Any]]:
    prices = price_of_quotas(pool, tell) if can_be_met(pool) else ()
    return [
        {**_whose(p.feature, p.value), "with_it": p.with_it, "without_it": p.without_it}
        for p in prices
    ]


def _pool(session: Session, draw: Draw) -> Pool:
    if draw.state == DrawState.PREPARING:
        return live_pool(session, draw, county_parts(session))[0]
    return frozen_pool(session, draw)


def _whose(feature: str, value: str | None) -> dict[str, Any]:
    """A whole feature's price has no value, except where the feature is one value itself."""
    if value is None and ":" not in feature:
        return {"feature": feature, "value": None}
    key = quota_of_flat(feature, value or "")
    return {"feature": key.feature, "value": key.value}
