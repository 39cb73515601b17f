"""What questionnaires declare: pages, jobs, and what they show on pages below and above."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from participation.foundation.clock import now, to_local
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import current_locale, format_day, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import (
    Address,
    CountedThing,
    DataSection,
    Figure,
    NamedLink,
    Notice,
    Reach,
    SearchDocument,
    StartItem,
)
from participation.questionnaires.commands import questionnaire_commands
from participation.questionnaires.jobs import (
    SCHEDULES,
    CloseDueRounds,
    DestroyKeys,
    MixAnswers,
    SendLinks,
    SendReminders,
)
from participation.questionnaires.models import (
    PaperEntry,
    ResponseDraft,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import (
    all_published,
    content_of_round,
    open_rounds,
    response_total,
    round_to_answer,
    rounds_about,
    rounds_followed_up,
    rounds_of_year,
)
from participation.questionnaires.queries.mailing import rounds_mailed_to, rounds_with_mail
from participation.questionnaires.queries.named import may_read_names, own_named_answers
from participation.questionnaires.queries.rounds import round_names
from participation.questionnaires.rules.mixing import ABOUT
from participation.questionnaires.rules.rounds import Mode, RespondentRole, findable, has_names
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.services.mailing import forget_contact
from participation.questionnaires.services.naming import forget_named_answers
from participation.questionnaires.services.withdrawing import JOURNAL, repeat_withdrawals
from participation.questionnaires.views.answer import (
    BLANKS,
    CEILINGS,
    HELP,
    BlankPages,
    Ceilings,
    HelpLines,
    answering,
)
from participation.questionnaires.views.manage import questionnaires
from participation.questionnaires.views.media import question_media

ROOM = "questionnaires"
SOON = timedelta(days=7)
ROUNDED_TO = 10
_RESIDENTS = frozenset(RespondentRole) - {RespondentRole.PROFESSIONAL}


def _closing_day(survey_round: SurveyRound) -> date:
    return to_local(survey_round.last_moment).date()


def _link(survey_round: SurveyRound) -> Address:
    name = survey_round.slug or survey_round.public_id
    return Address(endpoint="answering.open_link", values={"name": name})


@dataclass
class RoundsClosingSoon:
    """For coordinators: rounds that close within a week."""

    room: str = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_QUESTIONNAIRES):
            return []
        soon = [r for r in open_rounds(session) if r.closes_at <= now() + SOON]
        mailed = rounds_with_mail(session, [r.id for r in soon]) if soon else frozenset()
        return [
            StartItem(
                title=_("Remind about “%(name)s”", name=r.version.questionnaire.title),
                detail=_("The questionnaire closes on %(day)s.", day=format_day(r.last_moment)),
                address=Address(
                    endpoint="questionnaires.mail"
                    if r.id in mailed
                    else "questionnaires.round_page",
                    values={"public_id": r.public_id},
                ),
                action=_("To the reminders") if r.id in mailed else _("Look at the round"),
                due_on=_closing_day(r),
            )
            for r in soon
        ]


@dataclass
class OpenToAnswer:
    """Open rounds for residents, on the public start page."""

    def notices(self, session: Session) -> Iterable[Notice]:
        return [
            Notice(
                when=_("until %(day)s", day=format_day(r.last_moment)),
                when_detail="",
                title=content_of_round(session, r).title.said(current_locale()),
                text=_("A questionnaire anybody concerned can answer, without an account."),
                address=_link(r),
                sort_on=_closing_day(r),
            )
            for r in open_rounds(session)
            if r.is_listed and _RESIDENTS & set(r.audience)
        ]


@dataclass
class AnswersGiven:
    """How many answers the platform has received, rounded down: a figure of its own process."""

    def figures(self, session: Session) -> Iterable[Figure]:
        total = response_total(session)
        return [Figure(key="responses", value=total - total % ROUNDED_TO)] if total else []


@dataclass
class QuestionnairesFound:
    """Open rounds for everybody; published questionnaires for those who manage them."""

    source: str = "questionnaires"
    label: str = to_translate("Questionnaires")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for survey_round in filter(lambda one: one.is_listed, open_rounds(session)):
            content = content_of_round(session, survey_round)
            yield SearchDocument(
                source=self.source,
                object_id=survey_round.public_id,
                title=content.title.said(FIRST_LANGUAGE),
                body=content.intro.said(FIRST_LANGUAGE),
                address=_link(survey_round),
            )
        for found in all_published(session):
            yield SearchDocument(
                source=self.source,
                object_id=found.public_id,
                title=found.title,
                body="",
                address=Address(
                    endpoint="questionnaires.questionnaire_page",
                    values={"public_id": found.public_id},
                ),
                permission=Permission.MANAGE_QUESTIONNAIRES,
            )


@dataclass
class YearlyFollowUp:
    """Agreements followed up by a questionnaire in a year. Source: DOMAIN.md, indicators."""

    key: str
    label: str
    roles: frozenset[RespondentRole]
    rule: str = to_translate(
        "A round counts in the year it closes when it follows up a cooperation agreement and asks "
        "these people."
    )
    is_about_people: bool = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return rounds_followed_up(session, years, self.roles)

    def things(self, session: Session, year: int) -> Iterable[CountedThing]:
        for one in rounds_of_year(session, year):
            yield CountedThing(
                title=f"{one.version.questionnaire.title} {one.wave_label}",
                on=to_local(one.closed_at).date() if one.closed_at else None,
                why_not=self._why_not(one),
                address=Address(
                    endpoint="questionnaires.round_page", values={"public_id": one.public_id}
                ),
            )

    def _why_not(self, one: SurveyRound) -> str:
        if one.agreement_id is None:
            return _("It does not follow up a cooperation agreement.")
        if not set(one.audience) & self.roles:
            return _("It asks others.")
        return "" if one.closed_at else _("It is not closed yet.")


@dataclass
class WithdrawnAnswers:
    """Answers taken back since the backup go again after a restore."""

    journal: str = JOURNAL

    def repeat(self, session: Session, noted: Iterable[str]) -> int:
        return repeat_withdrawals(session, noted)


@dataclass
class WhoWroteIt:
    """Whether somebody can be found behind a free text of a round: what its mode says."""

    source_kind: str = "round"

    def reach(
        self, session: Session, actor: Actor, source_public_id: str, source_ref: str
    ) -> Reach | None:
        found = round_to_answer(session, source_public_id)
        if found is None:
            return None
        link = None
        if has_names(found.mode) and may_read_names(actor):
            values = {"public_id": source_public_id, "key": source_ref}
            where = Address(endpoint="questionnaires.person", values=values)
            link = NamedLink(title=_("See who wrote it"), text="", address=where)
        return Reach(text=findable(Mode(found.mode)), link=link)


@dataclass
class RoundsOfActivity:
    """From an activity's page to the rounds that belong to it."""

    def links(
        self, session: Session, actor: Actor, activity_id: int, public_id: str
    ) -> Iterable[NamedLink]:
        return rounds_about(session, actor, "activity", public_id)


