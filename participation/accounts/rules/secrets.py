"""Passwords, codes of an authenticator, recovery codes: what is good enough. Pure."""

import base64
import hmac
import re
import secrets
from datetime import datetime
from enum import StrEnum

import pyotp

MINIMUM_PASSWORD = 12
MAXIMUM_PASSWORD = 1_000
RECOVERY_CODES = 8
TOTP_STEP_SECONDS = 30
MAIL_CODE_DIGITS = 8
# No vowels (no words) and no look-alikes.
_CODE_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_RECOVERY_LENGTH = 12

# What people choose when twelve characters are asked for, in the languages spoken here.
_COMMON = """
    123456789012 1234567890123 12345678901234 123456123456 123123123123 111111111111 000000000000
    abcdefghijkl abc123abc123 abcd1234abcd qwertyuiopas qwertyuiopå qwerty123456 1q2w3e4r5t6y
    1qaz2wsx3edc asdfghjklöä asdfghjklzxcv passwordpassword password1234 password12345
    password123456 password2024 password2025 password2026 lösenord1234 lösenord12345 lösenord2024
    lösenord2025 lösenord2026 losenord1234 losenord12345 lösenordlösenord hemligt12345
    hemlighemlig sommar202426 sommaren2025 sommaren2026 vintern20252 välkommen123 valkommen123
    välkommen2025 välkommen2026 welcome12345 letmein12345 iloveyou1234 administrator
    administratör administrator1 changemechangeme sverige12345 stockholm123 kalmarkalmar
    kalmar123456 medskapa1234 medskapamedskapa trustno1trustno1 monkey123456 dragon123456
"""
COMMON_PASSWORDS = frozenset(_COMMON.split())


class PasswordProblem(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    ABOUT_YOU = "about_you"


def password_problem(password: str, *about: str) -> PasswordProblem | None:
    """What is wrong with a new password, or None. `about`: e-mail and name, not to be used alone.

    Length is what counts; no rules about signs. Source: NIST SP 800-63B, 3.1.1.2.

    >>> password_problem("tre gula cyklar")
    >>> password_problem("Lösenord2026").value
    'common'
    """
    if len(password) < MINIMUM_PASSWORD:
        return PasswordProblem.TOO_SHORT
    if len(password) > MAXIMUM_PASSWORD:
        return PasswordProblem.TOO_LONG
    folded = password.casefold()
    if folded in COMMON_PASSWORDS or len(set(folded)) < 4:
        return PasswordProblem.COMMON
    if folded in {word.casefold() for word in about}:
        return PasswordProblem.ABOUT_YOU
    return None


def totp_secret_from(key: str) -> str:
    """An authenticator secret (base32, 128 bits) out of 32 hexadecimal characters of key."""
    return base64.b32encode(bytes.fromhex(key)).decode().rstrip("=")


def matching_step(secret: str, code: str, moment: datetime) -> int | None:
    """The time step whose code was typed: now, the one before or the one after; else None."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    generator = pyotp.TOTP(secret)
    here = int(moment.timestamp()) // TOTP_STEP_SECONDS
    found = None
    for step in (here - 1, here, here + 1):
        # Every step is compared, so that time tells nothing.
        if hmac.compare_digest(generator.at(step * TOTP_STEP_SECONDS), digits):
            found = step
    return found


def current_code(secret: str, moment: datetime) -> str:
    """The six digits an authenticator shows at `moment`."""
    return pyotp.TOTP(secret).at(int(moment.timestamp()))


def provisioning_uri(secret: str, email: str, issuer: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def new_recovery_codes() -> list[str]:
    """Codes of 57 bits, written in groups of four: "x4rt-9bkz-m2hp"."""
    return [_grouped(_random_text(_RECOVERY_LENGTH), "-") for _ in range(RECOVERY_CODES)]


def typed_recovery_code(typed: str) -> str:
    """A recovery code as it is hashed: lower case, without spaces and dashes."""
    return re.sub(r"[\s-]", "", typed).lower()


def new_mail_code() -> str:
    """Eight digits for those who read their mail on another device."""
    return "".join(secrets.choice("0123456789") for _ in range(MAIL_CODE_DIGITS))


def typed_mail_code(typed: str) -> str:
    """The digits of what was typed.

    >>> typed_mail_code("1234 5678")
    '12345678'
    """
    return "".join(sign for sign in typed if sign.isdecimal())


def shown_code(code: str) -> str:
    """In groups of four, as people read it aloud."""
    return _grouped(code, " ")


def _random_text(length: int) -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(length))


def _grouped(text: str, separator: str) -> str:
    return separator.join(text[i : i + 4] for i in range(0, len(text), 4))
