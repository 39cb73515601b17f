"""A published finding is put before groups: each owes an answer, and gets to know it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about
from participation.commitments.services import owe, who_answers
from participation.county.models import Group
from participation.follow_up.services.feedback import feedback_of_finding
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor
from participation.plans.models import PlanNode
from participation.plans.services.plans import link_finding
from participation.results.models import Finding, FindingGroup
from participation.results.queries import one_published

KIND = "finding"


def put_before_groups(
    session: Session,
    actor: Actor,
    public_id: str,
    groups: Sequence[Group],
    *,
    due_on: date,
    meeting_on: date | None = None,
) -> list[Commitment]:
    """Ask groups to answer a published finding by a day, perhaps at a meeting.

    What a group owes already stays as it is, so pressing twice asks nobody twice.

    Raises:
        NotFound: the finding is not published; Withdrawn: it is not any more.
        Conflict: every one of the groups has been asked before.
    """
    finding = session.scalars(
        select(Finding).where(Finding.public_id == public_id).with_for_update()
    ).one_or_none()
    published = one_published(session, public_id)
    assert finding is not None
    asked = {one.owed_by_group_id for one in commitments_about(session, KIND, public_id)}
    made = []
    for group in groups:
        if group.id in asked:
            continue
        if session.get(FindingGroup, (finding.id, group.id)) is None:
            session.add(FindingGroup(finding_id=finding.id, group_id=group.id))
        commitment = owe(
            session,
            owed_by=group,
            owed_to=_owed_to(),
            subject_kind=KIND,
            subject_public_id=public_id,
            title=finding.title,
            due_on=due_on,
            meeting_on=meeting_on,
            is_fictional=finding.is_fictional or group.is_fictional,
            actor=actor,
        )
        feedback_of_finding(session, published, commitment)
        _mail(session, commitment)
        made.append(commitment)
    if not made:
        raise Conflict
    log_event(session, actor, "finding_put", KIND, public_id)
    return made


def _owed_to() -> str:
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish
        return _("Everybody who answered")


def carry_by_actions(
    session: Session, actor: Actor, finding: Finding, nodes: Sequence[PlanNode]
) -> int:
    """Say which plan actions carry what was answered; what is said already stays."""
    for node in nodes:
        link_finding(session, actor, node, finding)
    return len(nodes)


def _mail(session: Session, commitment: Commitment) -> None:
    """To each in the group. Never the title: it may name an illness."""
    for account in who_answers(session, commitment):
        queue_mail(
            session,
            to=account.email,
            template="follow_up/put_before_group",
            locale=account.locale,
            context={
                "name": account.display_name,
                "link": absolute_url(f"/commitments/{commitment.public_id}"),
                "due_on": commitment.due_on,
                "meeting_on": commitment.meeting_on,
            },
        )
