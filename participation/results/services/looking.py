"""Looking at unpublished answers of an anonymous round: remembered, so that looks do not add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.disclosure.queries import breakdowns_of, previews_of, releases_of
from participation.disclosure.rules.looks import ROLE, Look, closes_ring
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import Conflict
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.mixing import is_mixed
from participation.results.models import AnswerLook
from participation.results.rules.looking import node_of, published_tables, tells_of_few


def may_look(survey_round: SurveyRound) -> bool:
    """False while so few answers came or went since the last look that they would be shown."""
    if not is_mixed(survey_round.mode):
        return True
    minimum = thresholds_in_force().minimum
    answers = survey_round.response_count or 0
    return not (
        tells_of_few(answers, survey_round.shown_count, minimum)
        or tells_of_few(survey_round.changed_count, survey_round.shown_changes, minimum)
    )


def note_look(session: Session, survey_round: SurveyRound) -> None:
    """Remember with how many answers the round was looked at."""
    session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == survey_round.id)
        .values(
            shown_count=SurveyRound.response_count,
            shown_changes=SurveyRound.changed_count,
        ),
        execution_options={"synchronize_session": False},
    )


@dataclass(frozen=True)
class Permitted:
    """Whether a pair may be seen, and set apart by role."""

    is_allowed: bool = True
    by_role: bool = True


def seen_pairs(session: Session, survey_round: SurveyRound) -> Sequence[AnswerLook]:
    """What was looked at in a round, in order; an extract has no keys."""
    return session.scalars(
        select(AnswerLook).where(AnswerLook.round_id == survey_round.id).order_by(AnswerLook.id)
    ).all()


def looks_of(session: Session, survey_round: SurveyRound, content: Content) -> tuple[Look, ...]:
    """The looks at an anonymous round, for the gate; none of another."""
    if not is_mixed(survey_round.mode):
        return ()
    minimum = thresholds_in_force().minimum
    return tuple(
        Look(
            nodes=_nodes(one, content),
            is_close=tells_of_few(survey_round.changed_count, one.changes, minimum),
        )
        for one in seen_pairs(session, survey_round)
    )


def _nodes(look: AnswerLook, content: Content) -> frozenset[str]:
    keys = [key for key in (look.first_key, look.second_key) if key]
    roles = {ROLE} if look.by_role else set[str]()
    return frozenset({node_of(key, content) for key in keys} | roles)


def may_cross(
    session: Session, survey_round: SurveyRound, content: Content, pair: tuple[str, str]
) -> Permitted:
    """Whether this pair of an anonymous round may be seen beside what was seen and published."""
    if not is_mixed(survey_round.mode):
        return Permitted()
    looks = seen_pairs(session, survey_round)
    for one in looks:
        if (one.first_key, one.second_key) == pair:
            return Permitted(by_role=one.by_role)
    tables = [own for one in looks if (own := _nodes(one, content))]
    source = ("round", survey_round.public_id)
    published = [breakdowns_of(one) for one in releases_of(session, *source)]
    foreseen = [breakdowns_of(one) for one in previews_of(session, *source)]
    for breakdowns in (*published, *foreseen):
        for shown in breakdowns:
            tables += published_tables(shown, content)
    nodes = {node_of(key, content) for key in pair}
    return Permitted(
        is_allowed=not closes_ring(tables, nodes),
        by_role=ROLE not in nodes and not closes_ring(tables, {*nodes, ROLE}),
    )


def take_look(
    session: Session,
    counted: SurveyRound,
    content: Content,
    pair: tuple[str, str],
    *,
    by_role: bool,
) -> bool:
    """Remember a look that `may_cross` permitted, unless another came between; whether it holds.

    Looks at one round wait for each other, and for its publication: of three asked for at once
    the last is refused where the three make a ring. `counted`: the round as it was read before
    its answers were counted.

    Raises:
        Conflict: an answer came or was taken back meanwhile, so other answers were counted.
    """
    survey_round = locked_round(session, counted.id)
    if survey_round.changed_count != counted.changed_count:
        raise Conflict
    permitted = may_cross(session, survey_round, content, pair)
    if not may_look(survey_round) or not permitted.is_allowed or by_role > permitted.by_role:
        return False
    note_pair(session, survey_round, pair, by_role=by_role)
    return True


def locked_round(session: Session, round_id: int) -> SurveyRound:
    """The round as it is now; nobody else looks at it or publishes it until the commit."""
    survey_round = round_by_id(session, round_id)
    read = ["state", "response_count", "changed_count", "shown_count", "shown_changes"]
    session.refresh(survey_round, read, with_for_update=True)
    return survey_round


def note_pair(
    session: Session, survey_round: SurveyRound, pair: tuple[str, str] = ("", ""), *, by_role: bool
) -> None:
    """Remember that two questions of an anonymous round were seen, or every answer."""
    note_look(session, survey_round)
    if not is_mixed(survey_round.mode):
        return
    first, second = pair
    found = session.scalar(
        select(AnswerLook).where(
            AnswerLook.round_id == survey_round.id,
            AnswerLook.first_key == first,
            AnswerLook.second_key == second,
        )
    )
    if found is None:
        found = AnswerLook(round_id=survey_round.id, first_key=first, second_key=second)
        found.by_role = by_role
        session.add(found)
    found.changes = survey_round.changed_count
    session.flush()
