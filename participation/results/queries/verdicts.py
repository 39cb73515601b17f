"""What was said of a finding before it was published. For those who write it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.results.models import Finding, FindingVerdict, FindingVerdictAsk
from participation.results.rules.verdicts import VerdictCounts, digest_of_words


@dataclass(frozen=True)
class Heard:
    """The newest ask, if anybody was asked, and how many gave each answer.

    `is_of_these_words`: it was about the title and body that stand there now. Otherwise the counts
    stand beside nothing.
    """

    ask: FindingVerdictAsk | None
    counts: VerdictCounts
    is_of_these_words: bool = False

    @property
    def is_open(self) -> bool:
        return self.ask is not None and self.ask.is_open

    @property
    def is_over(self) -> bool:
        return self.ask is not None and not self.ask.is_open


def heard(session: Session, found: Finding) -> Heard:
    """What was said of a finding (outlet: workroom, or through the gate). One query."""
    newest = (
        select(func.max(FindingVerdictAsk.id))
        .where(FindingVerdictAsk.finding_id == found.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(FindingVerdictAsk, FindingVerdict.answer, func.count(FindingVerdict.ask_id))
        .outerjoin(FindingVerdict, FindingVerdict.ask_id == FindingVerdictAsk.id)
        .where(FindingVerdictAsk.id == newest)
        .group_by(FindingVerdictAsk.id, FindingVerdict.answer)
    ).all()
    said = {answer: count for _ask, answer, count in rows if count}
    ask = rows[0][0] if rows else None
    words = digest_of_words(found.title, found.body)
    return Heard(ask, VerdictCounts(**said), ask is not None and ask.words_digest == words)


def newest_ask(session: Session, found: Finding) -> FindingVerdictAsk | None:
    """The ask of a finding that counts: the newest."""
    return session.scalar(
        select(FindingVerdictAsk)
        .where(FindingVerdictAsk.finding_id == found.id)
        .order_by(FindingVerdictAsk.id.desc())
        .limit(1)
    )


def asked_finding(session: Session, public_id: str) -> tuple[FindingVerdictAsk, Finding]:
    """An ask by its address. Raises NotFound, also once the finding is withdrawn."""
    row = session.execute(
        select(FindingVerdictAsk, Finding)
        .join(Finding, Finding.id == FindingVerdictAsk.finding_id)
        .where(FindingVerdictAsk.public_id == public_id)
    ).first()
    if row is None or (row[1].state == "withdrawn" and not row[0].is_open):
        raise NotFound
    return row[0], row[1]


def verdict_words(session: Session, ask: FindingVerdictAsk) -> Sequence[tuple[str, str]]:
    """What was written with which answer, in an order that says nothing about when."""
    rows = session.execute(
        select(FindingVerdict.answer, FindingVerdict.words)
        .where(FindingVerdict.ask_id == ask.id)
        .order_by(FindingVerdict.voice_hash)
    )
    return [(answer, words) for answer, words in rows if words]
