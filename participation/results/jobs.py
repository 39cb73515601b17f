"""Background work: counting and publishing a round, writing its answers into a file."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.services import (
    DisclosureRefused,
    Ruled,
    RulingOutdated,
    thresholds_in_force,
)
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import JobProgress, Schedule
from participation.foundation.permissions import Actor
from participation.foundation.tabular import csv_pieces, write_xlsx
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    Counting,
    RoundTotals,
    RowReader,
    extract_columns,
    extract_rounds,
    response_counts,
    round_by_id,
)
from participation.questionnaires.queries.responses import response_writer
from participation.questionnaires.rules.extracts import Column, codebook
from participation.questionnaires.rules.grouping import Attribute
from participation.results.models import AnswerExport
from participation.results.queries import JOB_KIND, PREVIEW_KIND
from participation.results.services.exporting import (
    EXPORT_JOB,
    begin_again,
    drop_export,
    finish_export,
    forget_expired_exports,
    keep_piece,
)
from participation.results.services.rounds import (
    preview_round,
    publish_round,
    rule_on_round,
    show_round,
    state_of,
)

FORGET_EXPORTS = "results.forget_exports"
PIECE = 512 * 1024
LINES = 250  # resources in a piece
_IN_MEMORY = 32 * 1024 * 1024
Done = TypeVar("Done")


class PublishRound:
    """Counts one round and sends its totals through the gate; a refusal is a result, no failure."""

    kind = JOB_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        actor = Actor(account_id=job.created_by_account_id)
        round_id = int(job.payload["round_id"])
        attributes = [Attribute(one) for one in job.payload.get("attributes", ())]
        totals = _counted(sessions, job, round_id, attributes)

        def publish(session: Session, ruled: Ruled | None) -> str:
            return publish_round(
                session, actor, round_id, totals, attributes, ruled=ruled
            ).public_id

        try:
            public_id = _ruled_first(sessions, round_id, totals, publish)
        except DisclosureRefused as refused:
            return {"refused": list(refused.reasons)}
        except Conflict:
            return {"url": ""}  # an earlier try published it
        return {"url": f"/releases/{public_id}"}


class PreviewRound:
    """Counts one round and says what the gate would do with it; publishes nothing.

    Ordered with figures, it keeps the page for those who publish: a look, which is remembered.
    """

    kind = PREVIEW_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        round_id = int(job.payload["round_id"])
        attributes = [Attribute(one) for one in job.payload.get("attributes", ())]
        totals = _counted(sessions, job, round_id, attributes)
        try:
            if not job.payload.get("with_figures"):
                with sessions() as session:
                    return preview_round(session, round_id, totals).as_json()
            actor = Actor(account_id=job.created_by_account_id)

            def show(session: Session, ruled: Ruled | None) -> dict[str, Any]:
                return show_round(
                    session, actor, round_id, totals, attributes, ruled=ruled
                ).as_json()

            return _ruled_first(sessions, round_id, totals, show)
        except DisclosureRefused as refused:
            with sessions() as session:
                state = state_of(session, round_by_id(session, round_id))
            return {"state": state, "refused": list(refused.reasons), "outlook": {}}
        except Conflict:
            return {}  # published meanwhile


def _ruled_first(
    sessions: sessionmaker[Session],
    round_id: int,
    totals: RoundTotals,
    act: Callable[[Session, Ruled | None], Done],
) -> Done:
    """Let the gate rule and be attacked while nothing is locked, then `act` if it still holds.

    Where an answer came or went meanwhile, the round is counted and ruled on in one turn.
    """
    with sessions() as session:
        ruled = rule_on_round(session, round_id, totals)
    try:
        with transaction(sessions) as session:
            return act(session, ruled)
    except RulingOutdated:
        with transaction(sessions) as session:
            return act(session, None)


def _counted(
    sessions: sessionmaker[Session],
    job: JobProgress,
    round_id: int,
    attributes: Sequence[Attribute],
) -> RoundTotals:
    """Count in steps; nothing is open while the job tells how far it is (SQLite has one writer)."""
    with sessions() as session:
        counting = Counting(session, round_id, attributes)
    total = counting.expected + 1  # publishing itself is the last step
    is_more = True
    while is_more:
        job.progress(min(counting.responses, counting.expected), total)
        with sessions() as session:
            is_more = counting.step(session)
    return counting.totals()


@dataclass
class _Writing:
    """One export on its way: which rounds and columns, and how many rows are read."""

    sessions: sessionmaker[Session]
    job: JobProgress
    export: AnswerExport
    round_ids: Sequence[int]
    columns: tuple[Column, ...]
    total: int
    done: int = 0

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows in chunks; between them nothing is open, so that the job can tell how far it is."""
        for round_id in self.round_ids:
            yield from self._batches_of(round_id)

    def _batches_of(self, round_id: int) -> Iterator[list[tuple[Any, ...]]]:
        with self.sessions() as session:
            reader = RowReader(
                session,
                round_id,
                self.columns,
                minimum=thresholds_in_force().minimum,
                with_texts=self.export.with_texts,
            )
        while rows := self._step(reader):
            self.done += len(rows)
            yield rows
            self.job.progress(min(self.done, self.total - 1), self.total)

    def _responses(self) -> Iterator[bytes]:
        """FHIR resources, one a line; a round is told in the words of its own version."""
        names = [column.name for column in self.columns]
        for round_id in self.round_ids:
            with self.sessions() as session:
                write = response_writer(session, round_id)
            for rows in self._batches_of(round_id):
                for start in range(0, len(rows), LINES):
                    some = rows[start : start + LINES]
                    yield "".join(
                        write(dict(zip(names, row, strict=True))) for row in some
                    ).encode()

    def _step(self, reader: RowReader) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return reader.step(session)

    def _on_one_line(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """SPSS reads one person a line: the words of a CSV file have no lines of their own."""
        if not self.export.with_texts:
            return rows
        return [
            tuple(" ".join(c.split()) if isinstance(c, str) and "\n" in c else c for c in row)
            for row in rows
        ]

    def pieces(self) -> Iterator[bytes]:
        headings = [column.name for column in self.columns]
        if self.export.file_format == "csv":
            yield from csv_pieces(headings, map(self._on_one_line, self.batches()))
            return
        if self.export.file_format == "ndjson":
            yield from self._responses()
            return
        rows = (row for batch in self.batches() for row in batch)
        book_headings = (_("Column"), _("Question"), _("Value"), _("Means"), _("Versions"))
        sheets = (
            (_("Answers"), headings, rows),
            (_("Codebook"), book_headings, codebook(self.columns)),
        )
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            write_xlsx(file, sheets, {"constant_memory": True})
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece


class ExportAnswers:
    """Writes the answers of a round, or of its series, into a file that expires after a day."""

    kind = EXPORT_JOB

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with use_locale(DEFAULT_LOCALE):
            writing = _begun(sessions, job, int(job.payload["export_id"]))
            size = 0
            for position, piece in enumerate(writing.pieces()):
                size += len(piece)
                with transaction(sessions) as session:
                    keep_piece(session, writing.export.id, position, piece)
        try:
            with transaction(sessions) as session:
                finish_export(session, writing.export.id, rows=writing.done, size=size)
        except Conflict:
            with transaction(sessions) as session:
                drop_export(session, writing.export.id)
            raise
        return {"rows": writing.done, "bytes": size}


def _begun(sessions: sessionmaker[Session], job: JobProgress, export_id: int) -> _Writing:
    with transaction(sessions) as session:
        export = session.get_one(AnswerExport, export_id)
        begin_again(session, export)
        survey_round = session.get_one(SurveyRound, export.round_id)
        round_ids = extract_rounds(session, survey_round, with_series=export.with_series)
        columns = extract_columns(session, round_ids, with_texts=export.with_texts)
        total = sum(response_counts(session, round_ids).values()) + 1
    return _Writing(sessions, job, export, round_ids, columns, total)


class ForgetExports:
    """Deletes files whose day is over."""

    kind = FORGET_EXPORTS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            forgotten = forget_expired_exports(session)
        job.progress(1, 1)
        return {"forgotten": forgotten}


SCHEDULES = (Schedule(FORGET_EXPORTS, every=timedelta(hours=1)),)
