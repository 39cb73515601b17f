"""Who was in the pool of an ended draw, and when that may be forgotten."""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from participation.foundation.clock import from_local
from participation.selection.models import Draw, DrawPerson


class PoolsOfEndedDraws:
    """Numbers and chances stay, so that the draw can be checked; who had which number goes."""

    key = "draw_people"
    what = "who was in the pool of a closed or cancelled draw, counted from its end"
    proposed_days = 2 * 365

    def due(self, session: Session, before: date) -> int:
        return session.scalar(select(func.count(DrawPerson.id)).where(_is_old(before))) or 0

    def destroy(self, session: Session, before: date) -> int:
        count = self.due(session, before)
        session.execute(
            update(DrawPerson)
            .where(_is_old(before))
            .values(member_id=None, traits={}, household=None, has_done=False)
        )
        return count


def _is_old(before: date) -> ColumnElement[bool]:
    day = from_local(datetime.combine(before, time()))
    ended = select(Draw.id).where(or_(Draw.closed_at < day, Draw.cancelled_at < day))
    return DrawPerson.draw_id.in_(ended) & DrawPerson.member_id.is_not(None)
