"""Does it ring true? What those whom a finding is about say of it before it is published.

They answer without a name. From five answers on the numbers go through the gate with the finding.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from participation.disclosure.rules.tables import Cell, Table, TableKind
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext

ASKED_DAYS = timedelta(days=14)
TABLE_KEY = "verdict"


class Verdict(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    DONT_KNOW = "dont_know"


VERDICT_LABELS: Mapping[str, Any] = {
    Verdict.YES: _l("Yes, that is how it is"),
    Verdict.PARTLY: _l("Partly"),
    Verdict.NO: _l("No, that is not how it is"),
    Verdict.DONT_KNOW: _l("I do not know"),
}


def digest_of_words(title: str, body: str) -> str:
    """What is asked about, in a few bytes: other words are another question."""
    return hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class VerdictCounts:
    """How many gave each answer to one ask."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    dont_know: int = 0

    @property
    def n(self) -> int:
        return self.yes + self.partly + self.no + self.dont_know


def verdict_table(ask_public_id: str, counts: VerdictCounts) -> Table:
    """The answers to one ask, for the gate; another ask is another table."""
    return Table(
        key=f"{TABLE_KEY}-{ask_public_id}",
        title="Stämmer det?",  # kept with the release, read by nobody in another language
        kind=TableKind.CHOICE,
        n=counts.n,
        cells=tuple(
            Cell(
                code=one.value,
                label=one.value,
                count=getattr(counts, one.value),
                is_unsure=one is Verdict.DONT_KNOW,
            )
            for one in Verdict
        ),
    )


@dataclass(frozen=True, kw_only=True)
class ShownVerdict:
    """What readers see: how many answers, and how many yes or no where the gate lets it be told.

    `is_whole`: every number is shown. Answers, not people: another browser answers once more.
    """

    n: int
    yes: int | None
    no: int | None
    is_whole: bool

    @property
    def is_contradicted(self) -> bool:
        """More than half say no, and whoever hears it learns no number that is hidden."""
        return self.is_whole and self.no is not None and 2 * self.no > self.n

    @property
    def in_words(self) -> str:
        """ "41 av 52 svar säger att det stämmer."."""
        if self.yes is None:
            return ngettext(
                "%(num)s answer to whether it rings true.",
                "%(num)s answers to whether it rings true.",
                self.n,
            )
        return _(
            "%(yes)s of %(total)s answers say: that is how it is.",
            yes=self.yes,
            total=self.n,
        )


def shown_verdict(payload: Mapping[str, Any]) -> ShownVerdict | None:
    """The verdict out of a finding's release; None when nobody was asked or too few answered."""
    for table in payload.get("tables", ()):
        if table["key"].startswith(TABLE_KEY) and table["n"] is not None:
            told = {code: c["count"] for c in table["cells"] for code in c["codes"]}
            is_whole = None not in told.values() and len(told) == len(table["cells"])
            yes, no = told[Verdict.YES], told[Verdict.NO]
            return ShownVerdict(n=table["n"], yes=yes, no=no, is_whole=is_whole)
    return None
