"""Draws for tests, in every state, as the services bring them there."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import frozen_at, now
from participation.foundation.jobs.runner import JobRunner
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import BankMember
from participation.selection.jobs import JOB_HANDLERS
from participation.selection.models import Draw
from participation.selection.rules.features import Limits, QuotaKey
from participation.selection.rules.owners import DrawOwner
from participation.selection.services import (
    agree_on_quotas,
    choose_features,
    enter_seed,
    make_draw,
    prepare_draw,
    publish_pool,
    set_quotas,
)
from tests.factories.interest_bank import make_member

SEED = "4 8 15 16 23 42 7"
WOMEN = QuotaKey("gender", "woman")
MEN = QuotaKey("gender", "man")


def run_jobs(sessions: sessionmaker[Session]) -> int:
    """Run everything that is due, as the worker would; how much that was."""
    runner = JobRunner(sessions, JOB_HANDLERS, (), "test")
    done = 0
    while runner.run_due(threading.Event()):
        done += 1
    return done


def make_candidates(session: Session, women: int = 6, men: int = 4) -> list[BankMember]:
    """Members of both genders, the women in Kalmar, the men in Torsås."""
    return [
        make_member(
            session,
            name=f"{'Kvinna' if gender == 'woman' else 'Man'} Exempel{number}",
            gender=gender,
            municipality_code="0880" if gender == "woman" else "0834",
            birth_year=1950 + 5 * number,
            roles=("patient",) if number % 2 else ("patient", "next_of_kin"),
        )
        for gender, count in (("woman", women), ("man", men))
        for number in range(count)
    ]


def make_draw_being_prepared(
    session: Session, members: Sequence[BankMember], actor: Actor = SYSTEM, **overrides: Any
) -> Draw:
    """Three seats and two alternates, spread over gender; flushed, not committed."""
    draw = prepare_draw(
        session,
        actor,
        **{
            "title": "Hem från avdelningen",
            "seats": 3,
            "alternates": 2,
            "members": [member.id for member in members],
            "owner": DrawOwner(kind="test", public_id="test", path="/activities"),
            **overrides,
        },
    )
    choose_features(session, actor, draw, ["gender"])
    set_quotas(session, actor, draw, {WOMEN: Limits(1, 2), MEN: Limits(1, 2)})
    return draw


def agreed(session: Session, sessions: sessionmaker[Session], draw: Draw) -> Draw:
    """Quotas agreed, chances worked out; committed."""
    session.commit()
    run_jobs(sessions)
    session.refresh(draw)
    agree_on_quotas(session, SYSTEM, draw)
    session.commit()
    run_jobs(sessions)
    session.refresh(draw)
    return draw


def published(session: Session, sessions: sessionmaker[Session], draw: Draw) -> Draw:
    """Sealed and published, the seed due in an hour; committed."""
    agreed(session, sessions, draw)
    publish_pool(
        session,
        SYSTEM,
        draw,
        seed_source="De sju talen i Lotto 1",
        seed_due_at=now() + timedelta(hours=1),
    )
    session.commit()
    return draw


def drawn(session: Session, sessions: sessionmaker[Session], draw: Draw) -> Draw:
    """The draw is made; committed."""
    published(session, sessions, draw)
    assert draw.seed_due_at is not None
    with frozen_at(draw.seed_due_at):
        enter_seed(session, SYSTEM, draw, value=SEED, witnessed_by="Revisorn")
        make_draw(session, SYSTEM, draw)
    session.commit()
    return draw
