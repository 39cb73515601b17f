"""Rounds: opening a time window for answers and closing it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.coding.rules.drafts import MaterialTextDraft
from participation.coding.services import take_material
from participation.foundation.clock import now, to_local
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.permissions import Actor
from participation.foundation.temporary_keys import KeyGoneError
from participation.questionnaires.models import (
    PaperEntry,
    QuestionnaireVersion,
    Response,
    ResponseDraft,
    SurveyRound,
    SurveySeries,
    WaitingResponse,
)
from participation.questionnaires.queries import (
    SpokenText,
    content_of_round,
    free_texts,
)
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.rounds import Mode, RoundState
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.services.mailing import end_mailing
from participation.questionnaires.services.rewriting import forget_who_answered, rewrite_waiting


@dataclass(frozen=True, kw_only=True)
class NewRound:
    """What a round is made of. The window is in UTC; without an audience it is the version's.

    `subject`: kind and public id of the activity, commitment or audit it belongs to.
    """

    wave_label: str
    opens_at: datetime
    closes_at: datetime
    mode: Mode = Mode.CONFIDENTIAL
    audience: Sequence[str] = ()
    series_key: str | None = None
    agreement_id: int | None = None
    area_id: int | None = None
    unit_id: int | None = None
    subject: tuple[str, str] = ("", "")
    slug: str | None = None
    results_on: str = ""
    results_on_twins: Mapping[str, str] = field(default_factory=dict)
    secrecy_provision: str = ""
    is_fictional: bool = False


def create_round(
    session: Session, actor: Actor, version: QuestionnaireVersion, new: NewRound
) -> SurveyRound:
    """Ask a published version during a window. The mode never changes (TRUST 49).

    Raises:
        Conflict: the version is a draft, the window is empty or the short name is taken.
    """
    if not version.is_published or new.opens_at >= new.closes_at or _is_taken(session, new.slug):
        raise Conflict
    subject_kind, subject_public_id = new.subject
    survey_round = SurveyRound(
        version=version,
        series=_series(session, new.series_key, version),
        agreement_id=new.agreement_id,
        area_id=new.area_id,
        unit_id=new.unit_id,
        subject_kind=subject_kind,
        subject_public_id=subject_public_id,
        slug=new.slug or None,
        wave_label=new.wave_label,
        mode=new.mode,
        audience=list(new.audience or version.content.get("audience", [])),
        opens_at=new.opens_at,
        closes_at=new.closes_at,
        results_on=new.results_on,
        results_on_twins={code: text for code, text in new.results_on_twins.items() if text},
        secrecy_provision=new.secrecy_provision,
        is_fictional=new.is_fictional,
    )
    session.add(survey_round)
    session.flush()
    log_event(
        session, actor, "round_created", "survey_round", survey_round.public_id, mode=new.mode
    )
    return survey_round


def _is_taken(session: Session, slug: str | None) -> bool:
    if not slug:
        return False
    return session.scalar(select(SurveyRound.id).where(SurveyRound.slug == slug)) is not None


def _series(
    session: Session, key: str | None, version: QuestionnaireVersion
) -> SurveySeries | None:
    if not key:
        return None
    found = session.scalar(select(SurveySeries).where(SurveySeries.key == key))
    if found is None:
        found = SurveySeries(key=key, title=version.content["title"][FIRST_LANGUAGE])
        session.add(found)
    return found


def lengthen_round(
    session: Session, actor: Actor, survey_round: SurveyRound, closes_at: datetime
) -> None:
    """Take answers until `closes_at` (UTC) instead. What was mailed or printed says the old day.

    Raises:
        Conflict: the round is over, or it would not become longer.
    """
    session.refresh(survey_round, ["state", "closes_at"], with_for_update=True)
    is_over = survey_round.standing() in {RoundState.CLOSED, RoundState.PUBLISHED}
    if is_over or closes_at <= survey_round.closes_at:
        raise Conflict
    before, survey_round.closes_at = survey_round.last_moment, closes_at
    session.flush()
    log_event(
        session,
        actor,
        "round_lengthened",
        "survey_round",
        survey_round.public_id,
        last_day_before=to_local(before).date().isoformat(),
        last_day=to_local(survey_round.last_moment).date().isoformat(),
    )


def close_round(session: Session, survey_round: SurveyRound, actor: Actor) -> SurveyRound:
    """End a round now: drafts go, free texts become material, and those above are told.

    Raises:
        Conflict: it is closed already.
    """
    locked = session.scalar(
        select(SurveyRound.state).where(SurveyRound.id == survey_round.id).with_for_update()
    )
    if locked in {RoundState.CLOSED, RoundState.PUBLISHED}:
        raise Conflict
    survey_round.state = RoundState.CLOSED
    survey_round.closed_at = min(now(), survey_round.closes_at)
    if is_mixed(survey_round.mode):
        end_waiting(session, survey_round, actor)
    survey_round.response_count = session.scalar(
        select(func.count()).select_from(Response).where(Response.round_id == survey_round.id)
    )
    end_mailing(session, survey_round)
    for unfinished in (ResponseDraft, PaperEntry):
        session.execute(
            delete(unfinished).where(unfinished.round_id == survey_round.id),
            execution_options={"synchronize_session": False},
        )
    session.flush()
    hand_over_texts(session, survey_round)
    log_event(
        session,
        actor,
        "round_closed",
        "survey_round",
        survey_round.public_id,
        responses=survey_round.response_count,
    )
    announce(session, "round_closed", round_id=survey_round.id)
    return survey_round


def end_waiting(
    session: Session, survey_round: SurveyRound, actor: Actor, *, at_least: int = 0
) -> None:
    """The last batch, and then no link tells whether it was used.

    Fewer than `at_least` do not leave. Neither do answers whose key is lost (a folder that was
    not moved along), which nobody can read. Both are logged, and the round goes on without them.
    """
    waiting = session.scalar(
        select(func.count(WaitingResponse.id)).where(WaitingResponse.round_id == survey_round.id)
    )
    if waiting and waiting < at_least:
        _give_up_waiting(session, survey_round, actor, "waiting_answers_too_few")
    try:
        rewrite_waiting(session, survey_round, is_last=True)
    except KeyGoneError:
        _give_up_waiting(session, survey_round, actor, "waiting_answers_unreadable")
    forget_who_answered(session, survey_round)


def _give_up_waiting(
    session: Session, survey_round: SurveyRound, actor: Actor, action: str
) -> None:
    lost = session.scalars(
        delete(WaitingResponse)
        .where(WaitingResponse.round_id == survey_round.id)
        .returning(WaitingResponse.id)
        .execution_options(synchronize_session=False)
    ).all()
    log_event(session, actor, action, "survey_round", survey_round.public_id, lost=len(lost))


def hand_over_texts(session: Session, survey_round: SurveyRound) -> None:
    """Hand each question's free texts to coding, with the attributes the answers give.

    Again, and only what is new goes there: closing after a part was handed over is fine.
    """
    content = content_of_round(session, survey_round)
    by_question: dict[str, list[SpokenText]] = defaultdict(list)
    for spoken in free_texts(session, survey_round.id):
        by_question[spoken.question_key].append(spoken)
    for key, texts in by_question.items():
        question = content.asked.get(key)
        if question is None:  # what somebody wrote beside "other" belongs to the closed answer
            continue
        take_material(
            session,
            title=f"{content.title.said(FIRST_LANGUAGE)} {survey_round.wave_label}: "
            f"{question.text.said(FIRST_LANGUAGE)}",
            source_kind="round",
            source_public_id=survey_round.public_id,
            question_key=key,
            question=question.text.said(FIRST_LANGUAGE),
            wave_label=survey_round.wave_label,
            is_fictional=survey_round.is_fictional,
            texts=[_material_text(content, survey_round, spoken) for spoken in texts],
        )


def _material_text(
    content: Content, survey_round: SurveyRound, spoken: SpokenText
) -> MaterialTextDraft:
    def background(attribute: str) -> str | None:
        key = content.background_key(attribute)
        value = spoken.answers.get(key) if key else None
        return str(value) if value and value not in {"other", "undisclosed"} else None

    return MaterialTextDraft(
        text=spoken.text,
        source_ref=spoken.source_ref,
        respondent_role=spoken.respondent_role or None,
        municipality_code=background("municipality"),
        unit_id=spoken.unit_id,
        area_id=survey_round.area_id,
        age_band=background("age_band"),
        language=spoken.locale,
    )
