"""A table writes while its meeting closes: it is written before, or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participation.coding.models import MaterialText
from participation.foundation.db import make_sessions, write_turn
from participation.foundation.permissions import SYSTEM
from participation.meetings.models import MeetingNote
from participation.meetings.queries import AtTable, at_table
from participation.meetings.rules.codes import new_place_code, table_code
from participation.meetings.rules.states import MeetingState
from participation.meetings.services import (
    NotOpen,
    close_meeting,
    place_dots,
    write_note,
    write_statement,
)
from tests.factories.meetings import make_open_meeting, sit_at
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def phone(engine: Engine) -> Iterator[Session]:
    """Another session, as if a table's request."""
    with make_sessions(engine)() as other:
        yield other


@pytest.mark.parametrize(
    "write",
    [
        lambda session, at: write_note(session, at, "För sent", "sv"),
        lambda session, at: write_statement(session, at, "För sent", "sv"),
        lambda session, at: place_dots(session, at, new_place_code(), [1]),
    ],
    ids=["note", "statement", "dots"],
)
def test_what_was_read_before_the_meeting_closed_counts_no_more(
    session: Session, phone: Session, write: Callable[[Session, AtTable], object]
) -> None:
    meeting = make_open_meeting(session)
    write_statement(session, sit_at(session, meeting), "Ge oss tid.", "sv")
    session.commit()
    at = sit_at(phone, meeting)
    phone.commit()  # keeps what it has read
    close_meeting(session, SYSTEM, meeting, 9)
    session.commit()
    with pytest.raises(NotOpen):
        write(phone, at)
    assert phone.scalar(select(func.count(MeetingNote.id))) == 0


def test_what_was_begun_with_the_old_code_is_written_before_it_stops_or_not_at_all(
    as_coordinator: CheckingClient, session: Session, phone: Session
) -> None:
    meeting = make_open_meeting(session)
    session.commit()
    ask = f"/meetings/{meeting.public_id}/tables/1/new-code"
    with ThreadPoolExecutor(1) as pool:
        with write_turn(phone):
            at = at_table(phone, table_code(meeting.public_id, 1), lock=True)
            assert at is not None
            renewing = pool.submit(as_coordinator.submit, ask, {"edition": "1"})
            wait([renewing], timeout=0.4)  # it has come as far as it can
            write_note(phone, at, "Precis före", "sv")
            phone.commit()
        assert renewing.result().status_code == 303
    assert at_table(phone, table_code(meeting.public_id, 1), lock=True) is None
    assert session.scalar(select(func.count(MeetingNote.id))) == 1


def test_a_statement_and_the_closing_wait_for_each_other_in_one_order(
    as_coordinator: CheckingClient, session: Session, phone: Session
) -> None:
    meeting = make_open_meeting(session)
    session.commit()
    close = f"/meetings/{meeting.public_id}/close"
    with ThreadPoolExecutor(1) as pool:
        with write_turn(phone):
            at = at_table(phone, table_code(meeting.public_id, 1), lock=True)
            assert at is not None
            closing = pool.submit(as_coordinator.submit, close, {"participants": "9"})
            wait([closing], timeout=0.4)  # it has come as far as it can
            write_statement(phone, at, "Ge oss tid.", "sv")
            phone.commit()
        assert closing.result().status_code == 303
    session.expire_all()
    assert meeting.state == MeetingState.CLOSED
    assert session.scalar(select(func.count(MaterialText.id))) == 1
