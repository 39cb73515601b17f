"""What follow-up declares: its pages, and what other floors show of it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.county.models import Group
from participation.follow_up.jobs import TellThoseWhoTookPart
from participation.follow_up.models import Feedback
from participation.follow_up.providers.indicators import DaysToAnswer
from participation.follow_up.providers.news import AnswersInNews
from participation.follow_up.providers.people import AnswersToVoice, ToldData
from participation.follow_up.providers.promises import (
    ActionsThatCarry,
    PutBeforeGroups,
    ToldAboutCommitment,
)
from participation.follow_up.providers.rounds import PosterOfRound, WhatBecameOfRound
from participation.follow_up.providers.subscribers import SUBSCRIBERS
from participation.follow_up.queries.feedback import SEARCH_SOURCE
from participation.follow_up.queries.owed import keeping_of
from participation.follow_up.rules.owed_words import keeping_in_words
from participation.follow_up.views import blueprint
from participation.foundation.clock import today
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.foundation.providers import Address, NamedLink, SearchDocument


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
        kept = keeping_of(session, group_id, today())
        if kept.asked:
            yield NamedLink(
                title=_("Answers that the groups owe"),
                text=keeping_in_words(kept),
                address=Address(endpoint="follow_up.answers_owed"),
            )
        yield NamedLink(
            title=_("The residents' perspective"),
            text=_("What people say, what the group has promised and how it is going."),
            address=Address(endpoint="follow_up.perspective", values=place),
        )


FEATURE = Feature(
    name="follow_up",
    blueprints=(blueprint,),
    search_sources=(FeedbackInSearch(),),
    published_news=(AnswersInNews(),),
    subscribers=SUBSCRIBERS,
    job_handlers=(TellThoseWhoTookPart(),),
    voice_trails=(AnswersToVoice(),),
    person_data=(ToldData(),),
    commitment_links=(ToldAboutCommitment(), ActionsThatCarry()),
    finding_acts=(PutBeforeGroups(),),
    indicator_counters=(DaysToAnswer(),),
    group_links=(FollowUpOfGroup(),),
    round_links=(PosterOfRound(),),
    round_afterwards=(WhatBecameOfRound(),),
    navigation=(
        NavItem(
            section="answers",
            order=5,
            label=to_translate("The group's answers"),
            endpoint="follow_up.my_group_answers",
            permission=Permission.READ_GROUP,
            room="group_answers",
        ),
    ),
)
