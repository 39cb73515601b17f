"""What a person agrees to, and which notice they saw. Old versions stay, so that they can be read.

A new version of the notice is a new folder in templates/interest_bank/notices/ and a new first
entry here; words of a consent never change once somebody has agreed to them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

NOTICE_VERSION = "2026-11"
NOTICE_VERSIONS = (NOTICE_VERSION,)


class NoticeKind(StrEnum):
    """In which words the notice was shown."""

    PLAIN = "plain"
    EASY = "easy"
    CHILD = "child"
    GUARDIAN = "guardian"


class ConsentPurpose(StrEnum):
    """What a person agreed to. Membership: being asked. Experiences: health and the like."""

    MEMBERSHIP = "membership"
    EXPERIENCES = "experiences"


NOTICE_LABELS: Mapping[str, Any] = {
    NoticeKind.PLAIN: _l("Ordinary text"),
    NoticeKind.EASY: _l("Easy to read"),
    NoticeKind.CHILD: _l("For children"),
    NoticeKind.GUARDIAN: _l("For guardians"),
}
# What somebody ticked or pressed, by version, purpose and whether the words were a child's.
CONSENT_WORDS: Mapping[tuple[str, str, bool], Any] = {
    ("2026-11", ConsentPurpose.MEMBERSHIP, False): _l("Yes, I want to join"),
    ("2026-11", ConsentPurpose.MEMBERSHIP, True): _l("Yes, I want to be in"),
    ("2026-11", ConsentPurpose.EXPERIENCES, False): _l(
        "Yes, you may keep what I tell about my experience"
    ),
    ("2026-11", ConsentPurpose.EXPERIENCES, True): _l("Yes, you may keep what I write here"),
}


def consent_words(version: str, purpose: str, kind: str) -> str:
    """The words that stood at the box or button; empty for a version nobody has words of."""
    return str(CONSENT_WORDS.get((version, purpose, kind == NoticeKind.CHILD), ""))
