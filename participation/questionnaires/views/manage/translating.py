"""Twins of a questionnaire: its texts in another language, or in easy Swedish, side by side."""

from collections.abc import Sequence
from typing import Any

from flask import flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.translating import NewLanguageForm, translation_form
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.rules.placeholders import Numbers, as_written, numbers_of
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.rules.translating import (
    Part,
    addable_languages,
    missing_texts,
    parts,
)
from participation.questionnaires.rules.words import (
    FIRST_LANGUAGE,
    direction,
    is_language,
    language_name,
    language_order,
)
from participation.questionnaires.services import save_translation
from participation.questionnaires.views.manage.parts import questionnaires, to_write


@questionnaires.get("/<public_id>/languages")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def languages(public_id: str) -> str:
    """Which languages there are, and what each of them lacks."""
    found = to_write(public_id)
    version = queries.versions(db(), found.id)[0]
    form = NewLanguageForm(None, meta={"csrf": False})
    form.to.choices = [("", _("Choose a language")), *addable_languages(version.content)]
    spoken = language_order(queries.content_of(version).languages_in_part)
    return render(
        "questionnaires/manage/languages.html",
        questionnaire=found,
        form=form,
        spoken=[
            (code, language_name(code), missing_texts(version.content, code))
            for code in spoken
            if code != FIRST_LANGUAGE
        ],
    )


@questionnaires.route("/<public_id>/translate", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def translate(public_id: str) -> Any:
    """All texts beside their translation; `missing=1` shows only what is not written yet."""
    found = to_write(public_id)
    language = request.args.get("to", "")
    if not language:
        return see_other("questionnaires.languages", public_id=public_id)
    if not is_language(language) or language == FIRST_LANGUAGE:
        raise NotFound
    content = queries.versions(db(), found.id)[0].content
    numbers = numbers_of(content)
    pieces = parts(content, language)
    form = translation_form(pieces, language, numbers)
    if form.validate_on_submit():
        try:
            save_translation(db(), found, language, _typed(pieces, numbers), by=actor())
        except ContentInvalid as problem:
            flash(problem.problems[0].message, "error")
        else:
            flash(_("The translation is saved."))
            return see_other(
                "questionnaires.translate",
                public_id=public_id,
                to=language,
                missing=request.args.get("missing"),
            )
    return _translation_page(found, content, language, form)


def _typed(found: Sequence[Part], numbers: Numbers) -> dict[str, str]:
    """What was typed by field name, with earlier answers as a version keeps them."""
    swedish = {_words(piece.name): piece.swedish for part in found for piece in part.pieces}
    return {
        name: as_written(text, swedish.get(_words(name), ""), numbers)
        for name, text in request.form.items()
        if name.startswith("t_")
    }


def _words(name: str) -> str:
    """The part of a field's name that stands for the Swedish words."""
    return name.rpartition("_")[0]


def _translation_page(
    found: Questionnaire, content: dict[str, Any], language: str, form: Any
) -> str:
    only_missing = request.args.get("missing") == "1"
    shown = [part for part in parts(content, language) if part.missing or not only_missing]
    return render(
        "questionnaires/manage/translate.html",
        questionnaire=found,
        form=form,
        parts=shown,
        only_missing=only_missing,
        missing=missing_texts(content, language),
        language=language,
        name=language_name(language),
        dir=direction(language),
    )
