"""What results show below: the county's own surveys in the inventory, with what came of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Actor
from participation.foundation.providers import (
    Address,
    NamedLink,
    NewsItem,
    SearchDocument,
    SurveyEntry,
)
from participation.inventory.rules import TargetGroup
from participation.questionnaires.rules.rounds import RespondentRole, RoundState
from participation.results.queries import ROUNDS_IN_SEARCH, one_published
from participation.results.queries.grounds import findings_on_codes
from participation.results.queries.inventoried import HeldSurvey, held_surveys
from participation.results.queries.published import (
    findings_published_between,
    rounds_published_between,
)
from participation.results.rules.findings import STATE_LABELS

TARGETS = {
    RespondentRole.PATIENT: TargetGroup.PATIENTS,
    RespondentRole.SERVICE_USER: TargetGroup.SERVICE_USERS,
    RespondentRole.NEXT_OF_KIN: TargetGroup.NEXT_OF_KIN,
    RespondentRole.PROFESSIONAL: TargetGroup.PROFESSIONALS,
    RespondentRole.CHILD: TargetGroup.CHILDREN,
}
MOST_TOLD = 3  # findings of one survey in the list


class OwnSurveys:
    """Questionnaires held here stand in the inventory by themselves."""

    def surveys(self, session: Session) -> Iterable[SurveyEntry]:
        return [_entry(held) for held in held_surveys(session)]


class RoundsInSearch:
    """Published results of questionnaires held here, for the search index: public."""

    source = ROUNDS_IN_SEARCH
    label = to_translate("Results of questionnaires")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for held in held_surveys(session):
            if held.release_id:
                entry = _entry(held)
                yield SearchDocument(
                    source=self.source,
                    object_id=held.release_id,
                    title=entry.title,
                    body=" ".join((entry.area, entry.place, *entry.needs, *entry.done)),
                    address=_release_address(held.release_id),
                )


class FindingsInNews:
    """Findings that were published."""

    kinds: Mapping[str, str] = {"finding": to_translate("What people say")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for finding, area_id in findings_published_between(session, since, until):
            yield NewsItem(
                kind="finding",
                key=f"finding:{finding.public_id}",
                title=finding.title,
                text=finding.body,
                published_at=finding.published_at,
                address=Address(
                    endpoint="results.published", values={"public_id": finding.public_id}
                ),
                area_id=area_id,
                is_fictional=finding.is_fictional,
            )


class RoundsInNews:
    """Results of questionnaires that were published."""

    kinds: Mapping[str, str] = {"round": to_translate("Results of a questionnaire")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for release in rounds_published_between(session, since, until):
            yield NewsItem(
                kind="round",
                key=f"round:{release.public_id}",
                title=release.title,
                text=_("The answers are put together, question by question."),
                published_at=release.published_at,
                address=_release_address(release.public_id),
                is_fictional=release.is_fictional,
            )


class FindingsOnCodes:
    """From a code up to the findings that rest on it: in the workroom for those who work on them,
    else as readers see them.
    """

    def resting_on(
        self, session: Session, actor: Actor, code_ids: Collection[int]
    ) -> Mapping[int, Sequence[NamedLink]]:
        found: dict[int, list[NamedLink]] = {}
        for code_id, finding, may_work in findings_on_codes(session, actor, code_ids):
            found.setdefault(code_id, []).append(
                NamedLink(
                    title=finding.title,
                    text=str(STATE_LABELS[finding.state]),
                    address=Address(
                        endpoint="results.finding" if may_work else "results.published",
                        values={"public_id": finding.public_id},
                    ),
                )
            )
        return found


class FindingsToAnswer:
    """A published finding, as the group that answers it reads it."""

    kind = "finding"

    def subject(self, session: Session, _actor: Actor, public_id: str) -> NamedLink | None:
        try:
            found = one_published(session, public_id)
        except NotFound:
            return None
        return NamedLink(
            title=_("Read the whole finding"),
            text=found.body,
            address=Address(endpoint="results.published", values={"public_id": public_id}),
        )


def _entry(held: HeldSurvey) -> SurveyEntry:
    newest = held.round
    questionnaire = newest.version.questionnaire
    return SurveyEntry(
        key=questionnaire.public_id,
        title=questionnaire.title,
        titles=held.titles,
        other_words=tuple(held.area_names.values()),
        organisation=_("The region and the municipalities"),
        targets=tuple(
            TARGETS[RespondentRole(role)].value for role in newest.audience if role in TARGETS
        ),
        area=held.area,
        place=held.unit,
        latest=newest.wave_label,
        needs=tuple(held.findings[:MOST_TOLD]),
        done=tuple(held.answers[:MOST_TOLD]),
        address=_address(held),
        is_open=newest.is_answerable,
        is_own=True,
        is_fictional=newest.is_fictional,
    )


def _address(held: HeldSurvey) -> Address | None:
    """Where to answer while one can, else the newest published results."""
    newest = held.round
    if newest.standing() is RoundState.OPEN:
        name = newest.slug or newest.public_id
        return Address(endpoint="answering.open_link", values={"name": name})
    if held.release_id:
        return _release_address(held.release_id)
    return None


def _release_address(public_id: str) -> Address:
    return Address(endpoint="results.release", values={"public_id": public_id})
