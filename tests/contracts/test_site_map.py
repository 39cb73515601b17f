"""The site map is whole: every route stands in it, and every entry has a route."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.contracts.conftest import MappedSite
from tests.site_map import (
    ACTS,
    BY_RIGHTS,
    EVERYBODY,
    OTHERS,
    PAGES,
    REFUSALS,
    Reader,
    Readers,
    State,
)
from tests.support.demo_site import READERS
from tests.support.examples import FROM_DEMO, LAID_OUT, placeholders


def _routes(app: Flask, method: str) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if method in (rule.methods or ())}


def test_every_page_stands_in_the_site_map(app: Flask) -> None:
    mapped_endpoints = {entry.endpoint for entry in (*PAGES, *OTHERS)}
    missing = _routes(app, "GET") - mapped_endpoints
    assert not missing, "add one line each to tests/site_map.py"


def test_every_post_route_stands_in_the_site_map(app: Flask) -> None:
    assert _routes(app, "POST") - {entry.endpoint for entry in ACTS} == set()


def test_no_entry_is_left_over(app: Flask) -> None:
    assert {entry.endpoint for entry in (*PAGES, *OTHERS)} - _routes(app, "GET") == set()
    assert {entry.endpoint for entry in ACTS} - _routes(app, "POST") == set()


def test_every_address_leads_to_its_endpoint(app: Flask) -> None:
    """An entry whose example address belongs to another page would test the wrong one."""
    wrong = {}
    for method, entries in (("GET", (*PAGES, *OTHERS)), ("POST", ACTS)):
        for entry in entries:
            path = entry.address.partition("?")[0].format_map(_Ones())
            try:
                found = app.url_map.bind("localhost").match(path, method=method)[0]
            except HTTPException as problem:
                found = problem.name
            if found != entry.endpoint:
                wrong[entry.endpoint] = found
    assert wrong == {}


class _Ones(dict[str, str]):
    """Any placeholder as "1", which fits numbers and words alike."""

    def __missing__(self, _name: str) -> str:
        return "1"


def test_every_entry_stands_once() -> None:
    for entries in (PAGES, OTHERS, ACTS):
        names = [entry.endpoint for entry in entries]
        assert len(names) == len(set(names))


def test_every_placeholder_is_known() -> None:
    used = {name for address in _addresses() for name in placeholders(address)}
    known = set(FROM_DEMO) | set(LAID_OUT)
    assert used - known == set()


def test_the_demo_fills_every_placeholder(mapped: MappedSite) -> None:
    used = {name for address in _addresses() for name in placeholders(address)}
    assert used - set(mapped.examples) == set(), "the demo holds no such row"


def test_the_readers_of_the_map_are_the_demos_people() -> None:
    assert {reader.value for reader in Reader} == set(READERS)


def _addresses() -> Iterator[str]:
    for page in PAGES:
        yield from (state.address for state in page.shown())
    yield from (entry.address for entry in (*OTHERS, *ACTS))


STATES: list[tuple[str, State, Readers]] = [
    (f"{page.endpoint} [{state.name}]", state, state.readers or EVERYBODY)
    for page in PAGES
    for state in page.shown()
    if state.name != "filled"  # test_access.py fetches that one as every reader
] + [(f"refusal [{state.name}]", state, state.readers or EVERYBODY) for state in REFUSALS]


@pytest.mark.parametrize("reader", READERS)
def test_every_state_of_every_page_keeps_the_contract_of_html(
    mapped: MappedSite, reader: str
) -> None:
    """Each state as its readers with the fewest and with the most rights: status and HTML."""
    problems = []
    for name, state, readers in STATES:
        address = mapped.address(state.address)
        by_rights = [one for one in BY_RIGHTS if one in readers]
        if address is None or Reader(reader) not in {by_rights[0], by_rights[-1]}:
            continue
        problem = _look(mapped, reader, address, state)
        if problem:
            problems.append(f"{name} {address} as {reader}: {problem}")
    assert not problems, "\n" + "\n".join(problems)


def _look(mapped: MappedSite, reader: str, address: str, state: State) -> str:
    client = mapped.demo.client(reader)
    for name, value in state.cookies.items():
        client.set_cookie(name, value.format(**mapped.examples))
    try:
        if state.typed is None:
            response = client.get(address)
        else:
            response = client.submit(address, dict(state.typed))
    except AssertionError as problem:
        return str(problem)
    if response.status_code != state.status:
        return f"{response.status_code} instead of {state.status}"
    if response.mimetype != "text/html":
        return f"gives {response.mimetype}"
    if "<script>alert" in response.get_data(as_text=True):
        return "script came back unescaped"
    return ""
