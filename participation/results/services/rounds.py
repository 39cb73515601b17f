"""Publishing a round's totals: computed once, at publication, by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.queries import units
from participation.disclosure.models import Release, ReleasePreview
from participation.disclosure.queries import breakdown_names, previews_of, releases_of
from participation.disclosure.rules.drafts import Decision, ReleaseDraft, ReleaseKind
from participation.disclosure.services import (
    DisclosureRefused,
    Ruled,
    keep_preview,
    publish_release,
    rule_on,
    shown_alike,
    still_ruled,
    thresholds_in_force,
    withdraw_release,
)
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import Job, enqueue
from participation.foundation.permissions import Actor
from participation.foundation.search.services import remove_document
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
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.services.paper import end_late_papers
from participation.results.models import AnswerLook
from participation.results.queries import (
    JOB_KIND,
    PREVIEW_KIND,
    ROUNDS_IN_SEARCH,
    newest_preview_job,
    newest_publication_job,
    round_title,
)
from participation.results.queries.themes import THEMES_KIND
from participation.results.rules.asking import with_askers
from participation.results.rules.round_breakdowns import round_breakdowns
from participation.results.rules.round_tables import round_tables
from participation.results.services.looking import (
    locked_round,
    looks_of,
    may_look,
    note_look,
)

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
    *,
    with_figures: bool = False,
) -> Job:
    """Let the worker count, and say what the gate would do. Nothing is published.

    `with_figures`: keep the page for those who publish, too. That is a look, and is remembered.

    Raises:
        Conflict: the round is still open, or published already.
    """
    last = newest_preview_job(session, survey_round.id)
    wanted = _Wanted(PREVIEW_KIND, tuple(attributes), with_figures)
    return _order(session, actor, survey_round, wanted, last)


@dataclass(frozen=True)
class _Wanted:
    kind: str
    attributes: tuple[Attribute, ...]
    with_figures: bool = False


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
        {
            "round_id": survey_round.id,
            "attributes": [one.value for one in wanted.attributes],
            "with_figures": wanted.with_figures,
        },
        title=_title(survey_round, wanted.kind),
        created_by_account_id=actor.account_id,
        once_key=f"{wanted.kind}:{survey_round.id}:{tried}",
    )


def _title(survey_round: SurveyRound, kind: str) -> str:
    name = survey_round.version.questionnaire.title
    if kind == PREVIEW_KIND:
        return _("What the gate lets through of %(name)s", name=name)
    return _("Publishing %(name)s", name=name)


@dataclass(frozen=True)
class RoundPreview:
    """What the gate would do, and with what (`state_of`).

    `seen`: the public id of the preview that shows its figures; empty where nobody has seen them.
    """

    decision: Decision
    state: Sequence[int]
    seen: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "state": list(self.state),
            "refused": list(self.decision.refusals),
            "outlook": self.decision.outlook.as_json(),
            "seen": self.seen,
        }


def state_of(session: Session, survey_round: SurveyRound) -> list[int]:
    """What the gate's decision hangs on: a decision holds while these numbers stand.

    Answers, how many came or went, releases, looks and when they were, whether late papers wait,
    and how often the figures were seen.
    """
    looks = select(func.count(), func.coalesce(func.sum(AnswerLook.changes), 0)).where(
        AnswerLook.round_id == survey_round.id
    )
    releases, previews = (
        select(func.count())
        .where(table.source_kind == SOURCE_KIND, table.source_public_id == survey_round.public_id)
        .scalar_subquery()
        for table in (Release, ReleasePreview)
    )
    seen = session.execute(looks.add_columns(releases, previews)).one()
    return [
        survey_round.response_count or 0,
        survey_round.changed_count,
        *map(int, seen),
        int(is_batch_waiting(session, survey_round)),
    ]


def preview_round(session: Session, round_id: int, totals: RoundTotals) -> RoundPreview:
    """What the gate would make of the round's totals now. Writes nothing.

    Raises:
        Conflict: the round is still open, or published already.
    """
    survey_round = round_by_id(session, round_id)
    _must_be_publishable(session, survey_round)
    return _foreseen(session, survey_round, totals, rule_on_round(session, round_id, totals))


def rule_on_round(session: Session, round_id: int, totals: RoundTotals) -> Ruled:
    """What the gate says of the round's totals. Takes its time, so nothing may be locked by it."""
    survey_round = round_by_id(session, round_id)
    with use_locale(DEFAULT_LOCALE):
        return rule_on(session, _draft(session, survey_round, totals))


def _foreseen(
    session: Session, survey_round: SurveyRound, totals: RoundTotals, ruled: Ruled
) -> RoundPreview:
    decision = ruled.decision
    seen = shown_alike(session, ruled.basis.draft, decision)
    now_standing = state_of(session, survey_round)
    return RoundPreview(
        decision,
        [totals.responses, totals.changes, *now_standing[2:]],
        seen.public_id if seen and decision.is_allowed else "",
    )


