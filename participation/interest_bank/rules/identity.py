"""What stands for a person: the short code, and a phone number in one spelling."""

import re

import phonenumbers


def as_phone_number(typed: str) -> str | None:
    """A typed phone number in E.164, Swedish where no country is given; None for anything else."""
    if not re.fullmatch(r"[+\d][\d\s()-]{4,}", typed):
        return None
    try:
        number = phonenumbers.parse(typed, "SE")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_a_name(typed: str) -> bool:
    """Whether somebody can be called that: no address, no markup (it is written in mails).

    >>> is_a_name("Åsa-Lill O'Hara"), is_a_name("win at http://x.example"), is_a_name("<b>")
    (True, False, False)
    """
    return not re.search(r"[<>@/\\:{}\[\]|]|www\.", typed, re.IGNORECASE)


def member_code(public_id: str) -> str:
    """The short code that stands for a person before a name is needed: "K-7F3X"."""
    return f"K-{public_id[:4].upper()}"


def typed_code(typed: str) -> str | None:
    """The beginning of the public id that a typed code stands for; None for anything else.

    >>> typed_code(" k-7f3x "), typed_code("Kim")
    ('7f3x', None)
    """
    found = re.fullmatch(r"\s*k\s*-\s*([0-9a-z]{4})\s*", typed.lower())
    return found[1] if found else None
