"""What results show below: the county's own surveys in the inventory, with what came of them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.providers import Address, NamedLink, SurveyEntry
from participation.inventory.rules import TargetGroup
from participation.questionnaires.rules.rounds import RespondentRole, RoundState
from participation.results.queries import one_published
from participation.results.queries.inventoried import HeldSurvey, held_surveys

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
        return Address(endpoint="results.release", values={"public_id": held.release_id})
    return None
