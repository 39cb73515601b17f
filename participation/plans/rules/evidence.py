"""What a line of a plan rests on: kinds, and one piece as everybody may see it."""

from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a line may rest on. A finding is linked in a table of its own, older than the others."""

    FINDING = "finding"
    STATEMENT = "statement"
    AUDIT = "audit"
    SERIES = "series"
    INDICATOR = "indicator"


# Kinds whose links stand in `plan_evidence`.
LINKED_KINDS = tuple(kind for kind in EvidenceKind if kind is not EvidenceKind.FINDING)

# Where one is read in public: endpoint; each takes `public_id`.
READ_AT = {
    EvidenceKind.FINDING: "results.published",
    EvidenceKind.STATEMENT: "council.statement",
    EvidenceKind.AUDIT: "audits.summary",
    EvidenceKind.SERIES: "results.release",
    EvidenceKind.INDICATOR: "indicators.indicator",
}


@dataclass(frozen=True)
class Evidence:
    """One piece in its public form; of a series its newest published round.

    `public_id` and `title` are empty for what is linked and not public any more.
    """

    kind: EvidenceKind
    target_id: int
    title: str = ""
    public_id: str = ""

    @property
    def is_public(self) -> bool:
        return bool(self.public_id)

    @property
    def value(self) -> str:
        """How a form names it.

        >>> Evidence(EvidenceKind.AUDIT, 7).value
        'audit-7'
        """
        return f"{self.kind}-{self.target_id}"

    @property
    def endpoint(self) -> str:
        return READ_AT[self.kind]
