"""Codes of tables and of places at a table: 16 letters and digits without look-alikes, 80 bits.

A table's code follows from the meeting, the edition of its sheet and the installation's key, so
that the sheet can be printed again and the database holds a hash only. A place's code is random and
lies in addresses alone: no cookie, no name. Source: TRUST 45, 46.
"""

import re
import secrets

from participation.foundation.crypto import token_hash

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
_BYTES = 10
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015.]+")


def table_code(meeting_public_id: str, number: int, edition: int = 1) -> str:
    """What stands on an edition of a table's sheet; always the same."""
    named = f"{meeting_public_id}/{number}" + (f"/{edition}" if edition > 1 else "")
    made = token_hash("meeting table", named)
    return _spelled(bytes.fromhex(made)[:_BYTES])


def new_place_code() -> str:
    """The code of somebody's place at a table; nothing tells whose."""
    return _spelled(secrets.token_bytes(_BYTES))


def read_code(typed: str) -> str | None:
    """A code in its one spelling, or None when it cannot be one.

    >>> read_code("k7qf 2mzd-09xa o1l4")
    'K7QF2MZD09XA0114'
    """
    code = _SEPARATORS.sub("", typed[:80]).upper().translate(_READ_AS)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def in_groups(code: str) -> str:
    """As people read it: "K7QF-2MZD-09XA-0114"."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def table_hash(code: str) -> str:
    return token_hash("meeting table code", code)


def place_hash(code: str) -> str:
    return token_hash("meeting place code", code)


def form_value(code: str) -> str:
    """The CSRF value of a table's pages, which have no cookie to bind it to.

    Whoever has it was once on a page that the code opened, also when it opens nothing any more.
    """
    return token_hash("meeting form", code)


def _spelled(number: bytes) -> str:
    value = int.from_bytes(number)
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))
