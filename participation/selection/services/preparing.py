"""A draw on its way: made, its spread chosen, its quotas agreed. Nothing is public yet."""

import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.selection.models import (
    Draw,
    DrawLottery,
    DrawPerson,
    DrawQuota,
)
from participation.selection.queries.draws import LOTTERY, PRICES, WORKSHOP, locked_draw, quotas_of
from participation.selection.queries.people import household_numbers, rows_of_pool
from participation.selection.queries.traits import county_parts, traits_of_pool
from participation.selection.rules.draws import (
    MOST_CANDIDATES,
    OPEN_STATES,
    DrawState,
    may_move,
)
from participation.selection.rules.features import FeatureKind, Limits, QuotaKey
from participation.selection.rules.owners import DrawOwner, HeldBack
from participation.selection.services.work import queue_work

FIRST_FEATURES = (FeatureKind.GENDER, FeatureKind.AGE)


class TooFewCandidates(Conflict):
    """There are no more people than seats: everybody can have one, and nothing is drawn."""

    code = "too_few_candidates"


class DrawUnderWay(Conflict):
    """The owner has a draw for this purpose already; `data["public_id"]` names it."""

    code = "draw_under_way"


class QuotasNotTried(Conflict):
    """The quotas have not been found possible, so they cannot be agreed on."""

    code = "quotas_not_tried"


def prepare_draw(
    session: Session,
    actor: Actor,
    *,
    title: str,
    seats: int,
    members: Collection[int],
    owner: DrawOwner,
    alternates: int = 0,
    organisation_id: int | None = None,
    held_back: Sequence[HeldBack] = (),
    practised: Collection[int] = (),
    is_fictional: bool = False,
) -> Draw:
    """Begin a draw of `seats` among bank members (their ids). The floors above call this.

    What happens then stands on the draw's own pages: quotas, sealing, the seed, the draw. When it
    is made, `draw_made` is announced in the same transaction; `panel_of` and `alternates_of`
    (selection.queries) say who was drawn. `organisation_id` None: the whole county's, as the
    council is. `held_back` counts those who fit but rest: nobody is skipped in silence.
    `practised`: the ids of those who have done this before, which quotas can then ask about.

    Worked example, for the council:
        prepare_draw(session, actor, title="The council 2027–2028", seats=12, alternates=4,
                     members=ids, owner=DrawOwner(kind="council_term", public_id=term.public_id,
                                                  path="/council/people"))

    Raises:
        TooFewCandidates: no more people than seats.
        DrawUnderWay: there is one for the same owner and purpose.
    """
    pool = _pool(members, seats)
    _refuse_second(session, owner)
    draw = Draw(
        title=title,
        organisation_id=organisation_id,
        **_of_owner(owner),
        seats=seats,
        alternates=max(0, min(alternates, len(pool) - seats)),
        held_back=[one.stored() for one in held_back],
        is_fictional=is_fictional,
    )
    return _begun(session, actor, draw, pool, frozenset(practised))


def _pool(members: Collection[int], seats: int) -> Sequence[int]:
    pool = sorted(set(members))
    if len(pool) <= seats or len(pool) > MOST_CANDIDATES:
        raise TooFewCandidates(candidates=len(pool), seats=seats)
    return pool


def _of_owner(owner: DrawOwner) -> dict[str, str]:
    return {
        "owner_kind": owner.kind,
        "owner_id": owner.public_id,
        "owner_path": owner.path,
        "purpose": owner.purpose,
    }


def _begun(
    session: Session, actor: Actor, draw: Draw, pool: Sequence[int], practised: frozenset[int]
) -> Draw:
    """Everybody of the pool is noted, and the quotas are tried in the background."""
    draw.candidates = len(pool)
    draw.features = [str(feature) for feature in FIRST_FEATURES]
    draw.created_by_account_id = actor.account_id
    session.add(draw)
    session.flush()
    session.add_all(
        DrawPerson(draw_id=draw.id, member_id=member_id, has_done=member_id in practised)
        for member_id in pool
    )
    log_event(
        session,
        actor,
        "draw_prepared",
        "draw",
        draw.public_id,
        seats=draw.seats,
        candidates=len(pool),
    )
    session.flush()
    queue_work(session, actor, WORKSHOP, draw)
    return draw


def _refuse_second(session: Session, owner: DrawOwner) -> None:
    going = session.scalar(
        select(Draw.public_id).where(
            Draw.owner_kind == owner.kind,
            Draw.owner_id == owner.public_id,
            Draw.purpose == owner.purpose,
            Draw.state.in_(OPEN_STATES),
        )
    )
    if going is not None:
        raise DrawUnderWay(public_id=going)


def choose_features(session: Session, actor: Actor, draw: Draw, features: Collection[str]) -> None:
    """Say what the draw shall be spread over; quotas of what is no longer chosen go.

    Raises Conflict once the quotas are agreed.
    """
    locked = _being_prepared(session, draw)
    locked.features = [str(kind) for kind in FeatureKind if kind in set(features)]
    kept = {k: v for k, v in quotas_of(session, locked.id).items() if k.feature in locked.features}
    _write(session, actor, locked, kept)


