"""Forms from other programs: read in a dry run, taken in whole after a yes, or given up."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.permissions import Actor
from participation.questionnaires.models import Questionnaire, QuestionnaireImport
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.report import clean
from participation.questionnaires.services.authoring import create_from_content

KEPT = timedelta(days=30)
NAME_LENGTH = 200


def receive_form(session: Session, name: str, content: bytes) -> QuestionnaireImport:
    """Read a file and keep what was found in it; what nobody wanted for a month goes."""
    session.execute(
        delete(QuestionnaireImport).where(QuestionnaireImport.created_at < now() - KEPT)
    )
    source, reading = read_form(content, name)
    received = QuestionnaireImport(
        file_name=clean(name)[:NAME_LENGTH],
        source=source,
        content=dict(reading.data) if reading.data is not None else None,
        findings=reading.stored_findings(),
    )
    session.add(received)
    session.flush()
    return received


def take_in_form(session: Session, actor: Actor, received: QuestionnaireImport) -> Questionnaire:
    """The draft questionnaire of a form that was read.

    Raises:
        Conflict: something stops it.
        ContentInvalid: it was read under other rules than today's.
    """
    if received.content is None:
        raise Conflict
    made = create_from_content(session, actor, received.content, received.source)
    session.delete(received)
    session.flush()
    return made


def drop_form(session: Session, received: QuestionnaireImport) -> None:
    """Give it up: nothing of it stays."""
    session.delete(received)
    session.flush()
