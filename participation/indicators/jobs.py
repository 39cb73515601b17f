"""Background work of the register: looking through long files, and taking them in."""

from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.queries import account, actor_of
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress
from participation.indicators.queries.imports import import_to_work_on
from participation.indicators.services.importing import (
    CHECK,
    RUN,
    check_file,
    note_check,
    take_in,
)


class CheckImport:
    """The dry run of a file: reads for as long as it takes, then writes in one moment."""

    kind = CHECK

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        public_id = str(job.payload["import"])
        with sessions() as session:
            found = check_file(session, import_to_work_on(session, public_id), job.progress)
        with transaction(sessions) as session:
            note_check(session, import_to_work_on(session, public_id), found)
        return {"url": f"/indicators/imports/{public_id}"}


class RunImport:
    """Reads the file once more while nothing is locked, then writes all of it in one turn."""

    kind = RUN

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        public_id = str(job.payload["import"])
        with sessions() as session:
            checked = check_file(session, import_to_work_on(session, public_id), job.progress)
        with transaction(sessions) as session:
            person = account(session, job.created_by_account_id or 0)
            taken = import_to_work_on(session, public_id)
            take_in(session, actor_of(session, person), taken, checked)
        return {"url": f"/indicators/imports/{public_id}"}
