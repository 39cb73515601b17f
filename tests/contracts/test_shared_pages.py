"""What is kept for everybody is the same for everybody, and everything else says why it is not."""

from collections.abc import Iterator

from sqlalchemy import select
from werkzeug.test import TestResponse

from participation.accounts.models import Account
from participation.interest_bank.models import BankMember
from participation.open_data.rules.declared import RESOURCES
from tests.contracts.conftest import MappedSite
from tests.site_map import PAGES, Page, Reader

# Public, without a form of their own, and yet not kept: a device's own page, and development's.
NOT_KEPT = {"field.shell", "dev_mail.inbox", "dev_mail.message"}
ELSEWHERE = {
    "environ_overrides": {"REMOTE_ADDR": "192.0.2.44"},
    "headers": {
        "User-Agent": "another browser",
        "Accept-Language": "en",
        "Host": "elsewhere.example",
        "Referer": "https://elsewhere.example/",
    },
}


def _public(mapped: MappedSite) -> Iterator[tuple[Page, str, TestResponse]]:
    for page in PAGES:
        address = mapped.address(page.address)
        if Reader.ANYBODY in page.readers and address is not None:
            yield page, address, mapped.demo.client(checks_pages=False).get(address)


def test_a_public_page_is_kept_or_is_somebodys_own(mapped: MappedSite) -> None:
    for page, address, response in _public(mapped):
        is_own = "Set-Cookie" in response.headers or response.cache_control.no_store
        is_kept = "ETag" in response.headers
        assert is_kept or is_own or page.endpoint in NOT_KEPT, f"{address} is made anew each time"
        assert not (is_kept and is_own), address


def test_what_is_kept_does_not_depend_on_who_asks_from_where(mapped: MappedSite) -> None:
    for _page, address, response in _public(mapped):
        if "ETag" in response.headers:
            other = mapped.demo.client(checks_pages=False).get(address, **ELSEWHERE)
            assert other.data == response.data, address
            assert b'name="csrf_token" value="I' not in response.data, address


def test_open_data_names_nobody(mapped: MappedSite) -> None:
    client = mapped.demo.client()
    everything = "".join(client.get(f"/api/v1/{one.key}?limit=1000").text for one in RESOURCES)
    with mapped.demo.sessions() as session:
        names = set(session.scalars(select(Account.display_name)))
        names |= set(session.scalars(select(BankMember.public_id)))
    assert len(names) > 50
    assert [name for name in names if name and name in everything] == []
    assert "@example.org" not in everything
