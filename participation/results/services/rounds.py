"""Publishing a round's totals: computed once, at publication, by the worker."""

from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.queries import releases_of
from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.services import publish_release, withdraw_release
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.jobs import Job, enqueue
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import RoundTotals, round_by_id, round_totals
from participation.questionnaires.rules.rounds import RoundState
from participation.results.queries import JOB_KIND, round_title
from participation.results.rules.round_tables import round_tables

SOURCE_KIND = "round"


def order_round_publication(session: Session, actor: Actor, survey_round: SurveyRound) -> Job:
    """Let the worker count and publish a closed round.

    Raises:
        Conflict: the round is still open, or published already.
    """
    _must_be_publishable(session, survey_round)
    attempts = len(releases_of(session, SOURCE_KIND, survey_round.public_id))
    return enqueue(
        session,
        JOB_KIND,
        {"round_id": survey_round.id},
        created_by_account_id=actor.account_id,
        once_key=f"{JOB_KIND}:{survey_round.id}:{attempts}:{survey_round.response_count}",
    )


def publish_round(
    session: Session, actor: Actor, round_id: int, totals: RoundTotals | None = None
) -> Release:
    """Publish the totals of a whole round through the gate; counts first where nobody has.

    Somebody may take an answer back between counting and publishing: then it is counted anew.

    Raises:
        DisclosureRefused: with the gate's reasons.
        Conflict: the round is still open, or published already.
    """
    survey_round = round_by_id(session, round_id)
    session.refresh(survey_round, ["state", "response_count"], with_for_update=True)
    _must_be_publishable(session, survey_round)
    if totals is None or totals.responses != survey_round.response_count:
        totals = round_totals(session, round_id)
    with use_locale(DEFAULT_LOCALE):
        draft = ReleaseDraft(
            kind=ReleaseKind.ROUND_TOTALS,
            source_kind=SOURCE_KIND,
            source_public_id=survey_round.public_id,
            title=round_title(survey_round),
            respondents=totals.responses,
            tables=round_tables(totals),
            is_fictional=survey_round.is_fictional,
            content={"wave": survey_round.wave_label, "audience": list(survey_round.audience)},
        )
        release = publish_release(session, actor, draft)
    survey_round.state = RoundState.PUBLISHED
    session.flush()
    return release


def withdraw_round(session: Session, actor: Actor, release: Release, reason: str) -> None:
    """Take a round's totals off the pages."""
    withdraw_release(session, actor, release, reason)


def _must_be_publishable(session: Session, survey_round: SurveyRound) -> None:
    standing = [
        r for r in releases_of(session, SOURCE_KIND, survey_round.public_id) if not r.is_withdrawn
    ]
    is_over = survey_round.closed_at is not None
    if standing or not is_over:
        raise Conflict
