"""Search finds in any inflection what the reader may see, and says what kind of thing it is."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participation.foundation.permissions import NOBODY, SYSTEM, Permission
from participation.foundation.providers import Address, SearchDocument
from participation.foundation.search import queries
from participation.foundation.search.queries import hits
from participation.foundation.search.services import index_document
from participation.results.services import publish_finding
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def put(session: Session, number: int, title: str, body: str = "", **rights: str) -> None:
    index_document(
        session,
        SearchDocument(
            source=rights.pop("source", "plans"),
            object_id=str(number),
            title=title,
            body=body,
            address=Address(endpoint="plans.plans"),
            permission=rights.get("permission"),
        ),
    )


def titles(session: Session, typed: str, source: str = "", number: int = 1) -> Sequence[str]:
    return [hit.title for hit in hits(session, NOBODY, typed, number, source).items]


def test_every_word_must_occur_in_any_inflection(session: Session) -> None:
    put(session, 1, "Kallelserna går att förstå", "Tiderna står först")
    put(session, 2, "Kallelser på papper")
    assert titles(session, "kallelsen tid") == ["Kallelserna går att förstå"]
    assert titles(session, "kallelsen resa") == []


def test_the_last_word_may_be_unfinished(session: Session) -> None:
    put(session, 1, "Habilitering nära hemmet")
    assert titles(session, "nära habil") == ["Habilitering nära hemmet"]
    assert titles(session, "habil nära") == []


def test_what_says_it_more_often_comes_first(session: Session) -> None:
    put(session, 1, "En plan", "Om väntan och annat som står i planen")
    put(session, 2, "Väntan", "Väntan, väntan och väntan")
    assert titles(session, "väntan") == ["Väntan", "En plan"]


def test_what_one_may_not_see_is_neither_shown_nor_counted(
    session: Session, as_coordinator: CheckingClient
) -> None:
    put(session, 1, "Öppen väntan")
    put(session, 2, "Stängd väntan", permission=Permission.MANAGE_PLANS.value)
    page = hits(session, NOBODY, "väntan", 1)
    assert [hit.title for hit in page.items] == ["Öppen väntan"]
    assert page.total == 1
    session.commit()
    assert "Stängd väntan" in as_coordinator.page("/search?q=väntan")


def test_one_kind_of_thing_can_be_asked_for(session: Session) -> None:
    put(session, 1, "Planen för väntan")
    put(session, 2, "Lärdomen om väntan", source="findings")
    assert titles(session, "väntan", "findings") == ["Lärdomen om väntan"]
    assert titles(session, "väntan", "nosuchkind") == []


def test_pages_share_one_order_and_a_page_past_the_last_is_the_first(session: Session) -> None:
    for number in range(25):
        put(session, number, f"Väntan {number}")
    first, second = titles(session, "väntan"), titles(session, "väntan", number=2)
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    assert titles(session, "väntan", number=9) == first


def test_of_very_many_hits_postgres_ranks_the_newest(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_RANKED", 3)
    for number in range(5):
        put(session, number, f"Väntan {number}")
    is_bounded = session.get_bind().dialect.name == "postgresql"
    assert set(titles(session, "väntan")) == {f"Väntan {n}" for n in range(2 * is_bounded, 5)}


def test_the_page_says_that_there_are_more_hits_than_are_counted(
    client: CheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("participation.foundation.search.views.MOST_RANKED", 3)
    for number in range(3):
        put(session, number, f"Väntan {number}")
    session.commit()
    assert "Fler än 2 träffar" in client.page("/search?q=väntan")


def test_a_finding_is_found_as_soon_as_it_is_published(
    app: Flask, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,))
    assert titles(session, finding.title) == []
    publish_finding(session, SYSTEM, finding)
    session.commit()
    page = client.page(f"/search?q={finding.title}&kind=findings")
    assert finding.title in page
    assert "Lärdomar" in page


def test_a_kind_without_hits_leads_to_everything(client: CheckingClient, session: Session) -> None:
    put(session, 1, "Planen för väntan")
    session.commit()
    page = client.page("/search?q=väntan&kind=findings")
    assert "Sök bland allt" in page
    assert "Planen för väntan" in client.page("/search?q=väntan&kind=strange")
