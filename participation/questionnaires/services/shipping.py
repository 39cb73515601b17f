"""Fetching the questionnaires that come with the platform: as drafts, never over what is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from participation.county.queries import municipalities
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.questionnaires.queries import versions
from participation.questionnaires.queries.versions import versions_by_key
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.editing import content_digest
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.shipped import shipped
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.rules.writing import content_data
from participation.questionnaires.services.authoring import TITLE_LENGTH, new_version

SOURCE = "shipped"


class Stand(StrEnum):
    """How a questionnaire that comes along stands to what is here."""

    MISSING = "missing"
    SAME = "same"
    DIFFERS = "differs"  # changed here, or the platform's is newer: a new draft is offered
    DRAFTED = "drafted"  # differs, and somebody is writing on a draft already


@dataclass(frozen=True)
class Shipped:
    """One that comes along. `here`: the questionnaire of its key, when there is one."""

    key: str
    content: Content
    stand: Stand
    here: Questionnaire | None = None


def shipped_questionnaires(session: Session) -> list[Shipped]:
    """All of them, in the order they are meant to be read."""
    found = shipped([(one.code, one.name) for one in municipalities(session)])
    here = versions_by_key(session, list(found))
    return [_compared(key, data, here.get(key, ())) for key, data in found.items()]


def shipped_questionnaire(session: Session, key: str) -> Shipped:
    """One of them. Raises NotFound."""
    for one in shipped_questionnaires(session):
        if one.key == key:
            return one
    raise NotFound


def _compared(key: str, data: dict[str, Any], known: Sequence[QuestionnaireVersion]) -> Shipped:
    content = read_content(data)
    if not known:
        return Shipped(key, content, Stand.MISSING)
    here = known[0].questionnaire
    if content_digest(content_data(content)) in {one.digest for one in known}:
        return Shipped(key, content, Stand.SAME, here)
    stand = Stand.DIFFERS if known[0].is_published else Stand.DRAFTED
    return Shipped(key, content, stand, here)


def fetch_shipped(session: Session, actor: Actor, one: Shipped) -> Questionnaire:
    """A draft of it: the first version, or the next one of a questionnaire that is published.

    Raises:
        Conflict: it is here already, or somebody is writing on a draft.
    """
    if one.stand not in {Stand.MISSING, Stand.DIFFERS}:
        raise Conflict
    content = content_data(one.content)
    made = one.here
    if made is None:
        title = one.content.title.said(FIRST_LANGUAGE)[:TITLE_LENGTH]
        made = Questionnaire(key=one.key, title=title)
        session.add(made)
        number = 1
    else:
        number = versions(session, made.id)[0].number + 1
    session.add(new_version(made, number, content))
    session.flush()
    action = "questionnaire_created" if number == 1 else "questionnaire_fetched_anew"
    log_event(session, actor, action, "questionnaire", made.public_id, source=SOURCE)
    return made
