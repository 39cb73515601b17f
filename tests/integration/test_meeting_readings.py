"""A statement that was read for publication at the meeting's page is not read twice in coding."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.coding.services import apply_code, review_text
from participation.foundation.permissions import Actor, Grant, Role
from participation.meetings.models import Meeting, MeetingStatement
from participation.meetings.queries import own_words
from participation.meetings.services import close_meeting, review_statement, write_statement
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook
from tests.factories.meetings import make_open_meeting, sit_at
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("county")

SAID = "Ring Anna Karlsson i tid."


@pytest.fixture
def reader(session: Session) -> Actor:
    account = make_account(session, "Lova Läsarlund")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def meeting(session: Session, reader: Actor) -> Meeting:
    make_codebook(session)
    meeting = make_open_meeting(session)
    write_statement(session, sit_at(session, meeting), SAID, "sv")
    close_meeting(session, reader, meeting, 12)
    return meeting


def statement(session: Session, meeting: Meeting) -> MeetingStatement:
    ((one, _table),) = own_words(session, meeting)
    return one


def in_coding(session: Session) -> MaterialText:
    return session.scalars(select(MaterialText)).one()


def read(
    session: Session, reader: Actor, meeting: Meeting, text: str, *, is_shown: bool = True
) -> None:
    one = statement(session, meeting)
    review_statement(session, reader, meeting, one, text=text, is_shown=is_shown)


def test_what_was_let_through_is_read_in_coding_too_with_the_same_hidden(
    session: Session, reader: Actor, meeting: Meeting
) -> None:
    read(session, reader, meeting, "Ring [namn] i tid.")
    text = in_coding(session)
    assert text.text == "Ring [namn] i tid."
    assert text.masks == [{"start": 5, "end": 11, "kind": "name"}]
    assert (text.is_read_at_source, text.reviewed_by_account_id) == (True, reader.account_id)
    assert text.reviewed_at is not None


@pytest.mark.parametrize(("words", "is_shown"), [("Ring i tid, tack.", True), (SAID, False)])
def test_what_was_rewritten_or_kept_back_waits_for_a_reader_in_coding(
    session: Session, reader: Actor, meeting: Meeting, words: str, is_shown: bool
) -> None:
    read(session, reader, meeting, words, is_shown=is_shown)
    text = in_coding(session)
    assert (text.text, text.reviewed_at, text.is_read_at_source) == (SAID, None, False)


def test_what_coding_read_first_is_left_as_it_stands_there(
    session: Session, reader: Actor, meeting: Meeting
) -> None:
    review_text(session, reader, in_coding(session), [])
    read(session, reader, meeting, "Ring [namn] i tid.")
    text = in_coding(session)
    assert (text.text, text.is_read_at_source) == (SAID, False)


def test_words_that_change_after_they_were_coded_wait_for_a_reader_with_their_codes(
    session: Session, reader: Actor, meeting: Meeting
) -> None:
    read(session, reader, meeting, SAID)
    text = in_coding(session)
    apply_code(session, reader, text, code_of(session, 1), start=0, end=4)
    read(session, reader, meeting, "Ring [namn] i tid.")
    assert (text.reviewed_at, text.is_read_at_source) == (None, False)
    review_text(session, reader, text, [])
    assert text.text == SAID


def test_words_that_change_before_they_are_coded_follow(
    session: Session, reader: Actor, meeting: Meeting
) -> None:
    read(session, reader, meeting, SAID)
    read(session, reader, meeting, "Ring [namn] i tid.")
    text = in_coding(session)
    assert (text.text, text.is_read_at_source) == ("Ring [namn] i tid.", True)


def test_who_read_it_and_when_stands_in_codings_review_and_the_text_can_be_opened(
    session: Session, reader: Actor, meeting: Meeting, as_coordinator: CheckingClient
) -> None:
    read(session, reader, meeting, "Ring [namn] i tid.")
    review = f"/coding/materials/{session.scalars(select(Material)).one().public_id}/review"
    address = f"/coding/texts/{in_coding(session).public_id}"
    session.commit()
    page = as_coordinator.page(review)
    assert "Allt är genomläst" in page
    assert "Lova Läsarlund" in page
    assert address in page
    assert "Lova Läsarlund" in as_coordinator.page(address)
