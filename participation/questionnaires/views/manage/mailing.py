"""A round by mail: whom it goes to, links, reminders, a lost link, and how many have answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, request

from participation.county.queries import municipalities
from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import to_local, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import DEFAULT_LOCALE, current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import enqueue
from participation.foundation.permissions import Permission
from participation.foundation.tabular import UnreadableTable, read_table
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.mailing import (
    ContactFileForm,
    ReplacementForm,
    people_form,
)
from participation.questionnaires.jobs import SEND_LINKS, SEND_REMINDERS
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.mailing import (
    Mailed,
    mail_job_key,
    mail_jobs,
    mailed,
    panel_accounts,
    unwritten_by_language,
)
from participation.questionnaires.queries.named import not_answered
from participation.questionnaires.rules.contacts import ContactList, read_contacts, read_pasted
from participation.questionnaires.rules.monitor import BETWEEN_MAILS, is_soon_after
from participation.questionnaires.rules.rounds import Mode, RoundState, has_names
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.rules.words import language_name
from participation.questionnaires.services.mailing import (
    LinkUsed,
    add_contacts,
    add_people,
    replace_link,
)
from participation.questionnaires.views.manage.mail_words import shown_mails, unworded
from participation.questionnaires.views.manage.parts import count_in_words, questionnaires

SHOWN_PROBLEMS = 50


@questionnaires.get("/rounds/<public_id>/mail")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@outlet("workroom")
def mail(public_id: str) -> str:
    return _mail_page(queries.survey_round(db(), actor(), public_id), ReplacementForm())


def _mail_page(found: SurveyRound, form: Any) -> str:
    facts = mailed(db(), found)
    answers = queries.answers_of(db(), [found])[found.id]
    return render(
        "questionnaires/manage/mail.html",
        round=found,
        questionnaire=found.version.questionnaire,
        facts=facts,
        state=found.standing(),
        is_anonymous=found.mode == Mode.ANONYMOUS,
        has_names=has_names(found.mode),
        job=next((one for one in mail_jobs(db(), found) if not one.is_over), None),
        last_mail=_last_mail(facts),
        answers=count_in_words(found, answers),
        rate=_rate(found, facts, answers),
        form=form,
        people=people_form(
            sorted(
                ((one.code, one.name_in(current_locale())) for one in municipalities(db())),
                key=lambda choice: choice[1],
            )
        ),
    )


def _rate(found: SurveyRound, facts: Mailed, answers: int) -> float | None:
    """The share that has answered; hidden while it would tell of a few."""
    is_told = answers >= thresholds_in_force().minimum or found.standing() is RoundState.PUBLISHED
    # Others answer through an open link; and of an anonymous round "all of them" names everybody.
    most = facts.sent - 1 if found.mode == Mode.ANONYMOUS else facts.sent
    return answers / facts.sent if facts.sent and is_told and answers <= most else None


@questionnaires.post("/rounds/<public_id>/mail/people")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_people(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    people = panel_accounts(db(), actor(), request.form.getlist("municipalities"))
    added = add_people(db(), actor(), found, people)
    if added:
        flash(ngettext("%(num)s person is added.", "%(num)s people are added.", added))
    elif people:
        flash(_("Everybody who fits and has e-mail is in the list already."))
    else:
        flash(_("Nobody there has said that they answer short questionnaires."))
    return see_other("questionnaires.mail", public_id=public_id)


@questionnaires.route("/rounds/<public_id>/mail/list", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_list(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    form = ContactFileForm()
    read: ContactList | None = None
    if form.validate_on_submit():
        read = _read_list(form)
        if read is not None and not read.problems:
            added = add_contacts(db(), actor(), found, read.contacts)
            flash(_added(added, len(read.contacts) - added + read.doubled))
            return see_other("questionnaires.mail", public_id=public_id)
    problems = read.problems if read is not None else ()
    return render(
        "questionnaires/manage/mail_list.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
        problems=problems[:SHOWN_PROBLEMS],
        more=max(0, len(problems) - SHOWN_PROBLEMS),
        has_errors=bool(problems) or bool(form.errors),
    )


def _read_list(form: ContactFileForm) -> ContactList | None:
    if form.pasted.data:
        return read_pasted(form.pasted.data, form.locale.data or DEFAULT_LOCALE)
    content = form.content()
    if content is None:
        return None
    try:
        return read_contacts(read_table(content))
    except UnreadableTable:
        form.add_error("file", _("We cannot read that file. Save it as CSV or Excel (.xlsx)."))
        return None


def _added(added: int, known: int) -> str:
    told = ngettext("%(num)s address is added.", "%(num)s addresses are added.", added)
    if known:
        known_words = ngettext(
            "%(num)s was in the list already.", "%(num)s were in the list already.", known
        )
        return f"{told} {known_words}"
    return told


@questionnaires.route("/rounds/<public_id>/mail/send", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_send(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    facts = mailed(db(), found)
    _check_open(found)
    if request.method == "POST":
        jobs = mail_jobs(db(), found)
        if facts.unwritten and all(job.is_over for job in jobs):
            _queue(SEND_LINKS, found, _("Send links"), len(jobs))
        flash(_("The mails are on their way."))
        return see_other("questionnaires.mail", public_id=public_id)
    return render(
        "questionnaires/manage/mail_send.html",
        round=found,
        questionnaire=found.version.questionnaire,
        count=facts.unwritten,
        gaps=_gaps(found) if facts.unwritten else (),
        unworded=unworded(found, unwritten_by_language(db(), found.id)),
        mails=shown_mails(found, unwritten_by_language(db(), found.id)),
        is_anonymous=found.mode == Mode.ANONYMOUS,
    )


def _gaps(found: SurveyRound) -> list[str]:
    """Who is mailed in a language that some of the questions are not written in."""
    waiting = unwritten_by_language(db(), found.id)
    missing = {code: missing_texts(found.version.content, code) for code in waiting}
    return [
        _(
            "%(language)s: %(people)s, %(texts)s.",
            language=language_name(code),
            people=people,
            texts=texts,
        )
        for code, people, texts in (
            (
                code,
                ngettext("%(num)s person", "%(num)s people", count),
                ngettext("%(num)s text is missing", "%(num)s texts are missing", missing[code]),
            )
            for code, count in waiting.items()
            if missing[code]
        )
    ]


@questionnaires.route("/rounds/<public_id>/mail/remind", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_remind(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    facts = mailed(db(), found)
    _check_open(found)
    if request.method == "POST":
        jobs = mail_jobs(db(), found)
        if all(job.is_over for job in jobs):
            number = facts.reminders + 1
            _queue(SEND_REMINDERS, found, _("Send reminders"), len(jobs), number=number)
        flash(_("The reminders are on their way."))
        return see_other("questionnaires.mail", public_id=public_id)
    count = facts.people - facts.unwritten
    return render(
        "questionnaires/manage/mail_remind.html",
        round=found,
        questionnaire=found.version.questionnaire,
        count=not_answered(db(), found) if has_names(found.mode) else count,
        has_names=has_names(found.mode),
        is_anonymous=found.mode == Mode.ANONYMOUS,
        number=facts.reminders + 1,
        last_mail=_last_mail(facts),
    )


@questionnaires.route("/rounds/<public_id>/mail/replace", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@outlet("workroom")
@commits
def mail_replace(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    _check_open(found)
    form = ReplacementForm()
    if form.validate_on_submit():
        try:
            replace_link(db(), actor(), found, form.address.data or "")
        except NotFound:
            form.add_error("address", _("The round was not mailed to that address."))
        except LinkUsed:
            form.add_error(
                "address", _("No new link is sent: the old one was used, so an answer has come.")
            )
        else:
            _queue(SEND_LINKS, found, _("Send links"), len(mail_jobs(db(), found)))
            flash(_replaced(found))
            return see_other("questionnaires.mail", public_id=public_id)
    return _mail_page(found, form)


def _replaced(found: SurveyRound) -> str:
    if has_names(found.mode):
        return _("A new link is on its way. The old one does not work any more.")
    return _("A new link is on its way. The old one works too, so two answers may come.")


def _check_open(found: SurveyRound) -> None:
    if found.standing() is not RoundState.OPEN:
        raise Conflict


@dataclass(frozen=True)
class LastMail:
    """When a link or a reminder last left, and when a reminder fits again."""

    on: date | None

    @property
    def is_soon(self) -> bool:
        """Less than a week ago: another one now mostly annoys."""
        return is_soon_after(self.on, today())

    @property
    def fits_on(self) -> date | None:
        return self.on + BETWEEN_MAILS if self.on else None


def _last_mail(facts: Mailed) -> LastMail:
    return LastMail(to_local(facts.last_on).date() if facts.last_on else None)


def _queue(kind: str, found: SurveyRound, title: str, place: int, **payload: Any) -> None:
    """`place`: how many mailings the round has had; who presses twice queues one."""
    name = found.version.questionnaire.title
    enqueue(
        db(),
        kind,
        {"round_id": found.id, **payload},
        title=f"{title}: {name} {found.wave_label}",
        created_by_account_id=actor().account_id,
        once_key=mail_job_key(found, place),
    )
