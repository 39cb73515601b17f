"""Whoever does not want to fill in forms is called; no number is kept once it is settled."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.rules.throttling import CALLS_PER_ADDRESS
from participation.accounts.services import count_try
from participation.foundation.clock import frozen_at, now
from participation.foundation.errors import Conflict
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.interest_bank.models import CallRequest
from participation.interest_bank.providers import CallCard
from participation.interest_bank.rules.calls import KEPT, CallOutcome
from participation.interest_bank.services.calls import (
    ask_for_call,
    forget_old_calls,
    settle_call,
)
from tests.support.client import CheckingClient

CALL_ME = "/interest-bank/call-me"
CALLS = "/interest-bank/calls"
COORDINATOR = Actor(account_id=1, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def asked(session: Session, phone: str = "+46701740699") -> CallRequest:
    return ask_for_call(
        session, name="Ingvar", phone=phone, suits="Före lunch", language="", locale="sv"
    )


def rows(session: Session) -> list[CallRequest]:
    """What is stored; no transaction stays open, so that pages can write."""
    found = list(session.scalars(select(CallRequest).order_by(CallRequest.id)))
    session.expunge_all()
    session.commit()
    return found


def test_name_and_number_are_enough_and_become_a_to_do(
    client: CheckingClient, as_coordinator: CheckingClient, session: Session
) -> None:
    answer = client.submit(CALL_ME, data={"name": "Ingvar", "phone": "070-174 06 99"})
    assert answer.headers["Location"].endswith("/interest-bank/we-call-you")
    (row,) = rows(session)
    assert (row.name, row.phone, row.locale) == ("Ingvar", "+46701740699", "sv")
    (card,) = CallCard().items(session, COORDINATOR)
    assert card.count == 1
    session.commit()
    page = as_coordinator.get(CALLS).text
    assert "Ingvar" in page
    assert "070-174 06 99" in page


@pytest.mark.parametrize("typed", [{"name": "", "phone": "070-174 06 99"}, {"name": "Ingvar"}])
def test_what_is_missing_is_told_at_the_field_and_nothing_is_kept(
    client: CheckingClient, session: Session, typed: dict[str, str]
) -> None:
    page = client.submit(CALL_ME, data={**typed, "suits": "Efter fyra"})
    assert page.status_code in (200, 422)
    assert "Efter fyra" in page.text
    assert rows(session) == []


def test_the_same_number_stands_on_the_list_once_with_its_newest_words(session: Session) -> None:
    asked(session)
    ask_for_call(
        session, name="Inga", phone="+46701740699", suits="", language="العربية", locale="ar"
    )
    (row,) = rows(session)
    assert (row.name, row.suits, row.language, row.locale) == ("Inga", "", "العربية", "ar")


def test_when_they_have_talked_name_and_number_are_gone_and_the_number_can_ask_again(
    as_coordinator: CheckingClient, session: Session
) -> None:
    address = f"{CALLS}/{asked(session).public_id}"
    session.commit()
    as_coordinator.submit(address, data={"outcome": "no_answer"})
    (row,) = rows(session)
    assert (row.name, row.tries) == ("Ingvar", 1)
    as_coordinator.submit(address, data={"outcome": "talked"})
    (row,) = rows(session)
    assert (row.name, row.phone, row.phone_index, row.suits) == ("", "", "", "")
    assert row.settled_how == CallOutcome.TALKED
    as_coordinator.get(CALLS)  # shows what the two presses did
    assert "Ingvar" not in as_coordinator.get(CALLS).text
    with pytest.raises(Conflict):
        settle_call(session, SYSTEM, row, CallOutcome.TALKED)
    asked(session)
    assert len(rows(session)) == 2


def test_a_number_nobody_called_in_time_is_forgotten(session: Session) -> None:
    asked(session)
    with frozen_at(now() + KEPT - timedelta(minutes=1)):
        assert forget_old_calls(session) == 0
    with frozen_at(now() + KEPT + timedelta(minutes=1)):
        assert forget_old_calls(session) == 1
    (row,) = rows(session)
    assert (row.phone, row.settled_how) == ("", CallOutcome.TOO_LATE)


def test_nobody_fills_the_list_from_one_address(client: CheckingClient, session: Session) -> None:
    for _ in range(CALLS_PER_ADDRESS.count):
        count_try(session, CALLS_PER_ADDRESS, "127.0.0.1")
    session.commit()
    refused = client.submit(CALL_ME, data={"name": "Ingvar", "phone": "0701740699"})
    assert refused.status_code == 429
    assert rows(session) == []


def test_only_coordinators_of_the_whole_county_see_who_wants_to_be_called(
    as_outsider: CheckingClient, session: Session
) -> None:
    address = f"{CALLS}/{asked(session).public_id}"
    session.commit()
    assert as_outsider.get(CALLS).status_code in (403, 404)
    post = as_outsider.submit(address, data={"outcome": "talked"})
    assert post.status_code in (403, 404)
    assert rows(session)[0].name == "Ingvar"
