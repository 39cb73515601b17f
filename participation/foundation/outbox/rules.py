"""What a mail in the outbox may become, and when it is tried again. Pure."""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MAX_TRIES = 8
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=4)

# Reasons this platform gives itself; the others are a mail server's codes.
STOPPED_DURING_HAND_OVER = "worker stopped during hand-over"
RESTORED = "restored from a backup; may have been sent since"
CANNOT_BE_WRITTEN = "the message cannot be written"
KEY_DESTROYED = "the key of what it says is destroyed"

# What staff read where only the recipient may read.
HIDDEN = "•••"

# How long a claim, or a hand-over, may last before the worker counts as dead.
CLAIM_LASTS = timedelta(minutes=5)
HANDING_LASTS = timedelta(minutes=10)

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+")


# The address of an account whose person has no e-mail: a name that can never exist (RFC 2606).
NO_MAILBOX = "no-mailbox.invalid"


def has_mailbox(address: str) -> bool:
    """Whether mail to the address can arrive anywhere.

    >>> has_mailbox("tuva@example.org"), has_mailbox(f"k7f3xk7f3xk7@{NO_MAILBOX}")
    (True, False)
    """
    return not address.endswith(f"@{NO_MAILBOX}")


class MailState(StrEnum):
    """queued → claimed → handing → sent; see the package's picture."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    HANDING = "handing"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"


# A person of the staff may decide about these; nothing else touches them.
NEEDS_DECISION = (MailState.UNSURE, MailState.FAILED)
NOT_HANDED_OVER = (MailState.QUEUED, MailState.CLAIMED)


class MailCategory(StrEnum):
    """Essential: what somebody asked for or must know. News: they may say no to it."""

    ESSENTIAL = "essential"
    NEWS = "news"


@dataclass(frozen=True)
class Attachment:
    """A file that travels with a mail; `method` is a calendar's ("REQUEST"), else empty."""

    filename: str
    content_type: str
    content: bytes
    method: str = ""


def delay_before_try(attempts: int, jitter: float | None = None) -> timedelta:
    """How long to wait after `attempts` failed tries: 1, 3, 9, … minutes to 4 hours, ±20 %.

    Eight tries cover about ten hours.

    >>> [delay_before_try(tries, jitter=0.0).seconds // 60 for tries in range(1, 8)]
    [1, 3, 9, 27, 81, 240, 240]
    """
    spread = random.uniform(-0.2, 0.2) if jitter is None else jitter  # noqa: S311 - no secret
    growth: int = 3 ** max(attempts - 1, 0)
    return min(FIRST_DELAY * growth, LONGEST_DELAY) * (1 + spread)


def checked_recipient(address: str) -> str:
    """Exactly one bare address, trimmed.

    Raises ValueError for a list, a display name, or anything with a line break in it.
    """
    trimmed = address.strip(" ")
    if not _ADDRESS.fullmatch(trimmed):
        raise ValueError("a mail goes to exactly one bare address")
    return trimmed
