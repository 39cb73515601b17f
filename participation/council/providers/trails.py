"""A council member's voice, step by step."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from participation.council import queries
from participation.council.providers.addresses import WORKSPACE, statement_address
from participation.council.queries import StatementLine
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import TrailStep


class CouncilTrail:
    """A council member's voice: taking the seat, the council's statements and their answers."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        seat = queries.own_seat(session, account_id)
        if seat is None or seat.since is None:
            return
        yield TrailStep(
            at=datetime.combine(seat.since, time(8), UTC),
            title=_("You took a seat in the development council"),
            text=_("Together you speak for patients, users and next of kin in the whole county."),
            address=WORKSPACE,
        )
        for line in queries.sent_statements(session, seat.term_id):
            if line.statement.sent_on is not None and line.statement.sent_on >= seat.since:
                yield from _statement_steps(line)


def _statement_steps(line: StatementLine) -> Iterable[TrailStep]:
    statement, commitment = line.statement, line.commitment
    assert statement.sent_on is not None
    yield TrailStep(
        at=datetime.combine(statement.sent_on, time(9), UTC),
        title=_("The council sent a statement"),
        text=statement.title,
        is_late=line.days_late > 0,
        address=statement_address(line),
    )
    if commitment is not None and commitment.answered_on is not None:
        yield TrailStep(
            at=datetime.combine(commitment.answered_on, time(10), UTC),
            title=_("%(group)s answered", group=statement.group.name_in(current_locale())),
            text=commitment.answer_text,
            is_answer=True,
            address=statement_address(line),
        )