def show_round(
    session: Session,
    actor: Actor,
    round_id: int,
    totals: RoundTotals | None = None,
    attributes: Sequence[Attribute] = (),
    *,
    ruled: Ruled | None = None,
) -> RoundPreview:
    """Let those who publish see the figures as they would be published, and remember that they did.

    It is a look at unpublished answers, and in an anonymous round it counts as a release too: what
    is published later is held against it. Counted anew where an answer came or went meanwhile.
    `ruled`: what the gate said of it just now.

    Raises:
        DisclosureRefused: with the gate's reasons, or since too little has changed since a look.
        RulingOutdated: something changed since the gate ruled.
        Conflict: the round is still open, or published already.
    """
    survey_round = locked_round(session, round_id)
    _must_be_publishable(session, survey_round)
    _must_be_open_to_looks(session, survey_round)
    totals = _current(session, survey_round, totals, attributes)
    with use_locale(DEFAULT_LOCALE):
        draft = _draft(session, survey_round, totals)
        ruled = still_ruled(session, draft, ruled)
        is_binding = is_mixed(survey_round.mode)
        keep_preview(session, actor, draft, is_binding=is_binding, ruled=ruled)
    note_look(session, survey_round)
    log_event(session, actor, "figures_made", "survey_round", survey_round.public_id)
    return _foreseen(session, survey_round, totals, ruled)


def newest_figures(session: Session, survey_round: SurveyRound) -> ReleasePreview | None:
    """What those who publish saw last of a round before publishing."""
    return next(iter(previews_of(session, SOURCE_KIND, survey_round.public_id)), None)


def _must_be_open_to_looks(session: Session, survey_round: SurveyRound) -> None:
    minimum = thresholds_in_force().minimum
    with use_locale(DEFAULT_LOCALE):
        if is_batch_waiting(session, survey_round):
            raise DisclosureRefused(
                (_("Papers that came late are on their way in. Look again in an hour."),)
            )
        if not may_look(survey_round):
            raise DisclosureRefused(
                (
                    _(
                        "Answers have come or been taken back since somebody last looked, but "
                        "fewer than %(minimum)s. Wait until more has changed.",
                        minimum=minimum,
                    ),
                )
            )


def _current(
    session: Session,
    survey_round: SurveyRound,
    totals: RoundTotals | None,
    attributes: Sequence[Attribute],
) -> RoundTotals:
    """What was counted, or counted anew where an answer came or was taken back meanwhile."""
    counts = (survey_round.response_count, survey_round.changed_count)
    if totals is None or (totals.responses, totals.changes) != counts:
        return round_totals(session, survey_round.id, attributes)
    return totals


def publish_round(
    session: Session,
    actor: Actor,
    round_id: int,
    totals: RoundTotals | None = None,
    attributes: Sequence[Attribute] = (),
    *,
    ruled: Ruled | None = None,
) -> Release:
    """Publish the totals of a whole round through the gate; counts first where nobody has.

    `attributes`: what the totals are broken down by. The questions that asked for them are not
    published beside: how many each group is would show how few of it skipped a question.

    Somebody may take an answer back between counting and publishing: then it is counted anew.
    `ruled`: what the gate said of it just now.

    Raises:
        DisclosureRefused: with the gate's reasons.
        RulingOutdated: something changed since the gate ruled.
        Conflict: the round is still open, or published already.
    """
    survey_round = round_by_id(session, round_id)
    read = ["state", "response_count", "changed_count"]
    session.refresh(survey_round, read, with_for_update=True)
    _must_be_publishable(session, survey_round)
    end_late_papers(session, survey_round)
    totals = _current(session, survey_round, totals, attributes)
    with use_locale(DEFAULT_LOCALE):
        release = publish_release(session, actor, _draft(session, survey_round, totals), ruled)
    survey_round.state = RoundState.PUBLISHED
    session.flush()
    note_look(session, survey_round)  # what is published has been seen
    announce(session, "round_published", round_id=survey_round.id)
    return release


def _draft(session: Session, survey_round: SurveyRound, totals: RoundTotals) -> ReleaseDraft:
    content = content_of_round(session, survey_round)
    told = {
        Attribute(name) for one in _shown(session, survey_round) for name in breakdown_names(one)
    }
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
        beside=frozenset({(THEMES_KIND, survey_round.public_id)}),
        content={"wave": survey_round.wave_label, "audience": list(survey_round.audience)},
    )


def _shown(session: Session, survey_round: SurveyRound) -> list[Release | ReleasePreview]:
    """What somebody has seen of the round's figures and themes, published or before it."""
    public_id = survey_round.public_id
    seen = [one for one in previews_of(session, SOURCE_KIND, public_id) if one.is_binding]
    told = [releases_of(session, kind, public_id) for kind in (SOURCE_KIND, THEMES_KIND)]
    return [*told[0], *told[1], *seen]


def attributes_to_publish(session: Session, survey_round: SurveyRound) -> tuple[Attribute, ...]:
    """What the round's answers can be broken down by. One statement."""
    content = content_of_round(session, survey_round)
    return attributes_of(content, has_units=has_answers_of_units(session, survey_round.id))


def withdraw_round(session: Session, actor: Actor, release: Release, reason: str) -> None:
    """Take a round's totals off the pages."""
    withdraw_release(session, actor, release, reason)
    remove_document(session, ROUNDS_IN_SEARCH, release.public_id)


def _must_be_publishable(session: Session, survey_round: SurveyRound) -> None:
    standing = [
        r for r in releases_of(session, SOURCE_KIND, survey_round.public_id) if not r.is_withdrawn
    ]
    is_over = survey_round.closed_at is not None
    if standing or not is_over:
        raise Conflict
