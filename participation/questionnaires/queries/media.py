"""Pictures and sounds of questions."""

from collections.abc import Sequence

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session, undefer

from participation.foundation.errors import NotFound
from participation.foundation.files import StoredFile
from participation.foundation.files.rules import PICTURES, SOUNDS
from participation.questionnaires.models import QuestionnaireVersion

ABOUT = "questionnaire"


def media_file(session: Session, public_id: str) -> StoredFile:
    """A question's picture or sound with its content, for everybody.

    Raises:
        NotFound: there is none, or no version shows it any more.
    """
    found = session.scalar(
        select(StoredFile)
        .where(
            StoredFile.public_id == public_id,
            StoredFile.about_kind == ABOUT,
            StoredFile.media_type.in_((*PICTURES, *SOUNDS)),
        )
        .options(undefer(StoredFile.content))
    )
    if found is None or not is_shown(session, public_id):
        raise NotFound
    return found


def is_shown(session: Session, public_id: str, *, may_be_undone: bool = False) -> bool:
    """Whether a version of any questionnaire names the file; questions are copied between them.

    `may_be_undone`: or a draft did before its last change, which can be taken back.
    """
    places = [cast(QuestionnaireVersion.content, Text).contains(public_id)]
    if may_be_undone:
        places.append(cast(QuestionnaireVersion.content_before, Text).contains(public_id))
    found = session.scalar(select(QuestionnaireVersion.id).where(or_(*places)).limit(1))
    return found is not None


def media_of(session: Session, questionnaire_public_id: str) -> Sequence[StoredFile]:
    """The files that have been handed in for a questionnaire, without their content."""
    return session.scalars(
        select(StoredFile)
        .where(StoredFile.about_kind == ABOUT, StoredFile.about_id == questionnaire_public_id)
        .order_by(StoredFile.id)
    ).all()
