"""Publishing a round's totals: computed once, at publication, by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from participation.county.queries import units
from participation.disclosure.models import Release
from participation.disclosure.queries import breakdown_names, releases_of
from participation.disclosure.rules.drafts import Decision, ReleaseDraft, ReleaseKind
from participation.disclosure.services import preview_release, publish_release, withdraw_release
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.jobs import Job, enqueue
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    RoundTotals,
    content_of_round,
    has_answers_of_units,
    round_by_id,
    round_totals,
)
from participation.questionnaires.queries.paper import is_batch_waiting
from participation.questionnaires.rules.grouping import Attribute, attributes_of, question_of
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.services.paper import end_late_papers
from participation.results.queries import (
    JOB_KIND,
    PREVIEW_KIND,
    newest_preview_job,
    newest_publication_job,
    round_title,
)
from participation.results.rules.asking import with_askers
from participation.results.rules.round_breakdowns import round_breakdowns
from participation.results.rules.round_tables import round_tables
from participation.results.services.looking import looks_of, note_look, seen_pairs

SOURCE_KIND = "round"


def order_round_publication(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    attributes: Sequence[Attribute] = (),
) -> Job:
    """Let the worker count and publish a closed round, broken down by `attributes`.

    Raises:
        Conflict: the round is still open, or published already.
    """
    last = newest_publication_job(session, survey_round.id)
    return _order(session, actor, survey_round, _Wanted(JOB_KIND, tuple(attributes)), last)


def order_round_preview(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    attributes: Sequence[Attribute] = (),
) -> Job:
    """Let the worker count, and say what the gate would do. Nothing is published.

    Raises:
        Conflict: the round is still open, or published already.
    """
    last = newest_preview_job(session, survey_round.id)
    return _order(session, actor, survey_round, _Wanted(PREVIEW_KIND, tuple(attributes)), last)


@dataclass(frozen=True)
class _Wanted:
    kind: str
    attributes: tuple[Attribute, ...]


def _order(
    session: Session, actor: Actor, survey_round: SurveyRound, wanted: _Wanted, last: Job | None
) -> Job:
    _must_be_publishable(session, survey_round)
    if last is not None and not last.is_over:
        return last
    tried = last.id if last is not None else 0  # over: it may be tried anew
    return enqueue(
        session,
        wanted.kind,
        {"round_id": survey_round.id, "attributes": [one.value for one in wanted.attributes]},
        created_by_account_id=actor.account_id,
        once_key=f"{wanted.kind}:{survey_round.id}:{tried}",
    )


@dataclass(frozen=True)
class RoundPreview:
    """What the gate would do, and with what (`state_of`)."""

    decision: Decision
    state: Sequence[int]

    def as_json(self) -> dict[str, Any]:
        return {
            "state": list(self.state),
            "refused": list(self.decision.refusals),
            "outlook": self.decision.outlook.as_json(),
        }


def state_of(session: Session, survey_round: SurveyRound) -> list[int]:
    """What the gate's decision hangs on: a decision holds while these numbers stand.

    Answers, how many came or went, releases, looks and when they were, whether late papers wait.
    """
    looks = seen_pairs(session, survey_round)
    return [
        survey_round.response_count or 0,
        survey_round.changed_count,
        len(releases_of(session, SOURCE_KIND, survey_round.public_id)),
        len(looks),
        sum(one.changes for one in looks),
        int(is_batch_waiting(session, survey_round)),
    ]


def preview_round(session: Session, round_id: int, totals: RoundTotals) -> RoundPreview:
    """What the gate would make of the round's totals now. Writes nothing.

    Raises:
        Conflict: the round is still open, or published already.
    """
    survey_round = round_by_id(session, round_id)
    _must_be_publishable(session, survey_round)
    with use_locale(DEFAULT_LOCALE):
        decision = preview_release(session, _draft(session, survey_round, totals))
    now_standing = state_of(session, survey_round)
    return RoundPreview(decision, [totals.responses, totals.changes, *now_standing[2:]])


def publish_round(
    session: Session,
    actor: Actor,
    round_id: int,
    totals: RoundTotals | None = None,
    attributes: Sequence[Attribute] = (),
) -> Release:
    """Publish the totals of a whole round through the gate; counts first where nobody has.

    `attributes`: what the totals are broken down by. The questions that asked for them are not
    published beside: how many each group is would show how few of it skipped a question.

    Somebody may take an answer back between counting and publishing: then it is counted anew.

    Raises:
        DisclosureRefused: with the gate's reasons.
        Conflict: the round is still open, or published already.
    """
    survey_round = round_by_id(session, round_id)
    read = ["state", "response_count", "changed_count"]
    session.refresh(survey_round, read, with_for_update=True)
    _must_be_publishable(session, survey_round)
    end_late_papers(session, survey_round)
    counts = (survey_round.response_count, survey_round.changed_count)
    if totals is None or (totals.responses, totals.changes) != counts:
        totals = round_totals(session, round_id, attributes)
    with use_locale(DEFAULT_LOCALE):
        release = publish_release(session, actor, _draft(session, survey_round, totals))
    survey_round.state = RoundState.PUBLISHED
    session.flush()
    note_look(session, survey_round)  # what is published has been seen
    return release


def _draft(session: Session, survey_round: SurveyRound, totals: RoundTotals) -> ReleaseDraft:
    content = content_of_round(session, survey_round)
    before = releases_of(session, SOURCE_KIND, survey_round.public_id)
    told = {Attribute(name) for release in before for name in breakdown_names(release)}
    groups = {question_of(attribute, content) for attribute in {*totals.by_group, *told}}
    counted = tuple(table for table in round_tables(totals) if table.key not in groups)
    tables = with_askers(counted, content)
    names = {str(unit.id): unit.name for unit in units(session, include_earlier=True)}
    return ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind=SOURCE_KIND,
        source_public_id=survey_round.public_id,
        title=round_title(survey_round),
        respondents=totals.responses,
        tables=tables,
        breakdowns=round_breakdowns(totals, tables, content, names),
        is_fictional=survey_round.is_fictional,
        looks=looks_of(session, survey_round, content),
        content={"wave": survey_round.wave_label, "audience": list(survey_round.audience)},
    )


def attributes_to_publish(session: Session, survey_round: SurveyRound) -> tuple[Attribute, ...]:
    """What the round's answers can be broken down by. One statement."""
    content = content_of_round(session, survey_round)
    return attributes_of(content, has_units=has_answers_of_units(session, survey_round.id))


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
