"""What follow-up declares: the public pages, and how matters follow findings."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about
from participation.county.models import Group
from participation.follow_up.models import Feedback
from participation.follow_up.queries.feedback import SEARCH_SOURCE
from participation.follow_up.services.feedback import (
    feedback_of_finding,
    hide_feedback_of_finding,
)
from participation.follow_up.views import blueprint
from participation.foundation.feature import Feature
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.providers import Address, NamedLink, SearchDocument
from participation.results.models import Finding
from participation.results.queries import one_published


class FeedbackInSearch:
    """Matters of "you said – we did", for the search index: public."""

    source = SEARCH_SOURCE
    label = to_translate("You said – we did")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for told in session.scalars(
            select(Feedback)
            .join(Commitment, Commitment.id == Feedback.commitment_id)
            .where(Feedback.is_public, Commitment.is_public)
            .order_by(Feedback.id)
        ):
            yield SearchDocument(
                source=self.source,
                object_id=told.public_id,
                title=told.title,
                body=told.voice_text,
                address=Address(endpoint="follow_up.matter", values={"public_id": told.public_id}),
            )


class FollowUpOfGroup:
    """From a group's page to its follow-up and its resident perspective."""

    def links(self, session: Session, group_id: int) -> Iterable[NamedLink]:
        group = session.get_one(Group, group_id)
        place = {"group": group.public_id}
        yield NamedLink(
            title=_("Follow-up"),
            text=_("Three findings, what was promised, and the figures, on one page."),
            address=Address(endpoint="follow_up.follow_up", values=place),
        )
        yield NamedLink(
            title=_("The residents' perspective"),
            text=_("What people say, what the group has promised and how it is going."),
            address=Address(endpoint="follow_up.perspective", values=place),
        )


class TellWhenFindingIsPublished:
    """A published finding becomes a matter of "you said – we did" for each group that owes."""

    event_name = "finding_published"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        public_id = session.scalar(
            select(Finding.public_id).where(Finding.id == data["finding_id"])
        )
        assert public_id is not None
        finding = one_published(session, public_id)
        for commitment in commitments_about(session, "finding", public_id):
            feedback_of_finding(session, finding, commitment)


class HideWhenFindingIsWithdrawn:
    """With a withdrawn finding its matters go, and the quote they showed."""

    event_name = "finding_withdrawn"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        hide_feedback_of_finding(session, data["finding_id"])


FEATURE = Feature(
    name="follow_up",
    blueprints=(blueprint,),
    search_sources=(FeedbackInSearch(),),
    subscribers=(TellWhenFindingIsPublished(), HideWhenFindingIsWithdrawn()),
    group_links=(FollowUpOfGroup(),),
)
