"""Letting a list leave the system: a disclosure, with its reason in the event log."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.foundation.tabular import csv_bytes, xlsx_bytes
from participation.interest_bank.queries.exports import Exported, exported_members
from participation.interest_bank.queries.lists import Filters
from participation.interest_bank.rules.exporting import ExportFormat


def export_members(
    session: Session,
    actor: Actor,
    filters: Filters,
    parts: Collection[str],
    *,
    reason: str,
    sheet: str,
    file_format: ExportFormat,
) -> bytes:
    """The file with the list. A line for the list and one for each person on it is logged.

    Source: TRUST, law (disclosure is a logged act); TRUST 6 (no cell is a formula).
    """
    found = exported_members(session, actor, filters, parts)
    _log(session, actor, found, parts, reason)
    if file_format is ExportFormat.CSV:
        return csv_bytes(found.headings, found.rows)
    return xlsx_bytes([(sheet, found.headings, found.rows)])


def _log(
    session: Session, actor: Actor, found: Exported, parts: Collection[str], reason: str
) -> None:
    told = sorted(parts)
    count = len(found.account_ids)
    log_event(
        session,
        actor,
        "members_exported",
        "bank",
        "members",
        reason=reason,
        parts=told,
        count=count,
    )
    for account_id in found.account_ids:
        log_event(
            session,
            actor,
            "member_exported",
            "bank",
            "members",
            subject_account_id=account_id,
            reason=reason,
            parts=told,
        )