def set_quotas(
    session: Session, actor: Actor, draw: Draw, quotas: Mapping[QuotaKey, Limits]
) -> None:
    """Set how many seats at least and at most; the background work finds out if it can be done.

    Raises Conflict once the quotas are agreed.
    """
    _write(session, actor, _being_prepared(session, draw), quotas)


def relax_quota(
    session: Session, actor: Actor, draw: Draw, changed: Mapping[QuotaKey, Limits]
) -> None:
    """Take a proposed relaxation: these quotas get these limits, the others stay."""
    locked = _being_prepared(session, draw)
    _write(session, actor, locked, {**quotas_of(session, locked.id), **changed})


def price_quotas(session: Session, actor: Actor, draw: Draw) -> None:
    """Let the background work find out what each quota costs in smallest chance."""
    locked = locked_draw(session, draw.id)
    if locked.state not in (DrawState.PREPARING, DrawState.AGREED):
        raise Conflict
    queue_work(session, actor, PRICES, locked)


def agree_on_quotas(session: Session, actor: Actor, draw: Draw) -> None:
    """The quotas stand: everybody gets a random number, and the chances are worked out.

    From now on the pool is what it is: who has left the bank since is out, what the quotas ask
    about is noted as it is today, and people who share a home are kept apart.

    Raises:
        QuotasNotTried: they have not been found possible as they are now.
        TooFewCandidates: so many have left that everybody can have a seat.
    """
    locked = _being_prepared(session, draw)
    verdict = locked.workshop or {}
    if verdict.get("version") != locked.quota_version or not verdict.get("can_be_met"):
        raise QuotasNotTried
    _freeze_pool(session, locked)
    locked.state = DrawState.AGREED
    locked.agreed_at = now()
    log_event(session, actor, "draw_quotas_agreed", "draw", locked.public_id)
    session.flush()
    queue_work(session, actor, LOTTERY, locked)


def reopen_quotas(session: Session, actor: Actor, draw: Draw) -> None:
    """Go back to the quotas before anything was published; numbers and chances are forgotten."""
    locked = locked_draw(session, draw.id)
    if locked.state != DrawState.AGREED:
        raise Conflict
    session.execute(delete(DrawLottery).where(DrawLottery.draw_id == locked.id))
    for person in rows_of_pool(session, locked.id):
        person.number = person.household = person.chance = None
        person.traits = {}
    locked.state = DrawState.PREPARING
    locked.agreed_at = locked.min_chance = None
    locked.panel_count = locked.fingerprint = None
    locked.quota_version += 1
    log_event(session, actor, "draw_quotas_reopened", "draw", locked.public_id)
    session.flush()
    queue_work(session, actor, WORKSHOP, locked)


def _being_prepared(session: Session, draw: Draw) -> Draw:
    locked = locked_draw(session, draw.id)
    if locked.state != DrawState.PREPARING:
        raise Conflict
    return locked


def _write(session: Session, actor: Actor, draw: Draw, quotas: Mapping[QuotaKey, Limits]) -> None:
    session.execute(delete(DrawQuota).where(DrawQuota.draw_id == draw.id))
    session.add_all(
        DrawQuota(
            draw_id=draw.id,
            feature=key.feature,
            value=key.value,
            minimum=limits.minimum,
            maximum=limits.maximum,
        )
        for key, limits in sorted(quotas.items())
        if limits != Limits(0, draw.seats)
    )
    draw.quota_version += 1
    draw.prices = None
    log_event(session, actor, "draw_quotas_set", "draw", draw.public_id, quotas=len(quotas))
    session.flush()
    queue_work(session, actor, WORKSHOP, draw)


def _freeze_pool(session: Session, draw: Draw) -> None:
    traits = traits_of_pool(session, draw.id, county_parts(session, draw.features))
    homes = household_numbers(session, draw.id)
    people = [p for p in rows_of_pool(session, draw.id) if p.member_id in traits]
    gone = [p.id for p in rows_of_pool(session, draw.id) if p.member_id not in traits]
    if len(people) <= draw.seats:
        raise TooFewCandidates(candidates=len(people), seats=draw.seats)
    session.execute(delete(DrawPerson).where(DrawPerson.id.in_(gone)))
    numbers = list(range(1, len(people) + 1))
    secrets.SystemRandom().shuffle(numbers)
    for person, number in zip(people, numbers, strict=True):
        assert person.member_id is not None
        person.number = number
        person.household = homes.get(person.member_id)
        person.traits = {f: traits[person.member_id][f] for f in draw.features}
    draw.candidates = len(people)
    draw.alternates = min(draw.alternates, len(people) - draw.seats)
    session.flush()


def move(draw: Draw, wanted: DrawState) -> None:
    """Change the state. Raises Conflict for a move the rules do not know."""
    if not may_move(draw.state, wanted):
        raise Conflict
    draw.state = wanted
