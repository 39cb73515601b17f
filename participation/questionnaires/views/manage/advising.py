"""The editor's advice, and marking it as considered."""

from collections.abc import Mapping
from typing import Any

from flask import flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.queries.advice import considered_advice
from participation.questionnaires.queries.asked import alike_elsewhere, asked_elsewhere
from participation.questionnaires.rules.advising import WHOLE, Advised, Considered, advise, wording
from participation.questionnaires.rules.content import Content
from participation.questionnaires.services.considering import consider_advice, remind_of_advice
from participation.questionnaires.views.manage.parts import at_question, questionnaires


def advice_on(
    found: Questionnaire, content: Content, considered: Considered
) -> Mapping[str, Advised]:
    """All advice by question key, and on the whole under ""."""
    alike = alike_elsewhere(content.questions, asked_elsewhere(db(), found.id))
    return advise(content, alike, considered)


@questionnaires.post("/<public_id>/considered")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def consider(public_id: str) -> Any:
    """One piece of advice was thought about, or is to be given again (`again`)."""
    found = queries.questionnaire(db(), actor(), public_id, to_change=True)
    content = queries.content_of(queries.versions(db(), found.id)[0])
    key, code = request.form.get("question", ""), request.form.get("code", "")
    given = advice_on(found, content, considered_advice(db(), found.id)).get(key, Advised())
    if "again" in request.form:
        remind_of_advice(db(), found, key, code)
        flash(_("The advice is shown again."))
    elif code in {one.code for one in given.told}:
        consider_advice(db(), found, key, code, wording(content, key))
        flash(_("Noted. The advice comes back if the wording changes."))
    elif code not in {one.code for one in given.considered}:
        raise NotFound
    if key == WHOLE:
        values = {"public_id": public_id, "advice": 1, "_anchor": "advice"}
        return see_other("questionnaires.questionnaire_page", **values)
    return at_question(public_id, key)
