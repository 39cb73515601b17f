"""Rows of what people say and what became of it: from releases, and from what pages show."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.audits.queries import published_audits
from participation.disclosure.models import Release
from participation.disclosure.queries import (
    breakdown_names,
    breakdowns_of,
    standing_releases,
    tables_of,
)
from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGrouped
from participation.disclosure.rules.drafts import ReleaseKind
from participation.disclosure.rules.tables import ShownCell, ShownTable
from participation.follow_up.queries.feedback import Case, public_cases
from participation.foundation.clock import to_local
from participation.foundation.errors import NotFound, Withdrawn
from participation.foundation.providers import Address, SurveyEntry
from participation.inventory.queries import registered
from participation.open_data.queries.asked import Asked, Piece
from participation.open_data.rules.declared_voices import RESULT_CELLS
from participation.open_data.rules.resources import Row, keeps
from participation.results.queries import public_release, published_findings
from participation.results.queries.themes import public_themes
from participation.results.rules.findings import PublishedFinding

EVERY = 1_000_000
ANSWERS, THEMES = "answers", "themes"
CELL, ROW = "cell", "row"
RELEASES_AT_A_TIME = 4
RESULT_KINDS = {ReleaseKind.ROUND_TOTALS.value: ANSWERS, ReleaseKind.THEME_COUNTS.value: THEMES}


def findings(asked: Asked) -> Iterator[Row]:
    for one in published_findings(asked.session):
        yield {
            "id": one.public_id,
            "title": one.title,
            "text": one.body,
            "easy_text": one.easy_text or None,
            "perspective": one.perspective_key,
            "area": one.area,
            "whose_to_change": one.whose_to_change,
            "themes": list(one.themes),
            "sources": list(one.materials),
            "groups": [group.public_id for group in one.groups],
            **_strength(one),
            "voices": one.voices.count if one.voices else None,
            "voices_n": one.voices.n if one.voices else None,
            "is_own_observation": one.is_own_observation,
            "release": one.release_number,
            "published": one.published_at,
            "is_fictional": one.is_fictional,
            "page": Address(endpoint="results.published", values={"public_id": one.public_id}),
        }


def _strength(one: PublishedFinding) -> Row:
    told = one.strength
    return {
        "count": told.count if told else None,
        "n": told.n if told else None,
        "share": told.percent if told else None,
        "share_low": told.low if told else None,
        "share_high": told.high if told else None,
        "question": told.question if told else None,
        "answers": list(told.answers) if told else [],
        "result": told.release_public_id if told else None,
    }


def quotes(asked: Asked) -> Iterator[Row]:
    for one in published_findings(asked.session):
        for number, quote in enumerate(one.quotes, 1):
            yield {
                "id": f"{one.public_id}-{number}",
                "finding": one.public_id,
                "text": quote.text,
                "language": quote.language,
                "said_by": quote.by,
                "published": one.published_at,
            }


def results(asked: Asked) -> Iterator[Row]:
    for found in _results(asked.session):
        is_themes = RESULT_KINDS[found.kind] == THEMES
        yield {
            "id": found.public_id,
            "release": found.number,
            "kind": RESULT_KINDS[found.kind],
            "title": found.title,
            "wave": str(found.payload.get("wave") or "") or None,
            "respondents": found.payload["respondents"],
            "questions": len(found.payload["tables"]),
            "breakdowns": breakdown_names(found),
            "published": found.published_at,
            "is_fictional": found.is_fictional,
            "page": Address(
                endpoint="results.themes" if is_themes else "results.release",
                values={"public_id": found.public_id},
            ),
        }


def check_result(session: Session, public_id: str) -> None:
    """Raises NotFound; Withdrawn when it was published once."""
    try:
        public_release(session, public_id)
    except Withdrawn:
        raise
    except NotFound:
        public_themes(session, public_id)


def _results(session: Session) -> list[Release]:
    return [found for kind in RESULT_KINDS for found in standing_releases(session, kind)]


class ResultCells:
    """Cell by cell, as the files of a release give them; one release is opened after another.

    `after` is the last cell's id, which begins with its release's.
    """

    def piece(self, asked: Asked, after: str, most: int) -> Piece:
        """One query; releases before the place are not read, nor those after the last row."""
        found: list[Row] = []
        with closing(asked.session.scalars(_releases(asked, after))) as releases:
            for release in releases:
                found += [
                    row
                    for row in _numbered(release)
                    if str(row["id"]) > after and keeps(row, RESULT_CELLS.filters, asked.filters)
                ]
                if len(found) > most:
                    break
        here = found[:most]
        return Piece(here, str(here[-1]["id"]) if len(found) > most else None)

    def row(self, _asked: Asked, _row_id: str) -> Row | None:
        """Rows of a large dataset have no address of their own."""
        return None


def _releases(asked: Asked, after: str) -> Select[Release]:
    """The results from a place on, read a few at a time."""
    statement = (
        select(Release)
        .where(Release.kind.in_(RESULT_KINDS), Release.withdrawn_at.is_(None))
        .order_by(Release.public_id)
        .execution_options(yield_per=RELEASES_AT_A_TIME)
    )
    if after:
        statement = statement.where(Release.public_id >= after.partition("-")[0])
    if "result" in asked.filters:
        statement = statement.where(Release.public_id == asked.filters["result"])
    return statement


def _numbered(found: Release) -> Iterator[Row]:
    for number, row in enumerate(_cells(found), 1):
        yield {"id": f"{found.public_id}-{number:05d}", "result": found.public_id, **row}


def _cells(found: Release) -> Iterator[Row]:
    tables = {table.key: table for table in tables_of(found)}
    for table in tables.values():
        for cell in table.cells:
            yield _cell(table, cell, cell.count, table.n, is_merged=table.is_merged)
    for shown in breakdowns_of(found):
        for grouped in shown.tables:
            yield from _grouped(tables[grouped.key], shown, grouped)


def _grouped(table: ShownTable, shown: ShownBreakdown, grouped: ShownGrouped) -> Iterator[Row]:
    for group, row in zip(shown.groups, grouped.rows, strict=True):
        for place, column in enumerate(grouped.columns if row.n != 0 else ()):
            yield {
                **_cell(
                    table,
                    column,
                    None if row.counts is None else row.counts[place],
                    row.n,
                    is_merged=grouped.is_merged,
                    is_row=row.counts is None,
                ),
                "breakdown": shown.attribute,
                "group": group.label,
            }


def _cell(
    table: ShownTable,
    cell: ShownCell,
    count: int | None,
    n: int | None,
    *,
    is_merged: bool,
    is_row: bool = False,
) -> Row:
    hidden = ROW if is_row or n is None else CELL
    return {
        "question_key": table.key,
        "question": table.title,
        "kind": table.kind.value,
        "breakdown": None,
        "group": None,
        "answer": cell.label,
        "is_unsure": cell.is_unsure,
        "is_merged": is_merged,
        "count": count,
        "n": n,
        "share": round(100 * count / n, 1) if count is not None and n else None,
        "hidden": hidden if count is None else None,
    }


def matters(asked: Asked) -> Iterator[Row]:
    for case in public_cases(asked.session, asked.today, per_page=EVERY).items:
        yield _matter(case)


def _matter(case: Case) -> Row:
    told, owed = case.feedback, case.commitment
    days = [to_local(one.created_at).date() for one in case.updates]
    known = [told.voice_on, owed.answered_on, told.check_on, *days]
    return {
        "id": told.public_id,
        "title": told.title,
        "area": case.area.key if case.area else None,
        "said": told.voice_text,
        "said_on": f"{told.voice_on:%Y-%m}",
        "owed_by": case.owed_by,
        "state": case.state.value,
        "days_late": case.days_late,
        "answer": owed.answer,
        "answer_text": owed.answer_text or None,
        "action_text": owed.action_text or None,
        "answered_on": owed.answered_on,
        "due_on": owed.deadline,
        "done": [one.text for one in case.updates if one.text],
        "checked": told.check_text or None,
        "updated": max(day for day in known if day is not None),
        "is_fictional": told.is_fictional,
        "page": Address(endpoint="follow_up.matter", values={"public_id": told.public_id}),
    }


def audits(asked: Asked) -> Iterator[Row]:
    """Published summaries, in the words of their releases. Two queries.

    One that was made public before the ledger knew of audits has no release, and is left out.
    """
    found = [one for one in published_audits(asked.session) if one.release_id is not None]
    releases = asked.session.scalars(
        select(Release).where(
            Release.id.in_([one.release_id for one in found]), Release.withdrawn_at.is_(None)
        )
    )
    told = {release.id: release.payload for release in releases}
    for one in found:
        words = told.get(one.release_id or 0)
        if words is None:
            continue
        points = [(point["kind"], point["title"]) for point in words["points"]]
        yield {
            "id": one.public_id,
            "title": words["title"],
            "unit": one.unit.name,
            "target_group": words["target_group"],
            "summary": words["summary"],
            "easy_summary": words.get("easy_summary") or None,
            "strengths": [title for kind, title in points if kind == "strength"],
            "shortcomings": [title for kind, title in points if kind == "shortcoming"],
            "proposals": [proposal["title"] for proposal in words["proposals"]],
            "published": one.published_on,
            "is_fictional": one.is_fictional,
            "page": Address(endpoint="audits.summary", values={"public_id": one.public_id}),
        }


def surveys(asked: Asked) -> Iterator[Row]:
    held_here = (one for source in asked.surveys for one in source.surveys(asked.session))
    for one in (*held_here, *registered(asked.session)):
        yield _survey(one)


def _survey(one: SurveyEntry) -> Row:
    return {
        "id": one.key,
        "title": one.title,
        "organisation": one.organisation,
        "targets": list(one.targets),
        "area": one.area or None,
        "place": one.place or None,
        "latest": one.latest or None,
        "how_often": one.how_often or None,
        "needs": list(one.needs),
        "done": list(one.done),
        "questions": list(one.questions),
        "link": one.link or None,
        "is_fictional": one.is_fictional,
        "page": one.address,
    }


def open_now(asked: Asked) -> Iterator[Row]:
    kinds = {"activities": "activity", "answering": "questionnaire"}
    for source in asked.notices:
        for one in source.notices(asked.session):
            name = next(iter(one.address.values.values()), one.title)
            yield {
                "id": str(name),
                "kind": kinds.get(one.address.endpoint.split(".", maxsplit=1)[0], "other"),
                "title": one.title,
                "text": one.text,
                "day": one.sort_on,
                "page": one.address,
            }
