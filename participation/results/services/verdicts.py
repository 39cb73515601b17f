"""Asking whether a finding rings true, and taking in the answers."""

from sqlalchemy.orm import Session

from participation.foundation.clock import now, today
from participation.foundation.crypto import keys
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingVerdict, FindingVerdictAsk
from participation.results.queries.verdicts import newest_ask
from participation.results.rules.verdicts import ASKED_DAYS, Verdict

LONGEST_WORDS = 1_000


def ask_verdict(session: Session, actor: Actor, finding: Finding) -> FindingVerdictAsk:
    """Ask for two weeks. Raises Conflict: it is published, or asked already."""
    before = newest_ask(session, finding)
    if not finding.is_editable or (before is not None and before.is_open):
        raise Conflict
    ask = FindingVerdictAsk(finding_id=finding.id, closes_on=today() + ASKED_DAYS)
    session.add(ask)
    session.flush()
    log_event(session, actor, "verdict_asked", "finding", finding.public_id)
    return ask


def close_ask(session: Session, finding: Finding) -> None:
    """From now on nobody answers; a second time changes nothing."""
    ask = newest_ask(session, finding)
    if ask is not None and ask.closed_at is None:
        ask.closed_at = now()
        session.flush()


def give_verdict(
    session: Session, ask: FindingVerdictAsk, token: str, answer: Verdict, words: str = ""
) -> None:
    """One voice's verdict; another with the same token replaces it.

    Raises:
        Conflict: the ask is over.
    """
    if not ask.is_open:
        raise Conflict
    voice_hash = keys().token_hash("finding_verdict", f"{ask.public_id}\0{token}")
    verdict = session.get(FindingVerdict, (ask.id, voice_hash))
    if verdict is None:
        verdict = FindingVerdict(ask_id=ask.id, voice_hash=voice_hash)
        session.add(verdict)
    verdict.answer = answer.value
    verdict.words = plain(words).strip()[:LONGEST_WORDS]
    session.flush()
