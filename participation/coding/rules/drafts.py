"""What other floors hand in, and the words of coding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

LONGEST_TEXT = 20_000


class SourceKind(StrEnum):
    ROUND = "round"
    AUDIT = "audit"
    DIALOGUE = "dialogue"
    DOCUMENT = "document"


SOURCE_LABELS: Mapping[str, Any] = {
    SourceKind.ROUND: _l("Questionnaire"),
    SourceKind.AUDIT: _l("User-directed audit"),
    SourceKind.DIALOGUE: _l("Dialogue"),
    SourceKind.DOCUMENT: _l("Document"),
}

ROLE_LABELS: Mapping[str, Any] = {
    "patient": _l("Patient"),
    "service_user": _l("Service user"),
    "next_of_kin": _l("Next of kin"),
    "professional": _l("Professional"),
    "child": _l("Child or young person"),
}


def role_label(role: str | None) -> str:
    """The respondent role in words; "Someone who answered" when it must not or cannot be said."""
    return str(ROLE_LABELS.get(role or "", _l("Someone who answered")))


def age_label(band: str | None) -> str:
    """ "45-64" → "45–64 years", "80-" → "80 years and older"; what is no band is left out."""
    low, dash, high = (band or "").partition("-")
    if not dash or not low.isdecimal():
        return ""
    if not high:
        return str(_l("%(age)s years and older", age=low))
    return str(_l("%(low)s–%(high)s years", low=low, high=high))


@dataclass(frozen=True, kw_only=True)
class MaterialTextDraft:
    """One voice's words. `source_ref` is the same for all texts of one voice and names nobody.

    `question`: what they answer, a label above the text. `part`: where they stand among the texts
    of their voice, from 1; 0 where that order says nothing.
    """

    text: str
    source_ref: str
    question: str = ""
    part: int = 0
    respondent_role: str | None = None
    municipality_code: str | None = None
    unit_id: int | None = None
    area_id: int | None = None
    age_band: str | None = None
    language: str = "sv"


@dataclass(frozen=True, kw_only=True)
class CodeDraft:
    key: str
    number: int
    name: str
    memo: str = ""
    example: str = ""
    below: str | None = None  # key of the code it stands under


@dataclass(frozen=True, kw_only=True)
class ThemeDraft:
    key: str
    name: str
    codes: tuple[CodeDraft, ...] = ()
    memo: str = ""


@dataclass(frozen=True, kw_only=True)
class CodebookDraft:
    """A starting codebook, for instance read from a data file."""

    key: str
    title: str
    themes: tuple[ThemeDraft, ...] = field(default=())
    memo: str = ""
