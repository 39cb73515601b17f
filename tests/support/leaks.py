"""Builds that leak on purpose: what an attack must find, or it proves nothing (TRUST 51)."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, insert, text, update
from sqlalchemy.orm import Session

from participation.foundation import db
from participation.questionnaires import jobs
from participation.questionnaires.models import (
    Response,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.services import answering, mailing, rewriting, rounds

Rows = Sequence[Mapping[str, Any]]
NOISE_BYTES, TIMES = 200, 25  # more than PostgreSQL compresses, and twice a page of SQLite


def engine_with(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, journal: str, *pragmas: str
) -> Engine:
    """The same SQLite database with another journal; PostgreSQL stays as it is."""
    if engine.dialect.name == "postgresql":
        return engine
    engine.dispose()
    monkeypatch.setattr(db, "sqlite_journal_mode", lambda _version: journal)
    made = db.make_engine(engine.url.render_as_string(hide_password=False))

    @event.listens_for(made, "connect")
    def _set(connection: Any, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return made


def number_rows(engine: Engine, *tables: str) -> None:
    """Tables as somebody would make them who does not think of it: rows numbered as they come."""
    if engine.dialect.name == "postgresql":
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    with engine.begin() as connection:
        for table in tables:
            made = connection.execute(
                text(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"
                    " ORDER BY type DESC"
                ),
                {"table": table},
            ).scalars()
            statements = [re.sub(r"\s*WITHOUT ROWID\s*$", "", one) for one in made]
            connection.exec_driver_sql(f"DROP TABLE {table}")
            for statement in statements:
                connection.exec_driver_sql(statement)


class _InTheOrderTheyCame:
    """Chance that draws nothing."""

    def shuffle(self, _rows: list[Any]) -> None:
        pass


def store_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers with running numbers, beside the link; links stored in the order of their mails."""
    arrived = count(1)

    def store(
        session: Session, _round: SurveyRound, _receipt: str, row: Mapping[str, Any], texts: Rows
    ) -> None:
        key = f"leaked{next(arrived):010d}".encode()
        session.execute(insert(Response), [{**row, "id": key}])
        session.execute(insert(ResponseText), [{**one, "response_id": key} for one in texts])

    monkeypatch.setattr(answering, "put_in_waiting", store)
    monkeypatch.setattr(mailing, "RANDOM", _InTheOrderTheyCame())


def wait_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers wait under their own key, readable, beside their receipt; nothing is wiped."""

    def put(
        session: Session,
        survey_round: SurveyRound,
        receipt: str,
        row: Mapping[str, Any],
        texts: Rows,
    ) -> None:
        said = [[one["question_key"], one["text"], one["locale"]] for one in texts]
        rest = {name: value for name, value in row.items() if name != "id"}
        data = {"id": row["id"].hex(), "row": rest, "texts": said}
        noise = [b" " + receipt.encode() + b" " + os.urandom(NOISE_BYTES) for _time in range(TIMES)]
        session.execute(
            insert(WaitingResponse).values(
                id=row["id"],
                round_id=survey_round.id,
                sealed=b"\n".join([json.dumps(data).encode(), *noise]),
            )
        )

    def touch_first(session: Session, survey_round: SurveyRound, *, is_last: bool) -> int:
        """A journal holds what a transaction touched, as it was."""
        shorter = func.substr(WaitingResponse.sealed, 1, func.length(WaitingResponse.sealed) - 1)
        session.execute(
            update(WaitingResponse)
            .where(WaitingResponse.round_id == survey_round.id)
            .values(sealed=shorter)
            .execution_options(synchronize_session=False)
        )
        return rewriting.rewrite_waiting(session, survey_round, is_last=is_last)

    monkeypatch.setattr(rounds, "rewrite_waiting", touch_first)
    monkeypatch.setattr(answering, "put_in_waiting", put)
    monkeypatch.setattr(rewriting, "unseal", lambda _key, held, _id: held.partition(b"\n")[0])


def wipe_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was deleted stays where it lay."""
    monkeypatch.setattr(jobs, "leave_no_traces", lambda *_given, **_how: None)
