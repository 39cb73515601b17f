"""What somebody can choose between when joining, and a coordinator when opening a page."""

from enum import StrEnum

HIGHEST_CEILING = 12


class ExperienceRole(StrEnum):
    """From which side somebody knows care and support (glossary: not a permission role)."""

    PATIENT = "patient"
    SERVICE_USER = "service_user"
    NEXT_OF_KIN = "next_of_kin"


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Way(StrEnum):
    """How somebody wants to take part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    PHONE = "phone"
    WRITING = "writing"


class Assignment(StrEnum):
    """What somebody can imagine beyond a single meeting (DOMAIN.md, model points 4, 6 and 7)."""

    AUDIT = "audit"
    COUNCIL = "council"
    PANEL = "panel"


class TimeOfDay(StrEnum):
    WEEKDAY_MORNING = "weekday_morning"
    WEEKDAY_AFTERNOON = "weekday_afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


class Need(StrEnum):
    """What makes it possible to take part."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETER = "interpreter"
    EASY_READ = "easy_read"
    BREAKS = "breaks"
    COMPANION = "companion"
    TRAVEL = "travel"


class ContactWay(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    CALL = "call"


class OpeningReason(StrEnum):
    """Why a coordinator opens somebody's page; stands in the event log."""

    ACTIVITY = "activity"
    CONTACTED_US = "contacted_us"
    CORRECTION = "correction"
    OTHER = "other"


class Source(StrEnum):
    """How somebody came into the bank, and how a consent was given."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    IMPORT = "import"
