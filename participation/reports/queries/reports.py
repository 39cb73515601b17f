"""Reports as somebody may see them, without what has been withdrawn since they were made."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from participation.commitments.models import Commitment
from participation.commitments.rules import Status
from participation.county.models import Group, Municipality, Organisation, Unit
from participation.disclosure.models import Release
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.indicators.models import Measurement
from participation.reports.models import Report, ReportFile
from participation.reports.rules.kinds import KINDS
from participation.reports.rules.snapshot import Json, digest, refs_of, without

WITH_READER = (
    joinedload(Report.group),
    joinedload(Report.municipality),
    joinedload(Report.unit),
)


@dataclass(frozen=True)
class Shown:
    """A finished report as it may be read now. `version` counts what was taken out of it."""

    report: Report
    snapshot: Json
    version: int

    @property
    def is_cut(self) -> bool:
        return bool(self.snapshot["about"].get("is_cut"))


def managed_reports(actor: Actor, words: str = "") -> Select[Report]:
    """For the workroom's list: drafts and finished ones, newest first."""
    return _found(_managed(actor), words).order_by(Report.created_at.desc(), Report.id.desc())


def readable_reports(actor: Actor, words: str = "") -> Select[Report]:
    """Finished reports that this person may read, newest first."""
    ready = (Report.state == "ready") & _readable(actor)
    return _found(ready, words).order_by(Report.made_on.desc(), Report.id.desc())


def managed_report(session: Session, actor: Actor, public_id: str) -> Report:
    """One report to work with. Raises NotFound."""
    found = session.scalar(_found(_managed(actor)).where(Report.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def shown_report(session: Session, actor: Actor, public_id: str) -> Shown:
    """One finished report, to read. Raises NotFound for drafts and for whom it is not for."""
    found = session.scalar(readable_reports(actor).where(Report.public_id == public_id))
    if found is None:
        raise NotFound
    return shown_now(session, found)


def shown_now(session: Session, report: Report) -> Shown:
    """What of a finished report still stands. Two queries."""
    left = without(report.snapshot, gone_refs(session, refs_of(report.snapshot)))
    is_cut_now = digest(left) != report.digest
    return Shown(report, left, report.version + 1 if is_cut_now else report.version)


def gone_refs(session: Session, refs: Collection[str]) -> set[str]:
    """Which of the things that a snapshot rests on do not stand any more."""
    by_kind: dict[str, set[str]] = {"release": set(), "commitment": set(), "measurement": set()}
    for ref in refs:
        kind, _colon, public_id = ref.partition(":")
        by_kind[kind].add(public_id)
    stands = {
        "release": select(Release.public_id).where(
            Release.public_id.in_(by_kind["release"]), Release.withdrawn_at.is_(None)
        ),
        "commitment": select(Commitment.public_id).where(
            Commitment.public_id.in_(by_kind["commitment"]),
            Commitment.is_public,
            Commitment.status != Status.CALLED_OFF.value,
        ),
    }
    gone = {
        f"{kind}:{public_id}"
        for kind, query in stands.items()
        for public_id in (by_kind[kind] - set(session.scalars(query)) if by_kind[kind] else ())
    }
    return gone | _gone_measurements(session, by_kind["measurement"])


def _gone_measurements(session: Session, ids: Collection[str]) -> set[str]:
    """Values that are withheld or taken away by now, or have too few people behind them."""
    if not ids:
        return set()
    is_small = thresholds_in_force().is_small
    rows = session.execute(
        select(Measurement.id, Measurement.count_behind).where(
            Measurement.id.in_([int(one) for one in ids]),
            Measurement.is_current,
            ~Measurement.is_withheld,
        )
    )
    stand = {str(row[0]) for row in rows if not is_small(row[1] or 0)}
    return {f"measurement:{one}" for one in set(ids) - stand}


def file_of(session: Session, shown: Shown, name: str) -> ReportFile | None:
    """A file made of exactly what may be read now; None while it is being made (anew)."""
    return session.scalar(
        select(ReportFile).where(
            ReportFile.report_id == shown.report.id,
            ReportFile.name == name,
            ReportFile.digest == digest(shown.snapshot),
        )
    )


def files_of(session: Session, shown: Shown) -> list[str]:
    """The names of the files that can be downloaded now."""
    return list(
        session.scalars(
            select(ReportFile.name)
            .where(
                ReportFile.report_id == shown.report.id,
                ReportFile.digest == digest(shown.snapshot),
            )
            .order_by(ReportFile.name)
        )
    )


def reader_choices(session: Session) -> list[tuple[str, str]]:
    """Whom a report can be for: groups of the kinds' levels, municipalities, units."""
    group_kinds = [kind.group_kind for kind in KINDS.values() if kind.group_kind]
    groups = session.scalars(
        select(Group)
        .where(Group.is_current, Group.kind.in_(group_kinds))
        .order_by(Group.kind, Group.position, Group.id)
    )
    places = session.scalars(
        select(Municipality).where(Municipality.is_current).order_by(Municipality.name)
    )
    units = session.scalars(select(Unit).where(Unit.is_current).order_by(Unit.name, Unit.id))
    return [
        *((f"group:{one.public_id}", one.name) for one in groups),
        *((f"municipality:{one.code}", one.name) for one in places),
        *((f"unit:{one.public_id}", one.name) for one in units),
    ]


def usual_reader(session: Session) -> str:
    """Whom most reports are for: the management that leads the coordinating groups."""
    led = select(Group.parent_id).where(Group.is_current, Group.kind == "coordinating")
    public_id = session.scalar(
        select(Group.public_id)
        .where(Group.is_current, Group.kind == "management")
        .order_by(Group.id.not_in(led.where(Group.parent_id.is_not(None))), Group.position)
        .limit(1)
    )
    return f"group:{public_id}" if public_id else ""


def _found(which: ColumnElement[bool], words: str = "") -> Select[Report]:
    statement = select(Report).where(which).options(*WITH_READER)
    if words:
        statement = statement.where(Report.title.icontains(words, autoescape=True))
    return statement


def _managed(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.scope(Permission.MANAGE_REPORTS).everywhere else false()


def _readable(actor: Actor) -> ColumnElement[bool]:
    """Public ones; those of own groups; of own organisations' places and units."""
    if actor.scope(Permission.MANAGE_REPORTS).everywhere:
        return true()
    groups = actor.scope(Permission.READ_GROUP).group_ids
    own = actor.scope(Permission.ORDER_AUDIT).organisation_ids
    places = (
        select(Municipality.id)
        .join(Organisation, Organisation.municipality_code == Municipality.code)
        .where(Organisation.id.in_(own))
    )
    return or_(
        Report.is_public,
        Report.group_id.in_(groups),
        Report.municipality_id.in_(places),
        Report.unit_id.in_(select(Unit.id).where(Unit.organisation_id.in_(own))),
    )
