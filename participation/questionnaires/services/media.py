"""Pictures and sounds of questions: kept with the files, named by the draft that shows them.

A file that a published version shows stays for ever. One that was taken out of a draft again is
shown to nobody, and is gone when the draft is published.
"""

from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.files import store_file
from participation.foundation.files.rules import PICTURES, SOUNDS
from participation.foundation.permissions import Actor
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.queries import versions
from participation.questionnaires.queries.media import ABOUT
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.services.authoring import save_question


def _question(session: Session, questionnaire: Questionnaire, key: str) -> Data:
    content = versions(session, questionnaire.id)[0].content
    for question in content.get("questions", []):
        if question["key"] == key:
            return dict(question)
    raise NotFound


def set_picture(
    session: Session,
    actor: Actor,
    questionnaire: Questionnaire,
    key: str,
    *,
    alt: str,
    name: str = "",
    content: bytes | None = None,
) -> None:
    """Show a picture with a question, or describe the one that is shown in other words.

    Raises:
        UnsafeFile: not a whole PNG or JPEG of at most 5 MiB.
        ContentInvalid: the description is missing.
    """
    question = _question(session, questionnaire, key)
    before: dict[str, Any] = dict(question.get("picture") or {})
    file = before.get("file", "")
    if content is not None:
        about = (ABOUT, questionnaire.public_id)
        file = store_file(
            session, actor, about=about, name=name, content=content, allowed=PICTURES
        ).public_id
    words = {**before.get("alt", {}), FIRST_LANGUAGE: alt}
    save_question(
        session, questionnaire, {**question, "picture": {"file": file, "alt": words}}, key, by=actor
    )


def set_sound(
    session: Session,
    actor: Actor,
    questionnaire: Questionnaire,
    key: str,
    *,
    language: str,
    name: str,
    content: bytes,
) -> None:
    """Let a question be listened to in a language.

    Raises:
        UnsafeFile: not a whole MP3, Ogg or WAV of at most 5 MiB.
    """
    question = _question(session, questionnaire, key)
    about = (ABOUT, questionnaire.public_id)
    stored = store_file(session, actor, about=about, name=name, content=content, allowed=SOUNDS)
    sounds = {**question.get("sounds", {}), language: stored.public_id}
    save_question(session, questionnaire, {**question, "sounds": sounds}, key, by=actor)


def drop_media(
    session: Session, actor: Actor, questionnaire: Questionnaire, key: str, what: str
) -> None:
    """Show a question without its picture ("picture"), or without its sound in a language."""
    question = _question(session, questionnaire, key)
    if what == "picture":
        question.pop("picture", None)
    else:
        question["sounds"] = {k: v for k, v in question.get("sounds", {}).items() if k != what}
    save_question(session, questionnaire, question, key, by=actor)
