"""Writing definitions: by hand in the register, or brought along by a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.models import KEY_LENGTH, Perspective
from participation.foundation.clock import today
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.indicators.models import REGISTER, Indicator, IndicatorImport
from participation.indicators.rules.definitions import Level
from participation.indicators.rules.importing import Defined
from participation.indicators.services.areas import set_areas
from participation.indicators.services.withholding import hold_values, withhold

KOLADA = "Kolada (RKA)"
KOLADA_ADDRESS = "https://www.kolada.se"


def save_indicator(
    session: Session,
    actor: Actor,
    indicator: Indicator | None,
    values: Mapping[str, Any],
    area_ids: Sequence[int],
) -> Indicator:
    """A new indicator, or a changed one. What is written here no longer follows the county file."""
    hold_values(session)  # before any row is, as whoever loads values does
    if indicator is None:
        indicator = Indicator(key=f"indikator-{new_public_id()}", position=_next_position(session))
        session.add(indicator)
    for name, value in values.items():
        setattr(indicator, name, value)
    indicator.layer = REGISTER
    session.flush()
    set_areas(session, indicator.id, area_ids)
    withhold(session, [indicator.id])
    log_event(session, actor, "indicator_saved", "indicator", indicator.public_id)
    return indicator


def retire_indicator(session: Session, actor: Actor, indicator: Indicator, because: str) -> None:
    """Follow it no more: it leaves the lists, its page and values stay. Raises Conflict if done."""
    if not indicator.is_current:
        raise Conflict
    indicator.is_current, indicator.layer = False, REGISTER
    indicator.retired_on, indicator.retired_because = today(), because
    log_event(session, actor, "indicator_retired", "indicator", indicator.public_id)
    session.flush()


def take_up_indicator(session: Session, actor: Actor, indicator: Indicator) -> None:
    """Follow it again. Raises Conflict unless it was retired here."""
    if indicator.is_current or indicator.retired_on is None:
        raise Conflict
    indicator.is_current = True
    indicator.retired_on = indicator.retired_because = None
    log_event(session, actor, "indicator_saved", "indicator", indicator.public_id)
    session.flush()


def define_brought(
    session: Session, taken: IndicatorImport, brought: Sequence[Defined]
) -> dict[str, int]:
    """Put indicators that a file brings along into the register; their ids by key.

    What the file cannot tell (which way is better, a target) somebody fills in afterwards.
    """
    position = _next_position(session)
    made = [
        Indicator(
            layer=REGISTER,
            key=one.key[:KEY_LENGTH],
            name=one.name,
            description=one.description or None,
            outside_code=one.code,
            perspective_id=taken.perspective_id or _first_perspective(session),
            group_id=taken.group_id,
            unit=unit_of(one.name),
            source=KOLADA,
            source_url=KOLADA_ADDRESS,
            level=Level.MUNICIPALITY,
            better="none",
            position=position + number,
        )
        for number, one in enumerate(brought)
    ]
    session.add_all(made)
    session.flush()
    return {one.key: one.id for one in made}


def unit_of(name: str) -> str:
    """What a name of Kolada's says about the unit: it stands last.

    >>> unit_of("Elever i åk 9, andel (%)"), unit_of("Kostnad hemtjänst, kr/inv")
    ('procent', 'kr/inv')
    """
    last = name.rsplit(",", 1)[-1].strip()
    if "%" in last:
        return "procent"
    return last[:80] if "," in name else "enligt källan"


def _next_position(session: Session) -> int:
    return (session.scalar(select(func.max(Indicator.position))) or 0) + 1


def _first_perspective(session: Session) -> int:
    return session.scalars(
        select(Perspective.id)
        .where(Perspective.is_current)
        .order_by(Perspective.position, Perspective.id)
        .limit(1)
    ).one()