@dataclass
class RoundsOfCommitment:
    """From a commitment's page to the rounds that ask about it."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]:
        return rounds_about(session, actor, "commitment", public_id)


@dataclass
class AskedByMail:
    """The rounds somebody is on the list of; what they answered under their name is the next."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        asked = rounds_mailed_to(session, account_id)
        if asked:
            names = [f"{r.version.questionnaire.title} {r.wave_label}" for r in asked]
            yield DataSection(
                title=_("Questionnaires you are mailed"),
                rows=tuple((name, "") for name in names),
                raw={"questionnaires": names},
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_contact(session, account_id)
        return ()


@dataclass
class AnsweredInOwnName:
    """What somebody answered in rounds with names, while we know that it was they."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        for survey_round, answer in own_named_answers(session, account_id):
            name = f"{survey_round.version.questionnaire.title} {survey_round.wave_label}"
            said = tuple((question, words) for question, words in answer.lines if words)
            yield DataSection(
                title=_("Your answers to “%(name)s”", name=name),
                rows=((_("Your name"), answer.respondent.name), *said),
                raw={
                    "questionnaire": name,
                    "name": answer.respondent.name,
                    "answers": [{"question": q, "answer": words} for q, words in said],
                },
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_named_answers(session, account_id)
        return ()


@dataclass
class LeaverIsAskedNoMore:
    """Whoever leaves the bank is taken off every list."""

    event_name: str = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_contact(session, data["account_id"])


@dataclass
class RoundsInTheLog:
    """Whoever reads the event log finds what happened to a survey round by its name."""

    kind: str = ABOUT

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        return round_names(session) if actor.can(Permission.READ_EVENT_LOG) else ()


def _init_app(app: Flask) -> None:
    """Answer pages carry a CSRF value of their own, derived from the link."""
    app.extensions["csrf"].exempt(answering)


def _begin(app: Flask) -> None:
    """Ceilings, help lines and blank pages belong to one run on one database."""
    app.extensions.update({CEILINGS: Ceilings(), HELP: HelpLines(), BLANKS: BlankPages()})


FEATURE = Feature(
    name="questionnaires",
    blueprints=(answering, question_media, questionnaires),
    navigation=(
        NavItem(
            section="voices",
            order=50,
            label=to_translate("Questionnaires"),
            endpoint="questionnaires.overview",
            permission=Permission.MANAGE_QUESTIONNAIRES,
            room=ROOM,
        ),
    ),
    commands=(questionnaire_commands,),
    job_handlers=(CloseDueRounds(), MixAnswers(), DestroyKeys(), SendLinks(), SendReminders()),
    schedules=SCHEDULES,
    start_cards=(RoundsClosingSoon(),),
    activity_links=(RoundsOfActivity(),),
    commitment_links=(RoundsOfCommitment(),),
    public_notices=(OpenToAnswer(),),
    public_figures=(AnswersGiven(),),
    search_sources=(QuestionnairesFound(),),
    indicator_counters=(
        YearlyFollowUp(
            "questionnaires_to_users",
            to_translate("Questionnaires to users, patients and next of kin about an agreement"),
            frozenset(_RESIDENTS),
        ),
        YearlyFollowUp(
            "questionnaires_to_professionals",
            to_translate("Questionnaires to professionals about an agreement"),
            frozenset({RespondentRole.PROFESSIONAL}),
        ),
    ),
    text_origins=(WhoWroteIt(),),
    logged_things=(RoundsInTheLog(),),
    person_data=(AskedByMail(), AnsweredInOwnName()),
    subscribers=(LeaverIsAskedNoMore(),),
    repeated=(WithdrawnAnswers(),),
    never_backed_up=(
        ResponseDraft.__tablename__,
        WaitingResponse.__tablename__,
        PaperEntry.__tablename__,
    ),
    init_app=_init_app,
    begin=_begin,
)
