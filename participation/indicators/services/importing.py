"""Taking values in from a file: dry run, all or nothing, and back out again."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import enqueue
from participation.foundation.permissions import Actor
from participation.foundation.tabular import UnreadableTable, read_table
from participation.indicators.models import Indicator, IndicatorImport
from participation.indicators.queries.imports import (
    ShownChange,
    held_values,
    is_last_done,
    known_of,
)
from participation.indicators.rules.columns import guess_columns, is_understood
from participation.indicators.rules.comparing import Change, Comparison, compare
from participation.indicators.rules.importing import (
    MOST_REMARKS,
    ImportState,
    Key,
    Read,
    Told,
)
from participation.indicators.rules.kolada import is_json, read_kolada
from participation.indicators.rules.tables import Step, read_sheet
from participation.indicators.services.defining import define_brought
from participation.indicators.services.values import put_back, write_values
from participation.indicators.services.withholding import hold_values, withhold

CHECK = "indicators.import_check"
RUN = "indicators.import_run"
MOST_BYTES = 10 * 1024 * 1024  # below what a request may hold
AT_ONCE_BYTES = 100_000  # a smaller file is read while the page waits
AT_ONCE_VALUES = 2_000  # fewer values are written while the page waits
NAME_LENGTH = 100


@dataclass
class Checked:
    """What a dry run found. `unreadable` says why nothing could be read."""

    unreadable: str = ""
    headings: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    read: Read = field(default_factory=Read)
    found: Comparison = field(default_factory=Comparison)
    names: Mapping[str, str] = field(default_factory=dict)  # key of an indicator → its name
    shares: list[str] = field(default_factory=list)  # in per cent, and never above 1
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.found.new, self.found.changed, self.found.same, len(self.read.rejected)


def receive_file(
    session: Session,
    actor: Actor,
    name: str,
    content: bytes,
    *,
    indicator_id: int | None = None,
    perspective_id: int | None = None,
    group_id: int | None = None,
) -> IndicatorImport:
    """Keep a file and look through it: at once when it is small, else in the background."""
    taken = IndicatorImport(
        created_by_account_id=actor.account_id,
        file_name=" ".join(plain(name).split())[:NAME_LENGTH] or "–",
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        indicator_id=indicator_id,
        perspective_id=perspective_id,
        group_id=group_id,
    )
    session.add(taken)
    session.flush()
    _check_soon(session, actor, taken)
    return taken


def choose_columns(
    session: Session,
    actor: Actor,
    taken: IndicatorImport,
    columns: Mapping[str, str],
    indicator_id: int | None,
) -> None:
    """Say what stands in which column, and look through the file again."""
    _must_be(taken, ImportState.CHECKED)
    taken.columns = {name: heading for name, heading in columns.items() if heading}
    taken.indicator_id = indicator_id
    taken.state = ImportState.UPLOADED
    _check_soon(session, actor, taken)


def confirm_import(session: Session, actor: Actor, taken: IndicatorImport) -> None:
    """Take the values in: at once when they are few, else in the background.

    Raises Conflict when there is nothing to take in.
    """
    _must_be(taken, ImportState.CHECKED)
    if not (taken.new_count or taken.changed_count or taken.defined_count):
        raise Conflict
    taken.state = ImportState.RUNNING
    if taken.new_count + taken.changed_count <= AT_ONCE_VALUES:
        take_in(session, actor, taken, check_file(session, taken, _silently))
    else:
        _queue(session, actor, taken, RUN)


def drop_import(session: Session, taken: IndicatorImport) -> None:
    """Give it up before anything is taken in; the file goes at once."""
    if taken.state not in {ImportState.UPLOADED, ImportState.CHECKED, ImportState.UNREADABLE}:
        raise Conflict
    taken.state = ImportState.DROPPED
    taken.content = taken.report = None
    session.flush()


def undo_import(session: Session, actor: Actor, taken: IndicatorImport) -> int:
    """Let the values be what they were before the file, and the history say so; how many.

    Raises Conflict unless it is the last file taken in.
    """
    hold_values(session)
    if not is_last_done(session, taken):
        raise Conflict
    count, indicator_ids = put_back(session, taken.id)
    withhold(session, indicator_ids)
    taken.state, taken.undone_at = ImportState.UNDONE, now()
    taken.undone_by_account_id = actor.account_id
    log_event(session, actor, "import_undone", "indicator_import", taken.public_id, count=count)
    session.flush()
    return count


# ---------------------------------------------------------------- the dry run


def check_file(session: Session, taken: IndicatorImport, step: Step) -> Checked:
    """Read the whole file and say what is wrong and what would happen. Writes nothing."""
    known, ids = known_of(session, taken)
    checked = Checked(ids=ids)
    try:
        content = taken.content or b""
        if is_json(content):
            checked.read = read_kolada(content, known, step)
        else:
            sheet = read_table(content)
            checked.headings = sheet.headings
            kept = {k: v for k, v in taken.columns.items() if v in sheet.headings}
            checked.columns = kept or guess_columns(sheet.headings)
            if is_understood(checked.columns, sheet.headings):
                checked.read = read_sheet(sheet, checked.columns, known, step)
            else:
                checked.read.row_count = len(sheet.lines)
    except UnreadableTable as problem:
        return Checked(unreadable=str(problem.data["reason"]))
    _compare(session, checked)
    return checked


def note_check(
    session: Session, taken: IndicatorImport, checked: Checked, *, is_stale: bool = False
) -> None:
    """Write down what a dry run found; nothing when the import has moved on meanwhile."""
    if taken.state not in {ImportState.UPLOADED, ImportState.RUNNING}:
        return
    taken.report = json.dumps(_report(checked, is_stale), ensure_ascii=False)
    if checked.unreadable:
        taken.state, taken.content = ImportState.UNREADABLE, None
        return
    taken.headings, taken.columns = list(checked.headings), dict(checked.columns)
    taken.row_count = checked.read.row_count
    taken.new_count, taken.changed_count, taken.same_count, taken.rejected_count = checked.counts
    taken.ignored_count = len(checked.read.ignored)
    taken.defined_count = len(checked.read.defined)
    taken.state = ImportState.CHECKED
    session.flush()


def _compare(session: Session, checked: Checked) -> None:
    """What the values would change, one indicator at a time: memory stays flat."""
    for key, told in _by_indicator(checked.read.values).items():
        held = {}
        if key in checked.ids:
            rows = held_values(session, checked.ids[key], key)
            held = {one: row.held for one, row in rows.items()}
        compare(checked.found, told, held, checked.read.rows)
    keys = {key.indicator for key in checked.read.values}
    checked.names = _names(session, checked, keys)
    checked.shares = _shares(session, checked)


def _by_indicator(values: Mapping[Key, Told]) -> dict[str, dict[Key, Told]]:
    found: dict[str, dict[Key, Told]] = {}
    for key, told in values.items():
        found.setdefault(key.indicator, {})[key] = told
    return found


def _names(session: Session, checked: Checked, keys: set[str]) -> dict[str, str]:
    names = {one.key: one.name for one in checked.read.defined}
    for key in keys & checked.ids.keys():
        names[key] = session.get_one(Indicator, checked.ids[key]).name
    return names


def _shares(session: Session, checked: Checked) -> list[str]:
    """Indicators in per cent whose values never pass 1: likely shares of a sheet program."""
    highest: dict[str, float] = {}
    for key, told in checked.read.values.items():
        highest[key.indicator] = max(abs(told.value), highest.get(key.indicator, 0.0))
    return [
        checked.names[key]
        for key, value in highest.items()
        if 0 < value <= 1 and key in checked.ids and _is_percent(session, checked.ids[key])
    ]


def _is_percent(session: Session, indicator_id: int) -> bool:
    unit = session.get_one(Indicator, indicator_id).unit.casefold()
    return "procent" in unit or "%" in unit


def _report(checked: Checked, is_stale: bool) -> dict[str, Any]:
    ordered = [*checked.read.rejected, *checked.read.ignored]
    return {
        "unreadable": checked.unreadable,
        "remarks": [[r.row, r.problem, r.cell, r.heading] for r in ordered[:MOST_REMARKS]],
        "tally": Counter(remark.problem for remark in ordered),
        "changes": [vars(_shown(checked, one)) for one in checked.found.changes],
        "shares": checked.shares,
        "defined": [one.name for one in checked.read.defined],
        "indicators": len({key.indicator for key in checked.read.values}),
        "is_stale": is_stale,
    }


def _shown(checked: Checked, change: Change) -> ShownChange:
    key = change.key
    return ShownChange(
        change.row,
        checked.names.get(key.indicator, key.indicator),
        key.period,
        key.municipality_code,
        key.sex,
        change.old,
        change.new,
    )


# ---------------------------------------------------------------- taking in


def take_in(session: Session, actor: Actor, taken: IndicatorImport, checked: Checked) -> bool:
    """Every value of the file, in the caller's one transaction: all or nothing.

    False, and a new dry run, when the register has changed since somebody said yes.
    """
    hold_values(session)
    if taken.state != ImportState.RUNNING:
        return True  # done before a crash; the second try finds it so
    promised = taken.new_count, taken.changed_count, taken.same_count, taken.rejected_count
    if checked.unreadable or checked.counts != promised:
        note_check(session, taken, checked, is_stale=True)
        return False
    ids = {**checked.ids, **define_brought(session, taken, checked.read.defined)}
    by_indicator = _to_write(checked)
    for key, values in by_indicator.items():
        rows = held_values(session, ids[key], key)
        write_values(session, taken.id, ids[key], values, rows)
    withhold(session, [ids[key] for key in by_indicator])
    taken.state, taken.done_at = ImportState.DONE, now()
    taken.content = taken.report = None
    log_event(
        session,
        actor,
        "values_imported",
        "indicator_import",
        taken.public_id,
        new=taken.new_count,
        changed=taken.changed_count,
    )
    session.flush()
    return True


def _to_write(checked: Checked) -> dict[str, dict[Key, Any]]:
    found: dict[str, dict[Key, Any]] = {}
    for key, held in checked.found.to_write.items():
        found.setdefault(key.indicator, {})[key] = held
    return found


def _check_soon(session: Session, actor: Actor, taken: IndicatorImport) -> None:
    if len(taken.content or b"") <= AT_ONCE_BYTES:
        note_check(session, taken, check_file(session, taken, _silently))
    else:
        _queue(session, actor, taken, CHECK)


def _silently(_done: int, _total: int) -> None:
    """A small file is read before anybody could look how far it is."""


def _queue(session: Session, actor: Actor, taken: IndicatorImport, kind: str) -> None:
    job = enqueue(
        session,
        kind,
        {"import": taken.public_id},
        title=_("Values from a file"),
        created_by_account_id=actor.account_id,
    )
    taken.job_public_id = job.public_id
    session.flush()


def _must_be(taken: IndicatorImport, state: ImportState) -> None:
    if taken.state != state:
        raise Conflict
