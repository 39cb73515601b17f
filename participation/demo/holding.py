"""How the demo holds its survey rounds: what they all share, links by mail, and links used."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.demo.year import Year
from participation.questionnaires.models import AccessToken, QuestionnaireVersion, SurveyRound
from participation.questionnaires.queries import newest_published, questionnaire_by_key
from participation.questionnaires.services import NewRound, create_round
from participation.questionnaires.services.mailing import make_links, queue_links

PROVISION = "25 kap. 1 § och 26 kap. 1 § offentlighets- och sekretesslagen (påhittad bedömning)"


def version_to_ask(year: Year, key: str) -> QuestionnaireVersion:
    """The newest version of a questionnaire that may be asked."""
    asked = questionnaire_by_key(year.session, key)
    assert asked is not None
    version = newest_published(year.session, asked.id)
    assert version is not None
    return version


def hold_round(year: Year, version: QuestionnaireVersion, **what: Any) -> SurveyRound:
    """A round of invented answers; `what`: the rest of `NewRound`."""
    new = NewRound(**what, secrecy_provision=PROVISION, is_fictional=True)
    return create_round(year.session, year.coordinator, version, new)


def mail_links(year: Year, survey_round: SurveyRound) -> None:
    """Everybody on the list gets their link."""
    queue_links(year.session, survey_round, make_links(year.session, survey_round))


def use_links(session: Session, hashes: Collection[bytes | None]) -> None:
    """Answers came by these links."""
    session.execute(
        update(AccessToken)
        .where(AccessToken.hash.in_(hashes))
        .values(is_spent=True)
        .execution_options(synchronize_session=False)
    )
