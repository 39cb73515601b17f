"""No view reads unpublished aggregates. Source: ANALYSIS.md, decision 0002.

Read from the source: which functions of queries touch what people answered or said, and which
views lead to them. And tried: when all of that is gone, what is published stays as it was.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import text

from participation.disclosure.outlets import outlet_of
from participation.foundation.permissions import Permission
from participation.open_data.rules.declared import RESOURCES
from tests.contracts.conftest import MappedSite
from tests.site_map import PAGES, Reader
from tests.support.call_graph import modules, path_to, reached_from
from tests.support.demo_site import demo_site
from tests.support.examples import lay_out

RAW = frozenset(
    {
        "Response",
        "ResponseText",
        "WaitingResponse",
        "NamedRespondent",
        "MaterialText",
        "Excerpt",
        "AuditInterview",
        "MeetingNote",
        "MeetingStatement",
        "MeetingDot",
    }
)
Reading = tuple[str, Callable[..., Any], str]
# What publication pages may know of answers: whether there is something, never how much.
ONLY_WHETHER = {"is_batch_waiting", "has_answers_of_units"}
# What a table at an open meeting has written, for those who sit in the room; nothing of it stands
# on a page that anybody reads.
IN_THE_ROOM = {"notes_of", "statements_in_room", "chosen_by", "places_taken"}


def _raw_readers() -> set[str]:
    return {
        f"{module.name}:{name}"
        for module in modules().values()
        if ".queries" in module.name
        for name, body in (*module.functions.items(), *module.constants.items())
        if any(isinstance(node, ast.Name) and node.id in RAW for node in ast.walk(body))
    }


def _views_that_read(
    app: Flask, method: str | None = None
) -> Iterator[tuple[str, Callable[..., Any], str]]:
    """Endpoint, view, and the calls by which it reads what people said."""
    raw = _raw_readers()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        name = inspect.unwrap(view).__name__
        known = modules().get(view.__module__)
        if known is None or name not in known.functions:
            continue
        if method is not None and method not in (rule.methods or set()):
            continue
        by = reached_from([f"{view.__module__}:{name}"])
        for reader in sorted(raw & by.keys()):
            if reader.split(":")[1] not in ONLY_WHETHER | IN_THE_ROOM:
                yield rule.endpoint, view, path_to(reader, by)


def test_the_readers_of_what_people_said_are_found() -> None:
    found = {name.split(":")[1] for name in _raw_readers()}
    assert {"code_lines", "voice_spread", "cross_counts", "answered", "Counting"} <= found


def test_what_is_published_is_read_from_releases_alone(app: Flask) -> None:
    problems = [
        f"{endpoint}: {path}"
        for endpoint, view, path in _views_that_read(app)
        if outlet_of(view) == "publication"
        or getattr(view, "__permission__", None) is Permission.PUBLIC
    ]
    assert not problems, "\n" + "\n".join(problems)


def test_every_other_page_that_reads_what_people_said_says_which_outlet_it_is(app: Flask) -> None:
    problems = [
        f"{endpoint}: {path}"
        for endpoint, view, path in _views_that_read(app, "GET")
        if outlet_of(view) is None
    ]
    assert not problems, "put @outlet(…) under @requires\n" + "\n".join(problems)


WHAT_PEOPLE_SAID = (
    "named_respondents",
    "response_texts",
    "responses",
    "waiting_responses",
    "excerpts",
    "material_texts",
    "audit_interviews",
    "meeting_dots",
    "meeting_notes",
    "meeting_statements",
)


def test_without_what_people_said_everything_public_stays_as_it_was() -> None:
    with demo_site() as demo:
        mapped = MappedSite(demo, lay_out(demo))
        before = _public_pages(mapped)
        with demo.engine.connect() as connection:
            connection.execute(text("PRAGMA foreign_keys = OFF"))
            for table in WHAT_PEOPLE_SAID:
                connection.execute(text(f"DELETE FROM {table}"))
            connection.commit()
        after = _public_pages(mapped)
    assert len(before) > 40, "the site map has more than forty public pages"
    assert [address for address, page in before.items() if after[address] != page] == []


def _public_pages(mapped: MappedSite) -> dict[str, bytes]:
    """What anybody reads, by address; answering pages are somebody's own."""
    client = mapped.demo.client(checks_pages=False)
    addresses = {
        address
        for page in PAGES
        if Reader.ANYBODY in page.readers
        and not page.address.startswith(("/a/", "/i/", "/t/", "/dev/"))
        and (address := mapped.address(page.address)) is not None
    }
    addresses |= {f"/api/v1/{resource.key}" for resource in RESOURCES}
    return {address: _without_tokens(client.get(address).data) for address in sorted(addresses)}


def _without_tokens(page: bytes) -> bytes:
    return re.sub(rb'(name="csrf_token"[^>]*value=)"[^"]*"', rb"\1", page)
