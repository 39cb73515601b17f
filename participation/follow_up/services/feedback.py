"""Telling people what their voices led to."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.follow_up.models import Feedback
from participation.follow_up.queries.feedback import SEARCH_SOURCE
from participation.foundation.clock import to_local
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.search.services import remove_document
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


def feedback_of_finding(
    session: Session, finding: PublishedFinding, commitment: Commitment
) -> Feedback | None:
    """The matter that follows from a published finding; None when it stands there already.

    The voice is the finding's first approved quote, or the finding itself. A finding that was
    withdrawn and is published anew speaks with its new words.
    """
    feedback = session.scalar(select(Feedback).where(Feedback.commitment_id == commitment.id))
    if feedback is not None and feedback.is_public:
        return None
    feedback = feedback or Feedback(commitment_id=commitment.id, finding_id=finding.finding_id)
    quote = finding.quotes[0] if finding.quotes else None
    feedback.title = finding.title
    feedback.area_id = session.scalar(
        select(Finding.area_id).where(Finding.id == finding.finding_id)
    )
    feedback.voice_text = quote.text if quote else finding.title
    feedback.voice_role = (quote.role or "") if quote else ""
    feedback.voice_where = quote.by if quote else ""
    feedback.voice_on = to_local(finding.published_at).date()
    feedback.is_public = True
    feedback.is_fictional = finding.is_fictional
    session.add(feedback)
    session.flush()
    return feedback


def hide_feedback_of_finding(session: Session, finding_id: int) -> None:
    """The finding is withdrawn: its quote and title leave the page and the search at once."""
    for feedback in session.scalars(select(Feedback).where(Feedback.finding_id == finding_id)):
        feedback.is_public = False
        feedback.title = feedback.voice_text = feedback.voice_role = feedback.voice_where = ""
        remove_document(session, SEARCH_SOURCE, feedback.public_id)
    session.flush()
