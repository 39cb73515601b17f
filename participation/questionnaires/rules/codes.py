"""Codes people type or follow: resume codes, link tokens, receipt codes.

All are random letters and digits of one alphabet without look-alikes (Crockford's 32 signs, 5 bits
each). A typed code has 16 signs in four groups: 80 bits. A personal link has 32: 160 bits.
Source: TRUST 45, 45a, 50.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
LINK_LENGTH = 32
SHORT_LENGTH = 6
RANDOM = secrets.SystemRandom()  # where every code comes from
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015.]+")


def new_code() -> str:
    """A code to be typed or noted: 80 random bits, 16 signs, no separators."""
    return _random(CODE_LENGTH)


def new_link_token() -> str:
    """The token of a personal link: 160 random bits, 32 signs."""
    return _random(LINK_LENGTH)


def new_short_code() -> str:
    """A unit's place on a poster: not secret, 30 bits, short enough to type."""
    return _random(SHORT_LENGTH).lower()


def read_short_code(typed: str) -> str:
    """A short code in its one spelling; whatever else somebody typed finds nothing.

    >>> read_short_code(" K7QF2O ")
    'k7qf20'
    """
    return typed[:80].strip().upper().translate(_READ_AS).lower()


def _random(length: int) -> str:
    return "".join(RANDOM.choice(ALPHABET) for _ in range(length))


def code_of(number: bytes) -> str:
    """20 bytes as a link token of 32 signs, 10 as a code of 16: 5 bits a sign."""
    value = int.from_bytes(number)
    signs = 8 * len(number) // 5
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (signs - 1), -1, -5))


def read_code(typed: str) -> str | None:
    """A typed or followed code in its one spelling, or None when it cannot be one.

    >>> read_code("k7qf 2mzd-09xa o1l4")
    'K7QF2MZD09XA0114'
    """
    code = _SEPARATORS.sub("", typed[:80]).upper().translate(_READ_AS)
    if len(code) not in {CODE_LENGTH, LINK_LENGTH} or not set(code) <= set(ALPHABET):
        return None
    return code


def in_groups(code: str) -> str:
    """As people read it: "K7QF-2MZD-09XA-0114"."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))
