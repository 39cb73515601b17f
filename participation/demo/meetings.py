"""Theme dialogues: one that led to a result, one whose tables write today, one that is planned."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from participation.coding.models import Material, MaterialText
from participation.coding.rules.drafts import SourceKind
from participation.coding.services import review_text
from participation.demo.year import Year
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.meetings.models import Meeting
from participation.meetings.queries import AtTable, at_table, own_words
from participation.meetings.rules.codes import new_place_code, table_code
from participation.meetings.rules.states import MeetingKind
from participation.meetings.services import (
    NOTES,
    MeetingDraft,
    agree,
    close_meeting,
    open_meeting,
    place_dots,
    plan_meeting,
    publish_meeting,
    renew_code,
    review_statement,
    write_note,
    write_statement,
)

PLANNED_BEFORE = timedelta(weeks=4)
LOST_ITS_SHEET = 2  # the table that got a new code
LEFT_TO_REVIEW = 3  # notes that wait in the coding


def hold_meetings(year: Year) -> None:
    """The finished one first."""
    texts = year.texts.meetings
    _finished(year, texts["closed"])
    _going_on(year, texts["open"])
    coming = texts["planned"]
    held_on = year.calendar.today + timedelta(weeks=coming["weeks_ahead"])
    _plan(year, coming, held_on, coming["tables"])


def _plan(year: Year, told: dict[str, Any], held_on: date, tables: int) -> Meeting:
    draft = MeetingDraft(
        kind=MeetingKind.DIALOGUE.value,
        theme=told["theme"],
        held_on=held_on,
        place=told["place"],
        dots_each=told["dots_each"],
        tables=tables,
        places=told["places"],
    )
    return plan_meeting(year.session, year.coordinator, draft, is_fictional=True)


def _finished(year: Year, told: dict[str, Any]) -> None:
    held_on = year.calendar.weeks_back(told["weeks_ago"])
    with year.calendar.stand_at(held_on - PLANNED_BEFORE, 9):
        meeting = _plan(year, told, held_on, len(told["tables"]))
    with year.calendar.stand_at(held_on, 18):
        _sit_down(year, meeting, told)
        close_meeting(year.session, year.coordinator, meeting, told["participants"])
    with year.calendar.stand_at(held_on + timedelta(days=5), 10):
        _read_through(year, meeting)
        for one, _table in own_words(year.session, meeting):
            review_statement(
                year.session, year.coordinator, meeting, one, text=one.text, is_shown=True
            )
        publish_meeting(year.session, year.coordinator, meeting)


def _going_on(year: Year, told: dict[str, Any]) -> None:
    with year.calendar.stand_at(year.calendar.today - PLANNED_BEFORE, 9):
        meeting = _plan(year, told, year.calendar.today, len(told["tables"]))
    _sit_down(year, meeting, told)
    lost = _at(year, meeting, LOST_ITS_SHEET).table
    renew_code(year.session, year.coordinator, meeting, lost, lost.edition)


def _sit_down(year: Year, meeting: Meeting, told: dict[str, Any]) -> None:
    """The tables agree, write, and place their dots; a table that has written nothing waits."""
    session = year.session
    open_meeting(session, year.coordinator, meeting)
    tables = [_at(year, meeting, number) for number in range(1, len(told["tables"]) + 1)]
    for at, wrote in zip(tables, told["tables"], strict=True):
        if wrote["notes"]:
            agree(session, at)
        for text in wrote["notes"]:
            write_note(session, at, text, DEFAULT_LOCALE)
        for text in wrote["statements"]:
            write_statement(session, at, text, DEFAULT_LOCALE)
    writing = [at for at in tables if at.table.has_agreed]
    for number, chosen in enumerate(told["dots"]):
        place_dots(session, writing[number % len(writing)], new_place_code(), chosen)


def _at(year: Year, meeting: Meeting, number: int) -> AtTable:
    at = at_table(year.session, table_code(meeting.public_id, number))
    assert at is not None
    return at


def _read_through(year: Year, meeting: Meeting) -> None:
    """What the tables noted points to nobody; the last notes still wait for a reader. Statements
    are read where they are read for publication."""
    texts = year.session.scalars(
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            Material.source_kind == SourceKind.DIALOGUE.value,
            Material.source_public_id == meeting.public_id,
            Material.question_key == NOTES,
        )
        .order_by(MaterialText.id)
    ).all()
    # Their numbers are drawn, so their words say which are left: the same in every demo.
    in_order = sorted(texts, key=lambda text: text.text)
    for text in in_order[:-LEFT_TO_REVIEW]:
        review_text(year.session, year.coordinator, text, [])
