"""Background work of the bank: nightly tidying, looking for duplicates, taking lists in."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.queries import account, actor_of
from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress, Schedule
from participation.interest_bank.queries.imports import import_to_work_on
from participation.interest_bank.services import (
    end_outgrown_approvals,
    forget_unconfirmed,
    let_asks_lapse,
    wake_rested,
)
from participation.interest_bank.services.calls import forget_old_calls
from participation.interest_bank.services.duplicates import index_names, suspect
from participation.interest_bank.services.importing import (
    CHECK,
    RUN,
    check_file,
    forget_old_files,
    mail_taken_over,
    note_check,
    take_in,
)

TIDY = "interest_bank.tidy"
FIND_DUPLICATES = "interest_bank.find_duplicates"
TIDY_DAILY = Schedule(TIDY, every=timedelta(days=1), offset=timedelta(hours=2))
FIND_DAILY = Schedule(FIND_DUPLICATES, every=timedelta(days=1), offset=timedelta(hours=3))


class TidyBank:
    """Runs once a day, at night."""

    kind = TIDY

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {
                "forgotten": forget_unconfirmed(session),
                "guardians_silent": let_asks_lapse(session),
                "outgrown": end_outgrown_approvals(session),
                "woken": wake_rested(session),
                "calls_too_late": forget_old_calls(session),
            }


class CheckImport:
    """The dry run of an import: reads for as long as it takes, then writes in one moment."""

    kind = CHECK

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        public_id = str(job.payload["import"])
        with sessions() as session:
            found = check_file(session, import_to_work_on(session, public_id), job.progress)
        with transaction(sessions) as session:
            note_check(session, import_to_work_on(session, public_id), found)
        return {"url": f"/interest-bank/imports/{public_id}"}


class RunImport:
    """Takes everybody in at once, then tells them in steps."""

    kind = RUN

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        public_id = str(job.payload["import"])
        with transaction(sessions) as session:
            person = account(session, job.created_by_account_id or 0)
            take_in(session, actor_of(session, person), import_to_work_on(session, public_id))
        told = 0
        while True:
            with transaction(sessions) as session:
                taken = import_to_work_on(session, public_id)
                total, count = taken.new_count, mail_taken_over(session, taken)
            if not count:
                break
            told += count
            job.progress(told, total)
        with transaction(sessions) as session:
            suspect(session)
        return {"url": f"/interest-bank/imports/{public_id}"}


class FindDuplicates:
    """Every night: who may stand in the bank twice; and forgotten import files go."""

    kind = FIND_DUPLICATES

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            indexed = index_names(session)
        with transaction(sessions) as session:
            return {
                "indexed": indexed,
                "suspected": suspect(session),
                "files": forget_old_files(session),
            }
