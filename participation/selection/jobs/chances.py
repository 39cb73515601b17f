"""Everybody's chance, as equal as the quotas allow, and the panels the lottery draws from."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.crypto import new_token
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress
from participation.selection.jobs.workshop import Tell, unheard
from participation.selection.models import DrawLottery
from participation.selection.queries.draws import LOTTERY, draw_by_id, locked_draw
from participation.selection.queries.people import rows_of_pool
from participation.selection.rules.draws import DrawState
from participation.selection.rules.leximin import fair_distribution
from participation.selection.rules.lottery import Lottery, equally_likely_panels
from participation.selection.rules.pool import Pool
from participation.selection.services.pool import frozen_pool


class WorkOutChances:
    """The leximin distribution of the frozen pool, written out as equally likely panels."""

    kind = LOTTERY

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        draw_id, version = int(job.payload["draw_id"]), int(job.payload["version"])
        with sessions() as session:
            draw = draw_by_id(session, draw_id)
            address = f"/selection/{draw.public_id}"
            if draw.state != DrawState.AGREED or draw.quota_version != version:
                return {"url": address}
            pool = frozen_pool(session, draw)
        lottery = fair_lottery(pool, job.progress)
        with transaction(sessions) as session:
            keep_lottery(session, draw_id, version, lottery)
        return {"url": address}


def fair_lottery(pool: Pool, tell: Tell = unheard) -> Lottery:
    """Equally likely panels that give everybody the leximin chance."""
    return equally_likely_panels(fair_distribution(pool, tell=tell), new_token())


def keep_lottery(session: Session, draw_id: int, version: int, lottery: Lottery) -> None:
    """Unless the quotas were opened again meanwhile."""
    fresh = locked_draw(session, draw_id)
    if fresh.state != DrawState.AGREED or fresh.quota_version != version:
        return
    session.execute(delete(DrawLottery).where(DrawLottery.draw_id == draw_id))
    panels = [list(panel) for panel in lottery.panels]
    session.add(DrawLottery(draw_id=draw_id, panels=panels))
    fresh.panel_count, fresh.fingerprint = len(panels), lottery.fingerprint
    chances = lottery.chances()
    people = rows_of_pool(session, draw_id)
    for row in people:
        row.chance = chances.get(row.number or 0, 0.0)
    fresh.min_chance = min((row.chance or 0.0 for row in people), default=None)
