"""Asking whether a finding rings true, and taking in the answers."""

from dataclasses import replace

from sqlalchemy.orm import Session

from participation.disclosure.services import DisclosureRefused, preview_release
from participation.foundation.clock import today
from participation.foundation.crypto import keys
from participation.foundation.deidentification import Certainty, find_spans
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.html import plain
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingVerdict, FindingVerdictAsk
from participation.results.queries.verdicts import Heard, newest_ask
from participation.results.rules.verdicts import (
    ASKED_DAYS,
    Verdict,
    VerdictCounts,
    digest_of_words,
)
from participation.results.services.findings import lock_finding
from participation.results.services.publishing import release_draft

LONGEST_WORDS = 1_000


def ask_verdict(session: Session, actor: Actor, finding: Finding) -> FindingVerdictAsk:
    """Ask for two weeks: from now on anybody with the address reads the claim.

    Raises:
        Conflict: it is published, or asked already.
        DisclosureRefused: it rests on too few people, or names somebody.
    """
    lock_finding(session, finding)
    before = newest_ask(session, finding)
    if not finding.is_editable or (before is not None and before.is_open):
        raise Conflict
    _must_point_to_nobody(session, finding)
    ask = FindingVerdictAsk(
        finding_id=finding.id,
        closes_on=today() + ASKED_DAYS,
        words_digest=digest_of_words(finding.title, finding.body),
    )
    session.add(ask)
    session.flush()
    log_event(session, actor, "verdict_asked", "finding", finding.public_id)
    return ask


def _must_point_to_nobody(session: Session, finding: Finding) -> None:
    """Quotes are left out: whoever is asked reads title and body only."""
    nobody_yet = Heard(None, VerdictCounts())
    draft = replace(release_draft(session, finding, nobody_yet), quotes=())
    reasons = preview_release(session, draft).refusals
    text = f"{finding.title}\n{finding.body}"
    named = [
        text[span.start : span.end] for span in find_spans(text) if span.certainty is Certainty.SURE
    ]
    if named:
        reasons += (
            _(
                "The claim may point to somebody: %(words)s. Write it without before anybody is "
                "asked.",
                words=", ".join(dict.fromkeys(named)),
            ),
        )
    if reasons:
        raise DisclosureRefused(reasons)


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
