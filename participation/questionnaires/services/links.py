"""Open links per unit: made once, printed on posters and opened on shared tablets."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import OpenLink, SurveyRound
from participation.questionnaires.queries.links import links_by_unit
from participation.questionnaires.rules.codes import new_short_code
from participation.questionnaires.rules.rounds import LinkKind, RoundState


def make_open_links(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    unit_ids: Iterable[int | None],
    kind: LinkKind = LinkKind.POSTER,
) -> Sequence[OpenLink]:
    """A link for each unit that has none yet; making them again changes nothing.

    Raises:
        Conflict: the round is over, so nobody could answer.
    """
    if survey_round.standing() not in {RoundState.PLANNED, RoundState.OPEN}:
        raise Conflict
    known = links_by_unit(session, survey_round, kind)
    fresh = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id not in known]
    made = [
        OpenLink(round_id=survey_round.id, unit_id=unit_id, code=_free_code(session), kind=kind)
        for unit_id in fresh
    ]
    session.add_all(made)
    session.flush()
    if made:
        log_event(
            session,
            actor,
            "open_links_made",
            "survey_round",
            survey_round.public_id,
            links=len(made),
            kind=kind,
        )
    return made


def _free_code(session: Session) -> str:
    """A code that is no other link's and no round's short name."""
    while True:
        code = new_short_code()
        taken = select(OpenLink.id).where(OpenLink.code == code)
        named = select(SurveyRound.id).where(SurveyRound.slug == code)
        if session.scalar(taken) is None and session.scalar(named) is None:
            return code
