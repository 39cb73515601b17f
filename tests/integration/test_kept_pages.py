"""Public pages are kept for as long as nothing is written, and not a moment longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from participation.foundation import kept_pages as module
from participation.foundation.clock import now
from participation.foundation.kept_pages import KeptPages, kept_pages
from participation.foundation.permissions import SYSTEM
from participation.foundation.web import EXTENSION
from participation.results.services import withdraw_round
from tests.factories.results import make_release
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

GROUPS = "/groups"


TRIES = 20


@pytest.fixture
def kept(app: Flask, engine: Engine) -> Iterator[KeptPages]:
    """The application as it runs outside tests: it keeps pages."""
    kept = kept_pages(engine)
    assert kept is not None
    app.extensions[EXTENSION].kept = kept
    yield kept
    kept.close()


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The minute stands still, so that only what is written can tell."""
    moment = now()
    monkeypatch.setattr(module, "now", lambda: moment)


@pytest.mark.usefixtures("kept", "noon")
def test_a_page_is_made_once_while_nothing_is_written(
    client: CheckingClient, engine: Engine
) -> None:
    first, second = client.get(GROUPS), None
    for _ in range(TRIES):  # a whole PostgreSQL server is in one state: other tests write beside
        with counted_queries(engine) as asked:
            second = client.get(GROUPS)
        if not asked:
            break
    assert asked == []
    assert second is not None
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("kept", "noon")
def test_whatever_is_committed_anywhere_is_seen_by_the_next_reader(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    before = client.get(GROUPS)
    county.group.name = "Barn och hälsa"
    session.add(county.group)
    session.flush()
    assert client.get(GROUPS).data == before.data
    session.commit()
    after = client.get(GROUPS)
    assert "Barn och hälsa" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.usefixtures("noon")
def test_every_process_sees_what_another_wrote(
    app: Flask, engine: Engine, session: Session, county: SmallCounty, client: CheckingClient
) -> None:
    processes = [kept_pages(engine), kept_pages(engine)]
    for name in ("Första namnet", "Andra namnet"):
        session.execute(text("UPDATE county_groups SET name = :name"), {"name": name})
        session.commit()
        for kept in processes:
            app.extensions[EXTENSION].kept = kept
            assert name in client.get(GROUPS).text
            assert name in client.get(GROUPS).text
    for kept in processes:
        assert kept is not None
        kept.close()


@pytest.mark.usefixtures("kept", "noon")
def test_a_withdrawn_release_is_gone_with_the_next_request(
    client: CheckingClient, session: Session
) -> None:
    release = make_release(session)
    session.commit()
    address = f"/releases/{release.public_id}"
    shown = client.get(address)
    assert client.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    withdraw_round(session, SYSTEM, release, "Fel fråga")
    session.commit()
    gone = client.get(address, headers={"If-None-Match": shown.headers["ETag"]})
    assert gone.status_code == 410
    assert "ETag" not in gone.headers


@pytest.mark.usefixtures("kept")
def test_the_next_minute_asks_again_since_pages_speak_of_what_is_open_now(
    client: CheckingClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(GROUPS)
    later = now() + timedelta(minutes=1)
    monkeypatch.setattr(module, "now", lambda: later)
    with counted_queries(engine) as asked:
        client.get(GROUPS)
    assert asked


@pytest.mark.usefixtures("kept", "noon")
def test_whoever_has_the_page_is_told_so_also_through_a_proxy_that_compresses(
    client: CheckingClient,
) -> None:
    etag = client.get(GROUPS).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        answer = client.get(GROUPS, headers={"If-None-Match": known})
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == etag
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert client.get(GROUPS, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.usefixtures("kept", "noon")
def test_each_language_has_its_own_page(client: CheckingClient) -> None:
    swedish = client.get(GROUPS)
    client.set_cookie("language", "en")
    english = client.get(GROUPS)
    client.set_cookie("language", "xx")
    unknown = client.get(GROUPS)
    assert 'lang="sv"' in swedish.text
    assert 'lang="en"' in english.text
    assert unknown.data == swedish.data


@pytest.mark.usefixtures("noon")
def test_whoever_is_signed_in_gets_a_page_of_their_own(
    kept: KeptPages, client: CheckingClient, as_coordinator: CheckingClient
) -> None:
    client.get(GROUPS)
    own = as_coordinator.get(GROUPS)
    assert "Ebba Demolund" in own.text
    assert "ETag" not in own.headers
    assert own.headers["Cache-Control"] == "no-store"
    assert "Ebba Demolund" not in client.get(GROUPS).text


@pytest.mark.usefixtures("kept", "noon")
@pytest.mark.parametrize("address", ["/interest-bank/join", "/groups?lang=en", "/no-such-page"])
def test_what_is_one_readers_own_or_not_there_is_never_kept(
    client: CheckingClient, address: str
) -> None:
    assert "ETag" not in client.get(address).headers


@pytest.mark.usefixtures("noon")
def test_without_a_word_from_the_database_every_page_is_made_anew(
    kept: KeptPages, client: CheckingClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(GROUPS)
    monkeypatch.setattr(kept._state, "_question", "SELECT nonsense FROM nowhere")
    with counted_queries(engine) as asked:
        assert client.get(GROUPS).status_code == 200
    assert asked
