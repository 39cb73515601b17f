"""Telling people what their voices led to."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.follow_up.models import Feedback
from participation.foundation.clock import to_local
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.results.models import Finding
from participation.results.rules.findings import PublishedFinding


def tell_feedback(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    *,
    title: str,
    voice_text: str,
    voice_on: date,
    voice_role: str = "",
    voice_where: str = "",
    area_id: int | None = None,
    finding_id: int | None = None,
) -> Feedback:
    """Put a matter on the page "you said – we did", beside the commitment that answers it.

    Raises Conflict when the commitment already stands there.
    """
    known = session.scalar(select(Feedback.id).where(Feedback.commitment_id == commitment.id))
    if known is not None:
        raise Conflict(_("This commitment already stands on the page."))
    feedback = Feedback(
        title=title,
        area_id=area_id,
        commitment_id=commitment.id,
        finding_id=finding_id,
        voice_text=voice_text,
        voice_role=voice_role,
        voice_where=voice_where,
        voice_on=voice_on,
        is_fictional=commitment.is_fictional,
        account_id=actor.account_id,
    )
    session.add(feedback)
    session.flush()
    log_event(session, actor, "feedback_told", "feedback", feedback.public_id)
    return feedback


def tell_check(session: Session, actor: Actor, public_id: str, text: str, on: date) -> Feedback:
    """Note what those who said it think of the result ("does it ring true?"). Raises NotFound."""
    feedback = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if feedback is None:
        raise NotFound
    feedback.check_text, feedback.check_on = text, on
    session.flush()
    log_event(session, actor, "feedback_checked", "feedback", feedback.public_id)
    return feedback


def commitment_for_feedback(session: Session, public_id: str) -> Commitment:
    """The commitment a matter will hang on. Raises NotFound."""
    found = session.scalar(select(Commitment).where(Commitment.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def feedback_of_finding(
    session: Session, finding: PublishedFinding, commitment: Commitment
) -> Feedback | None:
    """The matter that follows from a published finding; None when it stands there already.

    The voice is the finding's first approved quote, or the finding itself.
    """
    known = session.scalar(select(Feedback.id).where(Feedback.commitment_id == commitment.id))
    if known is not None:
        return None
    quote = finding.quotes[0] if finding.quotes else None
    area_id = session.scalar(select(Finding.area_id).where(Finding.id == finding.finding_id))
    feedback = Feedback(
        title=finding.title,
        area_id=area_id,
        commitment_id=commitment.id,
        finding_id=finding.finding_id,
        voice_text=quote.text if quote else finding.title,
        voice_role=(quote.role or "") if quote else "",
        voice_where=quote.by if quote else "",
        voice_on=to_local(finding.published_at).date(),
        is_fictional=finding.is_fictional,
    )
    session.add(feedback)
    session.flush()
    return feedback
