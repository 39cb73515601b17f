"""How often something may be tried. Tight on the account and on failing tokens; per address only a
ceiling that a whole hospital behind one address does not reach (TRUST 27). Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most `count` per `window`; windows start at whole multiples since 1970."""

    name: str
    count: int
    window: timedelta

    def window_number(self, moment: datetime) -> int:
        return int(moment.timestamp() // self.window.total_seconds())

    def window_ends_at(self, moment: datetime) -> datetime:
        ends = (self.window_number(moment) + 1) * self.window.total_seconds()
        return datetime.fromtimestamp(ends, UTC)


# Wrong passwords or codes for one account.
ACCOUNT_FAILURES = Limit("account_failures", 10, timedelta(minutes=15))
# Mails with a sign-in link to one address; beyond it none is sent and the page says the same.
LINKS_PER_EMAIL = Limit("links_per_email", 5, timedelta(minutes=15))
# Failing links, codes and passwords from one network address.
ADDRESS_FAILURES = Limit("address_failures", 1_000, timedelta(hours=1))
# Requests for a link from one network address, so that nobody mails thousands through us.
ADDRESS_LINKS = Limit("address_links", 2_000, timedelta(hours=1))
# Requests to be called, from one network address: a library or a ward may share it.
CALLS_PER_ADDRESS = Limit("calls_per_address", 100, timedelta(hours=1))
