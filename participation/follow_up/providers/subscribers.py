"""What follow-up does when something happened below it: matters, and telling what came of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.queries import commitment_by_id, commitments_about
from participation.follow_up.models import Feedback
from participation.follow_up.queries.measured import answered_and_measured_by
from participation.follow_up.services.feedback import (
    feedback_of_finding,
    hide_feedback_of_finding,
)
from participation.follow_up.services.telling import (
    move_told,
    stop_telling,
    tell_answered,
    tell_measured,
    tell_moved_on,
)
from participation.questionnaires.models import SurveyRound
from participation.results.models import Finding
from participation.results.queries import one_published


class TellWhenFindingIsPublished:
    """A published finding becomes a matter of "you said – we did" for each group that owes.

    An answer given while the finding was down is told now.
    """

    event_name = "finding_published"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        public_id = session.scalar(
            select(Finding.public_id).where(Finding.id == data["finding_id"])
        )
        assert public_id is not None
        finding = one_published(session, public_id)
        for commitment in commitments_about(session, "finding", public_id):
            feedback_of_finding(session, finding, commitment)
            if commitment.answer is not None:
                tell_answered(session, commitment)


class HideWhenFindingIsWithdrawn:
    """With a withdrawn finding its matters go, the quote they showed, and mails on their way."""

    event_name = "finding_withdrawn"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        for matter in session.scalars(
            select(Feedback).where(Feedback.finding_id == data["finding_id"]).order_by(Feedback.id)
        ):
            stop_telling(session, matter)
        hide_feedback_of_finding(session, data["finding_id"])


class TellWhenAnswered:
    """A group has answered a finding: everybody who took part in what it rests on is told."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        tell_answered(session, commitment_by_id(session, data["commitment_id"]))


class TellWhenMovedOn:
    """What was promised is done, or will not be done after all."""

    event_name = "commitment_moved_on"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        tell_moved_on(session, commitment_by_id(session, data["commitment_id"]))


class StopWhenTakenBack:
    """An answer is taken back: mails about it that have not left stay here."""

    event_name = "commitment_taken_back"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        matter = session.scalar(
            select(Feedback).where(Feedback.commitment_id == data["commitment_id"])
        )
        if matter is not None:
            stop_telling(session, matter)


class TheSamePersonTold:
    """Two entries of one person become one: what one was told, the other was."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_told(session, data["kept_id"], data["gone_id"])


class TellWhenMeasured:
    """A later round asks what a finding rests on: those who took part see whether it changed."""

    event_name = "round_published"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        measured_by = session.get_one(SurveyRound, data["round_id"])
        for commitment in answered_and_measured_by(session, measured_by.id):
            tell_measured(session, commitment, measured_by.public_id)


SUBSCRIBERS = (
    TellWhenMeasured(),
    TellWhenFindingIsPublished(),
    HideWhenFindingIsWithdrawn(),
    TellWhenAnswered(),
    TellWhenMovedOn(),
    StopWhenTakenBack(),
    TheSamePersonTold(),
)
