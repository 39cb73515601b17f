"""Writing questionnaires: drafts change freely, a published version never again (TRUST 40)."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict, DomainError, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.files import forget_file
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.questionnaires.queries import (
    content_of,
    questionnaire_by_key,
    versions,
)
from participation.questionnaires.queries.media import is_shown, media_of
from participation.questionnaires.rules.arranging import (
    with_group,
    with_question_moved,
    with_question_stepped,
    without_group,
)
from participation.questionnaires.rules.editing import (
    Data,
    content_digest,
    copy_of_question,
    fresh_key,
    with_question,
    with_question_after,
    without_question,
)
from participation.questionnaires.rules.packing import make_layout
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.translating import translated
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.rules.writing import content_data

TITLE_LENGTH = 200


def create_questionnaire(
    session: Session,
    actor: Actor,
    *,
    title: Mapping[str, str],
    intro: Mapping[str, str] | None = None,
    closing: Mapping[str, str] | None = None,
    audience: list[str] | None = None,
    key: str | None = None,
    is_fictional: bool = False,
) -> Questionnaire:
    """A new questionnaire with an empty draft as its version 1.

    Raises:
        ContentInvalid: the texts cannot be used.
    """
    content = {
        "title": dict(title),
        "intro": dict(intro or {}),
        "closing": dict(closing or {}),
        "audience": audience or [],
        "questions": [],
    }
    read_content(content, allow_empty=True)
    made = Questionnaire(
        key=key or _free_key(session, title[FIRST_LANGUAGE]),
        title=title[FIRST_LANGUAGE],
        is_fictional=is_fictional,
    )
    session.add(made)
    session.add(new_version(made, 1, content))
    session.flush()
    log_event(session, actor, "questionnaire_created", "questionnaire", made.public_id)
    return made


def create_from_content(
    session: Session, actor: Actor, content: Mapping[str, Any], source: str
) -> Questionnaire:
    """A new questionnaire whose draft has this content, all of it; `source` is noted in the log.

    Raises:
        ContentInvalid: with every problem found; then nothing is made.
    """
    whole = content_data(read_content(content))
    title = whole["title"][FIRST_LANGUAGE][:TITLE_LENGTH]
    made = Questionnaire(key=_free_key(session, title), title=title)
    session.add(made)
    session.add(new_version(made, 1, whole))
    session.flush()
    log_event(
        session, actor, "questionnaire_created", "questionnaire", made.public_id, source=source
    )
    return made


def _free_key(session: Session, title: str) -> str:
    taken: set[str] = set()
    key = fresh_key(title, taken, "questionnaire")
    while questionnaire_by_key(session, key) is not None:
        taken.add(key)
        key = fresh_key(title, taken, "questionnaire")
    return key


def new_version(questionnaire: Questionnaire, number: int, content: Data) -> QuestionnaireVersion:
    """A draft with this content; its digest says what it was when nothing is changed."""
    return QuestionnaireVersion(
        questionnaire=questionnaire,
        number=number,
        content=content,
        digest=content_digest(content),
    )


def import_questionnaire(session: Session, data: Mapping[str, Any]) -> Questionnaire:
    """Lay in a whole questionnaire (demo, county) and publish it; the same content changes nothing.

    `data`: key, title, questions, and `option_sets` its questions refer to.

    Raises:
        ContentInvalid: with every problem found.
    """
    content = content_data(read_content(data))
    found = questionnaire_by_key(session, str(data["key"]))
    if found is None:
        found = Questionnaire(
            key=str(data["key"]),
            title=content["title"][FIRST_LANGUAGE],
            is_fictional=bool(data.get("is_fictional")),
        )
        session.add(found)
        session.flush()
    known = versions(session, found.id)
    if known and known[0].digest == content_digest(content):
        return found
    fresh = new_version(found, known[0].number + 1 if known else 1, content)
    _publish(fresh)
    found.title = content["title"][FIRST_LANGUAGE]
    session.add(fresh)
    session.flush()
    log_event(
        session, SYSTEM, "version_published", "questionnaire", found.public_id, number=fresh.number
    )
    return found


def _change(
    session: Session, questionnaire: Questionnaire, change: Callable[[Data], Data], by: Actor
) -> QuestionnaireVersion:
    """Write into the draft: the newest version, or a new one when that is published.

    The changed content is checked before anything is written. Of two who change at once, the
    second waits and changes what the first left.
    """
    _hold(session, questionnaire)
    newest = versions(session, questionnaire.id)[0]
    session.refresh(newest, ["content", "published_at"])
    tree = read_content(change(dict(newest.content)), allow_empty=True)
    content = content_data(tree)
    before = newest.content
    if newest.is_published:
        draft = new_version(questionnaire, newest.number + 1, content)
        session.add(draft)
    else:
        draft = newest
        draft.content, draft.digest = content, content_digest(content)
    draft.content_before, draft.changed_by_account_id = before, by.account_id
    if draft.number == 1:
        questionnaire.title = tree.title.said(FIRST_LANGUAGE)
    session.flush()
    return draft


def _hold(session: Session, questionnaire: Questionnaire) -> None:
    """Until the transaction ends nobody else changes or publishes it."""
    session.execute(
        select(Questionnaire.id).where(Questionnaire.id == questionnaire.id).with_for_update()
    )


def save_texts(
    session: Session,
    questionnaire: Questionnaire,
    texts: Mapping[str, Any],
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Change title, intro, closing, audience or minutes. Raises ContentInvalid."""
    return _change(session, questionnaire, lambda content: {**content, **texts}, by)


