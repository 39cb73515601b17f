"""What a feature hands to the gate, and what the gate answers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from participation.disclosure.rules.breakdowns import Breakdown, ShownBreakdown
from participation.disclosure.rules.looks import Look
from participation.disclosure.rules.outlook import Outlook
from participation.disclosure.rules.tables import ShownTable, Table


class ReleaseKind(StrEnum):
    """What is published: all totals of a round, one finding with its figures, how many say what in
    each group, the public summary of an audit, or what a meeting put first."""

    ROUND_TOTALS = "round_totals"
    FINDING = "finding"
    THEME_COUNTS = "theme_counts"
    AUDIT_REPORT = "audit_report"
    MEETING = "meeting"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of an earlier release: how many gave one of `codes` in its table `table_key`."""

    release_public_id: str
    table_key: str
    codes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class VoiceCount:
    """How many of `n` voices in the material say what `codes` stand for.

    `roles` and `municipalities` say over how many of them the voices are spread, never which.
    """

    materials: frozenset[str]
    codes: frozenset[str]
    count: int
    n: int
    roles: int
    municipalities: int

    def as_json(self, *, with_count: bool = True, with_n: bool = True) -> dict[str, Any]:
        return {
            "materials": sorted(self.materials),
            "codes": sorted(self.codes),
            "count": self.count if with_count else None,
            "n": self.n if with_n else None,
            "roles": self.roles,
            "municipalities": self.municipalities,
        }


@dataclass(frozen=True, kw_only=True)
class QuoteDraft:
    """Somebody's own words. `voices_in_role` of `voices` people in the material share the role.

    `is_approved`: a person has read exactly these words and says that they point to nobody;
    `suspicions`: kinds of identifying words a machine found in them (TRUST 53).
    """

    text: str
    language: str
    role: str | None
    voices: int
    voices_in_role: int
    is_approved: bool
    suspicions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReleaseDraft:
    """What is to be published. `content` is words only: every number passes the gate.

    `looks`: what staff have seen of the same answers before. `beside`: other sources (kind and
    public id) that tell of the same people. `voice_counts`: what the answers of a table of themes
    count, by the answer's code, to be held against findings over the same texts. `agreement`: a
    word for how alike two coded each, told of shown ones alone. `withheld`: attribute ("":
    everybody) and question of what an attack has found (rules/attack), to be left out. `by_row`:
    the same where whole rows are hidden first, since single cells were not enough.
    """

    kind: ReleaseKind
    source_kind: str
    source_public_id: str
    title: str
    respondents: int = 0
    tables: tuple[Table, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    figure: Figure | None = None
    voices: VoiceCount | None = None
    quotes: tuple[QuoteDraft, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    is_fictional: bool = False
    looks: tuple[Look, ...] = ()
    beside: frozenset[tuple[str, str]] = frozenset()
    voice_counts: Mapping[str, VoiceCount] = field(default_factory=dict)
    agreement: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[tuple[str, str]] = frozenset()
    by_row: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ShownFigure:
    """A figure as its release shows it: `count` of `n` gave one of `answers`."""

    release_public_id: str
    release_number: int
    table_key: str
    question: str
    answers: tuple[str, ...]
    count: int
    n: int

    def as_json(self) -> dict[str, Any]:
        return {
            "release": self.release_public_id,
            "release_number": self.release_number,
            "table_key": self.table_key,
            "question": self.question,
            "answers": list(self.answers),
            "count": self.count,
            "n": self.n,
        }


@dataclass(frozen=True, kw_only=True)
class EarlierRelease:
    """What the ledger already holds, withdrawn or not: what was seen once cannot be unseen.

    `number` None: nobody but those who publish has seen it, before publishing.
    """

    number: int | None
    source_kind: str
    source_public_id: str
    respondents: int | None
    tables: tuple[ShownTable, ...]
    voices: Mapping[str, Any] | None
    breakdowns: tuple[ShownBreakdown, ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def voices_told(self) -> tuple[Mapping[str, Any], ...]:
        """Every number of voices that it tells, of a finding or of themes."""
        one = (self.voices,) if self.voices is not None else ()
        return (*one, *self.payload.get("voice_counts", ()))


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The gate's answer: `refusals` stop the publication, `adjustments` say what was changed.

    `outlook`: the same question by question, kept beside the release.
    """

    payload: Mapping[str, Any]
    refusals: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()
    outlook: Outlook = field(default_factory=Outlook)

    @property
    def is_allowed(self) -> bool:
        return not self.refusals

    @property
    def digest(self) -> str:
        """The same for the same payload: what was looked at can be told from what is shown now."""
        return hashlib.sha256(json.dumps(dict(self.payload), sort_keys=True).encode()).hexdigest()

    def shows_just(self, payload: Mapping[str, Any]) -> bool:
        """Whether it lets out what `payload`, as it is kept, shows: not one number more or less."""
        ours, theirs = (json.dumps(one, sort_keys=True) for one in (dict(self.payload), payload))
        return ours == theirs
