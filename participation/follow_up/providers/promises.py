"""What those who owe an answer, and those who wait for it, see of the telling."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import commitment_for
from participation.disclosure.services import thresholds_in_force
from participation.follow_up.models import Feedback
from participation.follow_up.queries.carrying import finding_answered
from participation.follow_up.queries.voices import told_counts
from participation.follow_up.rules.telling import Told, kind_of
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink


class ToldAboutCommitment:
    """On a commitment's page: its public matter, and how many were told. Never who."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        matter = session.scalar(
            select(Feedback)
            .join(Commitment, Commitment.id == Feedback.commitment_id)
            .where(Commitment.public_id == public_id, Feedback.is_public, Commitment.is_public)
        )
        if matter is None:
            return
        counts = told_counts(session, matter.commitment_id)
        yield NamedLink(
            title=_("You said – we did"),
            text=" ".join(_told_in_words(event, count) for event, count in counts)
            or _("So it looks to everybody. Nobody has been told by mail."),
            address=Address(endpoint="follow_up.matter", values={"public_id": matter.public_id}),
        )


class ActionsThatCarry:
    """On the page of a group's answer to a finding: which plan actions carry it."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        try:
            commitment = commitment_for(session, actor, public_id)
        except NotFound:
            return
        if commitment.answer is None or finding_answered(session, commitment) is None:
            return
        yield NamedLink(
            title=_("Plan actions that carry the answer"),
            text=_("Say where in the plan it is done."),
            address=Address(endpoint="follow_up.carry_answer", values={"public_id": public_id}),
        )


class PutBeforeGroups:
    """From a published finding to asking groups for an answer."""

    def links(self, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        if actor.can(Permission.MANAGE_COMMITMENTS):
            here = Address(endpoint="follow_up.put_finding", values={"public_id": public_id})
            yield NamedLink(title=_("Put it before groups"), text="", address=here)


def _told_in_words(event: str, count: int) -> str:
    """How many were told; of few people only that they were few, since times can be compared."""
    thresholds = thresholds_in_force()
    if thresholds.is_small(count):
        return _("Fewer than %(number)s people were told.", number=thresholds.minimum)
    return _in_words(event, count)


def _in_words(event: str, count: int) -> str:
    kind = kind_of(event)
    if kind is Told.DONE:
        return ngettext(
            "%(num)s person was told that it is done.",
            "%(num)s people were told that it is done.",
            count,
        )
    if kind is Told.DECLINED:
        return ngettext(
            "%(num)s person was told that it will not be done.",
            "%(num)s people were told that it will not be done.",
            count,
        )
    if kind is Told.MEASURED:
        return ngettext(
            "%(num)s person was told that it has been asked again.",
            "%(num)s people were told that it has been asked again.",
            count,
        )
    return ngettext(
        "%(num)s person who took part was told of the answer.",
        "%(num)s people who took part were told of the answer.",
        count,
    )