def save_translation(
    session: Session,
    questionnaire: Questionnaire,
    language: str,
    typed: Mapping[str, str],
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Write texts in another language, by field name (rules/translating.py).

    Raises:
        ContentInvalid: a text is too long.
    """
    return _change(session, questionnaire, lambda content: translated(content, language, typed), by)


def save_question(
    session: Session,
    questionnaire: Questionnaire,
    question: Data,
    replaced_key: str | None = None,
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Add a question, or put it in the place of the one with `replaced_key`.

    Raises:
        ContentInvalid: the question or a condition on it does not hold together.
    """
    return _change(
        session, questionnaire, lambda content: with_question(content, question, replaced_key), by
    )


def move_question(
    session: Session,
    questionnaire: Questionnaire,
    key: str,
    place: int,
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Move a question to a place, from 1. Raises ContentInvalid when a condition forbids it."""
    return _change(
        session, questionnaire, lambda content: with_question_moved(content, key, place), by
    )


def step_question(
    session: Session,
    questionnaire: Questionnaire,
    key: str,
    step: int,
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """One step up (-1) or down (1), into and out of groups. Raises ContentInvalid."""
    return _change(
        session, questionnaire, lambda content: with_question_stepped(content, key, step), by
    )


def save_group(
    session: Session,
    questionnaire: Questionnaire,
    group: Data,
    first: str = "",
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Begin a group with the question `first`, or change one. Raises ContentInvalid."""
    return _change(session, questionnaire, lambda content: with_group(content, first, group), by)


def dissolve_group(
    session: Session,
    questionnaire: Questionnaire,
    key: str,
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Take a group away; its questions stay."""
    return _change(session, questionnaire, lambda content: without_group(content, key), by)


def copy_question(
    session: Session,
    questionnaire: Questionnaire,
    key: str,
    *,
    by: Actor = SYSTEM,
) -> str:
    """Put a copy of a question right after it; the copy's key. Raises NotFound, ContentInvalid."""
    content = versions(session, questionnaire.id)[0].content
    copied = copy_of_question(content, key)
    if copied is None:
        raise NotFound
    _change(session, questionnaire, lambda before: with_question_after(before, copied, key), by)
    return str(copied["key"])


class ChangedByColleague(DomainError):
    """The last change of a draft is somebody else's; undoing it would take their work away."""

    code = "changed_by_colleague"
    http_status = 409


def undo_change(
    session: Session, questionnaire: Questionnaire, actor: Actor
) -> QuestionnaireVersion:
    """The draft as it was before its last change; undoing twice brings the change back.

    Raises:
        ChangedByColleague: the last change is not the actor's.
        Conflict: there is no draft, or nothing in it was changed.
    """
    newest = versions(session, questionnaire.id)[0]
    if not may_undo(newest, actor):
        if newest.content_before is not None:
            raise ChangedByColleague(
                _("A colleague made the last change. Talk to each other before you take it back.")
            )
        raise Conflict
    before = dict(newest.content_before or {})
    return _change(session, questionnaire, lambda _content: before, actor)


def may_undo(version: QuestionnaireVersion, actor: Actor) -> bool:
    """A draft's last change, by whoever made it; by anybody when that is not known."""
    is_own = version.changed_by_account_id in {None, actor.account_id}
    return not version.is_published and version.content_before is not None and is_own


def remove_question(
    session: Session,
    questionnaire: Questionnaire,
    key: str,
    *,
    by: Actor = SYSTEM,
) -> QuestionnaireVersion:
    """Take a question out of the draft. Raises ContentInvalid when another one asks about it."""
    return _change(session, questionnaire, lambda content: without_question(content, key), by)


def _publish(version: QuestionnaireVersion) -> None:
    """Final from now on: the layout of its answers is made once and stored with it."""
    version.published_at = now()
    version.content_before = None
    version.changed_by_account_id = None
    version.layout = make_layout(read_content(version.content))


def publish_version(
    session: Session, questionnaire: Questionnaire, actor: Actor
) -> QuestionnaireVersion:
    """Make the draft final, so that rounds can ask it.

    Raises:
        Conflict: there is no draft.
        ContentInvalid: it has no question to answer.
    """
    _hold(session, questionnaire)
    newest = versions(session, questionnaire.id)[0]
    session.refresh(newest, ["content", "published_at"])
    if newest.is_published:
        raise Conflict
    read_content(newest.content)
    _publish(newest)
    _forget_unshown_media(session, questionnaire)
    questionnaire.title = content_of(newest).title.said(FIRST_LANGUAGE)
    session.flush()
    log_event(
        session,
        actor,
        "version_published",
        "questionnaire",
        questionnaire.public_id,
        number=newest.number,
    )
    return newest


def _forget_unshown_media(session: Session, questionnaire: Questionnaire) -> None:
    """Pictures and sounds that were taken out of the draft again are gone when it is final."""
    session.flush()
    for file in media_of(session, questionnaire.public_id):
        if not is_shown(session, file.public_id, may_be_undone=True):
            forget_file(session, file)
