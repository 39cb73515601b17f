"""Files taken in: the log of them, one of them, and what the register holds beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, undefer

from participation.accounts.models import Account
from participation.county.models import County, Municipality
from participation.foundation.errors import NotFound
from participation.foundation.jobs import Job
from participation.foundation.permissions import Actor, Permission
from participation.indicators.models import Indicator, IndicatorImport, Measurement
from participation.indicators.rules.comparing import Held
from participation.indicators.rules.importing import ImportState, Key, Problem, Remark
from participation.indicators.rules.places import Places
from participation.indicators.rules.tables import Known


def imports_visible_to(actor: Actor) -> Select[IndicatorImport, str]:
    """Every import with who sent it, newest first, for paging. Raises NotFound."""
    if not actor.scope(Permission.MANAGE_PLANS).everywhere:
        raise NotFound
    return (
        select(IndicatorImport, Account.display_name)
        .join(Account, Account.id == IndicatorImport.created_by_account_id)
        .order_by(IndicatorImport.id.desc())
    )


def import_visible_to(
    session: Session, actor: Actor, public_id: str
) -> tuple[IndicatorImport, str]:
    """One import with what its dry run found, and who sent it. Raises NotFound."""
    row = session.execute(
        imports_visible_to(actor)
        .where(IndicatorImport.public_id == public_id)
        .options(undefer(IndicatorImport.report))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def import_to_work_on(session: Session, public_id: str) -> IndicatorImport:
    """For whoever reads or writes its values: with the file, locked. Raises NotFound."""
    found = session.scalar(
        select(IndicatorImport)
        .where(IndicatorImport.public_id == public_id)
        .options(undefer(IndicatorImport.content), undefer(IndicatorImport.report))
        .with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def job_of(session: Session, found: IndicatorImport) -> Job | None:
    """The newest job of an import; colleagues may follow it as well as who started it."""
    if found.job_public_id is None:
        return None
    return session.scalar(select(Job).where(Job.public_id == found.job_public_id))


def is_last_done(session: Session, found: IndicatorImport) -> bool:
    """Whether no later file has been taken in: only the last one can be taken back."""
    if found.state != ImportState.DONE:
        return False
    newest = select(func.max(IndicatorImport.done_at)).where(
        IndicatorImport.state == ImportState.DONE
    )
    return session.scalar(newest) == found.done_at


def earlier_of_the_same_file(session: Session, found: IndicatorImport) -> IndicatorImport | None:
    """The same file, taken in before and not taken back."""
    return session.scalar(
        select(IndicatorImport)
        .where(
            IndicatorImport.digest == found.digest,
            IndicatorImport.state == ImportState.DONE,
            IndicatorImport.id != found.id,
        )
        .order_by(IndicatorImport.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class ShownChange:
    """One value that becomes another, as the dry run shows it."""

    row: int
    indicator: str
    period: str
    municipality_code: str
    sex: str
    old: float
    new: float


@dataclass(frozen=True)
class Report:
    """What a dry run found, as far as it is kept. `tally`: how many of each remark."""

    unreadable: str = ""
    remarks: Sequence[Remark] = ()
    tally: Mapping[str, int] = field(default_factory=dict)
    changes: Sequence[ShownChange] = ()
    shares: Sequence[str] = ()
    defined: Sequence[str] = ()
    indicators: int = 0
    is_stale: bool = False


def report_of(found: IndicatorImport) -> Report:
    """What the dry run said."""
    if not found.report:
        return Report()
    kept = json.loads(found.report)
    return Report(
        kept["unreadable"],
        [Remark(row, Problem(problem), *rest) for row, problem, *rest in kept["remarks"]],
        kept["tally"],
        [ShownChange(**one) for one in kept["changes"]],
        kept["shares"],
        kept["defined"],
        kept["indicators"],
        kept["is_stale"],
    )


def known_of(session: Session, found: IndicatorImport) -> tuple[Known, dict[str, int]]:
    """What the register holds for reading a file, and the ids of indicators by key. 3 queries."""
    rows: Sequence[Any] = session.execute(
        select(
            Indicator.id,
            Indicator.key,
            Indicator.name,
            Indicator.outside_code,
            Indicator.period_kind,
            Indicator.counter_key,
        )
        .where(Indicator.is_current)
        .order_by(Indicator.id.desc())
    ).all()
    keys = {
        word.casefold(): row.key
        for row in rows
        for word in (row.name, row.outside_code, row.key)
        if word
    }
    chosen = next((row.key for row in rows if row.id == found.indicator_id), "")
    counted = frozenset(row.key for row in rows if row.counter_key)
    kinds = {row.key: row.period_kind for row in rows}
    known = Known(keys, kinds, counted, places_of(session), chosen)
    return known, {row.key: row.id for row in rows}


def places_of(session: Session) -> Places:
    """The county, and its municipalities by code and name."""
    county = session.execute(
        select(County.code, County.name).where(County.is_current).order_by(County.id).limit(1)
    ).one()
    rows = session.execute(
        select(Municipality.code, Municipality.name)
        .where(Municipality.is_current)
        .order_by(Municipality.code)
    )
    return Places.of((county[0], county[1]), [(row[0], row[1]) for row in rows])


@dataclass(frozen=True)
class Row:
    """A value as it lies in the table now."""

    id: int
    held: Held
    is_withheld: bool
    import_id: int | None
    layer: str


def held_values(session: Session, indicator_id: int, key: str) -> dict[Key, Row]:
    """Every value of one indicator by what it is of, also those taken back. One query."""
    rows: Sequence[Any] = session.execute(
        select(
            Measurement.id,
            Measurement.period,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.age_band,
            Measurement.reference_label,
            Measurement.value,
            Measurement.count_behind,
            Measurement.is_preliminary,
            Measurement.has_break_before,
            Measurement.note,
            Measurement.is_current,
            Measurement.is_withheld,
            Measurement.import_id,
            Measurement.layer,
        ).where(Measurement.indicator_id == indicator_id)
    ).all()
    return {Key(key, *row[1:6]): Row(row[0], Held(*row[6:12]), *row[12:15]) for row in rows}
