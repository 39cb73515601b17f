"""When and where the results of a round come: corrected, with what was said before."""

from datetime import datetime
from typing import Any

from flask import flash

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import results_field, results_form
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.words import FIRST_LANGUAGE, language_name, tag
from participation.questionnaires.services.results_words import correct_results_words
from participation.questionnaires.views.manage.parts import questionnaires


@questionnaires.route("/rounds/<public_id>/results-text", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def results_words(public_id: str) -> Any:
    """While it is asked and after: nothing is counted anew."""
    found = queries.survey_round(db(), actor(), public_id)
    spoken = queries.content_of_round(db(), found).languages_in_part
    twins = tuple(code for code in spoken if code != FIRST_LANGUAGE)
    said = {results_field(code): text for code, text in found.results_on_twins.items()}
    form = results_form(twins, data={"results_on": found.results_on, **said})
    if form.validate_on_submit():
        texts = {code: form[results_field(code)].data or "" for code in twins}
        swedish = form.results_on.data or ""
        if correct_results_words(db(), actor(), found, {FIRST_LANGUAGE: swedish, **texts}):
            flash(_("From now on people read the new words. The old ones are kept here."))
        return see_other("questionnaires.results_words", public_id=public_id)
    return render(
        "questionnaires/manage/results_words.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
        said_before=_said_before(found),
    )


def _said_before(found: SurveyRound) -> list[tuple[datetime, list[tuple[str, str, str]]]]:
    """Until when, and each language's tag, name and text."""
    return [
        (
            datetime.fromisoformat(one["until"]),
            [(tag(code), language_name(code), text) for code, text in one["texts"].items()],
        )
        for one in found.results_said
    ]
