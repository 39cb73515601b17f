"""Recording decisions on retention, and destroying what they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM, Actor
from participation.foundation.providers import RetentionRule
from participation.foundation.retention.models import RetentionDecision


@dataclass(frozen=True)
class Standing:
    """One rule, what was decided about it, and how many things are older than that."""

    rule: RetentionRule
    decision: RetentionDecision | None
    due: int


def decide_retention(
    session: Session,
    actor: Actor,
    rules: Iterable[RetentionRule],
    *,
    key: str,
    days: int,
    decided_by: str,
    reference: str,
) -> RetentionDecision:
    """Record that things of one rule go so many days after their end. It lifts a hold.

    Raises NotFound for a rule that does not exist.
    """
    if key not in {rule.key for rule in rules}:
        raise NotFound
    decision = RetentionDecision(rule=key, days=days, decided_by=decided_by, reference=reference)
    return _recorded(session, actor, decision)


def hold_retention(
    session: Session, actor: Actor, *, key: str, decided_by: str, reference: str
) -> RetentionDecision:
    """A legal hold: nothing of the rule is destroyed until it is decided on anew.

    Raises Conflict when nothing was decided: then nothing is destroyed anyway.
    """
    before = decisions_in_force(session).get(key)
    if before is None:
        raise Conflict
    held = RetentionDecision(
        rule=key, days=before.days, decided_by=decided_by, reference=reference, is_held=True
    )
    return _recorded(session, actor, held)


def decisions_in_force(session: Session) -> Mapping[str, RetentionDecision]:
    """The newest decision of each rule. One query."""
    rows = session.scalars(select(RetentionDecision).order_by(RetentionDecision.id))
    return {decision.rule: decision for decision in rows}


def standing_of(session: Session, rules: Iterable[RetentionRule]) -> Sequence[Standing]:
    """Every rule with its decision; without one, `due` counts what the proposal would destroy."""
    decided = decisions_in_force(session)
    return [
        Standing(rule, decision, rule.due(session, _last_day(decision, rule)))
        for rule in rules
        for decision in [decided.get(rule.key)]
    ]


def destroy_by_decision(session: Session, rules: Iterable[RetentionRule]) -> dict[str, int]:
    """Destroy what the decisions in force say; how much of each rule. Each is logged.

    Source: the archive law (arkivlagen 10 §): public records go by a recorded decision only.
    """
    decided = decisions_in_force(session)
    destroyed: dict[str, int] = {}
    for rule in rules:
        decision = decided.get(rule.key)
        if decision is None or decision.is_held:
            continue
        count = rule.destroy(session, _last_day(decision, rule))
        if count:
            destroyed[rule.key] = count
            log_event(
                session,
                SYSTEM,
                "destroyed_by_decision",
                "retention_decision",
                str(decision.id),
                rule=rule.key,
                count=count,
            )
    session.flush()
    return destroyed


def _last_day(decision: RetentionDecision | None, rule: RetentionRule) -> date:
    """What ended before this day is due."""
    return today() - timedelta(days=decision.days if decision else rule.proposed_days)


def _recorded(session: Session, actor: Actor, decision: RetentionDecision) -> RetentionDecision:
    session.add(decision)
    session.flush()
    log_event(
        session,
        actor,
        "retention_held" if decision.is_held else "retention_decided",
        "retention_decision",
        str(decision.id),
        rule=decision.rule,
        days=decision.days,
    )
    return decision
