"""Answers that leave the system row by row: ordered with a reason, written by the worker, expiring.

Source: ANALYSIS, "row extract"; TRUST, law (disclosure is a logged act); TRUST 6 (no formulas).
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import enqueue
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import extract_rounds
from participation.questionnaires.rules.mixing import is_mixed
from participation.results.models import AnswerExport, AnswerExportPiece
from participation.results.services.looking import locked_round, may_look, note_pair

EXPORT_JOB = "results.export_answers"
KEPT = timedelta(hours=24)


def order_export(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    *,
    file_format: str,
    with_series: bool,
    with_texts: bool,
    reason: str,
) -> AnswerExport:
    """Let the worker write the file. The act and its reason are logged now.

    Raises:
        Conflict: the round is open, fewer have answered than the gate lets be shown, or so few
            answers changed since the last look that they would be.
    """
    _look_at(session, survey_round, with_series=with_series)
    made = AnswerExport(
        round_id=survey_round.id,
        file_format=file_format,
        with_series=with_series,
        with_texts=with_texts,
        reason=reason,
        created_by_account_id=actor.account_id,
    )
    session.add(made)
    session.flush()
    made.job_public_id = _queue(session, actor, made)
    log_event(
        session,
        actor,
        "answers_exported",
        "survey_round",
        survey_round.public_id,
        reason=reason,
        file_format=file_format,
        with_series=with_series,
        with_texts=with_texts,
    )
    session.flush()
    return made


def _queue(session: Session, actor: Actor, made: AnswerExport) -> str:
    """The public id of the job that writes the file."""
    job = enqueue(
        session,
        EXPORT_JOB,
        {"export_id": made.id},
        title=_("A file with answers"),
        created_by_account_id=actor.account_id,
    )
    return job.public_id


def _look_at(session: Session, survey_round: SurveyRound, *, with_series: bool) -> None:
    """Each round of the file is looked at, the earlier ones of a series too. Raises Conflict."""
    answered = survey_round.response_count
    taken = [
        locked_round(session, one)
        for one in extract_rounds(session, survey_round, with_series=with_series)
    ]
    is_small = answered is None or answered < thresholds_in_force().minimum
    if is_small or not all(may_look(one) for one in taken):
        raise Conflict
    for one in taken:
        note_pair(session, one, by_role=False)


def begin_again(session: Session, export: AnswerExport) -> None:
    """A try before this one may have left pieces, and the answers may have changed since.

    Raises:
        Conflict: so few changed since the order that this file would show them.
    """
    _forget_pieces(session, [export.id])
    survey_round = session.get_one(SurveyRound, export.round_id)
    _look_at(session, survey_round, with_series=export.with_series)


def keep_piece(session: Session, export_id: int, position: int, content: bytes) -> None:
    session.add(AnswerExportPiece(export_id=export_id, position=position, content=content))
    session.flush()


def finish_export(session: Session, export_id: int, *, rows: int, size: int) -> None:
    """The file is whole: from now on it can be downloaded for a day.

    Raises:
        Conflict: answers changed while it was written; nobody knows which of them it holds.
    """
    made = session.get_one(AnswerExport, export_id)
    survey_round = session.get_one(SurveyRound, made.round_id)
    for round_id in extract_rounds(session, survey_round, with_series=made.with_series):
        locked = locked_round(session, round_id)
        if is_mixed(locked.mode) and locked.changed_count != locked.shown_changes:
            raise Conflict
    made.row_count, made.size, made.expires_at = rows, size, now() + KEPT
    session.flush()


def forget_expired_exports(session: Session) -> int:
    """Delete the files whose day is over; the lines about them stay."""
    over = session.scalars(
        select(AnswerExport.id)
        .join(AnswerExportPiece, AnswerExportPiece.export_id == AnswerExport.id)
        .where(AnswerExport.expires_at <= now(), AnswerExportPiece.position == 0)
        .order_by(AnswerExport.id)
    ).all()
    _forget_pieces(session, over)
    return len(over)


def drop_export(session: Session, export_id: int) -> None:
    """The file was given up."""
    _forget_pieces(session, [export_id])


def _forget_pieces(session: Session, export_ids: Iterable[int]) -> None:
    session.execute(
        delete(AnswerExportPiece).where(AnswerExportPiece.export_id.in_(list(export_ids))),
        execution_options={"synchronize_session": False},
    )
