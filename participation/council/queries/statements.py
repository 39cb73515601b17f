"""The council's statements and the groups' answers, which are commitments."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, joinedload

from participation.commitments.models import Commitment
from participation.council.models import CouncilMeeting, CouncilTerm, Statement
from participation.council.queries.access import check_workspace
from participation.council.rules.places import SUBJECT_KIND, days_late
from participation.council.rules.statements import StatementState, statement_state
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor


@dataclass(frozen=True)
class StatementLine:
    """A statement and the group's answer, which is a commitment; none before it is sent."""

    statement: Statement
    commitment: Commitment | None

    @property
    def is_answered(self) -> bool:
        return self.commitment is not None and self.commitment.answered_on is not None

    @property
    def waits(self) -> bool:
        return self.commitment is not None and self.commitment.answered_on is None

    @property
    def state(self) -> StatementState:
        return statement_state(
            is_agreed=self.statement.agreed_on is not None,
            is_sent=self.statement.is_sent,
            is_answered=self.is_answered,
            is_followed_up=self.statement.followed_up_on is not None,
        )

    @property
    def days_late(self) -> int:
        if self.commitment is None:
            return 0
        return days_late(self.commitment.due_on, self.commitment.answered_on, today())


Statements = Select[Statement, Commitment]


def sent_statements(session: Session, term_id: int | None = None) -> Sequence[StatementLine]:
    """Statements the council has sent, with the answers; newest first. Public. One query."""
    return _lines(session, _statements(term_id).where(Statement.sent_on.is_not(None)))


def all_statements(session: Session, actor: Actor, term_id: int) -> Sequence[StatementLine]:
    """Drafts first, then what was sent. Raises NotFound for outsiders. One query."""
    check_workspace(session, actor)
    return _lines(session, _statements(term_id))


def public_statement(session: Session, public_id: str) -> StatementLine:
    """One sent statement. Raises NotFound, for drafts too."""
    return _one_line(
        session,
        _statements(None).where(Statement.public_id == public_id, Statement.sent_on.is_not(None)),
    )


def statement_visible_to(session: Session, actor: Actor, public_id: str) -> StatementLine:
    """One statement, drafts included, for the council and coordinators. Raises NotFound."""
    check_workspace(session, actor)
    return _one_line(session, _statements(None).where(Statement.public_id == public_id))


def waiting_statements(session: Session) -> Sequence[StatementLine]:
    """Sent statements of terms that go on without an answer, longest waiting first. One query."""
    wanted = (
        _statements(None)
        .join(CouncilTerm, CouncilTerm.id == Statement.term_id)
        .where(CouncilTerm.ends_on >= today(), Commitment.id.is_not(None))
        .where(Commitment.answered_on.is_(None))
    )
    return sorted(_lines(session, wanted), key=lambda line: line.days_late, reverse=True)


def _statements(term_id: int | None) -> Statements:
    """Statements with what the group owes: one commitment each, made when it was sent."""
    statement = select(Statement, Commitment).outerjoin(
        Commitment,
        and_(
            Commitment.subject_kind == SUBJECT_KIND,
            Commitment.subject_public_id == Statement.public_id,
        ),
    )
    if term_id is not None:
        statement = statement.where(Statement.term_id == term_id)
    return statement.options(
        joinedload(Statement.group),
        joinedload(Statement.meeting).joinedload(CouncilMeeting.activity),
    ).order_by(Statement.sent_on.is_not(None), Statement.sent_on.desc(), Statement.id.desc())


def _lines(session: Session, wanted: Statements) -> Sequence[StatementLine]:
    return [StatementLine(statement, owed) for statement, owed in session.execute(wanted)]


def _one_line(session: Session, wanted: Statements) -> StatementLine:
    lines = _lines(session, wanted)
    if not lines:
        raise NotFound
    return lines[0]
