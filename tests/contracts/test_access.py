"""Every route × every reader: who sees a page sees it; everybody else is refused, and nothing
changes by trying."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from participation.accounts.services import ensure_account, grant_role
from participation.county.models import Organisation
from participation.foundation.permissions import Role
from tests.contracts.conftest import MappedSite
from tests.site_map import ACTS, OTHERS, PAGES, Act, Other, Page, Reader
from tests.support.client import CheckingClient
from tests.support.demo_site import READERS, DemoSite
from tests.support.signing_in import sign_in_client

REFUSED = {401, 403, 404}
NO_TOKEN = 400
# What foundation may write while it refuses: who was here, when, and how often.
FOUNDATION_TABLES = {"event_log_entries", "login_sessions", "throttle_counters"}
# What a coordinator of one organisation that has nothing yet still opens: lists, which are then
# empty, forms for their own organisation, and what is the same for everybody.
OPEN_TO_NARROW = {
    *("county.organisations", "compensation.rates", "council.my_seat"),
    *("interest_bank.members", "interest_bank.spread", "interest_bank.name_search"),
    *("interest_bank.searches", "interest_bank.export", "interest_bank.letters"),
    *("interest_bank.duplicates", "interest_bank.calls"),
    *("requests.request_list", "requests.new_request"),
    *("activities.activity_list", "activities.overdue", "activities.new_activity"),
    *("compensation.claim_list", "compensation.batches", "compensation.totals"),
    *("compensation.totals_csv", "compensation.totals_xlsx"),
    *("commitments.commitment_list", "selection.draw_list", "audits.audit_list"),
    # The floors above these, which have their own tests of what a narrow role reads.
    *("questionnaires.overview", "questionnaires.written", "questionnaires.how_to"),
    "questionnaires.withdraw_again",
    "follow_up.my_group_answers",  # only of groups one is in
    "plans.waiting",  # as that one
    *(
        "coding.materials",
        "coding.search",
        "coding.new_book",
        "coding.code",
        "coding.urgent",
        "coding.book",
    ),
    *("coding.codebook_file", "coding.exchange", "coding.new_material"),
    *("meetings.overview", "meetings.new_meeting"),
    *("results.index", "results.new_finding"),
}


@pytest.mark.parametrize("reader", READERS)
def test_pages_are_seen_by_those_who_may(mapped: MappedSite, reader: str) -> None:
    client = mapped.demo.client(reader)
    problems = [
        f"{entry.endpoint} {address} as {reader}: {problem}"
        for entry in (*PAGES, *OTHERS)
        if (address := mapped.address(entry.address)) is not None
        and (problem := _get_problem(client, entry, address, Reader(reader)))
    ]
    assert not problems, "\n" + "\n".join(problems)


def _get_problem(client: CheckingClient, entry: Page | Other, address: str, reader: Reader) -> str:
    try:
        response = client.get(address)
    except AssertionError as problem:
        return f"breaks: {problem}"
    if reader not in entry.readers:
        return "" if _is_refused(response, entry) else f"seen by {reader}: {response.status_code}"
    if isinstance(entry, Other) and not entry.mimetype:
        return "" if response.status_code == 303 else f"{response.status_code} instead of 303"
    return "" if response.status_code == 200 else f"not seen: {_told(response)}"


def _is_refused(response: TestResponse, entry: Page | Other) -> bool:
    is_elsewhere = response.status_code == 303 and response.location != entry.address
    return response.status_code in REFUSED or is_elsewhere


def _told(response: TestResponse) -> str:
    return f"{response.status_code} {response.headers.get('Location', '')}".strip()


def test_11_a_coordinator_of_one_organisation_opens_nothing_of_the_others(
    mapped: MappedSite,
) -> None:
    client = _narrow_coordinator(mapped.demo)
    opened = {
        entry.endpoint
        for entry in (*PAGES, *OTHERS)
        if Reader.COORDINATOR in entry.readers
        and not entry.readers & {Reader.RESIDENT, Reader.ANYBODY}
        and (address := mapped.address(entry.address)) is not None
        and not _is_refused(client.get(address), entry)
    }
    assert opened <= OPEN_TO_NARROW, sorted(opened - OPEN_TO_NARROW)


def _narrow_coordinator(demo: DemoSite) -> CheckingClient:
    """Somebody who coordinates for one organisation, which has asked for nothing yet."""
    client = demo.client(checks_pages=False)
    with demo.sessions() as session:
        own = Organisation(layer="test", key="tom", name="Tomma kommunen", kind="municipality")
        session.add(own)
        account = ensure_account(session, "lina@example.org", "Lina Lokalsson", "sv")
        session.flush()
        grant_role(session, account, Role.COORDINATOR, organisation=own)
        session.commit()
        sign_in_client(client, session, account)
        session.commit()
    return client


@pytest.mark.parametrize("reader", READERS)
def test_only_those_who_may_can_act(mapped: MappedSite, reader: str) -> None:
    """Refused ones send a whole form with its token; those who may send none and get a 400."""
    problems = []
    client = mapped.demo.client(reader, checks_pages=False)
    for act in ACTS:
        address = mapped.address(act.address)
        if address is None:
            continue
        with _written_tables(mapped.demo.engine) as written:
            problem = _post_problem(client, act, address, Reader(reader))
        if written - FOUNDATION_TABLES:
            problem += f" wrote {sorted(written)}"
        if problem:
            problems.append(f"{act.endpoint} {address} as {reader}: {problem}")
    assert not problems, "\n" + "\n".join(problems)


def _post_problem(client: CheckingClient, act: Act, address: str, reader: Reader) -> str:
    try:
        may = reader in act.doers
        response = client.post(address) if may else client.submit(address)
    except AssertionError as problem:
        return f"breaks: {problem}"
    if reader in act.doers:
        is_let_in = response.status_code in {NO_TOKEN, 200, 303} and not _to_sign_in(response)
        return "" if is_let_in else f"refused: {_told(response)}"
    is_refused = response.status_code in REFUSED or _to_sign_in(response)
    return "" if is_refused else f"let in: {_told(response)}"


def _to_sign_in(response: TestResponse) -> bool:
    return response.status_code == 303 and response.headers["Location"].startswith("/sign-in?")


@contextmanager
def _written_tables(engine: Engine) -> Iterator[set[str]]:
    """The tables that statements wrote to, as far as they were committed or not."""
    written: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.split(maxsplit=4)
        if words[0] in {"INSERT", "DELETE"}:
            written.add(words[2].strip('"'))
        elif words[0] == "UPDATE":
            written.add(words[1].strip('"'))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", note)
