"""The public summary: with everybody's consent, past the gate, into the ledger."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditConsent
from participation.audits.queries import SEARCH_SOURCE, audit_document, proposals_of
from participation.audits.queries.analysis import interviews_held, weak_points
from participation.audits.queries.consents import consents_of
from participation.audits.queries.doubts import doubtful_words
from participation.audits.queries.reports import told_now
from participation.audits.rules.states import COMPLETED
from participation.audits.services.interviews import lock_audit
from participation.audits.services.reading import check_read
from participation.audits.services.steps import NotReady, check_points
from participation.audits.services.telling import tell_leads, tell_team, tell_unit
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.services import (
    publish_release,
    thresholds_in_force,
    withdraw_release,
)
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, ngettext, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.search.services import index_document, remove_document

SOURCE_KIND = "audit"


def say_about_publishing(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    as_unit: bool,
    says_yes: bool,
    is_told: bool = True,
) -> None:
    """The unit, or an auditor for themselves, says yes or no to a public summary.

    A no takes a public summary back at once; with the last yes those who lead get a mail.

    Raises Conflict before the feedback meeting.
    """
    lock_audit(session, audit.id)  # whoever publishes and whoever says no take turns
    if audit.state not in COMPLETED or actor.account_id is None:
        raise Conflict
    was_whole = consents_of(session, audit).is_whole
    whose = AuditConsent.is_unit if as_unit else AuditConsent.account_id == actor.account_id
    said = session.scalar(
        select(AuditConsent).where(
            AuditConsent.audit_id == audit.id, AuditConsent.is_unit == as_unit, whose
        )
    )
    if said is None:
        said = AuditConsent(audit_id=audit.id, is_unit=as_unit)
        session.add(said)
    said.account_id, said.says_yes, said.said_at = actor.account_id, says_yes, now()
    session.flush()
    log_event(session, actor, "audit_consent_said", "audit", audit.public_id)
    if not says_yes and audit.is_published:
        withdraw_summary(session, actor, audit)
    if is_told and not was_whole and consents_of(session, audit).is_whole:
        tell_leads(session, audit, "audits/all_agree", f"/audits/{audit.public_id}/publish")


def publish_summary(session: Session, actor: Actor, audit: Audit, *, read: str = "") -> Release:
    """Everybody may read the summary, and the promises become public.

    `read`: the mark of doubtful words that somebody has read, where there are any.

    Raises:
        Conflict: before the feedback meeting.
        NotReady: a consent is missing, too few were interviewed, or a point rests on too few; its
            message says which.
        NotRead: words that may point to somebody have not been read as they stand now.
        DisclosureRefused: with the gate's reasons.
    """
    lock_audit(session, audit.id)
    if audit.state not in COMPLETED:
        raise Conflict
    if not consents_of(session, audit).is_whole:
        raise NotReady(_("The unit and everybody in the team must say yes first."))
    _check_voices(session, audit)
    check_points(session, audit)
    check_read(doubtful_words(session, audit), read)
    release = publish_release(session, actor, release_draft(session, audit))
    audit.release_id = release.id
    audit.published_on = today()
    _share_promises(session, audit, is_public=True)
    index_document(session, audit_document(audit))
    log_event(session, actor, "audit_summary_published", "audit", audit.public_id)
    return release


def withdraw_summary(session: Session, actor: Actor, audit: Audit) -> None:
    """The summary is public no longer; that it was stays in the ledger."""
    release = session.get(Release, audit.release_id) if audit.release_id else None
    if release is not None and not release.is_withdrawn:
        with use_locale(DEFAULT_LOCALE):  # stored words are Swedish
            reason = _("The summary of the user audit was taken back.")
        withdraw_release(session, actor, release, reason)
    audit.published_on = None
    _share_promises(session, audit, is_public=False)
    remove_document(session, SEARCH_SOURCE, audit.public_id)
    log_event(session, actor, "audit_summary_withdrawn", "audit", audit.public_id)


def ask_consents_anew(session: Session, actor: Actor, audit: Audit) -> None:
    """The report's words are others now: a yes to the old ones falls, and so does what is public.

    A no stays. Whoever said yes gets a mail.
    """
    said = select(AuditConsent).where(AuditConsent.audit_id == audit.id, AuditConsent.says_yes)
    fallen = session.scalars(said.order_by(AuditConsent.id)).all()
    for one in fallen:
        session.delete(one)
    session.flush()
    if audit.is_published:
        withdraw_summary(session, actor, audit)
    where = f"/audits/{audit.public_id}/consent"
    if any(one.is_unit for one in fallen):
        tell_unit(session, audit, "audits/asked_again", where)
    if any(not one.is_unit for one in fallen):
        tell_team(session, audit, "audits/asked_again", where)


def keep_public_only_with_enough_voices(session: Session, actor: Actor, audit: Audit) -> None:
    """Somebody took their words back: a summary that too few are behind now, in whole or at one
    point, is public no longer.
    """
    if audit.is_published and (
        not _has_enough_voices(session, audit) or weak_points(session, audit)
    ):
        withdraw_summary(session, actor, audit)


def release_draft(session: Session, audit: Audit) -> ReleaseDraft:
    """All that a public summary shows. Its proposals' answers are commitments, shown beside it."""
    return ReleaseDraft(
        kind=ReleaseKind.AUDIT_REPORT,
        source_kind=SOURCE_KIND,
        source_public_id=audit.public_id,
        title=audit.title,
        is_fictional=audit.is_fictional,
        content=told_now(session, audit),
    )


def _check_voices(session: Session, audit: Audit) -> None:
    """What fewer than the smallest group say is not for everybody to read."""
    minimum = thresholds_in_force().minimum
    if not _has_enough_voices(session, audit):
        raise NotReady(
            ngettext(
                "A public summary needs at least %(num)s interview, so that nobody can be "
                "recognised.",
                "A public summary needs at least %(num)s interviews, so that nobody can be "
                "recognised.",
                minimum,
            )
        )


def _has_enough_voices(session: Session, audit: Audit) -> bool:
    return interviews_held(session, audit) >= thresholds_in_force().minimum


def _share_promises(session: Session, audit: Audit, *, is_public: bool) -> None:
    for line in proposals_of(session, audit.id):
        if line.commitment is not None:
            line.commitment.is_public = is_public
    session.flush()
