"""What a person agrees to, and which notice they saw."""

from enum import StrEnum

NOTICE_VERSION = "2026-11"


class ConsentPurpose(StrEnum):
    """What a person agreed to. Membership: being asked. Experiences: health and the like."""

    MEMBERSHIP = "membership"
    EXPERIENCES = "experiences"
