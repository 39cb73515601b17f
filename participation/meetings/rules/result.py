"""What a meeting puts before the gate: reviewed statements, and how many chose each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.disclosure.rules.drafts import QuoteDraft, ReleaseDraft, ReleaseKind
from participation.disclosure.rules.tables import BASE_MINIMUM, Cell, Table, TableKind
from participation.foundation.i18n import gettext as _

SOURCE_KIND = "meeting"
SEARCH_SOURCE = "meetings"
DOTS = "dots"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement as those who publish see it. `dots`: how many people put one on it."""

    number: int
    text: str
    language: str
    is_reviewed: bool
    is_shown: bool
    dots: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A statement as a release shows it; `dots` None: the gate hides how many."""

    text: str
    language: str
    dots: int | None


def result_draft(
    *,
    public_id: str,
    title: str,
    content: dict[str, Any],
    participants: int,
    people: int,
    dots_each: int,
    statements: Sequence[Statement],
    is_fictional: bool,
) -> ReleaseDraft:
    """`participants` were there; `people` of them placed dots, each at most one on a statement.

    Every statement keeps its cell, shown or not, so that two releases are shaped alike and the
    gate can rule one beside the other. Words go as quotes: only what somebody has read and let
    through, and only from five people on.
    """
    shown = [one for one in statements if one.is_shown]
    return ReleaseDraft(
        kind=ReleaseKind.MEETING,
        source_kind=SOURCE_KIND,
        source_public_id=public_id,
        title=title,
        respondents=people,
        tables=(_dots(statements, people, dots_each),)
        if statements and people >= BASE_MINIMUM
        else (),
        quotes=tuple(
            QuoteDraft(
                text=one.text,
                language=one.language,
                role=None,
                voices=participants,
                voices_in_role=0,
                is_approved=one.is_reviewed,
            )
            for one in shown
        ),
        content={
            **content,
            "dots_each": dots_each,
            "statements": [str(one.number) for one in shown],
        },
        is_fictional=is_fictional,
    )


def _dots(statements: Sequence[Statement], people: int, dots_each: int) -> Table:
    """With one dot each the counts add up to the people; with more, to at most so many times."""
    return Table(
        key=DOTS,
        title=_("What the room put first"),
        kind=TableKind.CHOICE if dots_each == 1 else TableKind.MANY,
        n=people,
        at_most=dots_each,
        cells=tuple(
            Cell(
                code=str(one.number),
                label=_("Statement %(number)s", number=one.number),
                count=one.dots,
            )
            for one in statements
        ),
    )


def shown_statements(payload: dict[str, Any]) -> list[Shown]:
    """The statements of a release, those with most dots first; hidden counts last, as written."""
    counts = {
        cell["codes"][0]: cell["count"]
        for table in payload["tables"]
        if table["n"] is not None
        for cell in table["cells"]
    }
    found = [
        Shown(text=quote["text"], language=quote["language"], dots=counts.get(code))
        for code, quote in zip(payload["statements"], payload["quotes"], strict=True)
    ]
    return sorted(found, key=lambda one: -(one.dots or 0))
