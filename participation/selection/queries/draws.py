"""Reads of draws. Fetching is authorising: staff within their scope, everybody what is sealed."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.jobs.models import Job
from participation.foundation.permissions import Actor, Permission
from participation.selection.models import (
    Draw,
    DrawLottery,
    DrawObserver,
    DrawQuota,
    DrawSeed,
)
from participation.selection.rules.draws import OPEN_STATES
from participation.selection.rules.features import Limits, QuotaKey

WORKSHOP, PRICES, LOTTERY, SUCCESSOR = (
    "selection.workshop",
    "selection.prices",
    "selection.lottery",
    "selection.successor",
)


def may_see_draw(actor: Actor) -> ColumnElement[bool]:
    """Within the scope; the whole county's draws for those who have no narrower one."""
    scope = actor.scope(Permission.MANAGE_DRAWS)
    if scope.everywhere:
        return true()
    if not scope.organisation_ids:
        return false()
    return Draw.organisation_id.in_(scope.organisation_ids)


def draws_visible_to(actor: Actor) -> Select[Draw]:
    """Draws the person looks after, those under way first, as a statement for paging."""
    return (
        select(Draw)
        .where(may_see_draw(actor))
        .options(joinedload(Draw.organisation))
        .order_by(Draw.state.in_(OPEN_STATES).desc(), Draw.created_at.desc(), Draw.id.desc())
    )


def draw_visible_to(session: Session, actor: Actor, public_id: str) -> Draw:
    """One draw the person looks after. Raises NotFound."""
    return _found(
        session.scalar(
            select(Draw)
            .where(may_see_draw(actor), Draw.public_id == public_id)
            .options(joinedload(Draw.organisation))
        )
    )


def locked_draw(session: Session, draw_id: int) -> Draw:
    """The draw's row, locked: whoever changes its state waits for it."""
    return session.scalars(
        select(Draw)
        .where(Draw.id == draw_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def public_draws() -> Select[Draw]:
    """Draws that were sealed, newest first: also the cancelled ones."""
    return (
        select(Draw)
        .where(Draw.published_at.is_not(None))
        .options(joinedload(Draw.organisation))
        .order_by(Draw.published_at.desc(), Draw.id.desc())
    )


def public_draw(session: Session, public_id: str) -> Draw:
    """One sealed draw, for everybody. Raises NotFound."""
    return _found(
        session.scalar(
            select(Draw)
            .where(Draw.public_id == public_id, Draw.published_at.is_not(None))
            .options(joinedload(Draw.organisation))
        )
    )


def draws_of_owner(session: Session, kind: str, public_id: str) -> Sequence[Draw]:
    """What was drawn or is being drawn for one owner, newest first. The caller has authorised."""
    return session.scalars(
        select(Draw)
        .where(Draw.owner_kind == kind, Draw.owner_id == public_id)
        .order_by(Draw.id.desc())
    ).all()


def open_draws(session: Session, actor: Actor) -> Sequence[Draw]:
    """Draws under way that the person looks after, oldest first."""
    return session.scalars(
        select(Draw).where(may_see_draw(actor), Draw.state.in_(OPEN_STATES)).order_by(Draw.id)
    ).all()


def draw_by_id(session: Session, draw_id: int) -> Draw:
    """One draw, for subscribers to its events and for background work."""
    return session.get_one(Draw, draw_id)


def quotas_of(session: Session, draw_id: int) -> dict[QuotaKey, Limits]:
    rows = session.scalars(
        select(DrawQuota)
        .where(DrawQuota.draw_id == draw_id)
        .order_by(DrawQuota.feature, DrawQuota.value)
    )
    return {QuotaKey(r.feature, r.value): Limits(r.minimum, r.maximum) for r in rows}


def lottery_of(session: Session, draw_id: int) -> DrawLottery | None:
    return session.get(DrawLottery, draw_id)


def published_file(session: Session, draw: Draw) -> str:
    """The file as it was published. Raises NotFound before that."""
    file = session.scalar(select(DrawLottery.published_file).where(DrawLottery.draw_id == draw.id))
    if file is None or not draw.is_public:
        raise NotFound
    return file


def seeds_of(session: Session, draw_id: int) -> Sequence[DrawSeed]:
    """What was typed as the seed, the newest (which counts) first."""
    return session.scalars(
        select(DrawSeed).where(DrawSeed.draw_id == draw_id).order_by(DrawSeed.id.desc())
    ).all()


def observers_of(session: Session, draw_id: int) -> Sequence[DrawObserver]:
    return session.scalars(
        select(DrawObserver)
        .where(DrawObserver.draw_id == draw_id)
        .order_by(DrawObserver.checked_on, DrawObserver.id)
    ).all()


def job_key(kind: str, draw: Draw) -> str:
    """One piece of work per draw and set of quotas."""
    return f"{kind}@{draw.id}@{draw.quota_version}"


def job_about(session: Session, kind: str, draw: Draw) -> Job | None:
    """The background work of this kind on the draw's present quotas."""
    return jobs_about(session, [kind], draw).get(kind)


def jobs_about(session: Session, kinds: Collection[str], draw: Draw) -> dict[str, Job]:
    """The background work on the draw's present quotas, by kind. One query."""
    keys = [job_key(kind, draw) for kind in kinds]
    return {job.kind: job for job in session.scalars(select(Job).where(Job.once_key.in_(keys)))}


def _found(draw: Draw | None) -> Draw:
    if draw is None:
        raise NotFound
    return draw
