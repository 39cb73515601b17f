"""Quotes: chosen from coded passages, and approved by a person one by one (TRUST 53)."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, MaterialText
from participation.foundation.clock import now
from participation.foundation.deidentification import Certainty, find_spans
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingQuote


def add_quote(
    session: Session, actor: Actor, finding: Finding, excerpt: Excerpt, text: MaterialText
) -> FindingQuote:
    """Choose a passage as a quote; it waits for approval. Choosing it twice changes nothing.

    Raises:
        Conflict: the finding is published, or the text was never de-identified.
    """
    if not finding.is_editable or not text.is_reviewed:
        raise Conflict
    existing = session.scalar(
        select(FindingQuote).where(
            FindingQuote.finding_id == finding.id, FindingQuote.excerpt_id == excerpt.id
        )
    )
    if existing is not None:
        return existing
    count = session.scalar(
        select(func.count()).select_from(FindingQuote).where(FindingQuote.finding_id == finding.id)
    )
    quote = FindingQuote(
        finding_id=finding.id,
        excerpt_id=excerpt.id,
        material_id=text.material_id,
        text=text.text[excerpt.start : excerpt.end],
        language=text.language,
        respondent_role=text.respondent_role,
        position=(count or 0) + 1,
    )
    session.add(quote)
    session.flush()
    log_event(session, actor, "choose", "quote", quote.public_id)
    return quote


def approve_quote(session: Session, actor: Actor, quote: FindingQuote) -> None:
    """A person has read the quote and says that it points to nobody."""
    quote.approved_at = now()
    quote.approved_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "approve", "quote", quote.public_id)


def drop_quote(session: Session, actor: Actor, finding: Finding, quote: FindingQuote) -> None:
    """Take a quote out again. Raises Conflict while the finding is published."""
    if not finding.is_editable:
        raise Conflict
    log_event(session, actor, "drop", "quote", quote.public_id)
    session.delete(quote)
    session.flush()


def suspicions(text: str, care_units: Iterable[str] = ()) -> tuple[str, ...]:
    """What kinds of identifying words a machine still sees in a quote, for the eye to judge."""
    found = find_spans(text, care_units)
    return tuple(dict.fromkeys(s.kind.value for s in found if s.certainty >= Certainty.LIKELY))
