"""Paper forms: codes for them, and typing what came back, twice, into one response."""

from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM, Actor
from participation.questionnaires.models import (
    PaperEntry,
    SurveyRound,
)
from participation.questionnaires.queries.paper import paper_code, typed_so_far
from participation.questionnaires.rules.codes import new_code
from participation.questionnaires.rules.mixing import BATCH, is_mixed
from participation.questionnaires.rules.paper import (
    Entry,
    Typed,
    differences,
    paper_key,
    seal_typed,
)
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.rules.sealing import (
    Draft,
    paper_receipt,
)
from participation.questionnaires.services.answering import (
    Outcome,
    is_stored,
    issue_links,
    keep_answers,
    send_draft,
)
from participation.questionnaires.services.rounds import end_waiting, hand_over_texts
from participation.questionnaires.services.withdrawing import was_taken_back

PAPER = "paper"  # what a code was made for, in the log


class Standing(StrEnum):
    """What became of an entry."""

    FIRST = "first"  # waits for the second
    DIFFERS = "differs"  # somebody decides question by question
    STORED = "stored"
    EMPTY = "empty"  # nothing was answered on the paper
    ALREADY = "already"  # this code has an answer, on paper or on the web, or had one


def take_late_papers(
    session: Session, actor: Actor, survey_round: SurveyRound, reason: str
) -> None:
    """Papers that came after closing are typed from now on, until the results are out.

    Raises:
        Conflict: the round is not closed, or published already.
    """
    if survey_round.state != RoundState.CLOSED:
        raise Conflict
    survey_round.late_papers_reason = reason
    log_event(
        session,
        actor,
        "late_papers_taken",
        "survey_round",
        survey_round.public_id,
        reason=reason,
    )


def end_late_papers(session: Session, survey_round: SurveyRound) -> None:
    """Before the results are counted: what waits of late papers is in, what is half typed goes.

    Of an anonymous round fewer than a batch are left out: two backups, or two looks in the
    workroom, would show them alone (TRUST 47).
    """
    if not survey_round.late_papers_reason:
        return
    if is_mixed(survey_round.mode):
        end_waiting(session, survey_round, SYSTEM, at_least=BATCH)
    session.execute(
        delete(PaperEntry).where(PaperEntry.round_id == survey_round.id),
        execution_options={"synchronize_session": False},
    )
    session.flush()
    hand_over_texts(session, survey_round)


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
    if survey_round.response_count is not None and not survey_round.takes_papers:
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

    What somebody began on the web with the same code gives way: the paper came in. Its receipt is
    on the strip they keep; an answer that was taken back with it is not stored again.

    Raises:
        Conflict: the round takes no answers now.
    """
    token = paper_code(session, survey_round, code, lock=True)
    if token is None or token.is_spent:
        return Standing.ALREADY
    read = ["state", "response_count", "changed_count"]
    session.refresh(survey_round, read, with_for_update=True)
    receipt = paper_receipt(code)
    if is_stored(session, survey_round, receipt) or was_taken_back(receipt):
        return Standing.ALREADY
    answers = Draft(
        receipt, entry.answers, entry.answers_for, token.unit_id, is_paper=True, name=entry.name
    )
    store = _store_now if survey_round.is_answerable else _store_late
    store(session, survey_round, code, answers, entry.locale)
    forget_entries(session, code)
    return Standing.STORED


def _store_now(
    session: Session, survey_round: SurveyRound, code: str, answers: Draft, locale: str
) -> None:
    sent = send_draft(session, survey_round, code, answers, locale)
    if sent.outcome is not Outcome.SENT:
        raise Conflict


def _store_late(
    session: Session, survey_round: SurveyRound, code: str, answers: Draft, locale: str
) -> None:
    """After closing: an anonymous round's papers wait and are mixed, as other answers were."""
    if not survey_round.takes_papers:
        raise Conflict
    keep_answers(session, survey_round, code, answers, locale)
    if not is_mixed(survey_round.mode):
        survey_round.response_count = (survey_round.response_count or 0) + 1
        session.flush()
        hand_over_texts(session, survey_round)


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
