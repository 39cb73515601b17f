"""What results declares: its pages, its job, what waits, and what can be found."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink, SearchDocument, StartItem
from participation.results import queries
from participation.results.jobs import (
    SCHEDULES,
    ExportAnswers,
    ForgetExports,
    PreviewRound,
    PublishRound,
)
from participation.results.models import AnswerExportPiece
from participation.results.providers import (
    FindingsInNews,
    FindingsOnCodes,
    FindingsToAnswer,
    OwnSurveys,
    RoundsInNews,
    RoundsInSearch,
)
from participation.results.services import forget_quotes
from participation.results.views import blueprint


class ToPublish:
    """Closed rounds nobody has published, and drafts."""

    room = "results"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.PUBLISH_FINDINGS):
            return
        for line in queries.closed_rounds(session, actor):
            if line.release is None:
                yield StartItem(
                    title=_("Publish the results of “%(title)s”", title=line.title),
                    detail=_("The round is closed."),
                    address=Address(
                        endpoint="results.round_page", values={"public_id": line.round.public_id}
                    ),
                    action=_("Publish"),
                )
        findings = queries.findings(session, actor)
        for finding in queries.that_lost_a_quote(session, findings):
            yield StartItem(
                title=_("Look at the finding “%(title)s” again", title=finding.title),
                detail=_(
                    "Somebody took their words back, so the finding is withdrawn. Remove the "
                    "empty quote, and publish the finding again if it still holds."
                ),
                address=Address(
                    endpoint="results.finding", values={"public_id": finding.public_id}
                ),
                action=_("Look at it"),
            )
        for finding in findings:
            if finding.state == "draft":
                yield StartItem(
                    title=_("Finish the finding “%(title)s”", title=finding.title),
                    detail=_("It is a draft that only you who publish can see."),
                    address=Address(
                        endpoint="results.finding", values={"public_id": finding.public_id}
                    ),
                    action=_("Go on"),
                )


class ResultsOfRound:
    """The way from a closed round to its results, and to what readers see of them."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        if not actor.can(Permission.PUBLISH_FINDINGS):
            return
        here = Address(endpoint="results.round_page", values={"public_id": public_id})
        yield NamedLink(title=_("The round's results"), text="", address=here)
        released = queries.standing_by_source(session, [public_id]).get(public_id)
        if released is not None:
            shown = Address(endpoint="results.release", values={"public_id": released.public_id})
            yield NamedLink(title=_("See it as readers do"), text="", address=shown)


class QuotesOfWhoWithdrew:
    """Whoever takes an answer back is not quoted any more."""

    event_name = "voice_withdrawn"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_quotes(session, data["text_ids"])


class FindingsInSearch:
    """Published findings, for the search index."""

    source = queries.SEARCH_SOURCE
    label = to_translate("Findings")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.search_documents(session)


FEATURE = Feature(
    name="results",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="findings",
            order=70,
            label=to_translate("Results"),
            endpoint="results.index",
            permission=Permission.PUBLISH_FINDINGS,
            room="results",
        ),
    ),
    job_handlers=(PublishRound(), PreviewRound(), ExportAnswers(), ForgetExports()),
    schedules=SCHEDULES,
    never_backed_up=(AnswerExportPiece.__tablename__,),
    start_cards=(ToPublish(),),
    round_links=(ResultsOfRound(),),
    coded_grounds=(FindingsOnCodes(),),
    subscribers=(QuotesOfWhoWithdrew(),),
    search_sources=(FindingsInSearch(), RoundsInSearch()),
    published_news=(FindingsInNews(), RoundsInNews()),
    commitment_subjects=(FindingsToAnswer(),),
    survey_sources=(OwnSurveys(),),
)
