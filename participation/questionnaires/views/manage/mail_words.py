"""What a round's mails say: own words by language, how they look, and one to oneself."""

from collections.abc import Iterable
from typing import Any

from flask import flash, request, url_for

from participation.accounts.queries import my_account
from participation.county.queries import areas
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, LOCALES, format_and, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import RenderedMail
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.mailing import words_form
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.mailing import has_mailed
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.rules.words import direction, language_name
from participation.questionnaires.services.mail_words import (
    preview_mail,
    send_test_mail,
    set_mail_words,
)
from participation.questionnaires.views.manage.parts import questionnaires

PARTS = ("subject", "text")
SIGNATURE = "\n-- \n"


@questionnaires.route("/rounds/<public_id>/mail/words", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_words(public_id: str) -> Any:
    found = _going(public_id)
    form = words_form(_never_named(found), data=_as_fields(found))
    if form.validate_on_submit():
        own = {code: {part: form[f"{part}_{code}"].data for part in PARTS} for code in LOCALES}
        set_mail_words(db(), actor(), found, own)
        flash(_("The words are saved. This is how the mail looks now."))
        return see_other("questionnaires.mail_words", public_id=public_id)
    return render(
        "questionnaires/manage/mail_words.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
        has_mailed=has_mailed(db(), found.id),
        languages=[(code, language_name(code)) for code in LOCALES],
        mails=shown_mails(found, found.mail_words or [DEFAULT_LOCALE]),
    )


@questionnaires.post("/rounds/<public_id>/mail/test")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def mail_test(public_id: str) -> Any:
    """The mail as it looks, to whoever asks for it, before anybody else gets one."""
    found = _going(public_id)
    asked = request.form.get("language", "")
    locale = asked if asked in LOCALES else DEFAULT_LOCALE
    me = my_account(db(), actor())
    path = url_for(
        "questionnaires.try_out", public_id=found.version.questionnaire.public_id, lang=locale
    )
    send_test_mail(db(), found, me.email, locale, path)
    flash(_("A test mail is on its way to %(address)s.", address=me.email))
    return see_other("questionnaires.mail_words", public_id=public_id)


@questionnaires.get("/rounds/<public_id>/mail/test")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def mail_test_again(public_id: str) -> Any:
    return see_other("questionnaires.mail_words", public_id=public_id)


def _never_named(found: SurveyRound) -> list[str]:
    """What tells which illness it is about, in every language: areas, and the questionnaire."""
    title = queries.content_of_round(db(), found).title
    spoken = [name for area in areas(db()) for name in (area.name, *area.names.values())]
    return [*spoken, found.version.questionnaire.title, *title.by_language.values()]


def _going(public_id: str) -> SurveyRound:
    found = queries.survey_round(db(), actor(), public_id)
    if found.standing() not in {RoundState.PLANNED, RoundState.OPEN}:
        raise Conflict
    return found


def _as_fields(found: SurveyRound) -> dict[str, str]:
    return {
        f"{part}_{code}": text
        for code, own in found.mail_words.items()
        for part, text in own.items()
    }


def shown_mails(found: SurveyRound, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The mail with the link in each of these languages, Swedish first."""
    ordered = sorted(codes, key=list(LOCALES).index)
    return [
        {
            "code": code,
            "language": language_name(code),
            "dir": direction(code),
            "mail": _without_signature(preview_mail(db(), found, code)),
        }
        for code in ordered
    ]


def _without_signature(mail: RenderedMail) -> RenderedMail:
    return RenderedMail(mail.subject, mail.text.split(SIGNATURE)[0], mail.html)


def unworded(found: SurveyRound, people: dict[str, int]) -> str:
    """Who gets the usual words though others get the coordinators' own; empty for nobody."""
    if not found.mail_words:
        return ""
    usual = {code: count for code, count in people.items() if code not in found.mail_words}
    if not usual:
        return ""
    return ngettext(
        "%(num)s person gets the usual words, since there are no own ones in %(languages)s.",
        "%(num)s people get the usual words, since there are no own ones in %(languages)s.",
        sum(usual.values()),
        languages=format_and([language_name(code) for code in usual]),
    )
