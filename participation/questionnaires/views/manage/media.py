"""A question's picture and its sound per language."""

from typing import Any

from flask import flash, request

from participation.foundation.files import UnsafeFile
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.media import PictureForm, SoundForm, sent_file
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.words import FIRST_LANGUAGE, is_language, language_name
from participation.questionnaires.services.media import drop_media, set_picture, set_sound
from participation.questionnaires.views.manage.parts import questionnaires, to_write
from participation.questionnaires.views.manage.question import question_data


@questionnaires.get("/<public_id>/questions/<key>/media")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def media(public_id: str, key: str) -> Any:
    found, question, spoken = _opened(public_id, key)
    return _media_page(found, question, _picture_form(question), _sound_form(spoken))


@questionnaires.post("/<public_id>/questions/<key>/picture")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def save_picture(public_id: str, key: str) -> Any:
    found, question, spoken = _opened(public_id, key)
    form = PictureForm()
    sent = sent_file(form.picture)
    if not sent and not question.get("picture"):
        form.validate()
        form.add_error("picture", _("Choose a picture."))
    elif form.validate_on_submit():
        try:
            name, content = sent or ("", None)
            set_picture(db(), actor(), found, key, alt=form.alt.data, name=name, content=content)
        except UnsafeFile as problem:
            form.add_error("picture", _refused(problem))
        else:
            flash(_("The picture is saved."))
            return see_other("questionnaires.media", public_id=public_id, key=key)
    return _media_page(found, question, form, _sound_form(spoken), wrong=form)


@questionnaires.post("/<public_id>/questions/<key>/sound")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def save_sound(public_id: str, key: str) -> Any:
    found, question, spoken = _opened(public_id, key)
    form = SoundForm()
    form.language.choices = spoken
    if form.validate_on_submit():
        try:
            name, content = sent_file(form.sound) or ("", b"")
            language = form.language.data
            set_sound(db(), actor(), found, key, language=language, name=name, content=content)
        except UnsafeFile as problem:
            form.add_error("sound", _refused(problem))
        else:
            flash(_("The sound is saved."))
            return see_other("questionnaires.media", public_id=public_id, key=key)
    return _media_page(found, question, _picture_form(question), form, wrong=form)


@questionnaires.post("/<public_id>/questions/<key>/media/drop")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def drop_medium(public_id: str, key: str) -> Any:
    found = to_write(public_id)
    what = request.form.get("what", "")
    if what == "picture" or is_language(what):
        drop_media(db(), actor(), found, key, what)
        flash(_("It is taken out of the draft. You can undo it."))
    return see_other("questionnaires.media", public_id=public_id, key=key)


def _opened(public_id: str, key: str) -> tuple[Questionnaire, Data, list[tuple[str, str]]]:
    found = to_write(public_id)
    version = queries.versions(db(), found.id)[0]
    spoken = queries.content_of(version).languages_in_part
    languages = [(code, language_name(code)) for code in spoken]
    return found, question_data(version.content, key), languages


def _picture_form(question: Data) -> PictureForm:
    alt = (question.get("picture") or {}).get("alt", {}).get(FIRST_LANGUAGE, "")
    return PictureForm(None, data={"alt": alt})


def _sound_form(spoken: list[tuple[str, str]]) -> SoundForm:
    form = SoundForm(None)
    form.language.choices = spoken
    return form


def _refused(problem: UnsafeFile) -> str:
    return {
        "empty": _("The file is empty."),
        "too_big": _("The file is too large: at most 5 MB."),
        "wrong_type": _("This file cannot be shown. Save it in one of the formats named."),
    }[problem.data["reason"]]


def _media_page(
    found: Questionnaire, question: Data, picture: Any, sound: Any, wrong: Any = None
) -> str:
    return render(
        "questionnaires/manage/media.html",
        questionnaire=found,
        question=question,
        picture=picture,
        sound=sound,
        wrong=wrong,
        has_errors=wrong is not None,
        sounds=[(code, language_name(code), f) for code, f in question.get("sounds", {}).items()],
    )
