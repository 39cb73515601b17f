"""Paper forms: codes for them, and typing what came back, twice, into one response."""

from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import PaperEntry, ResponseDraft, SurveyRound
from participation.questionnaires.queries import opened_link
from participation.questionnaires.queries.paper import paper_code, typed_so_far
from participation.questionnaires.rules.codes import new_code
from participation.questionnaires.rules.paper import (
    Entry,
    Typed,
    differences,
    paper_key,
    seal_typed,
)
from participation.questionnaires.rules.sealing import PAPER, draft_key
from participation.questionnaires.services.answering import (
    Outcome,
    begin_draft,
    issue_links,
    save_draft,
    send_answers,
)


class Standing(StrEnum):
    """What became of an entry."""

    FIRST = "first"  # waits for the second
    DIFFERS = "differs"  # somebody decides question by question
    STORED = "stored"
    EMPTY = "empty"  # nothing was answered on the paper
    ALREADY = "already"  # this code has an answer, on paper or on the web


def issue_typed_codes(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    count: int,
    *,
    unit_id: int | None = None,
    medium: str = PAPER,
) -> list[str]:
    """Codes of 16 signs for forms and letters. They exist nowhere else: print them now.

    Raises:
        Conflict: the round is over.
    """
    if survey_round.response_count is not None:
        raise Conflict
    codes = issue_links(session, survey_round, count, unit_id, make=new_code)
    log_event(
        session,
        actor,
        "codes_issued",
        "survey_round",
        survey_round.public_id,
        codes=count,
        medium=medium,
    )
    return codes


def keep_entry(session: Session, survey_round: SurveyRound, code: str, entry: Entry) -> Standing:
    """Keep the first entry; compare the second, and store the answer when they agree."""
    token = paper_code(session, survey_round, code, lock=True)
    if token is None or token.is_spent:
        return Standing.ALREADY
    typed = typed_so_far(session, survey_round, code)
    if typed is None:
        if not entry.answers.values:
            return Standing.EMPTY
        _keep(session, survey_round, code, Typed(entry))
        return Standing.FIRST
    if differences(typed.first, entry):
        _keep(session, survey_round, code, Typed(typed.first, entry))
        return Standing.DIFFERS
    return store_paper(session, survey_round, code, entry)


def store_paper(session: Session, survey_round: SurveyRound, code: str, entry: Entry) -> Standing:
    """Store what the paper says as one response; the code is used up, as a link would be.

    What somebody began on the web with the same code gives way: the paper came in.

    Raises:
        Conflict: the round takes no answers now.
    """
    token = paper_code(session, survey_round, code, lock=True)
    if token is None or token.is_spent:
        return Standing.ALREADY
    session.execute(
        delete(ResponseDraft).where(ResponseDraft.id == draft_key(code).row_id),
        execution_options={"synchronize_session": False},
    )
    begin_draft(session, survey_round, code=code, unit_id=token.unit_id)
    opened = opened_link(session, code)
    assert opened is not None
    assert opened.draft is not None
    draft = opened.draft
    draft.answers, draft.answers_for, draft.source = entry.answers, entry.answers_for, PAPER
    save_draft(session, code, draft)
    sent = send_answers(session, survey_round, code, draft.receipt, entry.locale)
    if sent.outcome is not Outcome.SENT:
        raise Conflict
    forget_entries(session, code)
    return Standing.STORED


def forget_entries(session: Session, code: str) -> None:
    """Begin again with a paper: what was typed from it is gone."""
    session.execute(
        delete(PaperEntry).where(PaperEntry.id == paper_key(code).row_id),
        execution_options={"synchronize_session": False},
    )


def _keep(session: Session, survey_round: SurveyRound, code: str, typed: Typed) -> None:
    key = paper_key(code)
    forget_entries(session, code)
    session.add(PaperEntry(id=key.row_id, round_id=survey_round.id, sealed=seal_typed(typed, key)))
    session.flush()
